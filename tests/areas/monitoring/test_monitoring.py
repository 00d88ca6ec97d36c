"""Corrections, complaints, penalties, evaluations; who may, what is refused, what is recorded."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from huilian.areas.power.monitoring import rules, services
from huilian.areas.power.monitoring.models import ActComplaint, Correction, Criterion, Evaluation, Penalty, PenaltyBand
from huilian.areas.power.monitoring.queries import watching
from huilian.areas.power.monitoring.queries.measures import MEASURES
from huilian.engine.procedures.services import raise_card
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import CHINA, frozen, now

from .conftest import MORNING, offence


def case_of(hall):
    matter = offence(hall.cast, hall.watches)
    return services.open_penalty(matter, party="柳河食品厂", source="巡查发现", by=hall.lu_ning)


def verbs(subject_id: str) -> set[str]:
    return set(Event.objects.filter(subject_id=subject_id).values_list("verb", flat=True))


def test_a_correction_is_ordered_answered_and_verified_by_three_acts(hall):
    case = case_of(hall).case
    card = raise_card(case, ground="overrun", colour=1, fact="超时")
    with pytest.raises(NotAllowed):
        services.order_correction(case, demand="补办", card=card, by=hall.lu_ning)
    with pytest.raises(Invalid):
        services.order_correction(case, demand=" ", card=card, by=hall.watches)
    assert not Correction.objects.exists()

    order = services.order_correction(case, demand="三日内补齐告知", card=card, by=hall.watches)
    with pytest.raises(NotAllowed):
        services.answer_correction(order, "好", by=hall.watches)
    order = services.answer_correction(order, "已补齐", by=hall.lu_ning)
    with pytest.raises(NotAllowed):
        services.verify_correction(order, done=True, remark="看过", by=hall.lu_ning)
    order = services.verify_correction(order, done=False, remark="材料不全", by=hall.watches)
    assert order.state == "open" and order.clock.state == "running"
    order = services.answer_correction(order, "补充材料", by=hall.lu_ning)
    order = services.verify_correction(order, done=True, remark="已看原件", by=hall.watches)

    assert order.state == "done"
    assert {"monitoring.order", "monitoring.answer", "monitoring.verify"} <= verbs(case.number)
    with pytest.raises(Conflict):
        services.answer_correction(order, "再答", by=hall.lu_ning)


def test_a_complaint_is_taken_up_explained_and_answered(hall):
    about = case_of(hall).case
    with pytest.raises(Invalid) as refused:
        services.complain("YZ19990101-0001", "窗口推诿不办")
    assert refused.value.field == "number" and not ActComplaint.objects.exists()
    complaint, code = services.complain(about.number.lower(), "窗口推诿不办", name="王小二", phone="13800001111")
    assert len(code) == 8 and complaint.case.due_on == date(2026, 7, 15)

    with pytest.raises(NotAllowed):
        services.take_up(complaint, by=hall.lu_ning)
    complaint = services.take_up(complaint, by=hall.watches)
    complaint = services.explain(complaint, note="因系统故障", by=hall.cast.xu_fang)
    with pytest.raises(Invalid):
        services.decide_complaint(complaint, justified=True, result="", by=hall.watches)
    complaint = services.decide_complaint(complaint, justified=True, result="情况属实，已责令改正", by=hall.watches)

    assert complaint.case.state == "closed" and complaint.justified
    assert {"act_complaint.accept", "act_complaint.explain", "act_complaint.decide"} <= verbs(complaint.case.number)
    other, _code = services.complain(about.number, "态度不好不给办")
    assert services.refuse_complaint(other, note="不属于本机关，请拨打12345", by=hall.watches).case.state == "refused"
    assert "王小二" not in "".join(map(str, Event.objects.values_list("data", flat=True)))


def test_a_penalty_keeps_to_its_band_and_to_four_people(hall):
    penalty = case_of(hall)
    with pytest.raises(NotAllowed):
        services.open_penalty(penalty.matter, party="甲", source="举报", by=hall.cast.shi_lei)
    penalty = services.file_penalty(penalty, by=hall.lu_ning)
    assert penalty.case.clock.due_on == date(2026, 10, 8)  # the ninetieth day, 10-06, is a holiday
    with pytest.raises(Conflict):
        services.propose(penalty, band=PenaltyBand.objects.first(), amount_cents=10_000, by=hall.lu_ning)
    penalty = services.move_penalty(penalty, "investigated", note="现场照片三张", by=hall.lu_ning)
    low, _high = PenaltyBand.objects.order_by("low_cents")
    with pytest.raises(Invalid) as refused:
        services.propose(penalty, band=low, amount_cents=20_001, by=hall.lu_ning)
    assert refused.value.field == "deviation" and penalty.case.step == "discretion"
    penalty = services.propose(penalty, band=low, amount_cents=20_001, deviation="屡教不改", by=hall.lu_ning)
    with pytest.raises(NotAllowed):
        services.review(penalty, by=hall.lu_ning)
    penalty = services.review(penalty, by=hall.mu_qing)
    penalty = services.move_penalty(penalty, "heard", note="未提出异议", by=hall.lu_ning)
    with pytest.raises(NotAllowed):
        services.decide_penalty(penalty, by=hall.mu_qing)
    penalty = services.decide_penalty(penalty, by=hall.ji_fang)
    penalty = services.move_penalty(penalty, "executed", note="已缴款", by=hall.lu_ning)

    assert penalty.case.state == "closed" and Penalty.objects.get().decided_by == hall.ji_fang.person
    with pytest.raises(Invalid):
        services.move_penalty(penalty, "decide", note="x", by=hall.ji_fang)


def close_one(hall, day: datetime, late: bool):
    """A penalty case dropped on `day`."""
    with frozen(day):
        penalty = (
            Penalty.objects.first()
            and services.open_penalty(Penalty.objects.first().matter, party="甲", source="举报", by=hall.lu_ning)
        ) or case_of(hall)
        penalty = services.file_penalty(penalty, by=hall.lu_ning)
    with frozen(day + timedelta(days=120 if late else 10)):
        services.move_penalty(penalty, "drop", note="证据不足，不予处罚", by=hall.ji_fang)


def test_a_quarter_is_counted_told_objected_to_and_final(hall):
    for n in range(4):
        close_one(hall, datetime(2026, 1, 20 + n, 9, tzinfo=CHINA), late=n == 0)
    for n in range(3):
        close_one(hall, datetime(2026, 4, 10 + n, 9, tzinfo=CHINA), late=False)
    with pytest.raises(NotAllowed):
        services.evaluate(2026, 2, by=hall.lu_ning)
    with pytest.raises(Invalid):
        services.evaluate(2026, 3, by=hall.watches)

    (made,) = services.evaluate(2026, 2, by=hall.watches)
    assert made.unit == hall.cast.housing and made.cases == 4  # the late one of January ended in May
    on_time = next(s for s in made.scores if s["key"] == "on_time")
    assert (on_time["part"], on_time["whole"], on_time["points"]) == (3, 4, "15.0")
    assert made.total == Decimal("95.0") and made.grade == "excellent"

    with pytest.raises(NotAllowed):
        services.object_to(made, "数字不对", by=hall.watches)
    made = services.object_to(made, "一月那件已依法中止", by=hall.lu_ning)
    assert services.evaluate(2026, 2, by=hall.watches) == []
    made = services.answer_objection(made, "没有中止手续，维持", again=True, by=hall.watches)
    assert made.state == "final" and Evaluation.objects.get().final_at == now()
    with pytest.raises(Conflict):
        services.settle(made, by=hall.watches)
    (first,) = services.evaluate(2026, 1, by=hall.watches)
    assert services.settle(first, by=hall.watches).state == "final"
    assert "monitoring.settle" in set(Event.objects.values_list("verb", flat=True))


def test_the_county_keeps_contents_points_and_checks(hall):
    row = Criterion.objects.get(key="on_time")
    with pytest.raises(Invalid):
        services.save_criterion(
            None, {"key": "mood", "name": "心情", "weight": 5, "valid_from": date(2026, 10, 1)}, by=hall.watches
        )
    with pytest.raises(NotAllowed):
        services.save_criterion(row, {"weight": 30}, by=hall.lu_ning)
    services.save_criterion(
        None, {"key": "on_time", "name": "按时办结", "weight": 30, "valid_from": date(2026, 10, 1)}, by=hall.watches
    )
    weights = {c.key: c.weight for c in services.criteria_on(date(2026, 10, 1))}
    assert weights["on_time"] == 30 and len(weights) == 9 == len(MEASURES)
    assert {c.key: c.weight for c in services.criteria_on(date(2026, 7, 1))}["on_time"] == 20

    point = services.save_point(
        None, {"unit": hall.cast.approval, "name": "大厅一号", "link": "https://video.example/1"}, by=hall.watches
    )
    assert point.place == hall.cast.county
    found = {"unit": hall.cast.housing, "control": "一次性告知", "finding": "两件未告知", "change": "增加告知单"}
    with pytest.raises(Invalid):
        services.enter_check(None, {**found, "on": date(2027, 1, 1)}, by=hall.watches)
    check = services.enter_check(None, {**found, "on": date(2026, 7, 1)}, by=hall.watches)
    assert check.by == hall.watches.person and list(watching.visible_checks(hall.watches)) == [check]


def test_counts_fit_together(hall):
    close_one(hall, datetime(2026, 6, 1, 9, tzinfo=CHINA), late=False)
    raise_card(Penalty.objects.get().case, ground="overrun", colour=3, fact="超时")
    (row,) = watching.cube(hall.watches, since=date(2026, 1, 1), until=date(2026, 7, 9), by="kind")

    assert (row["label"], row["received"], row["closed"], row["red"], row["yellow"]) == ("penalty", 1, 1, 1, 0)


@pytest.mark.parametrize(
    "total,name",
    [("100", "excellent"), ("90", "excellent"), ("89.9", "good"), ("80", "good"), ("60", "pass"), ("59.9", "fail")],
)  # fmt: skip
def test_grades_begin_at_90_80_and_60(total, name):
    assert rules.grade(Decimal(total), 100) == name


def test_quarters_and_points():
    assert rules.quarter_of(date(2026, 4, 1)) == (2026, 2) and rules.bounds(2026, 4) == (
        date(2026, 10, 1),
        date(2027, 1, 1),
    )
    assert rules.points(20, 2, 3) == Decimal("13.3") and rules.points(5, 0, 0) == 5
    assert rules.is_within(5, 5, 9) and rules.is_within(9, 5, 9) and not rules.is_within(10, 5, 9)


def test_pages_open_and_complaints_are_narrowed(hall, client, django_assert_max_num_queries):
    about = case_of(hall).case
    complaint, _code = services.complain(about.number, "窗口推诿不办", name="王小二", phone="13800001111")
    services.take_up(complaint, by=hall.watches)
    client.force_login(hall.watches)
    pages = ["", "breaches/", "evaluations/", "statistics/?by=month", "complaints/", "complaints/new/"]
    for page in (*pages, f"order/{about.number}/"):
        client.get(f"/desk/monitoring/{page}")
        with django_assert_max_num_queries(20):
            assert client.get(f"/desk/monitoring/{page}").status_code == 200, page
    assert client.get("/desk/monitoring/statistics/?as=xlsx").content[:2] == b"PK"
    assert "王小二" in client.get(f"/desk/cases/{complaint.case.number}/").content.decode()

    client.force_login(hall.cast.xu_fang)
    assert "王小二" not in client.get(f"/desk/cases/{complaint.case.number}/").content.decode()
    client.force_login(hall.cast.sun_yan)
    assert client.get("/desk/monitoring/").status_code == 403
    assert now() == MORNING
