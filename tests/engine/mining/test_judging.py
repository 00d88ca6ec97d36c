from datetime import date

import pytest
import yaml

from huilian.engine.mining import reading
from huilian.engine.mining.judging import judge
from huilian.engine.mining.prescription import prescribe
from huilian.foundation.errors import Invalid
from huilian.foundation.holidays import national

from .logs import days, trace
from .logs import xes as written

PROCEDURE = """
key: fine
prefix: F
name: {zh: 罚款, en: Fine}
lanes: [{key: office, name: {zh: 科室, en: Office}}]
start: created
steps:
  - {key: created, name: {zh: 开单, en: Created}, lane: office, kind: start, holder: anyone}
  - {key: sent, name: {zh: 寄送, en: Sent}, lane: office, holder: anyone}
  - {key: told, name: {zh: 送达, en: Told}, lane: office, holder: anyone}
  - {key: paid, name: {zh: 缴款, en: Paid}, lane: office, holder: anyone}
  - {key: closed, name: {zh: 结案, en: Closed}, lane: office, kind: end, holder: anyone}
moves:
  - {verb: send, from: created, to: sent}
  - {verb: tell, from: sent, to: told}
  - {verb: pay, from: [created, sent, told], to: paid}
  - {verb: close, from: [paid, told], to: closed}
log:
  calendar: plain
  beside: [paid]
  activities: {create: created, send: sent, tell: told, pay: paid}
  limits:
    - {key: sending, name: {zh: 寄送, en: Sending}, from: created, to: sent, length: 90, unit: day, lifted_by: paid}
"""
BODY = yaml.safe_load(PROCEDURE)


def judged(*traces: str, body: dict = BODY, **how):
    return judge(reading.read(written(*traces)), prescribe(body), **how)


def kinds(result) -> list[tuple[str, str, str]]:
    return [(row["case"], row["kind"], row["about"]) for row in result.findings.to_pylist()]


def limited(length: int, unit: str, **more) -> dict:
    return BODY | {
        "log": BODY["log"] | {"limits": [BODY["log"]["limits"][0] | {"length": length, "unit": unit, **more}]}
    }


def test_the_ninetieth_day_is_in_time_and_the_next_is_late():
    result = judged(
        days("in time", ("create", "2026-01-01"), ("send", "2026-04-01"), ("tell", "2026-04-02")),
        days("late", ("create", "2026-01-01"), ("send", "2026-04-02"), ("tell", "2026-04-02")),
    )

    assert (result.limits[0].kept, result.limits[0].late) == (1, 1)
    assert result.findings.to_pylist() == [
        {"case": "late", "kind": "late", "about": "sending", "source": "created", "target": "sent",
         "on": date(2026, 4, 2), "due": date(2026, 4, 1), "days_over": 1}
    ]  # fmt: skip


def test_days_are_days_of_the_log_and_summer_time_is_no_day():
    """90 days of dates with one hour more than 90 times 24: not late."""
    autumn = (
        ("create", "2006-08-01T00:00:00+02:00"),
        ("send", "2006-10-30T00:00:00+01:00"),
        ("tell", "2006-10-31T00:00:00+01:00"),
    )

    assert judged(trace("A", *autumn)).limits[0].late == 0


def test_what_was_never_done_is_counted_apart_from_what_still_runs_and_what_became_needless():
    result = judged(
        days("over", ("create", "2026-01-01")),
        days("runs", ("create", "2026-05-01")),
        days("paid in time", ("create", "2026-01-01"), ("pay", "2026-04-01")),
        days("paid too late", ("create", "2026-01-01"), ("pay", "2026-04-02")),
        days("last", ("create", "2026-05-01"), ("send", "2026-05-02"), ("tell", "2026-06-01")),
    )

    limit = result.limits[0]
    assert (limit.opened, limit.kept, limit.late, limit.never, limit.running, limit.lifted) == (5, 1, 0, 2, 1, 1)
    assert result.as_of == date(2026, 6, 1)
    assert judged(days("runs", ("create", "2026-05-01")), as_of=date(2026, 7, 31)).limits[0].never == 1


def test_an_end_that_need_not_come_is_never_missed():
    body = limited(60, "day", required=False)

    result = judged(days("A", ("create", "2026-01-01")), days("B", ("create", "2026-05-01")), body=body)

    assert result.limits[0].lifted == 2


