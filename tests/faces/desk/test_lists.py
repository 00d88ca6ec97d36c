"""My tasks, all cases, supervisions: who sees what, narrowed, counted, exported, without a script."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from huilian.areas.hear.hotline import services as hotline_services
from huilian.engine.clocks import services as clocks
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Case
from huilian.engine.procedures.services.lifecycle import follow_clock
from huilian.engine.trail.models import Event
from huilian.faces.desk.models import SavedView
from huilian.foundation.now import frozen, now
from tests.areas.hotline.conftest import MONDAY


def page(client, user, address="/desk/", **query):
    client.force_login(user)
    return client.get(address, query)


def numbers(response) -> list[str]:
    return [row["number"] for row in response.context["page"].object_list]


@pytest.fixture
def many(hotline, monday):
    """Fifteen matters with the housing bureau, in three classes."""
    found = []
    for i in range(15):
        order = hotline_services.take(
            by=hotline.zhou_hui,
            channel=hotline.phone,
            title=f"第{i}盏路灯不亮",
            text="村口路灯一个多月不亮，晚上出门不方便。",
            place=hotline.liuhe,
        )
        kind = ("general", "special", "major")[i % 3]
        found.append(hotline_services.dispatch(order, unit=hotline.housing, class_key=kind, by=hotline.zhou_hui))
    return found


def test_a_task_lies_with_those_who_act_at_its_step(client, hotline, dispatched):
    number = dispatched.case.number

    assert numbers(page(client, hotline.he_wei)) == [number]
    assert numbers(page(client, hotline.xu_fang)) == [number]
    for other in (hotline.zhou_hui, hotline.wang_min, hotline.sun_yan, hotline.zhao_jianguo, hotline.li_xiao):
        assert numbers(page(client, other)) == []


def test_what_waits_for_sorting_lies_with_the_centre(client, hotline, taken):
    assert numbers(page(client, hotline.zhou_hui)) == [taken.case.number]
    assert numbers(page(client, hotline.wu_mei)) == [taken.case.number]
    assert numbers(page(client, hotline.he_wei)) == []


def test_all_cases_are_those_of_ones_reach(client, hotline, dispatched):
    number = dispatched.case.number

    for sees in (hotline.wang_min, hotline.he_wei, hotline.zhao_jianguo, hotline.zhou_hui):
        assert numbers(page(client, sees, "/desk/cases/")) == [number]
    assert numbers(page(client, hotline.sun_yan, "/desk/cases/")) == []


def test_administrators_and_strangers_see_no_cases(client, hotline, dispatched):
    assert page(client, hotline.system_admin, "/desk/cases/").status_code == 403
    client.logout()
    assert client.get("/desk/cases/").status_code == 302


def test_ones_own_matters_stand_first_and_then_the_most_urgent(client, hotline, many):
    mine = many[7].case  # a special one, by far not the most urgent
    cases.assign_handler(mine, hotline.person("he_wei"), by=hotline.he_wei)

    shown = numbers(page(client, hotline.he_wei))
    rest = numbers(page(client, hotline.he_wei, page=2))

    assert shown[0] == mine.number and len(shown) == 12 and len(rest) == 3
    assert len({*shown, *rest}) == 15
    dues = list(Case.objects.exclude(pk=mine.pk).order_by("due_on", "id").values_list("number", flat=True))
    assert [*shown[1:], *rest] == dues


def test_lamps_are_counted_and_chosen(client, hotline, many):
    with frozen(MONDAY + timedelta(days=3)):  # general matters: the third and last working day was 30 September + 1
        clocks.sweep(now())
        for case in Case.objects.select_related("clock"):
            follow_clock(case)
            case.save()
        response = page(client, hotline.he_wei)
        lamps = response.context["worklist"].lamps
        assert lamps["all"] == 15 and lamps["ok"] < 15

        for level in ("red", "orange", "yellow", "ok", "pause"):
            chosen = page(client, hotline.he_wei, level=level)
            assert chosen.context["worklist"].count == lamps[level]


def test_filters_work_as_a_plain_form(client, hotline, many):
    assert page(client, hotline.he_wei, class_key="general").context["page"].paginator.count == 5
    assert numbers(page(client, hotline.he_wei, q="第3盏")) == [many[3].case.number]
    assert numbers(page(client, hotline.he_wei, q=many[4].case.number.lower())) == [many[4].case.number]
    assert page(client, hotline.he_wei, step="working").context["page"].paginator.count == 0
    assert "没有符合" in page(client, hotline.he_wei, step="working").content.decode()


def test_a_source_is_chosen_by_its_name(client, hotline, many):
    shown = page(client, hotline.he_wei, source="122")

    assert shown.context["page"].paginator.count == 15 and "122民生热线" in shown.content.decode()
    assert page(client, hotline.he_wei, source="web").context["page"].paginator.count == 0


def test_nonsense_in_the_address_is_left_out(client, hotline, many):
    response = page(
        client, hotline.he_wei, class_key="'; DROP", level="pink", sort="x", page="minus one", township="9e9"
    )

    assert response.status_code == 200 and response.context["page"].paginator.count == 15


def test_a_swap_gets_only_the_list(client, hotline, many):
    client.force_login(hotline.he_wei)

    part = client.get("/desk/", {"class_key": "major"}, headers={"HX-Request": "true", "HX-Target": "worklist"})

    assert "<html" not in part.content.decode() and len(part.content) < 30 * 1024
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("name", ["he_wei", "zhou_hui", "wang_min", "zhao_jianguo"])
@pytest.mark.parametrize("address", ["/desk/", "/desk/cases/", "/desk/supervisions/"])
def test_a_list_costs_the_same_however_long(client, hotline, many, django_assert_max_num_queries, name, address):
    client.force_login(getattr(hotline, name))
    client.get(address)

    with django_assert_max_num_queries(13):
        client.get(address)


def test_a_workbook_holds_the_filtered_rows_and_the_trail_knows(client, hotline, many):
    client.force_login(hotline.he_wei)

    response = client.get("/desk/lists/tasks/export.xlsx", {"class_key": "special"})
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))

    rows = list(book.active.iter_rows(values_only=True))
    head = next(i for i, row in enumerate(rows) if row[0] == "编号")
    assert len(rows) - head - 1 == 5 and all("特殊" in row[3] for row in rows[head + 1 :])
    event = Event.objects.get(verb="desk.export")
    assert event.data["rows"] == 5 and event.actor_id == str(hotline.he_wei.pk)


def test_no_cell_of_a_workbook_is_a_formula(client, hotline, monday):
    order = hotline_services.take(
        by=hotline.zhou_hui,
        channel=hotline.phone,
        title='=HYPERLINK("http://x")',
        text="路灯一个多月不亮。",
        place=None,
    )
    client.force_login(hotline.zhou_hui)

    response = client.get("/desk/lists/tasks/export.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active

    cell = next(c for row in sheet.iter_rows() for c in row if c.value == order.case.title)
    assert cell.data_type == "s"


def test_a_filter_is_kept_under_a_name_and_forgotten(client, hotline, many):
    client.force_login(hotline.he_wei)

    client.post("/desk/lists/tasks/views/", {"name": "重大件", "query": "class_key=major&page=3"})
    view = SavedView.objects.get(user=hotline.he_wei)
    assert view.query == "class_key=major"
    assert "重大件" in client.get("/desk/").content.decode()

    client.force_login(hotline.xu_fang)
    client.post(f"/desk/lists/tasks/views/{view.pk}/remove/")
    assert SavedView.objects.filter(pk=view.pk).exists()

    client.force_login(hotline.he_wei)
    client.post(f"/desk/lists/tasks/views/{view.pk}/remove/")
    assert not SavedView.objects.exists()


def test_the_search_box_leads_a_number_to_its_case_and_words_to_a_list(client, hotline, dispatched):
    client.force_login(hotline.wang_min)

    number = client.get("/desk/search/", {"q": dispatched.case.number.lower()})
    words = client.get("/desk/search/", {"q": "路灯"}, follow=True)

    assert number["Location"] == f"/desk/cases/{dispatched.case.number}/"
    assert numbers(words) == [dispatched.case.number]


def test_the_search_box_tells_nobody_of_cases_out_of_reach(client, hotline, dispatched):
    client.force_login(hotline.sun_yan)

    response = client.get("/desk/search/", {"q": dispatched.case.number}, follow=True)

    assert numbers(response) == []


def test_a_supervision_waits_for_its_unit(client, hotline, dispatched):
    cases.supervise(dispatched.case, demand="三日内修好并回复", by=hotline.zhao_jianguo)

    assert "三日内修好" in page(client, hotline.he_wei, "/desk/supervisions/").content.decode()
    assert "三日内修好" in page(client, hotline.wang_min, "/desk/supervisions/").content.decode()
    assert "三日内修好" not in page(client, hotline.sun_yan, "/desk/supervisions/").content.decode()


def test_reminding_many_says_what_was_done_and_what_was_refused(client, hotline, many):
    client.force_login(hotline.zhao_jianguo)
    ids = [str(order.case_id) for order in many[:3]]
    cases.supervise(many[0].case, demand="查清", level=3, by=hotline.chen_lixin)

    asked = client.post("/desk/batch/", {"act": "supervise", "ids": ids, "back": "/desk/cases/"})
    assert asked.status_code == 200 and "第1盏" in asked.content.decode()
    done = client.post(
        "/desk/batch/",
        {"act": "supervise", "ids": ids, "back": "/desk/cases/", "confirmed": "1", "level": "1", "demand": "请尽快办"},
    )

    assert len(done.context["done"]) == 2 and len(done.context["refused"]) == 1
    assert done.context["refused"][0].case.pk == many[0].case_id and done.context["refused"][0].why
    assert Case.objects.get(pk=many[1].case_id).supervision == 1


def test_a_batch_never_reaches_beyond_ones_own_reach(client, hotline, many):
    client.force_login(hotline.sun_yan)

    response = client.post("/desk/batch/", {"act": "ask_extension", "ids": [many[0].case_id], "back": "/desk/"})

    assert response.status_code == 302 and Case.objects.get(pk=many[0].case_id).revision == many[0].case.revision
