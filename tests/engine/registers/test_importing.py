"""Spreadsheets as offices send them: each fault in one sentence, and nothing half written."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from huilian.engine import sheets
from huilian.engine.directory.models import Organisation, Unit
from huilian.engine.registers import find, importing, services
from huilian.engine.registers.models import ColumnMapping, ImportRun
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

HEADINGS = ["名称", "组织类别", "统一社会信用代码", "法定代表人", "住所", "地址", "电话"]


@pytest.fixture
def firms():
    return find("organisations")


def book(*rows, headings=None) -> io.BytesIO:
    made = openpyxl.Workbook()
    register = find("organisations")
    made.active.append(headings or [c.title for c in importing.typed_of(register)])
    for row in rows:
        made.active.append(list(row))
    out = io.BytesIO()
    made.save(out)
    out.seek(0)
    return out


def firm(name, phone="", place="", kind="企业", code=""):
    return [name, kind, code, "", place, "", phone]


def begin(firms, cast, content, name="企业.xlsx", **more) -> ImportRun:
    return services.begin_import(firms, content, name, by=cast.wang_min, **more)


def test_a_preview_writes_nothing_and_confirming_writes_all_with_its_trail(firms, cast):
    run = begin(firms, cast, book(firm("青石砂石有限公司", "13812345726", "青石镇"), firm("安澜建筑公司")))

    assert (run.state, run.added, run.changed, run.faulty) == ("ready", 2, 0, 0), run.report
    assert not Organisation.objects.exists() and not Event.objects.filter(verb="directory.add_organisation").exists()

    run = services.confirm_import(run, by=cast.wang_min)

    assert run.state == "done" and Organisation.objects.get(name="青石砂石有限公司").place == cast.qingshi
    assert Event.objects.filter(verb="directory.add_organisation").count() == 2
    assert Event.objects.get(verb="registers.import").data["added"] == 2
    assert not run.file


def test_changes_are_told_from_new_rows_and_masked_or_empty_cells_leave_what_is_there(firms, cast):
    from huilian.engine.directory.services import add_organisation

    add_organisation(name="甲公司", phone="13812345726", address="河边路1号", by=cast.wang_min)
    add_organisation(name="乙公司", by=cast.wang_min)

    run = begin(firms, cast, book(firm("甲公司", "138****5726"), firm("乙公司", place="白沙乡"), firm("丙公司")))

    assert (run.added, run.changed, run.unchanged) == (1, 1, 1), run.report
    services.confirm_import(run, by=cast.wang_min)
    assert Organisation.objects.get(name="甲公司").phone == "13812345726"
    assert Organisation.objects.get(name="乙公司").place == cast.baisha


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([firm("")], "此项必填"),
        ([firm("甲"), firm("甲")], "第 2 行"),
        ([firm("甲", kind="公司类")], "公司类"),
        ([firm("甲", place="无此乡")], "无此乡"),
        ([firm("甲", code="91110000600037341X")], ""),
        ([firm("=1+1")], "公式"),
    ],
    ids=["empty", "twice", "unknown kind", "unknown place", "wrong check digit", "formula never counted"],
)
def test_each_bad_row_gets_a_sentence(firms, cast, rows, said):
    run = begin(firms, cast, book(*rows))

    assert run.state == "faulty" and run.faulty >= 1
    assert any(said in fault[3] for fault in run.report["faults"]), run.report["faults"]
    with pytest.raises(Conflict):
        services.confirm_import(run, by=cast.wang_min)
    assert not Organisation.objects.exists()


def test_one_bad_row_among_good_ones_stops_all(firms, cast):
    run = begin(firms, cast, book(firm("甲"), firm("乙", code="91110000600037341X"), firm("丙")))

    assert run.state == "faulty" and run.faulty == 1
    assert not Organisation.objects.exists()


def test_merged_cells_and_a_renamed_program_are_refused(firms, cast):
    made = openpyxl.load_workbook(book(firm("甲"), firm("乙")))
    made.active.merge_cells("A2:A3")
    out = io.BytesIO()
    made.save(out)

    run = begin(firms, cast, out)
    assert run.state == "faulty" and "A2:A3" in run.report["faults"][0][3]

    with pytest.raises(Invalid) as refused:
        begin(firms, cast, io.BytesIO(b"MZ\x90\x00" + b"\x00" * 400), "企业.xlsx")
    assert "程序" in str(refused.value)
    with pytest.raises(Invalid):
        begin(firms, cast, io.BytesIO(b""), "企业.xlsx")


def test_emoji_and_four_byte_characters_come_through(firms, cast):
    run = services.confirm_import(begin(firms, cast, book(firm("笑脸😀𪚲合作社"))), by=cast.wang_min)

    assert run.state == "done" and Organisation.objects.get().name == "笑脸😀𪚲合作社"


def test_foreign_headings_are_matched_once_and_remembered(firms, cast):
    headings = ["企业名称", "类型", "代码", "老板", "所在地", "门牌", "手机"]

    run = begin(firms, cast, book(firm("甲公司"), headings=headings))
    assert run.state == "mapping" and "名称" in run.report["missing"]
    with pytest.raises(Invalid):
        services.map_columns(run, {"kind": "类型"}, by=cast.wang_min)
    run = services.map_columns(run, {"name": "企业名称", "kind": "类型", "phone": "手机"}, by=cast.wang_min)
    assert run.state == "ready" and run.added == 1

    again = begin(firms, cast, book(firm("乙公司"), headings=headings))

    assert again.state == "ready" and ColumnMapping.objects.count() == 1


def test_only_the_person_who_handed_it_in_goes_on_and_only_who_may_begins(firms, cast):
    run = begin(firms, cast, book(firm("甲")))

    with pytest.raises(NotAllowed):
        services.confirm_import(run, by=cast.sun_yan)
    with pytest.raises(NotAllowed):
        services.begin_import(firms, book(firm("甲")), "a.xlsx", by=cast.zhao_jianguo)
    assert not Organisation.objects.exists()


def test_a_register_changed_since_the_preview_is_shown_again(firms, cast):
    from huilian.engine.directory.services import add_organisation

    run = begin(firms, cast, book(firm("甲", place="青石镇")))
    add_organisation(name="甲", by=cast.wang_min)

    run = services.confirm_import(run, by=cast.wang_min)

    assert (run.state, run.added, run.changed) == ("ready", 0, 1) and run.report["changed"]
    assert Organisation.objects.get().place is None


def test_giving_up_deletes_the_file(firms, cast, django_capture_on_commit_callbacks):
    run = begin(firms, cast, book(firm("甲")))
    stored, storage = run.file.name, run.file.storage

    with django_capture_on_commit_callbacks(execute=True):
        run = services.cancel_import(run, by=cast.wang_min)

    assert run.state == "cancelled" and not storage.exists(stored)


def test_a_large_file_goes_through_the_worker(firms, cast):
    run = begin(firms, cast, book(firm("甲")), at_once=False)
    assert run.state == "checking"
    services.check(run=run.pk, language="zh-hans")
    run.refresh_from_db()
    assert run.state == "ready"
    services.confirm_import(run, by=cast.wang_min, at_once=False)
    services.write(run=run.pk, language="zh-hans")
    run.refresh_from_db()
    assert run.state == "done" and Organisation.objects.count() == 1


def test_50_000_rows_are_checked_without_a_query_each(firms, cast, django_assert_max_num_queries):
    rows = ([f"企业{i:06}", "企业", "", "", "青石镇", "", ""] for i in range(50_000))
    columns = importing.sheet_columns(firms, cast.wang_min)
    content = io.BytesIO(sheets.write(columns, rows, "企业"))

    with django_assert_max_num_queries(400):
        plan = importing.make(firms, cast.wang_min, content)

    assert (plan.added, plan.read, plan.tried, plan.faults) == (50_000, 50_000, False, [])


def test_a_colleague_s_change_is_not_overwritten(cast):
    units = find("units")
    from huilian.engine.registers.forms import fingerprint

    seen = fingerprint(units, cast.housing)
    values = {"phone": "0571-12345678"}
    services.save_row(units, cast.housing, values, seen=seen, by=cast.system_admin)

    with pytest.raises(Conflict):
        services.save_row(units, cast.housing, {"phone": "1"}, seen=seen, by=cast.system_admin)
    assert Unit.objects.get(pk=cast.housing.pk).phone == "0571-12345678"


def test_a_row_is_added_and_changed_through_the_form(cast, client):
    client.force_login(cast.system_admin)
    answer = client.post(
        reverse("register-add", args=["units"]),
        {"name": "安澜县水务局", "kind": "department", "place": cast.county.pk, "duties": "供水"},
    )
    assert answer.status_code == 302, answer.text
    unit = Unit.objects.get(name="安澜县水务局")

    edit = reverse("register-edit", args=["units", unit.pk])
    page = client.get(edit).text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    form = {"name": "安澜县水利局", "place": cast.county.pk, "duties": "供水", "seen": seen}
    assert client.post(edit, form).status_code == 302

    unit.refresh_from_db()
    assert unit.name == "安澜县水利局"
    assert "安澜县水利局" in client.get(reverse("register-row", args=["units", unit.pk])).text


def test_a_verb_is_carried_out_and_refused_with_its_sentence(cast, client):
    client.force_login(cast.security_admin)
    held = cast.posts["li_xiao"]
    address = reverse("register-act", args=["posts", held.pk, "close"])

    answer = client.post(address, {"on": "2026-12-31"})

    assert answer.status_code == 200 and "data-errors" in answer.text
    held.refresh_from_db()
    assert held.valid_to is None
    with pytest.raises(NotAllowed):
        services.run_verb(find("posts"), find("posts").verbs[0], held, {"on": date(2026, 12, 31)}, by=cast.system_admin)


def test_a_saved_view_is_one_s_own(cast, client):
    client.force_login(cast.wang_min)
    client.post(reverse("register-view-keep", args=["organisations"]), {"name": "合作社", "query": "kind=firm&page=3"})

    mine = client.get(reverse("register", args=["organisations"])).text
    client.force_login(cast.sun_yan)
    others = client.get(reverse("register", args=["organisations"])).text

    assert "kind=firm" in mine and "合作社</a>" in mine and "合作社</a>" not in others
    from huilian.engine.registers.models import SavedView

    kept = SavedView.objects.get()
    services.forget_view(kept.pk, by=cast.sun_yan)
    assert SavedView.objects.exists()
    services.forget_view(kept.pk, by=cast.wang_min)
    assert not SavedView.objects.exists()
    with pytest.raises(Invalid):
        services.save_view(find("organisations"), " ", "", by=cast.wang_min)


def test_an_export_is_in_the_trail(cast, client):
    client.force_login(cast.wang_min)
    client.get(reverse("register-export", args=["organisations", "csv"]))

    event = Event.objects.get(verb="registers.export")  # services.record_export
    assert event.data == {"register": "organisations", "rows": 0, "kind": "csv", "full": False}
