"""The monthly report against a month that was counted by hand (counted.py)."""

from datetime import datetime
from io import BytesIO

import pytest
from django.urls import reverse

from huilian.areas.hear.hotline import rules, services
from huilian.areas.hear.hotline.reporting import figures, tables
from huilian.areas.hear.hotline.reporting.monthly import Report, worst_first
from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Person, Post
from huilian.engine.directory.services import add_people, add_posts, appoint_all
from huilian.engine.tiles.period import month_of
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import frozen
from tests.cast import SINCE

from . import counted

NOVEMBER = datetime(2026, 11, 9, 10, 0)


@pytest.fixture
def told(hotline):
    user = User.objects.create(username="farm_clerk", name="方晨", password="!")
    person, post = (
        Person(name=user.name, user=user),
        Post(unit=hotline.agriculture, name="办事员", roles=["department_clerk"]),
    )
    add_people([person], by=SYSTEM)
    add_posts([post], by=SYSTEM)
    appoint_all([(person, post)], starts_on=SINCE, by=SYSTEM)
    hotline.farm_clerk = user
    hotline.orders = counted.tell(hotline)
    with frozen(NOVEMBER):
        yield hotline


@pytest.fixture
def october(told):
    return Report(told.chen_lixin, month_of("2026-10"))


def test_received_is_all_that_came_in_with_the_month_before_and_the_year_ago(october):
    received = october.received

    assert (received.count, received.before, received.year_ago) == (7, 1, 0)
    assert (str(received.on_month), str(received.on_year)) == ("+600.0%", "—")


def test_both_on_time_rates_of_the_month(october):
    total = october.total

    # A B D on time, C late: three of four closed with a limit. E is overdue and enters the second rate only.
    assert (total.of_closed.part, total.of_closed.whole, str(total.of_closed)) == (3, 4, "75.0%")
    assert (total.of_due.part, total.of_due.whole, str(total.of_due)) == (3, 5, "60.0%")
    assert total.n["at_once"] == 1


def test_solved_and_satisfied_are_the_citizens_own_words(october):
    n = october.total.n

    # Closed: A B C D F. All five said solved; D gave no grade; the other four are content.
    assert (n["closed"], n["said"], n["solved"], n["no_word"]) == (5, 5, 5, 0)
    assert (n["graded"], n["satisfied"], n["no_grade"]) == (4, 4, 1)
    assert str(october.reach) == "100%"


def test_units_are_told_apart(october):
    housing, agriculture = (next(u for u in october.units if name in u.name) for name in ("住房", "农业"))

    assert (housing.dispatched, str(housing.share), housing.before) == (3, "60.0%", 1)
    assert (str(housing.of_closed), str(housing.of_due)) == ("66.7%", "66.7%")
    assert (str(agriculture.of_closed), str(agriculture.of_due)) == ("100%", "50.0%")
    assert worst_first(october.units)[0] is agriculture


def test_sources_topics_and_refusals_add_up(october):
    sources = {line.key: line.count for line in october.by_source}

    assert sources == {"122": 4, "web": 3}
    assert [(key, n) for key, _name, _law, n in october.refusals] == [("litigation", 1)]
    assert sum(line.count for line in october.by_class) == 7


def test_every_figure_counts_exactly_the_rows_it_leads_to(told, october):
    month = october.month
    for key, n in october.total.n.items():
        assert figures.rows(told.chen_lixin, key, month, {}).count() == n, key
    for unit in october.units:
        for key, n in unit.n.items():
            assert figures.rows(told.chen_lixin, key, month, {"unit": unit.key}).count() == n, (unit.name, key)
    for line in (*october.by_source, *october.by_topic, *october.by_class, *october.hot):
        assert figures.rows(told.chen_lixin, "received", month, line.more).count() == line.count


def test_as_of_the_end_of_the_month_what_was_answered_later_was_still_overdue(told):
    with frozen(datetime(2026, 11, 10, 9)):
        services.answer(told.orders["E"], "已现场核实，补贴款已补发到户。", by=told.farm_clerk)

        assert Report(told.chen_lixin, month_of("2026-10")).total.n["overdue"] == 1
        assert Report(told.chen_lixin, month_of("2026-11")).total.n["overdue"] == 0


