"""The desk: lists, the file, the budget's lines, the case page, the forms on paper."""

import io

import pytest
from django.urls import reverse

from huilian.areas.watch.works import reading, services
from huilian.engine import sheets
from huilian.engine.procedures.actions import actions_for
from huilian.foundation.now import today

from .conftest import on, photo, proposed, settled, signed

QUERIES = 40  # the desk's own frame asks for about twenty of them


@pytest.fixture
def entered(client, site):
    def at(user, name, *args, data=None, method="get"):
        client.force_login(user)
        return getattr(client, method)(reverse(name, args=args), data)

    return at


def test_lists_pages_and_scores_open_within_their_queries(site, entered, django_assert_max_num_queries):
    done, new = settled(site), proposed(site)
    with on(47):
        for name, args in (
            ("works-home", []),
            ("works-scores", []),
            ("works-project", [done.number]),
            ("works-project", [new.number]),
            ("desk-case", [done.number]),
        ):
            with django_assert_max_num_queries(QUERIES if name != "desk-case" else 80):
                assert entered(site.head, name, *args).status_code == 200
        assert entered(site.clerk, "works-home", data={"stage": "7"}).content.decode().count(done.number) >= 1
        assert entered(site.cast.sun_yan, "works-home").status_code == 403


def test_a_proposal_by_the_form_and_what_blocks_it(site, entered):
    from .conftest import ROAD, sort

    given = {**ROAD, "unit": site.cast.liuhe_committee.pk, "limit_class": sort().pk, "estimate_cents": "200,000"}
    refused = entered(site.clerk, "works-new", data={**given, "decision_no": ""}, method="post")
    assert refused.status_code == 422
    made = entered(site.clerk, "works-new", data=given, method="post")
    assert made.status_code == 302


def test_the_budget_by_line_and_by_spreadsheet(site, entered):
    project = proposed(site)
    line = {"trade": "道路", "name": "路面", "measure": "m²", "quantity": "100", "price_cents": "480.50", "add": "1"}
    assert entered(site.clerk, "works-items", project.number, data=line, method="post").status_code == 302
    rows = [
        {"trade": "道路", "name": "C25混凝土路面", "spec": "厚18cm", "measure": "m³", "quantity": 10, "price": 460},
        {"trade": "道路", "name": "垫层", "measure": "m²", "quantity": 20, "price": 20},
    ]
    file = io.BytesIO(sheets.write(reading.COLUMNS, rows, "预算清单"))
    file.name = "budget.xlsx"
    sent = {"upload": "1", "file": file}
    assert entered(site.clerk, "works-items", project.number, data=sent, method="post").status_code == 302
    assert [i.amount_cents for i in project.items.all()] == [4_600_00, 400_00]
    gone = entered(site.clerk, "works-items", project.number, data={"remove": "2"}, method="post")
    assert gone.status_code == 302 and project.items.count() == 1
    assert entered(site.clerk, "works-items-sheet").status_code == 200


def test_what_each_post_is_offered_on_the_site(site):
    project = signed(site)
    with on(10):
        services.note_event(project, "start", on=today(), text="进场", by=site.clerk)
        services.ask_change(project, reason="换填", quantities="80m³", amount_cents=1_000_00, by=site.clerk)
        project.case.refresh_from_db()
        offered = {
            user: {action.key for action in actions_for(project.case, user)}
            for user in (site.clerk, site.accountant, site.township, site.committee)
        }
    assert {"event", "finish", "ask_change"} <= offered[site.clerk]
    assert "ask_pay" in offered[site.accountant] and "finish" not in offered[site.accountant]
    assert "decide_change" in offered[site.township] and "event" in offered[site.committee]


def test_an_act_on_the_case_page_is_the_service(site, entered):
    project = signed(site)
    with on(5):
        file, name = photo()
        file.name = name
        data = {"kind": "start", "on": today().isoformat(), "text": "进场", "progress": "5", "files": file,
                "revision": project.case.revision}  # fmt: skip
        sent = entered(site.clerk, "desk-act", project.number, "event", data=data, method="post")
        assert sent.status_code == 302, sent.content.decode()[:2000]
    assert project.events.get().photos.count() == 1


def test_forms_on_paper_and_the_board_at_the_site(site, entered):
    done = settled(site)
    with on(47):
        for kind in ("changes", "acceptance", "payments", "file"):
            assert entered(site.head, "works-paper", done.number, kind, "docx").status_code == 200
        assert entered(site.head, "works-paper", done.number, "file", "pdf").content[:4] == b"%PDF"
        assert entered(site.head, "works-board", done.number).content[:4] == b"%PDF"
        assert entered(site.head, "works-paper", done.number, "else", "pdf").status_code == 404
