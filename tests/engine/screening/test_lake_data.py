"""The generator of lakes: what it plants, the rules find; the same seed gives the same lake; no real code is in it."""

from argparse import Namespace
from datetime import date

import duckdb
import pytest

from benchmarks import lake_data

REAL = range(37, 39)  # provinces of the list the lake is drawn from


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """A list of villages like the official one: 2 provinces, 2 counties each, 3 townships each, 20 villages each."""
    lines = ["code,name,streetCode,provinceCode,cityCode,areaCode"]
    for province in REAL:
        for area in (f"{province}0701", f"{province}0702"):
            for street in (f"{area}00{n}" for n in (1, 2, 3)):
                lines += [f"{street}{n:03},某村,{street},{province},{province}07,{area}" for n in range(1, 21)]
    file = tmp_path_factory.mktemp("real") / "villages.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def lake(listed, folder, seed=7):
    options = Namespace(lines=80_000, provinces=2, seed=seed, as_of=date(2026, 6, 30), memory="500MB")
    return folder / "lake", options, lake_data.write(folder / "lake", listed, options, folder)


@pytest.fixture(scope="module")
def written(listed, tmp_path_factory):
    return lake(listed, tmp_path_factory.mktemp("lake"))


def digests(out):
    found = {}
    for file in sorted(out.rglob("*.parquet")):
        text = f"SELECT COUNT(*), CAST(SUM(hash(t)) AS VARCHAR) FROM '{file}' t"
        found[str(file.relative_to(out))] = duckdb.sql(text).fetchone()
    return found


def test_the_rules_find_everything_that_was_planted(written):
    out, options, results = written

    checked = lake_data.check(out, options)

    assert results["provinces"] == 2 and abs(results["lines"] / options.lines - 1) < 0.15
    assert {r["rule"]: r["missed"] for r in checked["rules"] if r["missed"]} == {}
    assert sum(r["planted"] > 0 for r in checked["rules"]) >= 30


def test_the_same_seed_gives_the_same_lake_and_another_seed_another(listed, written, tmp_path_factory):
    again, other = (lake(listed, tmp_path_factory.mktemp("lake"), seed)[0] for seed in (7, 8))

    assert digests(written[0]) == digests(again) != digests(other)


def test_no_village_of_the_lake_is_a_real_one(written):
    codes = duckdb.sql(
        f"SELECT DISTINCT village_code // 10000000000 FROM '{written[0]}/account_set/*/*.parquet'"
    ).fetchall()

    assert len(codes) == 2 and {code for (code,) in codes} <= set(lake_data.FICTIONAL)
