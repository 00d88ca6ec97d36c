"""The pages of the flow editor, as a clerk uses them: without scripts, and with htmx."""

import copy
import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huilian.engine.procedures import editing, services
from huilian.engine.procedures.kinds import CaseKind, kinds
from huilian.engine.procedures.models import Draft, Procedure
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen

KEY = "item.v-p-07"


@pytest.fixture
def flow(cast, monkeypatch):
    """A published procedure of three steps, and the family it belongs to."""
    monkeypatch.setitem(kinds(), "item", CaseKind(key="item", name="清单事项", family=True))
    with frozen(datetime(2026, 9, 28, 9, 0)):
        body = editing.blank(KEY, {"zh": "零星采购", "en": "Small purchases"}, "SX")
        body["origin"] = "default"
        for step in body["steps"][:2]:
            step["roles"] = ["power_officer"]
        yield services.publish(body, by=SYSTEM)


@pytest.fixture
def officer(client, cast, flow):
    client.force_login(cast.hao_jing)
    return client


def url(name: str, *args) -> str:
    return reverse(f"powers-flow{name}", args=args or (KEY,))


def post(client, name="-draft", *, follow=True, **data):
    draft = Draft.objects.filter(key=KEY).first()
    return client.post(url(name), {"revision": draft.revision if draft else 0, **data}, follow=follow)


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def step_data(**changes) -> dict:
    data = {
        "step-name_zh": "集体研究", "step-name_en": "Decided together", "step-kind": "gate", "step-lane": "lane-1",
        "step-roles": ["power_officer"], "step-holder": "unit", "step-limit": "2", "step-unit": "workday",
        "step-produces_zh": "会议记录\n签到表", "step-produces_en": "Minutes",
        "ways-TOTAL_FORMS": "3", "ways-INITIAL_FORMS": "1",
        "ways-0-key": "close", "ways-0-name_zh": "办结", "ways-0-name_en": "Close", "ways-0-to": "closed",
        "ways-0-drawn": "line", "ways-0-clock": "stop",
        "ways-1-key": "", "ways-1-name_zh": "退回补正", "ways-1-to": "asked", "ways-1-drawn": "back",
        "ways-1-needs": ["note"],
        "ways-2-name_zh": "", "ways-2-to": "", "ways-2-drawn": "line",
        "risks-TOTAL_FORMS": "1", "risks-INITIAL_FORMS": "0",
        "risks-0-name_zh": "应议未议", "risks-0-level": "orange", "risks-0-note_zh": "会前公示议题",
    }  # fmt: skip
    return {**data, **changes}


def test_the_list_tells_versions_running_cases_and_where_the_text_comes_from(cast, officer, flow):
    services.open_case(KEY, title="购置桌椅", by=SYSTEM, place=cast.liuhe)

    said = text(officer.get(reverse("powers-flows")))

    assert "零星采购" in said and "第 1 版" in said and "第 1 版：1" in said and "默认" in said


def test_who_may_not_see_or_draw_is_told_who_may(client, cast, flow):
    client.force_login(cast.system_admin)
    assert client.get(reverse("powers-flows")).status_code == 403

    client.force_login(cast.he_wei)
    assert client.post(url("-draft"), {"do": "up working", "revision": 0}).status_code == 403
    assert not Draft.objects.exists()


def test_opening_the_editor_writes_nothing(officer):
    said = text(officer.get(url("-draft")))

    assert "还没有草稿" in said and not Draft.objects.exists()


def test_every_button_keeps_the_draft_and_leads_back_to_its_row(officer):
    answer = post(officer, do="down working", follow=False)

    assert answer["Location"] == f"{url('-draft')}#step-working"
    assert [s["key"] for s in Draft.objects.get().body["steps"]] == ["asked", "closed", "working"]
    post(officer, do="add asked")
    post(officer, do="remove working")
    draft = Draft.objects.get()
    assert draft.revision == 3 and [s["key"] for s in draft.body["steps"]] == ["asked", "step1", "closed"]


def test_with_htmx_only_the_editor_is_exchanged(officer):
    answer = officer.post(url("-draft"), {"do": "up working", "revision": 0}, headers={"HX-Request": "true"})

    assert answer.status_code == 200 and "<html" not in answer.content.decode()
    assert answer.content.decode().count('id="up-working"') == 1


