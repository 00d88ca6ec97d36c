"""A try reaches nothing, ends in time, hides names, and says in one sentence what is wrong."""

import json
import time
from datetime import date

import pytest
from click.testing import CliRunner
from django.utils import translation

from huilian.engine.alerts.models import Alert
from huilian.engine.screening import trying
from huilian.engine.screening.models import Hit
from huilian.engine.screening.services import screen
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import frozen
from huilian.project import cli

from ..alerts.world import at
from .toy import TEXT
from .world import DONGWAN, house, pay  # noqa: F401


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"), frozen(at(16)):
        yield


def faults(text, user, **more):
    return [fault.message for fault in trying.try_out(text, by=user, **more).faults if not fault.warning]


def test_a_rule_is_tried_on_a_year_and_nothing_is_kept(house):  # noqa: F811
    pay(1, 150_000)
    pay(2, 150_000, village=DONGWAN)

    tried = trying.try_out(TEXT.replace("ZJ91", "QX01"), by=house.lin_zheng)

    assert tried.fine and tried.count == 2
    assert "王*明" in tried.sentences[0]["zh"] and "王小明" not in str(tried.rows)
    assert [m.new for m in tried.months] == [0] * 13 or sum(m.new for m in tried.months) == 2
    assert not Hit.objects.exists() and Event.objects.filter(verb="screening.try").count() == 1


def test_a_bare_query_shows_rows_with_names_masked(house):  # noqa: F811
    pay(1, 150_000)

    tried = trying.try_out(
        "WITH a AS (SELECT CONCAT(v.payee, '') AS who, v.total_cents FROM voucher v) "
        "SELECT a.who AS x, a.total_cents FROM a UNION ALL SELECT w.payee AS x, w.total_cents FROM voucher w"
        .partition(" UNION")[0],
        by=house.lin_zheng,
    )  # fmt: skip

    assert (tried.columns, tried.rows) == (["x", "total_cents"], [["王*明", 150_000]])


@pytest.mark.parametrize(
    "sql,said",
    [
        ("SELECT v.payer FROM voucher v", "There is no column “payer”; perhaps"),
        ("SELECT v.total_cents / v.area_mu AS x FROM voucher v", "This divides by what may be 0"),
        ("SELECT w.x FROM (SELECT v AS x FROM voucher v) w", "“v” is a table here, not a column."),
        ("WITH a(x) AS (SELECT payee FROM voucher) SELECT x FROM a", "not in brackets after the name of a table"),
        ("DROP TABLE voucher", "A rule is one SELECT"),
        ("SELECT total_cents FROM 'a.csv'", "There is no dataset “a.csv”"),
        ("SELECT x.payee FROM read_parquet('a') x", "is not a dataset"),
        ("SELECT k.name FROM kin k", "There is no dataset “kin”"),
        ("", "There is nothing to try yet."),
        ("SELECT FROM WHERE", "This is not SQL near"),
    ],
)
def test_what_is_wrong_is_one_sentence(house, sql, said):  # noqa: F811
    found = faults(sql, house.lin_zheng)

    assert found and said in found[0], found
    assert not Event.objects.filter(verb="screening.try").exists()


def test_an_endless_join_is_stopped_in_time(house, monkeypatch):  # noqa: F811
    # How much such a join holds before its time is up depends on the machine: memory is the next test's matter.
    monkeypatch.setattr(trying, "MEMORY", "8GB")
    for number in range(1, 400):
        pay(number, 150_000)
    sql = "SELECT COUNT(*) AS n FROM " + ", ".join(f"voucher v{n}" for n in range(8)) + " WHERE " + " OR ".join(
        f"v{n}.total_cents > v{n + 1}.voucher_id" for n in range(7))  # fmt: skip

    began = time.monotonic()
    found = faults(sql, house.lin_zheng, seconds=0.5)

    assert found == ["The query took too long and was stopped. Join on an equality and narrow the rows first."]
    assert time.monotonic() - began < 8


def test_a_query_with_too_many_rows_is_told_so(house):  # noqa: F811
    for number in range(1, 40):
        pay(number, 150_000)

    found = faults("SELECT v.voucher_id FROM voucher v JOIN voucher w ON v.voucher_id <> w.voucher_id", house.lin_zheng)

    assert found == ["The query gives more than 1000 rows. A rule names the few that stand out: narrow its WHERE."]


def test_a_query_that_wants_too_much_memory_is_told_so(house, monkeypatch):  # noqa: F811
    monkeypatch.setattr(trying, "MEMORY", "20MB")
    for number in range(1, 500):
        pay(number, 150_000, payee="甲" * 40)
    sql = (
        "SELECT STRING_AGG(CONCAT(v.payee, w.payee, u.payee), ' ' ORDER BY v.voucher_id) AS x FROM voucher v "
        "JOIN voucher w ON v.voucher_id <> w.voucher_id JOIN voucher u ON u.voucher_id <> w.voucher_id"
    )

    found = faults(sql, house.lin_zheng)

    assert found and ("memory" in found[0] or "too long" in found[0]), found


def test_only_an_auditor_of_the_county_tries(house):  # noqa: F811
    with pytest.raises(NotAllowed):
        trying.try_out("SELECT v.voucher_id FROM voucher v", by=house.wang_min)


def test_a_backtest_says_month_by_month_what_would_have_been_raised(house):  # noqa: F811
    pay(1, 150_000)
    pay(2, 300_000)
    with frozen(at(16)):
        screen(rules=["ZJ91"])
    Alert.objects.filter(subject="voucher:1").update(verdict="untrue")

    told = trying.backtest("ZJ91", {"yellow_cents": "200000"})

    assert told.kept == {"": 1} and told.lost == {"untrue": 1} and told.added == 0
    assert told.months[-1].end == date(2026, 11, 16) and len(told.months) == 13
    with pytest.raises(Invalid):
        trying.backtest("ZJ91", {"limit": "1"})


def test_the_commands_run_explain_backtest_and_screen(house):  # noqa: F811
    pay(1, 150_000)

    def call(*words):
        result = CliRunner().invoke(cli.main, [*words, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.output)

    assert call("rules", "run", "ZJ91", "--village", "999901101201")["found"][0]["subject"] == "voucher:1"
    assert call("screen", "--as-of", "2026-11-16")["raised"] == 1
    told = call("rules", "explain", Alert.objects.get().number)
    assert told["rule"] == "ZJ91" and told["evidence"][0]["intact"] is True
    assert call("rules", "explain", str(Hit.objects.get().pk))["alert"] == told["alert"]
    assert call("rules", "backtest", "ZJ91", "--set", "yellow_cents=200000")["lost"] == {"": 1}
    for words in (["run", "ZZ99"], ["explain", "nothing"], ["backtest", "ZJ91", "--set", "x=1"]):
        assert CliRunner().invoke(cli.main, ["rules", *words]).exit_code == 1
