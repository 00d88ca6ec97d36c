"""The evidence pack: whole as it was made, and any changed byte is found. Notices and the table of results."""

import io
import json
import random
import zipfile

import pytest
from click.testing import CliRunner

from huilian.engine.alerts import evidence, packs, papers, results, services
from huilian.engine.alerts.checking import faults_of
from huilian.engine.alerts.models import Alert, Rectification
from huilian.engine.documents.models import Attachment
from huilian.engine.procedures.models import Case
from huilian.engine.trail import keys
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import frozen
from huilian.project.cli import main

from . import world
from .test_repair import NAMES, REASON
from .world import MONDAY

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
BASIS = {"law": "现金管理暂行条例", "version": "2011", "article": "第五条"}


@pytest.fixture
def county(cast):
    world.build(cast)
    with frozen(MONDAY):
        yield cast


@pytest.fixture
def alert(county) -> Alert:
    row = evidence.row("voucher", 12, {"voucher_date": "2026-10-09", "payee": "王五", "total_cents": 1_500_00})
    alert = services.raise_alert(
        rule="ZJ01", names=NAMES, level=2, subject="voucher:12", reason=REASON, unit=county.liuhe_committee,
        place=county.liuhe, about="柳河村 2026-10 记12号", evidence=[row], amount_cents=150_000, nature="form",
        parameters={"yellow_cents": 100_000}, basis=[BASIS],
    )  # fmt: skip
    services.sign(alert, by=county.liu_changgui)
    services.explain(alert, "急用现金", by=county.liu_changgui)
    return services.check(alert, verdict="true", note="属实", by=county.lin_zheng)


def pack(alert, county) -> bytes:
    return packs.make_pack(alert, by=county.lin_zheng)


def test_a_pack_is_whole_and_says_what_the_alert_rests_on(alert, county):
    data = pack(alert, county)

    assert list(faults_of(data, keys.verifiers())) == []
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        body = json.loads(files.read("pack.json"))
        assert files.read("report.pdf").startswith(b"%PDF")
    assert body["evidence"][0]["fields"]["payee"] == "王五" and body["rule"]["parameters"] == {"yellow_cents": 100_000}
    assert {e["verb"] for e in body["history"]} >= {"alerts.raise", "procedures.open", "alert.check"}
    assert all(e["proof"] for e in body["history"])
    assert Event.objects.filter(verb="alerts.pack", subject_id=alert.number).count() == 1


def test_any_changed_byte_of_a_pack_is_found(alert, county):
    data = pack(alert, county)
    places = random.Random(7).sample(range(len(data)), 300)

    missed = []
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1
        if not list(faults_of(bytes(changed), keys.verifiers())):
            missed.append(place)

    assert not missed
    assert list(faults_of(data[:-1], keys.verifiers())) and list(faults_of(data + b"x", keys.verifiers()))


@pytest.mark.parametrize("change", ("row", "history", "number"))
def test_a_pack_that_does_not_fit_together_is_found_even_if_it_was_signed(alert, county, change):
    with zipfile.ZipFile(io.BytesIO(pack(alert, county))) as files:
        inside = {name: files.read(name) for name in files.namelist()}
    body = json.loads(inside["pack.json"])
    if change == "row":
        body["evidence"][0]["fields"]["total_cents"] = 1
    elif change == "history":
        body["history"][-1]["data"]["note"] = "不属实"
    else:
        body["alert"]["number"] = "YJ20261116-9999"
    inside["pack.json"] = json.dumps(body, ensure_ascii=False).encode()
    manifest = json.loads(inside["manifest.json"])
    manifest["files"]["pack.json"] = packs._sha256(inside["pack.json"])
    inside["manifest.json"] = json.dumps(manifest).encode()
    digest = packs._sha256(inside["manifest.json"])
    inside["manifest.sig"] = keys.signed_text(f"{packs.FORMAT}\n{alert.number}\n{digest}\n").encode()

    assert len(list(faults_of(packs.zipped(inside), keys.verifiers()))) == 1


def test_a_pack_signed_by_somebody_else_is_refused(alert, county, tmp_path):
    other = "elsewhere/log+00000000+AQ" + "A" * 43
    assert len(list(faults_of(pack(alert, county), [other]))) == 1
    assert len(list(faults_of(b"no zip at all", keys.verifiers()))) == 1


