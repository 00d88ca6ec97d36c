"""Lots by the Open Contracting Data Standard."""

import json

import pytest

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Lot
from huilian.areas.watch.exchange.queries.ocds import record_package, release_package


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