def test_a_step_is_written_with_its_ways_papers_and_risk_points(officer):
    post(officer, do="save working", **step_data())

    body = Draft.objects.get().body
    step = body["steps"][1]
    assert step["name"] == {"zh": "集体研究", "en": "Decided together"} and step["kind"] == "gate"
    assert step["limit"] == {"length": 2, "unit": "workday"}
    assert step["produces"] == [{"zh": "会议记录", "en": "Minutes"}, {"zh": "签到表"}]
    assert step["risks"] == [
        {"mark": 1, "level": "orange", "model": "", "name": {"zh": "应议未议"}, "note": {"zh": "会前公示议题"}}
    ]
    assert [(m["verb"], m["to"]) for m in body["moves"]] == [
        ("submit", "working"),
        ("close", "closed"),
        ("go1", "asked"),
    ]
    said = text(officer.get(url("-draft")))
    assert "“退回补正” → 1 申请（须写明说明）" in said and "应议未议" in said


def test_a_form_that_is_not_right_keeps_what_was_typed_and_saves_nothing(officer):
    answer = post(officer, do="save working", **step_data(**{"step-name_zh": "", "ways-1-to": ""}))

    assert answer.status_code == 422 and "退回补正" in answer.content.decode() and not Draft.objects.exists()


def test_faults_stand_at_their_row_and_stop_publishing(officer):
    post(officer, do="save working", **step_data(**{"step-roles": [], "ways-0-DELETE": "on", "ways-TOTAL_FORMS": "1"}))
    page = officer.get(url("-draft")).content.decode()
    row = page[page.index('<li id="step-working"') : page.index('id="up-working"')]

    assert "没有岗位负责" in row and "没有下一步" in row
    answer = post(officer, "-publish")
    assert answer.status_code == 422 and "没有岗位负责" in text(answer)
    assert Procedure.objects.filter(key=KEY).count() == 1


def test_a_version_is_published_after_a_page_that_says_what_changes(cast, officer, flow):
    case = services.open_case(KEY, title="购置桌椅", by=SYSTEM, place=cast.liuhe)
    post(officer, do="save working", **step_data())

    asked = text(officer.get(url("-publish")))
    answer = post(officer, "-publish")

    assert "1 件在办件按原版本办" in asked and "修改 1 个" in asked
    assert "第 2 版" in text(answer) and not Draft.objects.exists()
    case.refresh_from_db()
    assert case.procedure == flow
    shown = text(officer.get(url("")))
    assert "县里绘制" in shown and "第 1 版" in shown
    assert "集体研究" not in text(officer.get(url("") + "?version=1"))


def test_the_second_of_two_clerks_is_told_and_sees_the_text_of_the_first(officer, cast):
    post(officer, do="add asked")

    answer = officer.post(url("-draft"), {"do": "remove working", "revision": 0})

    assert answer.status_code == 422 and "郝静" in text(answer)
    assert len(Draft.objects.get().body["steps"]) == 4


def test_a_draft_behind_the_version_in_force_is_compared_first(officer, flow):
    post(officer, do="add asked")
    other = copy.deepcopy(flow.body)
    other["steps"][1]["name"]["zh"] = "上级要求"
    services.publish(other, by=SYSTEM)

    assert post(officer, "-publish").status_code == 422
    post(officer, "-publish", rebase="1")
    assert post(officer, "-publish").status_code == 200
    assert Procedure.objects.filter(key=KEY).count() == 3


