"""The hotline as villagers meet it: matters at every stage, a month with figures, sessions in the middle of things."""

from datetime import timedelta

from huilian.foundation.now import frozen, moment, now
from tests.faces.portal import story


def tell(people) -> dict[str, str]:
    facts = story.tell(people)
    _last_month(people)
    number = facts["answered_number"]
    stamp = now().timestamp()
    draft = {
        "token": "a" * 32,
        "topic": "城乡建设",
        "chosen": True,
        "place": people.liuhe.pk,
        "place_name": "青石镇 柳河村",
        "where": "村口小卖部旁",
        "text": "举报王书记贪污修路款。路坏了半年没有人修。",
        "named": "no",
    }
    fresh = {"number": facts["fresh_number"], "code": facts["fresh_code"], "at": stamp}
    sessions = {
        "citizen_answered": {"portal_follow": {"number": number, "at": stamp}},
        "citizen_refused": {"portal_follow": {"number": facts["refused_number"], "at": stamp}},
        "citizen_merged": {"portal_follow": {"number": facts["merged_number"], "at": stamp}},
        "citizen_writing": {"portal_draft": draft},
        "citizen_searching": {"portal_draft": {**draft, "place": 0, "place_name": "", "q": "村"}},
        "citizen_sent": {"portal_sent": fresh},
    }
    return facts | {f"session:{name}": _session(content) for name, content in sessions.items()}


def _session(content: dict) -> str:
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session.update(content)
    session.save()
    return session.session_key


def _last_month(people) -> None:
    from huilian.areas.hear.hotline import services
    from huilian.areas.hear.hotline.models import MediaItem, Programme, Promise
    from huilian.areas.hear.hotline.queries import way_in
    from huilian.engine.clocks.services import start

    then = (now().replace(day=1) - timedelta(days=20)).replace(hour=9)
    with frozen(then):
        order, _code = services.submit(
            channel=way_in("web"), title="", text="桥栏杆断了，很危险。", place=people.dongwan
        )
        services.accept(order, by=people.zhou_hui)
        services.dispatch(order, unit=people.housing, class_key="general", by=people.zhou_hui)
        services.sign(order, by=people.he_wei)
        services.answer(order, "栏杆已经修复并刷漆，现场照片附后。", by=people.he_wei)
        services.report(order, "已修复。", by=people.he_wei)
        services.check_report(order, passed=True, by=people.zhou_hui)
        services.call_back(order, reached=True, solved="yes", satisfaction=4, by=people.wu_mei)
    radio = way_in("radio")
    show = Programme.objects.create(channel=radio, title="政风行风热线第三期", airs_at=then, unit=people.housing)
    for i, text in enumerate(("十日内修好柳河村村口路灯", "月底前公布老旧小区改造名单")):
        clock = start(f"hotline.promise:browser-{i}", length=10, unit="workday", start_at=then, kind="promise")
        kept = {"kept_at": moment(then + timedelta(days=5)), "proof": "路灯已全部更换"} if not i else {}
        Promise.objects.create(programme=show, unit=people.housing, text=text, clock=clock, **kept)
    MediaItem.objects.create(
        number="MT-1",
        channel=radio,
        title="集镇污水直排小河",
        unit=people.housing,
        stage="published",
        found="污水未经处理流入河道",
        found_at=then,
        outcome="管网已接通，排口已封堵，河水复检合格",
        published_at=then + timedelta(days=12),
    )