def test_a_matter_answered_but_not_closed_is_not_overdue(hotline, calling):
    with frozen(datetime(2026, 12, 1)):
        assert Report(hotline.chen_lixin, month_of("2026-11")).total.n["overdue"] == 0


def test_a_return_without_ground_counts_against_the_unit_and_one_upheld_does_not(hotline, dispatched):
    first = services.object_to_dispatch(dispatched, ground="路灯归乡镇管", by=hotline.he_wei)
    services.rule_on_objection(first, uphold=False, ruling="城区路灯归住建", by=hotline.chen_lixin)
    second = services.object_to_dispatch(dispatched, ground="这段路不在城区", by=hotline.he_wei)
    services.rule_on_objection(second, uphold=True, ruling="属农村公路", by=hotline.chen_lixin)

    report = Report(hotline.chen_lixin, month_of("2026-09"))
    unit = next(u for u in report.units if u.key == str(hotline.housing.pk))

    assert (unit.n["objected"], unit.n["unfounded"], report.total.n["objected"]) == (1, 1, 1)  # one order


def test_a_supervised_order_is_counted_with_its_level(hotline, working):
    from huilian.engine.procedures.services import supervise

    supervise(working.case, demand="今日内联系群众", by=hotline.chen_lixin)
    report = Report(hotline.chen_lixin, month_of("2026-09"))

    assert [n for _name, n in report.supervised] == [1, 0, 0]
    assert report.supervised_orders == 1


def test_the_number_of_queries_does_not_grow_with_the_units(told, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        tables.sheets(Report(told.chen_lixin, month_of("2026-10")))


def test_a_month_that_is_none_is_refused():
    with pytest.raises(Invalid):
        month_of("2026-13")


def test_a_unit_with_few_matters_gets_no_score_and_parts_never_counted_are_left_out():
    parts = {"on_time": (9, 10), "sign": (0, 0), "returned": (1, 10), "satisfied": (8, 10), "reworked": (0, 10)}

    assert rules.unit_score(parts, closed=4) is None
    # (40×.9 + 15×.9 + 15×.8 + 15×1) ÷ 85
    assert rules.unit_score(parts, closed=10) == pytest.approx(90.0)


# ------------------------------------------------------------------ pages


def test_the_page_shows_the_figures_and_leads_to_rows(client, told):
    client.force_login(told.chen_lixin)

    page = client.get(reverse("hotline-report"), {"month": "2026-10"}).content.decode()
    rows = client.get(reverse("hotline-report-rows"), {"month": "2026-10", "what": "overdue"}).content.decode()

    assert "60.0%" in page and "75.0%" in page and "what=overdue" in page
    assert told.orders["E"].case.number in rows and told.orders["A"].case.number not in rows


@pytest.mark.parametrize("as_type,begins", [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_report_can_be_taken_as_a_file_and_that_is_recorded(client, told, as_type, begins):
    client.force_login(told.chen_lixin)

    answer = client.get(reverse("hotline-report-file", args=[as_type]), {"month": "2026-10"})

    assert answer.content.startswith(begins)
    assert Event.objects.filter(verb="hotline.take_report").latest("id").data == {"month": "2026-10", "form": as_type}


def test_the_workbook_has_a_sheet_for_every_table_with_the_same_figures(client, told):
    from openpyxl import load_workbook

    client.force_login(told.chen_lixin)
    content = client.get(reverse("hotline-report-file", args=["xlsx"]), {"month": "2026-10"}).content
    book = load_workbook(BytesIO(content))

    assert len(book.sheetnames) == 8
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert 7 in cells and "60.0%" in cells


def test_a_clerk_gets_neither_report_nor_rows_nor_file(client, told):
    client.force_login(told.he_wei)

    for address in (
        reverse("hotline-report"),
        reverse("hotline-report-rows"),
        reverse("hotline-report-file", args=["xlsx"]),
    ):
        assert client.get(address).status_code == 403
    with pytest.raises(NotAllowed):
        services.note_report("2026-10", "xlsx", by=told.he_wei)
    assert not Event.objects.filter(verb="hotline.take_report").exists()
