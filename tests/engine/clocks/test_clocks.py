"""Clocks in the database: acts, refusals, colours, explanations."""

from datetime import date, datetime

import pytest
from django.db import transaction
from django.utils import translation

from huilian.engine.calendar import services as calendar
from huilian.engine.clocks import services
from huilian.engine.clocks.models import Clock, ClockEvent
from huilian.engine.clocks.queries import clock_face, clock_faces, explain, known_reasons
from huilian.engine.clocks.services import Start
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.holidays import parse_year
from huilian.foundation.now import CHINA, frozen
from tests.engine.calendar.test_calendar import NOTICE_2027

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.fixture
def clock():
    """Received on Monday 2 March 2026; five working days, due on the 9th."""
    with frozen(at("2026-03-02 09:00")):
        return services.start("hotline.order:HX20260302-0001", length=5)


def on(text):
    return frozen(at(text))


def state_of(clock):
    return Clock.objects.values().get(pk=clock.pk), ClockEvent.objects.filter(clock=clock).count()


def test_a_clock_knows_its_due_day_and_its_colours(clock):
    assert (clock.due_on, clock.colour, clock.state) == (date(2026, 3, 9), 0, "running")
    assert clock.next_at == clock.yellow_at == at("2026-03-06")
    (event,) = history_of(clock)
    assert event.verb == "clocks.start"


def test_a_second_clock_of_the_same_kind_is_refused(clock):
    with pytest.raises(Conflict):
        services.start("hotline.order:HX20260302-0001", length=3)

    assert Clock.objects.count() == 1


@pytest.mark.parametrize(("unit", "length"), [("week", 1), ("workday", -1), ("day", 99999)])
def test_a_limit_that_makes_no_sense_is_refused(unit, length):
    with pytest.raises(Invalid):
        services.start("a:1", length=length, unit=unit)

    assert not Clock.objects.exists() and not ClockEvent.objects.exists()


def test_a_pause_stops_the_colours_and_resuming_moves_the_due_day(clock):
    with on("2026-03-04 10:00"):
        services.pause(clock, reason="appraisal", by=SYSTEM)
    assert (clock.state, clock.next_at, clock.colour) == ("paused", None, 0)
    assert services.sweep(at("2026-06-01 00:00")) == []

    with on("2026-03-11 10:00"):
        services.resume(clock, by=SYSTEM)

    assert (clock.state, clock.due_on) == ("running", date(2026, 3, 16))
    assert ClockEvent.objects.get(clock=clock, kind="pause").basis == "行政许可法 §45"
    assert {e.verb for e in history_of(clock)} == {"clocks.start", "clocks.pause", "clocks.resume"}


def test_a_pause_after_the_end_is_refused_and_nothing_changes(clock):
    before = state_of(clock)

    with on("2026-03-10 09:00"), pytest.raises(Conflict):
        services.pause(clock, reason="hearing", by=SYSTEM)
    with on("2026-03-04 09:00"), pytest.raises(Invalid):
        services.pause(clock, reason=" ", by=SYSTEM)
    with on("2026-03-04 09:00"), pytest.raises(Conflict):
        services.resume(clock, by=SYSTEM)

    assert state_of(clock) == before and len(list(history_of(clock))) == 1


def test_an_extension_is_given_once_before_the_end_with_approver_and_reason(clock):
    with on("2026-03-05 09:00"):
        services.extend(clock, length=5, approver="赵建国", reason="情况复杂", by=SYSTEM)
    assert (clock.extension, clock.due_on) == (5, date(2026, 3, 16))

    before = state_of(clock)
    with on("2026-03-06 09:00"), pytest.raises(Conflict):
        services.extend(clock, length=5, approver="赵建国", reason="再延", by=SYSTEM)
    assert state_of(clock) == before


@pytest.mark.parametrize(
    ("day", "given", "refusal"),
    [
        ("2026-03-10 09:00", {}, Conflict),
        ("2026-03-05 09:00", {"approver": ""}, Invalid),
        ("2026-03-05 09:00", {"reason": ""}, Invalid),
        ("2026-03-05 09:00", {"length": 0}, Invalid),
    ],
)
def test_an_extension_that_is_late_or_incomplete_is_refused(clock, day, given, refusal):
    before = state_of(clock)

    with on(day), pytest.raises(refusal):
        services.extend(clock, **{"length": 5, "approver": "赵建国", "reason": "复杂", "by": SYSTEM, **given})

    assert state_of(clock) == before


