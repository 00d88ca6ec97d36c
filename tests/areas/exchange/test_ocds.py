"""Lots by the Open Contracting Data Standard."""

import json

import pytest

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Lot
from huilian.areas.watch.exchange.queries.ocds import record_package, release_package
from tests.standards.ocds_checks import faults_of_package, faults_of_record

from .test_bidders import TENDER


def test_a_lot_is_released_notice_by_notice_and_persons_are_masked(desk):
    lot, deal, _joined, when = desk.confirmed({1: 1_700_000, 2: 1_650_000})
    with desk.at(when):
        services.sign(lot, contract_no="HT-1", signed_on=when.date(), starts_on=when.date(), by=desk.clerk)
        package = release_package()
        record = record_package()["records"][0]

    tags = [release["tag"] for release in package["releases"]]
    assert tags == [["tender"], ["award"], ["contract"]]
    assert {release["ocid"] for release in package["releases"]} == {f"ocds-huilian-{lot.number}"}
    assert len({release["id"] for release in package["releases"]}) == 3
    award = package["releases"][1]["awards"][0]
    assert award["value"] == {"amount": 17000.0, "currency": "CNY"} and award["id"] == deal.number
    assert award["suppliers"][0]["name"] == "周*乙" and "周云乙" not in json.dumps(package, ensure_ascii=False)
    whole = record["compiledRelease"]
    assert (whole["tag"], whole["contracts"][0]["awardID"]) == (["compiled"], deal.number)
    assert whole["tender"]["minValue"]["amount"] == 15000.0


def test_what_is_not_published_is_not_released(desk, client):
    desk.applied()
    published = desk.published()

    found = json.loads(client.get("/ocds/releases.json").content)
    assert [r["tender"]["id"] for r in found["releases"]] == [published.number]
    assert json.loads(client.get("/ocds/records.json").content)["records"][0]["ocid"].endswith(published.number)
    assert Lot.objects.count() == 2


@pytest.mark.parametrize("flag", ["", "--records"])
def test_the_command_writes_a_package(desk, tmp_path, flag):
    from click.testing import CliRunner

    from huilian.project.cli import main

    desk.published()
    file = tmp_path / "ocds.json"
    done = CliRunner().invoke(main, ["export", "ocds", "--to", str(file), "--json", *([flag] if flag else [])])

    assert done.exit_code == 0 and json.loads(done.output)["count"] == 1
    assert json.loads(file.read_text(encoding="utf-8"))["version"] == "1.1"


def test_every_kind_of_lot_holds_before_the_schema_of_the_standard(desk):
    sold, _deal, _joined, when = desk.confirmed({1: 1_700_000, 2: 1_650_000})
    tender = desk.published(**TENDER)
    bought = desk.published(board="procurement", right="village_purchase", mode="purchase", said={}, per_year=False,
                            start_cents=3_000_000, deposit_cents=0, term_months=None)  # fmt: skip
    talked = desk.published(method=Lot.Method.NEGOTIATION)
    services.terminate(bought, note="不再采购", by=desk.head)
    services.suspend(talked, note="权属有争议", by=desk.head)
    with desk.at(when):
        services.sign(sold, contract_no="HT-1", signed_on=when.date(), starts_on=when.date(), by=desk.clerk)
        package, records = release_package(), record_package()["records"]

    assert {r["ocid"] for r in records} == {f"ocds-huilian-{lot.number}" for lot in (sold, tender, bought, talked)}
    assert faults_of_package(package) == []
    assert [fault for record in records for fault in faults_of_record(record)] == []
    spoilt = json.loads(json.dumps(package))
    spoilt["releases"][0] |= {"tag": ["sale"], "buyer": {"id": "X"}, "price": 1, "date": "2026-06-01"}
    assert len(faults_of_package(spoilt)) == 4