def test_papers_of_the_case_are_in_the_pack(alert, county):
    services.attach_proof(alert, io.BytesIO(PNG), "凭证.png", by=county.liu_changgui)

    data = pack(alert, county)

    assert list(faults_of(data, keys.verifiers())) == []
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        listed = json.loads(files.read("pack.json"))["documents"]
        assert files.read(listed[0]["file"]) == PNG and listed[0]["name"] == "凭证.png"


def test_proof_is_handed_in_by_the_unit_or_who_checks_and_by_nobody_else(alert, county):
    for by in (county.he_wei, county.sun_yan):
        with pytest.raises(NotAllowed):
            services.attach_proof(alert, io.BytesIO(PNG), "凭证.png", by=by)
    with pytest.raises(Invalid):
        services.attach_proof(alert, io.BytesIO(b"MZ\x90"), "凭证.exe", by=county.liu_changgui)
    assert not Attachment.objects.exists()

    services.attach_proof(alert, io.BytesIO(PNG), "现场.png", by=county.lin_zheng)
    assert Event.objects.filter(verb="documents.attach", subject_id=alert.number).count() == 1


def test_only_who_checks_alerts_takes_packs(alert, county, client):
    with pytest.raises(NotAllowed):
        packs.make_pack(alert, by=county.liu_changgui)
    assert not Event.objects.filter(verb="alerts.pack").exists()

    client.force_login(county.liu_changgui)
    assert client.post(f"/desk/alerts/{alert.number}/pack.zip").status_code == 403
    client.force_login(county.sun_yan)
    assert client.post(f"/desk/alerts/{alert.number}/pack.zip").status_code == 404


def test_the_command_says_whether_a_pack_is_whole(alert, county, tmp_path):
    file = tmp_path / "pack.zip"
    file.write_bytes(pack(alert, county))

    good = CliRunner().invoke(main, ["verify-pack", str(file), "--json"])
    file.write_bytes(file.read_bytes()[:-40])
    bad = CliRunner().invoke(main, ["verify-pack", str(file)])

    assert (good.exit_code, json.loads(good.output)["ok"]) == (0, True), good.output
    assert bad.exit_code == 1 and bad.output.strip()


def test_the_notice_says_fact_basis_limit_and_right_of_reply(alert, county):
    form = papers.alert_notice(alert, by=county.lin_zheng)

    said = "\n".join(form.paragraphs)
    for words in (
        "付款超过现金限额",
        "《现金管理暂行条例》2011第五条",
        "2026年11月18日",
        "申辩权利",
        "5个工作日内补正",
        "1,500.00元",
    ):
        assert words in said, words
    assert form.addressee == "柳河村村民委员会" and form.title.endswith("橙色预警通知书")
    assert "乡镇监督员" in form.copies_to and form.sender == "安澜县纪律检查委员会"


def test_the_order_to_rectify_says_by_when(alert, county):
    form = papers.rectification_notice(Rectification.objects.get(), by=county.lin_zheng)

    said = "\n".join(form.paragraphs)
    assert "属实" in said and "2026年12月7日" in said  # fifteen working days from Monday 16 November 2026


def test_the_pages_of_the_papers_are_for_those_who_may(alert, county, client):
    row = Rectification.objects.get()
    for user, expected in ((county.lin_zheng, 200), (county.liu_changgui, 403), (county.sun_yan, 404)):
        client.force_login(user)
        assert client.get(f"/desk/alerts/{alert.number}/notice.pdf").status_code == expected
        assert client.get(f"/desk/alerts/orders/{row.pk}/notice.pdf").status_code == expected


def test_many_notices_come_out_of_the_printer_at_once(alert, county, client):
    client.force_login(county.lin_zheng)
    ids = [str(pk) for pk in Case.objects.values_list("pk", flat=True)]

    page = client.post("/desk/alerts/notices/", {"ids": ids, "back": "//elsewhere"})

    text = page.content.decode()
    assert page.status_code == 200 and text.count("<article") == 1 and "elsewhere" not in text
    assert client.post("/desk/alerts/notices/", {"ids": ["x"]}).status_code == 404


def test_the_table_of_results_counts_from_the_verdicts(alert, county, client):
    rows = results.rows_for(county.lin_zheng)
    assert [(r.rule, r.counted.true, r.counted.amount_cents, r.percent) for r in rows] == [
        ("ZJ01", 1, 150_000, "100.0% (1/1)")
    ]

    client.force_login(county.lin_zheng)
    page = client.get("/desk/alerts/results/")
    assert "大额现金" in page.content.decode() and "1,500.00" in page.content.decode()
    assert client.get("/desk/alerts/results/?as=xlsx").content.startswith(b"PK")