def test_an_answer_in_time_and_one_too_late(clock):
    with on("2026-03-09 17:00"):
        services.stop(clock, by=SYSTEM)
    assert (clock.colour, clock.is_late, clock.next_at) == (0, False, None)

    with on("2026-03-12 09:00"):
        services.reopen(clock, by=SYSTEM, reason="退回重办")
    assert (clock.state, clock.colour) == ("running", 3)

    with on("2026-03-12 10:00"):
        services.stop(clock, by=SYSTEM)
    assert (clock.colour, clock.is_late) == (3, True)
    with on("2026-03-12 11:00"), pytest.raises(Conflict):
        services.stop(clock, by=SYSTEM)


def test_a_restart_counts_from_a_new_day_zero(clock):
    with on("2026-03-04 09:00"):
        services.stop(clock, by=SYSTEM)
    with on("2026-03-16 09:00"):
        services.restart(clock, reason="群众不满意，重新办理", length=3, by=SYSTEM)

    assert (clock.due_on, clock.length, clock.state) == (date(2026, 3, 19), 3, "running")


def test_nothing_can_be_dated_before_the_last_act(clock):
    before = state_of(clock)

    with on("2026-03-05 09:00"), pytest.raises(Invalid, match="2026-03-01"):
        services.stop(clock, by=SYSTEM, at=at("2026-03-01 09:00"))

    assert state_of(clock) == before


def test_a_sweep_turns_only_what_is_due_and_tells_which(clock):
    with on("2026-03-02 09:00"):
        services.start("hotline.order:2", length=15)

    seen = [
        [(c.subject, c.colour) for c in services.sweep(at(f"2026-03-{day} 00:00"))]
        for day in ("05", "06", "07", "09", "10", "11")
    ]

    mine = "hotline.order:HX20260302-0001"  # five days: one left on the 6th, which for a long limit is orange at once
    assert seen == [[], [(mine, 2)], [], [], [(mine, 3)], []]
    clock.refresh_from_db()
    assert clock.next_at is None


def test_a_sweep_by_next_moment_and_a_full_one_agree():
    starts = [at(f"2026-{month:02}-{day:02} 08:00") for month in (1, 2, 3) for day in range(1, 28)]
    with on("2026-01-01 00:00"):
        services.bulk_start(
            [Start(f"a:{i}", 1 + i % 15, ("workday", "day", "hour")[i % 3], s) for i, s in enumerate(starts)], by=SYSTEM
        )

    for day in range(5, 28, 3):
        services.sweep(at(f"2026-02-{day:02} 12:00"))
        with transaction.atomic():
            assert services.sweep(at(f"2026-02-{day:02} 12:00"), full=True) == []
    assert (
        set(Clock.objects.values_list("colour", flat=True)) == {0, 1, 2, 3} or Clock.objects.filter(colour=3).exists()
    )


def test_a_clock_on_the_wall_that_goes_back_is_followed_by_a_full_sweep(clock):
    services.sweep(at("2026-03-10 00:00"))

    assert [c.colour for c in services.sweep(at("2026-03-03 00:00"), full=True)] == [0]
    clock.refresh_from_db()
    assert clock.next_at == clock.yellow_at


def test_taking_over_answered_matters_keeps_their_times():
    start, stop = at("2026-09-28 10:00"), at("2026-10-14 00:00")

    (clock,) = services.bulk_start([Start("letters.letter:1", 7, start_at=start, stop_at=stop)], by=SYSTEM)

    clock.refresh_from_db()
    assert (clock.state, clock.is_late, clock.colour) == ("stopped", True, 3)
    assert [e.kind for e in clock.events.all()] == ["start", "stop"]


