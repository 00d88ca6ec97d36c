"""What the board, the report and the media pages show: a broadcast with promises, an item under supervision, and
matters of the last days in every state."""

from datetime import timedelta


def tell(people) -> dict[str, str]:
    from huilian.areas.hear.hotline import services
    from huilian.areas.hear.hotline.models import Channel
    from huilian.engine.alerts.services import sweep
    from huilian.foundation.now import frozen, now

    radio = Channel.objects.get_or_create(
        key="radio",
        defaults={"name": "政风行风热线（广播）", "name_en": "Radio programme", "kind": "radio", "is_media": True},
    )[0]
    phone, moment = Channel.objects.get(key="122"), now()
    for days, place, unit in ((24, people.liuhe, people.housing), (12, people.dongwan, people.agriculture)):
        for n, answers in enumerate((True, False, True)):
            with frozen(moment - timedelta(days=days + n)):
                order = services.take(
                    by=people.chen_lixin,
                    channel=phone,
                    title="路灯不亮" if unit is people.housing else "补贴没有到账",
                    text="反映了两次，一直没有人来处理，请尽快解决。",
                    place=place,
                )
                services.dispatch(order, unit=unit, class_key="general", by=people.chen_lixin)
                if unit is people.housing:
                    services.sign(order, by=people.he_wei)
            if answers and unit is people.housing:
                with frozen(moment - timedelta(days=days + n - 2)):
                    services.contact(order, note="电话联系诉求人。", by=people.he_wei)
                    services.answer(order, "经现场查看，线路已更换，当晚已恢复照明。", by=people.he_wei)
                    services.report(order, "已办结，附现场照片。", by=people.he_wei)
                    services.check_report(order, passed=True, by=people.zhou_hui)
                    services.call_back(order, reached=True, solved="yes", satisfaction=4, by=people.wu_mei)
    with frozen(moment - timedelta(days=20)):
        programme = services.schedule_programme(
            channel=radio,
            title="住建局上线《政风行风热线》",
            airs_at=now() - timedelta(hours=2),
            unit=people.housing,
            guest="局长徐芳",
            by=people.chen_lixin,
        )
        question = services.take_question(
            programme,
            title="小区漏水",
            text="安置小区三号楼漏水两个月没有人修。",
            place=people.qingshi,
            by=people.chen_lixin,
        )
        services.note_promise(programme, text="十日内修好三号楼屋面。", length=5, order=question, by=people.chen_lixin)
        kept = services.note_promise(programme, text="三日内公布维修电话。", length=3, by=people.chen_lixin)
        services.keep_promise(kept, proof="维修电话已在小区门口张贴，附照片。", by=people.he_wei)
        item = services.open_media_item(
            channel=radio,
            title="安置小区漏水无人管",
            unit=people.housing,
            found="记者走访安置小区，三号楼顶层四户漏水，报修两个月没有回音。",
            order=question,
            by=people.chen_lixin,
        )
        services.demand_rectification(item, demand="十个工作日内修好并公开结果。", length=10, by=people.chen_lixin)
    services.schedule_programme(
        channel=radio,
        title="农业农村局上线《政风行风热线》",
        airs_at=moment + timedelta(days=3),
        unit=people.agriculture,
        by=people.chen_lixin,
    )
    sweep(moment)
    return {"programme": str(programme.pk), "media_item": item.number}
