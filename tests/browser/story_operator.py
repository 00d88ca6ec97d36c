"""What the operators' pages show: a catalogue, like matters, a call half typed, matters to send and to call back."""


def tell(people) -> dict[str, str]:
    from huilian.areas.hear.hotline import services
    from huilian.areas.hear.hotline.models import Channel, Matter
    from huilian.engine.directory.models import Unit

    phone = Channel.objects.get(key="122")
    short = {"housing": "城管局", "agriculture": "农业农村局"}
    for key, name in short.items():
        Unit.objects.filter(pk=getattr(people, key).pk).update(short_name=name)
    services.seed()
    Matter.objects.filter(code="A06").first().co_units.add(people.housing)
    services.learn()
    services.take_call(
        by=people.wu_mei,
        channel=phone,
        title="垃圾池三天没人清运",
        text="柳河村村口垃圾池三天没有清运了，满得到处都是，气味很大。",
        place=people.liuhe,
        caller_name="王大妈",
        caller_phone="13812345726",
    )
    order, _code = services.take_call(
        by=people.wu_mei,
        channel=phone,
        title="生活垃圾没人清运",
        text="柳河村垃圾池满了好几天没有清运，苍蝇很多，希望尽快拉走。",
        place=people.liuhe,
        where="村东小学旁边",
        caller_name="张小明",
        caller_phone="13812345726",
    )
    answered, _code = services.take_call(
        by=people.chen_lixin,
        channel=phone,
        title="农机补贴什么时候发",
        text="去年买的拖拉机，补贴材料交了一直没有消息。",
        place=people.dongwan,
        answer="补贴已公示，预计十二月发放到卡，请留意短信。",
    )
    services.submit(channel=Channel.objects.get(key="web"), title="", text="东湾村路灯坏了两盏，晚上接孩子不方便。")
    services.keep_draft(
        {
            "phone": "13812345726",
            "name": "张小明",
            "channel": str(phone.pk),
            "place": "青石镇柳河村",
            "where": "",
            "title": "垃圾没人清运",
            "text": "柳河村垃圾池又满了，好几天没有清运，气味很大。",
        },
        by=people.zhou_hui,
    )
    return {"to_send": order.case.number, "answered": answered.case.number}
