"""Rules over a lake: cut or whole, village by village or all at once, the same findings."""

import json
from argparse import Namespace
from datetime import date
from itertools import groupby

import duckdb
import pytest
from click.testing import CliRunner
from sqlglot import ErrorLevel, exp

from benchmarks import lake_data
from huilian.engine.screening import binding, catalogue, scatter, spark
from huilian.engine.screening.catalogue import rule_files
from huilian.engine.screening.lake_task import files
from huilian.engine.screening.rule import read
from huilian.engine.screening.store import Store
from huilian.foundation.errors import Conflict, Invalid, Refused
from huilian.project.cli import main

from .test_lake_data import listed  # noqa: F401

DAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def made(listed, tmp_path_factory):  # noqa: F811
    folder = tmp_path_factory.mktemp("scatter")
    options = Namespace(lines=80_000, provinces=2, seed=7, as_of=DAY, memory="500MB")
    lake_data.write(folder / "lake", listed, options, folder)
    return folder / "lake"


@pytest.fixture(scope="module")
def findings(made, tmp_path_factory):
    """What the lake gives, by rule, cut by province."""
    out = tmp_path_factory.mktemp("cut") / "out"
    tasks, skipped = scatter.plan(made, out, scatter.chosen(()), DAY, personal=True)
    outcome = scatter.told(scatter.here(tasks), scatter.Outcome(DAY, skipped=skipped))
    assert outcome.faults == []
    return out, outcome


def rows(out, rule_id):
    text = f"SELECT * FROM read_parquet('{out}/{rule_id}/*.parquet', hive_partitioning=false)"
    return sorted(duckdb.sql(text).fetchall(), key=repr)


def test_cut_by_province_gives_what_the_whole_gives(made, findings, tmp_path):
    out, outcome = findings
    tasks, _skipped = scatter.plan(made, tmp_path, scatter.chosen(()), DAY, personal=True, whole=True)

    whole = scatter.told(scatter.here(tasks), scatter.Outcome(DAY))

    assert len(tasks) == 1 and len(outcome.parts) == 3  # two provinces, and all of them for the rule across provinces
    assert whole.found == outcome.found and sum(whole.found.values()) > 300
    assert {r for r in whole.found if rows(out, r) != rows(tmp_path, r)} == set()


def test_the_resident_mirror_gives_the_same_a_few_villages_or_one_county_at_a_time(made, findings):
    out, outcome = findings
    known = catalogue.datasets()
    rules = [r for r in scatter.chosen(()) if r.grain != "cross" and r.id in outcome.found]
    store = Store({n: known[n] for n in {n for r in rules for n in r.reads}})
    for name, dataset in store.datasets.items():
        given = duckdb.sql(f"SELECT {', '.join(c.name for c in dataset.columns)} "
                           f"FROM read_parquet({files(str(made), name, '*')})").to_arrow_table()  # fmt: skip
        store.con.register("arriving", given)
        store.con.execute(f"INSERT INTO base.{name} SELECT * FROM arriving")
        store.con.unregister("arriving")
    villages = [row[0] for row in store.con.execute("SELECT village_code FROM base.account_set ORDER BY 1").fetchall()]
    few = [[code] for code in villages[:3]] + [villages[n : n + 80] for n in range(3, len(villages), 80)]
    counties = [list(of_one) for _code, of_one in groupby(villages, lambda code: code // 1_000_000)]
    assert len(counties) > 2

    found = {r.id: [] for r in rules}
    for grain, batch in [("village", some) for some in few] + [("county", some) for some in counties]:
        store.narrow(batch)
        for r in (r for r in rules if r.grain == grain):
            given = store.find(r, r.values, DAY, schema="part")
            found[r.id] += [(f.village_code, f.subject, f.key, f.level) for f in given]
    store.close()

    text = "SELECT village_code, subject, key, level FROM read_parquet('{}/{}/*.parquet')"
    whole = {r.id: duckdb.sql(text.format(out, r.id)).fetchall() for r in rules}
    assert {r.id for r in rules if sorted(found[r.id]) != sorted(whole[r.id])} == set()


@pytest.mark.parametrize("path", rule_files(), ids=lambda path: path.stem)
def test_every_rule_has_a_text_for_the_second_engine(path):
    rule = read(path)

    bound = binding.bind(rule.sql, rule.values, DAY, dialect="spark")

    binding.tree(rule.sql).sql(dialect="spark", unsupported_level=ErrorLevel.RAISE)
    assert not list(binding.tree(bound).find_all(exp.Placeholder))


def test_the_command_tells_counts_and_leaves_names_of_people_out(made, tmp_path):
    done = CliRunner().invoke(
        main, ["screen", "--data", str(made), "--rules", "ZJ06,HT08", "--out", str(tmp_path / "out"), "--json"]
    )
    told = json.loads(done.stdout)
    columns = [r[0] for r in duckdb.sql(f"DESCRIBE SELECT * FROM '{tmp_path}/out/ZJ06/*.parquet'").fetchall()]

    assert done.exit_code == 0 and told["as_of"] == "2026-06-30" and told["found"]["ZJ06"] > 0
    assert columns[:5] == ["village_code", "subject", "key", "level", "evidence"] and "payee" not in columns
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["HT08", "ZJ06", "found.json"]
    assert not list((tmp_path / "out").rglob(".*"))


def test_what_the_lake_lacks_is_told_and_nothing_is_mixed(made, tmp_path):
    outcome = scatter.screen_lake(made, ids=("ZJ01",), as_of=DAY, out=tmp_path / "out")

    assert outcome.skipped == {}
    with pytest.raises(Conflict):
        scatter.screen_lake(made, ids=("ZJ01",), as_of=DAY, out=tmp_path / "out")
    with pytest.raises(Invalid, match="feed"):
        scatter.screen_lake(made, ids=("XT01",), as_of=DAY)
    with pytest.raises(Invalid, match="ZJ999"):
        scatter.screen_lake(made, ids=("ZJ999",), as_of=DAY)
    with pytest.raises(Invalid):
        scatter.screen_lake(tmp_path / "nothing", as_of=DAY)


def test_a_task_reaches_only_the_lake_and_its_findings(made, tmp_path):
    from huilian.engine.screening import lake_task

    con = lake_task.connect([str(made), str(tmp_path / "out")], memory="200MB", threads=1)

    for text in (f"COPY (SELECT 1) TO '{tmp_path}/x.csv'", "SELECT * FROM read_text('/etc/passwd')", "SET threads=9"):
        with pytest.raises(duckdb.Error):
            con.execute(text)


def test_without_spark_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark", None)

    with pytest.raises(Refused, match=r"requirements/spark\.txt"):
        spark.available()
