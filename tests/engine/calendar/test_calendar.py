"""The tables behind the calendar."""

from datetime import date

import pytest
from django.utils import translation

from huilian.engine.calendar import services
from huilian.engine.calendar.models import CalendarYear, LocalException
from huilian.engine.calendar.queries import calendar_for, covers, hours_for, significant
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.holidays import national, parse_year

pytestmark = pytest.mark.django_db

NOTICE_2027 = """
year: 2027
notice: {title: 国务院办公厅关于2027年部分节假日安排的通知, number: 国办发明电〔2026〕0号, issued: 2026-11-20}
rest:
  new_year: [01-01..01-03]
  spring_festival: [02-05..02-12]
  qingming: [04-03..04-05]
  labour_day: [05-01..05-05]
  dragon_boat: [06-09]
  mid_autumn: [09-15]
  national_day: [10-01..10-07]
work: [02-14, 05-08, 10-09]
"""  # invented for the test; the real notice was not out when this was written


def test_without_tables_the_calendar_is_what_comes_with_the_product():
    assert calendar_for().add(date(2026, 9, 28), 7) == date(2026, 10, 13)


def test_seeding_loads_every_year_once():
    services.seed()
    services.seed()

    assert CalendarYear.objects.count() == 20
    for day in (date(2022, 12, 31), date(2015, 9, 3), date(2026, 10, 10)):
        assert calendar_for().why(day) == national().why(day)


def test_a_loaded_year_is_no_longer_provisional_and_is_in_the_trail():
    services.seed()
    assert calendar_for().provisional(date(2027, 3, 1))

    services.load_year(parse_year(NOTICE_2027), by=SYSTEM)

    calendar = calendar_for()
    assert not calendar.provisional(date(2027, 3, 1)) and calendar.is_workday(date(2027, 2, 14))
    assert [e.verb for e in history_of("calendar.year:2027")] == ["calendar.load_year"]


def test_loading_a_year_again_replaces_its_days():
    services.load_year(parse_year(NOTICE_2027), by=SYSTEM)
    services.load_year(parse_year(NOTICE_2027.replace("work: [02-14, ", "work: [")), by=SYSTEM)

    assert not calendar_for().is_workday(date(2027, 2, 14))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("year: 2027", "year: soon"), "year"),
        (("notice: {title", "notes: {title"), "notice"),
        (("2026-11-20", "yesterday"), "2026-11-04"),
        (("[01-01..01-03]", "[01-02..01-03]"), "2027-01-01"),
        (("work: [02-14", "work: [02-15"), "2027-02-15"),
        (("work: [02-14", "work: [02-07"), "2027-02-07"),
        (("[06-09]", "[06-31]"), "06-31"),
        (("[06-09]", "06-09"), "rest"),
        (("mid_autumn", "moon_cake"), "moon_cake"),
        (("[09-15]", "[10-01]"), "2027-10-01"),
        (("[09-15]", "[2029-09-15]"), "2029-09-15"),
        (("rest:", "rest: ["), "line"),
    ],
)
def test_a_faulty_notice_is_refused_with_the_place_of_the_fault(change, word):
    with translation.override("en"), pytest.raises(Invalid) as refused:
        parse_year(NOTICE_2027.replace(*change), "2027.yaml")

    with translation.override("en"):
        english = str(refused.value)
    with translation.override("zh-hans"):
        chinese = str(refused.value)
    assert word in english and english.startswith("2027.yaml") and chinese != english


def test_an_exception_holds_for_a_place_and_below_it():
    services.add_exception(
        date(2026, 7, 10), works=False, reason="防汛应急", document="县防指〔2026〕3号", by=SYSTEM, place="371500000000"
    )

    assert not calendar_for("371502001001").is_workday(date(2026, 7, 10))
    assert calendar_for("371600000000").is_workday(date(2026, 7, 10))
    assert calendar_for().is_workday(date(2026, 7, 10))


def test_the_nearer_place_has_the_last_word():
    county, town = "371502000000", "371502104000"
    day = date(2026, 7, 10)
    services.add_exception(day, works=False, reason="防汛", document="县发1号", by=SYSTEM, place=county)
    services.add_exception(day, works=True, reason="照常办公", document="镇发1号", by=SYSTEM, place=town)

    assert calendar_for("371502104201").is_workday(day) and not calendar_for("371502105201").is_workday(day)


def test_a_withdrawn_exception_no_longer_holds_but_stays_on_record():
    made = services.add_exception(date(2026, 7, 10), works=False, reason="防汛", document="县发1号", by=SYSTEM)
    services.withdraw_exception(made, by=SYSTEM)

    assert calendar_for().is_workday(date(2026, 7, 10))
    assert LocalException.objects.get().withdrawn_at
    assert len(list(history_of(made))) == 2
    with pytest.raises(Conflict):
        services.withdraw_exception(made, by=SYSTEM)


@pytest.mark.parametrize(
    ("day", "works", "reason", "document"),
    [
        (date(2026, 7, 10), False, "", "县发1号"),
        (date(2026, 7, 10), False, "防汛", " "),
        (date(2026, 7, 10), True, "防汛", "县发1号"),  # works anyway
        (date(2026, 10, 1), False, "防汛", "县发1号"),  # rests anyway
    ],
)
def test_an_exception_without_reason_document_or_effect_is_refused(day, works, reason, document):
    with pytest.raises(Invalid):
        services.add_exception(day, works=works, reason=reason, document=document, by=SYSTEM)

    assert not LocalException.objects.exists()


def test_office_hours_are_those_of_the_nearest_place():
    services.set_opening([("09:00", "12:00"), ("13:00", "17:00")], valid_from=date(2026, 1, 1), by=SYSTEM)
    services.set_opening([("08:00", "18:00")], valid_from=date(2026, 1, 1), by=SYSTEM, place="371502104000")

    assert len(hours_for("371502104201").on(date(2026, 5, 1))) == 1
    assert len(hours_for("371502105201").on(date(2026, 5, 1))) == 2


@pytest.mark.parametrize(
    "spans", [[("8", "12:00")], [("12:00", "08:00")], [], [("08:00", "12:00"), ("11:00", "17:00")]]
)
def test_office_hours_that_make_no_sense_are_refused(spans):
    with pytest.raises(Invalid):
        services.set_opening(spans, valid_from=date(2026, 1, 1), by=SYSTEM)


def test_asking_again_costs_one_small_query(django_assert_num_queries):
    calendar_for()

    with django_assert_num_queries(1):
        calendar_for()


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("370000000000", "37"),
        ("371500000000", "3715"),
        ("371502000000", "371502"),
        ("371502104000", "371502104"),
        ("371502104201", "371502104201"),
    ],
)
def test_codes_are_cut_to_what_they_say(code, says):
    assert significant(code) == says
    assert covers("", code) and covers(code, "371502104201")


def test_a_place_does_not_cover_the_place_above_it():
    assert not covers("371502104201", "371502104000")