def test_working_days_and_days_follow_the_calendar_where_one_is_given():
    """2026-10-01 to 10-07 is a holiday and 10-10 is worked; a period of days ends on no rest day (民法典 §203)."""
    late = days("A", ("create", "2026-09-28"), ("send", "2026-10-09"))
    chinese = {"log": BODY["log"] | {"calendar": "china"}}

    def count(length, unit, **body) -> int:
        return judged(late, body=limited(length, unit) | body, calendar=national()).limits[0].late

    assert [count(5, "workday"), count(8, "workday"), count(9, "workday")] == [1, 1, 0]
    for length, unit, expected in ((3, "workday", 1), (4, "workday", 0), (5, "day", 1), (11, "day", 0)):
        body = limited(length, unit)
        body["log"] = body["log"] | chinese["log"] | {"limits": body["log"]["limits"]}
        assert judged(late, body=body, calendar=national()).limits[0].late == expected
    body = limited(3, "day")
    body["log"] = body["log"] | {"calendar": "china"}
    moved = judged(days("A", ("create", "2026-09-28"), ("send", "2026-10-08")), body=body, calendar=national())
    assert moved.limits[0].late == 0


def test_hours_and_months():
    by_hour = trace("A", ("create", "2026-01-01T10:00:00Z"), ("send", "2026-01-02T10:00:01Z"))

    assert judged(by_hour, body=limited(24, "hour")).limits[0].late == 1
    assert judged(by_hour, body=limited(25, "hour")).limits[0].late == 0
    assert (
        judged(days("A", ("create", "2026-01-31"), ("send", "2026-02-28")), body=limited(1, "month")).limits[0].late
        == 0
    )
    assert (
        judged(days("A", ("create", "2026-01-31"), ("send", "2026-03-01")), body=limited(1, "month")).limits[0].late
        == 1
    )


def test_the_way_of_a_case_is_held_against_the_moves():
    day = "2026-01-01"

    def told(*names: str) -> list[tuple[str, str]]:
        return [(k, a) for _c, k, a in kinds(judged(days("A", *((name, day) for name in names))))]

    assert told("create", "send", "tell") == []
    assert told("create", "pay") == []
    assert told("create", "tell") == [("skipped", "sent")]
    assert told("tell") == [("skipped", "created|sent")]
    assert told("create", "tell", "send", "tell") == [("out_of_order", ""), ("out_of_order", "")]
    assert told("create", "send", "send", "tell") == [("repeated", "")]
    assert told("create", "send", "look", "tell") == [("unknown", "look")]
    assert told("create", "send") == [("not_ended", "")]
    assert told("look") == [("unknown", "look"), ("not_ended", "")]


def test_a_step_beside_the_way_leaves_the_case_where_it_was():
    result = judged(
        days("A", ("create", "2026-01-01"), ("pay", "2026-01-01"), ("send", "2026-01-02"), ("tell", "2026-01-03"))
    )

    assert kinds(result) == [] and result.conforming == 1 and (result.allowed, result.moves) == (3, 3)


def test_the_limits_of_the_procedure_itself_are_judged():
    body = BODY | {
        "steps": [BODY["steps"][0] | {"limit": 3}, *BODY["steps"][1:]],
        "log": {"activities": BODY["log"]["activities"]},
    }

    result = judged(
        days("A", ("create", "2026-11-02"), ("send", "2026-11-06"), ("tell", "2026-11-06")),
        body=body,
        calendar=national(),
    )

    assert [(limit.limit.key, limit.late) for limit in result.limits] == [("created", 1)]


def test_activities_are_known_by_the_names_of_steps_where_none_are_given():
    body = {key: value for key, value in BODY.items() if key != "log"}

    result = judged(
        days("A", ("开单", "2026-01-01"), ("Sent", "2026-01-02"), ("told", "2026-01-03"), ("结案", "2026-01-04")),
        body=body,
    )

    assert result.conforming == 1


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"activities": {"create": "made"}}, "which is no step"),
        ({"calendar": "lunar"}, "“china” or “plain”"),
        ({"limits": [{"key": "x", "name": {"zh": "x"}, "from": "created", "to": "made", "length": 1}]}, "“made”"),
        ({"limits": [{"key": "x", "name": {"zh": "x"}, "from": "created", "length": 1}]}, "lacks “to”"),
        ({"limits": [BODY["log"]["limits"][0] | {"unit": "fortnight"}]}, "fortnight"),
    ],
)
def test_a_wrong_prescription_says_what_is_wrong(part, said):
    with pytest.raises(Invalid, match=said):
        prescribe(BODY | {"log": part})