def test_lanes_classes_and_basis_are_written_on_a_page_of_their_own(officer):
    data = {
        "head-name_zh": "零星采购", "head-prefix": "CG",
        "lanes-TOTAL_FORMS": "2", "lanes-INITIAL_FORMS": "1", "lanes-0-key": "lane-1", "lanes-0-name_zh": "村委会",
        "lanes-1-name_zh": "村务监督委员会",
        "classes-TOTAL_FORMS": "2", "classes-INITIAL_FORMS": "1", "classes-0-key": "plain", "classes-0-name_zh": "一般",
        "classes-0-limit": "10", "classes-0-unit": "workday", "classes-1-name_zh": "", "classes-1-unit": "workday",
        "basis-TOTAL_FORMS": "1", "basis-INITIAL_FORMS": "0", "basis-0-law": "村民委员会组织法",
        "basis-0-article": "二十四",
    }  # fmt: skip
    post(officer, "-head", **data)

    body = Draft.objects.get().body
    assert body["prefix"] == "CG" and body["classes"][0]["limit"]["length"] == 10
    assert [lane["key"] for lane in body["lanes"]] == ["lane-1", "lane-2"]
    assert body["basis"] == [{"law": "村民委员会组织法", "article": "二十四"}]
    assert post(officer, "-head", **{**data, "head-prefix": "采购"}).status_code == 422


def test_before_and_after_are_compared_with_days_saved(officer):
    post(officer, do="save working", **step_data())
    post(officer, "-publish")
    post(officer, do="save working", **step_data(**{"step-limit": "1", "ways-INITIAL_FORMS": "2"}))

    said = text(officer.get(url("-compare")))

    assert "时限 · 集体研究 2 个工作日 1 个工作日 1" in said
    assert "新增下一步" in text(officer.get(url("-compare") + "?old=1&new=2"))
    assert officer.get(url("-compare") + "?old=7&new=2").status_code == 404
    assert officer.get(url("-compare") + "?old=x&new=y").status_code == 404


def test_a_bpmn_file_goes_out_and_comes_in_whole_or_not_at_all(officer):
    out = officer.get(url("-bpmn"))
    assert out["Content-Disposition"] == f'attachment; filename="{KEY}-v1.bpmn"'
    changed = out.content.decode().replace('name="办理"', 'name="会审"').encode()

    def sent(content):
        return post(officer, "-upload", file=SimpleUploadedFile("f.bpmn", content))

    assert "并行" in text(
        sent(
            out.content.replace(b"<userTask", b'<parallelGateway id="x" name="\xe5\xb9\xb6\xe8\xa1\x8c"/><userTask', 1)
        )
    )
    assert sent(b"PK").status_code == 422 and not Draft.objects.exists()
    sent(changed)
    assert Draft.objects.get().body["steps"][1]["name"]["zh"] == "会审"


def test_a_new_procedure_is_drawn_from_nothing_from_another_or_from_a_file(officer):
    def begun(**data):
        given = {"key": "item.v-p-90", "name_zh": "新事项", "prefix": "SX", **data}
        return officer.post(reverse("powers-flow-new"), given, follow=True)

    assert begun(key=KEY).status_code == 422 and begun(key="other.x").status_code == 422
    assert begun().status_code == 200
    assert begun(key="item.v-p-91", copy_of=KEY).status_code == 200
    file = SimpleUploadedFile("f.bpmn", officer.get(url("-bpmn")).content)
    assert begun(key="item.v-p-92", file=file).status_code == 200
    assert sorted(Draft.objects.values_list("key", flat=True)) == ["item.v-p-90", "item.v-p-91", "item.v-p-92"]
    assert {d.definition.name["zh"] for d in Draft.objects.all()} == {"新事项"}
    assert officer.get(url("", "item.v-p-90")).status_code == 404
    assert "新事项" in text(officer.get(reverse("powers-flows")))


def test_a_draft_is_thrown_away_after_a_page_that_asks(officer):
    post(officer, do="add asked")
    assert officer.get(url("-discard")).status_code == 200

    post(officer, "-discard")

    assert not Draft.objects.exists() and Procedure.objects.filter(key=KEY).count() == 1


def test_the_paper_has_the_chart_and_every_step(officer):
    page = officer.get(url("-print")).content.decode()

    assert 'class="flow upright"' in page and page.count("<tr id=") == 3


@pytest.mark.parametrize("name", ["s", "", "-draft", "-compare", "-print", "-head", "-publish"])
def test_pages_ask_the_database_few_questions(officer, django_assert_max_num_queries, name):
    post(officer, do="add asked")

    with django_assert_max_num_queries(15):
        officer.get(url(name) if name != "s" else reverse("powers-flows"))