def test_a_new_years_notice_moves_open_clocks_and_records_old_and_new():
    calendar.seed()
    with on("2026-12-30 09:00"):
        moving = services.start("a:1", length=30)
        near = services.start("a:2", length=1)
    assert moving.provisional and not near.provisional
    old = moving.due_on

    with on("2026-12-31 09:00"):
        (moved,) = services.load_year_and_recompute(parse_year(NOTICE_2027), by=SYSTEM)

    moving.refresh_from_db()
    assert (moved.id, moved.old, moved.new) == (moving.pk, str(old), str(moving.due_on))
    assert not moving.provisional and moving.due_on > old
    note = moving.events.get(kind="recompute")
    assert note.data["old"] == str(old) and "2027" in note.data["reason"]
    assert "clocks.recompute" in {e.verb for e in history_of(moving)}
    with on("2027-01-05 09:00"):
        services.pause(moving, reason="hearing", by=SYSTEM)  # later acts still work on the same events


def test_a_local_emergency_moves_open_clocks_after_recomputing(clock):
    calendar.add_exception(date(2026, 3, 5), works=False, reason="防汛应急", document="县防指1号", by=SYSTEM)

    assert len(services.recompute_open(reason="防汛应急", by=SYSTEM)) == 1
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("now", "level", "zh", "en"),
    [
        ("2026-03-02 10:00", "ok", "剩 5 个工作日", "5 workdays left"),
        ("2026-03-06 10:00", "orange", "剩 1 个工作日", "1 workday left"),
        ("2026-03-09 10:00", "orange", "今日到期", "Due today"),
        ("2026-03-10 10:00", "red", "超期 1 个工作日", "1 workday overdue"),
    ],
)
def test_a_face_says_it_in_words(clock, now, level, zh, en):
    with translation.override("zh-hans"):
        face = clock_face(clock, at(now))
    assert (face.level, face.text) == (level, zh)
    with translation.override("en"):
        assert clock_face(clock, at(now)).text == en


def test_a_paused_face_says_what_is_waited_for(clock):
    with on("2026-03-04 10:00"):
        services.pause(clock, reason="materials", by=SYSTEM)

    face = clock_face(clock, at("2026-03-20 10:00"))
    assert (face.level, face.text, face.used, face.paused) == ("pause", "等群众补材料", 2, True)


def test_faces_of_hours_and_of_stopped_clocks():
    with on("2026-03-06 16:30"):
        hours = services.start("a:1", length=4, unit="workhour")
        done = services.start("a:2", length=3)
        services.stop(done, by=SYSTEM)
        late = services.start("a:3", length=3, start_at=at("2026-02-24 09:00"))
        services.stop(late, by=SYSTEM)

    assert clock_face(hours, at("2026-03-06 17:00")).text == "剩办公时间 3 小时 30 分钟"
    assert clock_face(done).text == "按期办结" and clock_face(done).level == "done"
    assert clock_face(late).text == "超期 6 个工作日办结" and clock_face(late).over == 6


def test_faces_of_a_list_cost_no_query_for_each_row(django_assert_max_num_queries):
    with on("2026-03-02 09:00"):
        clocks = services.bulk_start([Start(f"a:{i}", 5) for i in range(50)], by=SYSTEM)

    with django_assert_max_num_queries(1):
        assert len(clock_faces(clocks, at("2026-03-04 09:00"))) == 50


def test_every_day_is_explained_in_words(clock):
    with on("2026-03-04 10:00"):
        services.pause(clock, reason="hearing", by=SYSTEM)
    with on("2026-03-05 10:00"):
        services.resume(clock, by=SYSTEM)

    days = {str(d.day): d for d in explain(clock, at("2026-03-11 09:00"))}
    assert days["2026-03-02"].reason.startswith("收到当日")
    assert days["2026-03-05"].reason == "暂停：听证（行政许可法 §45）"
    assert days["2026-03-07"].reason == "周末"
    assert (days["2026-03-10"].ordinal, days["2026-03-10"].marks) == (5, ("due",))
    assert days["2026-03-11"].marks == ("today", "over")


def test_the_reasons_for_pauses_have_both_languages_and_a_basis():
    assert all(r["zh"] and r["en"] and r["basis"] for r in known_reasons().values())
