"""A village with a year of accounts, a question, a withdrawal, and work under way."""

from datetime import timedelta

from huilian.areas.serve.disclosure import queries, services
from huilian.areas.serve.disclosure.models import Kind, Obligation
from huilian.areas.serve.disclosure.sources import Body
from huilian.engine.directory import services as directory
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import seal
from huilian.foundation.now import frozen, now, today
from tests.areas.disclosure.conftest import month_body, settle


def tell(people) -> dict[str, str]:
    settle(people)
    month = queries.read_period("month", f"{today().replace(day=1) - timedelta(days=1):%Y-%m}")
    made = services.publish_many(_history(people, month), by=people.gao_shan)
    newest = next(i for i in made if i.place_id == people.liuhe.pk and i.period == month.key)
    gone = services.withdraw(made[0], reason="金额有误，核对后重新公开", by=people.ma_li)
    with frozen(now() - timedelta(days=2)):
        asked, _code = services.ask(newest, "机耕路硬化这笔款是哪一段路的？", line=2)
        other, _code = services.ask(newest, "账上的余额存在哪家银行？")
    services.answer(other, "存在青石镇信用社的基本账户。", by=people.ma_li)
    services.open_obligations(since=today() - timedelta(days=300), places=[people.liuhe, people.shanqian])
    duties = Obligation.objects.filter(place=people.liuhe, met_on=None)
    draft = services.draft(duties.get(kind__key="service.duty"), by=people.ma_li)
    waiting = services.draft(duties.get(kind__key="service.agency"), by=people.ma_li)
    services.change(
        waiting, title="", rows=[["社会保险费代缴", "身份证、社保卡", "当日", "村便民服务站"]], by=people.ma_li
    )
    services.send_to_check(waiting, by=people.ma_li)
    feature = services.open_feature(
        title="秸秆还田补贴怎么发",
        about="补贴面积和到账时间。",
        unit=people.agriculture,
        held_on=today(),
        by=people.gao_shan,
    )
    services.add_answer(
        feature, "什么时候到账？", "公示满七天后打卡。", promise="月底前全部到账", due_on=today() + timedelta(days=9),
        by=people.gao_shan,
    )  # fmt: skip
    seal()
    return {
        "publication": newest.number,
        "withdrawn": gone.number,
        "asked": asked.case.number,
        "draft": draft.number,
        "to_check": waiting.number,
        "duty": str(duties.filter(kind__key="village.progress").first().pk),
    }


def _history(people, month) -> list[services.Ready]:
    """A year of the village, and last month of five neighbours to compare it with."""
    kind = Kind.objects.get(key="finance.monthly")
    by = {"drafted_by": people.ma_li, "checked_by": people.tian_you}
    moment = now() - timedelta(days=3)
    at = moment.date()
    rows = [
        services.Ready(
            people.liuhe, kind.key, f"{at.year - 1}-{n:02}", month_body(kind), moment - timedelta(days=365),
            **by, proof=(at - timedelta(days=365), "村委会门口", ""),
        )
        for n in range(1, 4)
    ]  # fmt: skip
    rows.append(services.Ready(people.liuhe, kind.key, month.key, _long(kind), moment, **by, checked_at=moment))
    for n in range(5):
        place = directory.add_place(code=f"9999011012{50 + n}", name=f"邻村{n}", parent=people.qingshi, by=SYSTEM)
        rows.append(
            services.Ready(place, kind.key, month.key, month_body(kind, expense=(n + 1) * 3_000_000), moment, **by)
        )
    return rows


def _long(kind) -> Body:
    """A month with more lines than the village page shows."""
    body = month_body(kind)
    return Body(body.columns, [*body.rows, *([body.rows[1]] * 10)], body.facts, expected_rows=13)
