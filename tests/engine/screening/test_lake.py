"""A county's share of a lake: all rows of the database, whole or not at all, what is sealed only as digests."""

import json
from dataclasses import replace

import duckdb
import pytest
from click.testing import CliRunner

from huilian.engine.directory.models import Place
from huilian.engine.screening import catalogue, lake
from huilian.engine.screening.dataset import Column, Dataset
from huilian.engine.screening.store import Store
from huilian.foundation.errors import Conflict, Invalid
from huilian.project.cli import main

from .test_store import table  # noqa: F401
from .world import DONGWAN, LIUHE, VOUCHER, pay

BIG, COUNTY = 12345678901234567, "999901"


@pytest.fixture(autouse=True)
def county(table, monkeypatch):  # noqa: F811
    Place.objects.create(code="999901000000", name="云溪县", level=3, path="/999901", valid_from="2020-01-01")
    declared(monkeypatch, VOUCHER)
    pay(BIG, 150_000)
    pay(2, 5, village=DONGWAN, method="bank", payee="云溪文具店")


def declared(monkeypatch, *datasets):
    monkeypatch.setattr(catalogue, "_declared", lambda: {d.name: d for d in datasets})


def rows(out, name="voucher", order="voucher_id"):
    file = f"{out}/{name}/province=99/county-{COUNTY}.parquet"
    return duckdb.sql(f"SELECT * FROM read_parquet('{file}', hive_partitioning=false) ORDER BY {order}").fetchall()


def test_a_share_holds_exactly_what_the_county_itself_screens(tmp_path):
    share = lake.write(tmp_path / "share")

    store = Store({"voucher": VOUCHER})
    store.load()
    assert rows(tmp_path / "share") == store.con.execute("SELECT * FROM base.voucher ORDER BY voucher_id").fetchall()
    assert rows(tmp_path / "share")[1][0] == BIG
    assert share["rows"] == share["datasets"]["voucher"]["rows"] == 2
    assert (tmp_path / "share" / "share-999901.json").exists() and lake.check(tmp_path / "share") == []
    assert [p.name for p in tmp_path.iterdir()] == ["share"]


def test_a_column_that_begins_empty_keeps_its_type(tmp_path, monkeypatch):
    late = Dataset(
        "late", title="late", key="n",
        columns=[Column("n", "BIGINT"), Column("village_code", "BIGINT"), Column("said", "VARCHAR"),
                 Column("share", "DOUBLE"), Column("whole", "BIGINT")],
        sql="WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 70000) SELECT n, "
            f"{LIUHE} AS village_code, CASE WHEN n > 66000 THEN 'x' END AS said, "
            "CASE WHEN n > 66000 THEN 1.5 END AS share, "
            "CASE WHEN n > 66000 THEN 7 END AS whole FROM c WHERE {scope}",
        scope=str(LIUHE),
    )  # fmt: skip
    declared(monkeypatch, late)

    lake.write(tmp_path / "share")

    found = rows(tmp_path / "share", "late", "n")
    assert len(found) == 70_000
    assert found[0] == (1, LIUHE, None, None, None) and found[-1] == (70_000, LIUHE, "x", 1.5, 7)


def test_what_is_sealed_leaves_as_digests_that_still_join(tmp_path, monkeypatch):
    declared(monkeypatch, replace(VOUCHER, sealed=True))

    lake.write(tmp_path / "share")

    body = (tmp_path / "share" / "voucher" / "province=99" / "county-999901.parquet").read_bytes()
    payees = [row[6] for row in rows(tmp_path / "share")]
    assert all(len(p) == 64 for p in payees) and len(set(payees)) == 2
    assert "王小明".encode() not in body


def test_a_share_that_fails_leaves_the_one_before(tmp_path, monkeypatch):
    lake.write(tmp_path / "share")
    before = sorted(p.name for p in tmp_path.rglob("*"))
    pay(3, 7)
    broken = replace(VOUCHER, name="broken", sql=VOUCHER.sql.replace("toy_voucher", "no_table"))
    declared(monkeypatch, VOUCHER, broken)

    with pytest.raises(Invalid):
        lake.write(tmp_path / "share")

    assert sorted(p.name for p in tmp_path.rglob("*")) == before
    assert len(rows(tmp_path / "share")) == 2


def test_a_share_is_written_anew_over_the_one_before_but_never_over_anything_else(tmp_path):
    lake.write(tmp_path / "share")
    pay(3, 7)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.docx").write_text("mine")

    lake.write(tmp_path / "share")
    with pytest.raises(Conflict):
        lake.write(tmp_path / "other")

    assert len(rows(tmp_path / "share")) == 3
    assert (tmp_path / "other" / "thesis.docx").exists()


def test_a_changed_file_is_told(tmp_path):
    lake.write(tmp_path / "share")
    file = tmp_path / "share" / "voucher" / "province=99" / "county-999901.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    assert lake.check(tmp_path / "share") == [
        "share-999901.json: voucher/province=99/county-999901.parquet: changed"
    ]  # fmt: skip


def test_with_two_counties_one_must_be_named(tmp_path):
    Place.objects.create(code="999902000000", name="别县", level=3, path="/999902", valid_from="2020-01-01")
    other = 999902101201
    pay(4, 9, village=other)

    with pytest.raises(Invalid, match="999901000000"):
        lake.write(tmp_path / "share")
    share = lake.write(tmp_path / "share", county="999902")

    assert share["rows"] == 1
    assert [p.name for p in (tmp_path / "share").rglob("*.parquet")] == ["county-999902.parquet"]


def test_the_command_writes_and_checks(tmp_path):
    written = CliRunner().invoke(main, ["lake", "write", "--out", str(tmp_path / "share"), "--json"])
    checked = CliRunner().invoke(main, ["lake", "check", str(tmp_path / "share")])

    assert written.exit_code == 0 and json.loads(written.stdout)["county"] == "999901"
    assert (checked.exit_code, checked.stdout) == (0, "0 differences\n")
