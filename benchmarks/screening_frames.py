"""Three rules written again for pandas and polars: the same findings, CPU and memory, ids of 17 digits kept exact.

    HUILIAN_REAL=/path python benchmarks/screening_frames.py [--lines N | --lake DIR] [--json]

Cash payments over the limit (ZJ01), cash in hand over the limit for days on end (ZJ02) and two allowances in a month
(ZJ12). Each engine runs in a process of its own and gives village, subject, key and level. The rules are written here
from their descriptions, not translated from their SQL. Exit code 1 if a finding differs.
"""

import argparse
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import HERE, _lakes, report

NEEDS = ("divisions/villages.csv.gz",)
QUICK = ("--lines", "500000")
RULES = ("ZJ01", "ZJ02", "ZJ12")
PERIOD = "季度|半年|全年|年度|月至|[0-9]月?[-—至~]+[0-9]+月"
VOUCHER = ["voucher_id", "village_code", "kind", "method", "voucher_date", "is_reversed", "reverses_id", "total_cents",
           "invoice_kind"]  # fmt: skip
LINE = ["voucher_id", "set_id", "account", "voucher_date", "debit_cents", "credit_cents"]


def main() -> int:
    parser = _lakes.options(__doc__, lines=2_000_000)
    parser.add_argument("--one", nargs=3, metavar=("ENGINE", "RULE", "DAY"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.lake, *options.one)))
        return 0
    results: dict = {}
    differing = 0
    with _lakes.lake(options) as (lake, _spare, day):
        for rule in RULES:
            given = {}
            for engine in ("duckdb", "pandas", "polars"):
                command = [sys.executable, str(Path(__file__)), "--lake", str(lake), "--one", engine, rule, str(day)]
                done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)
                given[engine] = json.loads(done.stdout)
            rows = {engine: {tuple(r) for r in body.pop("rows")} for engine, body in given.items()}
            wrong = {engine: len(found ^ rows["duckdb"]) for engine, found in rows.items()}
            differing += sum(wrong.values())
            results[rule] = {
                "found": len(rows["duckdb"]),
                **{e: given[e] | {"differs": wrong[e]} for e in given},
                "pandas: times the CPU": round(given["pandas"]["cpu_seconds"] / given["duckdb"]["cpu_seconds"], 1),
                "polars: times the CPU": round(given["polars"]["cpu_seconds"] / given["duckdb"]["cpu_seconds"], 1),
            }
    report(results, as_json=options.json)
    return 1 if differing else 0


def one(lake: Path, engine: str, rule: str, day: str) -> dict:
    """One rule by one engine; CPU without imports; memory with them."""
    if engine == "duckdb":
        work = by_duckdb(lake, rule, day)
    elif engine == "pandas":
        import pandas as pd

        def work() -> list:
            return PANDAS[rule](pd, lake, pd.Timestamp(day))
    else:
        import polars as pl

        def work() -> list:
            return POLARS[rule](pl, lake, date.fromisoformat(day))

    began = time.process_time()
    rows = work()
    return {"cpu_seconds": round(time.process_time() - began, 2), "peak_mb": _lakes.peak(), "rows": rows}


def by_duckdb(lake: Path, rule: str, day: str):
    """The rule of the house as `huilian screen --data` runs it, over the whole lake at once."""
    import os

    sys.path.insert(0, str(HERE.parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huilian.project.settings")
    import django

    django.setup()
    from huilian.engine.screening import lake_task, scatter

    tasks, _skipped = scatter.plan(lake, lake, scatter.chosen([rule]), date.fromisoformat(day), whole=True)
    body = tasks[0]["rules"][0]

    def work() -> list:
        con = lake_task.connect([str(lake)], memory="4GB", threads=2)
        lake_task.show(con, tasks[0], body["reads"])
        return con.execute(f"SELECT village_code, subject, key, level FROM ({body['sql']})").fetchall()

    return work


# ---------------------------------------------------------------------- pandas


def read(pd, lake: Path, name: str, columns: list[str]):
    """A dataset, ids and money as whole numbers that may be missing: float64 would lose digits from 2^53 on."""
    return pd.read_parquet(lake / name, columns=columns, dtype_backend="pyarrow")


def pandas_cash(pd, lake: Path, day) -> list:
    v = read(pd, lake, "voucher", VOUCHER)
    v = v[(v["kind"] == "payment") & (v["method"] == "cash") & (v["voucher_date"] <= day.date()) & ~v["is_reversed"]
          & v["reverses_id"].isna() & (v["total_cents"] > 100_000)]  # fmt: skip
    v = v[~((v["invoice_kind"] == "list") & (v["total_cents"] <= 500_000))]
    lines = read(pd, lake, "voucher_line", ["voucher_id", "account", "debit_cents"])
    banked = lines.loc[(lines["account"] == 102) & (lines["debit_cents"] > 0), "voucher_id"]
    v = v[~v["voucher_id"].isin(banked)]
    level = 1 + (v["total_cents"] > 500_000).astype("int64") + (v["total_cents"] > 2_000_000).astype("int64")
    return [
        (int(c), f"voucher:{i}", "", int(n)) for c, i, n in zip(v["village_code"], v["voucher_id"], level, strict=True)
    ]


def pandas_in_hand(pd, lake: Path, day) -> list:
    lines = read(pd, lake, "voucher_line", LINE)
    lines = lines[(lines["account"] == 101) & (lines["voucher_date"] <= day.date())]
    v = read(pd, lake, "voucher", ["voucher_id", "kind"])
    lines = lines[~lines["voucher_id"].isin(v.loc[v["kind"] == "opening", "voucher_id"])]
    moved = (lines["debit_cents"] - lines["credit_cents"]).groupby([lines["set_id"], lines["voucher_date"]]).sum()
    moved = moved.rename("moved").reset_index().sort_values(["set_id", "voucher_date"])
    months = read(pd, lake, "account_month", ["set_id", "account", "sub", "month", "opening_cents"])
    months = months[months["account"] == 101].sort_values("month").drop_duplicates(["set_id", "sub"])
    began = months.groupby("set_id")["opening_cents"].sum().rename("began").reset_index()
    sets = read(pd, lake, "account_set", ["set_id", "village_code", "cash_limit_cents"])
    d = moved.merge(sets, on="set_id").merge(began, on="set_id", how="left").sort_values(["set_id", "voucher_date"])
    allowed = d["cash_limit_cents"].where(d["cash_limit_cents"].fillna(0) != 0, 200_000)
    d["cash"] = d["began"].fillna(0) + d.groupby("set_id")["moved"].cumsum()
    d["over"] = d["cash"] > allowed
    d["next"] = d.groupby("set_id")["voucher_date"].shift(-1).fillna(day.date())
    d["run"] = (~d["over"]).astype("int64").groupby(d["set_id"]).cumsum()
    spells = d[d["over"]].groupby(["village_code", "set_id", "run"]).agg(
        since=("voucher_date", "min"), ended=("next", "max"), most=("cash", "max")).reset_index()  # fmt: skip
    return [
        (int(s.village_code), f"set:{s.set_id}", str(s.since)[:10],
         3 if (s.ended - s.since).days >= 10 else 2 if s.most > 1_000_000 else 1)
        for s in spells.itertuples()
    ]  # fmt: skip


def pandas_allowance(pd, lake: Path, day) -> list:
    columns = ["voucher_id", "kind", "voucher_date", "is_reversed", "reverses_id", "summary", "payee_norm", "payee_key"]
    v = read(pd, lake, "voucher", columns)
    v = v[v["kind"].isin(["payment", "transfer"]) & (v["voucher_date"] <= day.date()) & ~v["is_reversed"]
          & v["reverses_id"].isna() & v["summary"].str.contains("误工", regex=False)]  # fmt: skip
    v = v[~v["summary"].str.contains(PERIOD, regex=True)]
    columns = ["voucher_id", "village_code", "set_id", "month", "sub", "debit_cents", "party", "party_key"]
    lines = read(pd, lake, "voucher_line", columns)
    n = lines[(lines["sub"] == 51301) & (lines["debit_cents"] > 0)].merge(v, on="voucher_id")
    person = n["party_key"].fillna("")
    for column in ("payee_key", "party", "payee_norm"):
        person = person.where(person != "", n[column].fillna(""))
    n = n.assign(person=person)[person != ""]
    g = n.groupby(["village_code", "set_id", "person", "month"])
    g = g.agg(last=("voucher_id", "max"), papers=("voucher_id", "nunique"), cents=("debit_cents", "sum")).reset_index()
    g = g[(g["papers"] > 1) | (g["cents"] > 220_000 * 110 // 100)]
    return [(int(r.village_code), f"voucher:{r.last}", str(r.month),
             3 if r.cents > 310_000 else 2 if r.cents * 100 > 24_200_000 else 1) for r in g.itertuples()]  # fmt: skip


# ---------------------------------------------------------------------- polars


def scan(pl, lake: Path, name: str):
    return pl.scan_parquet(f"{lake}/{name}/*/*.parquet", hive_partitioning=False)


def standing(pl, day: date):
    return (pl.col("voucher_date") <= day) & ~pl.col("is_reversed") & pl.col("reverses_id").is_null()


def polars_cash(pl, lake: Path, day: date) -> list:
    total = pl.col("total_cents")
    banked = scan(pl, lake, "voucher_line").filter((pl.col("account") == 102) & (pl.col("debit_cents") > 0))
    v = (
        scan(pl, lake, "voucher")
        .filter((pl.col("kind") == "payment") & (pl.col("method") == "cash") & standing(pl, day) & (total > 100_000))
        .filter(~((pl.col("invoice_kind") == "list") & (total <= 500_000)))
        .join(banked.select("voucher_id"), on="voucher_id", how="anti")
        .select("village_code", "voucher_id", "total_cents")
        .collect()
    )
    return [(c, f"voucher:{i}", "", 1 + (t > 500_000) + (t > 2_000_000)) for c, i, t in v.rows()]


def polars_in_hand(pl, lake: Path, day: date) -> list:
    opening = scan(pl, lake, "voucher").filter(pl.col("kind") == "opening").select("voucher_id")
    moved = (
        scan(pl, lake, "voucher_line")
        .filter((pl.col("account") == 101) & (pl.col("voucher_date") <= day))
        .join(opening, on="voucher_id", how="anti")
        .group_by("set_id", "voucher_date")
        .agg(moved=(pl.col("debit_cents") - pl.col("credit_cents")).sum())
    )
    began = (
        scan(pl, lake, "account_month")
        .filter(pl.col("account") == 101)
        .group_by("set_id", "sub")
        .agg(pl.col("opening_cents").sort_by("month").first())
        .group_by("set_id")
        .agg(began=pl.col("opening_cents").sum())
    )
    sets = scan(pl, lake, "account_set").select("set_id", "village_code", "cash_limit_cents")
    limit = pl.col("cash_limit_cents").fill_null(0)
    d = (
        moved.join(sets, on="set_id")
        .join(began, on="set_id", how="left")
        .sort("set_id", "voucher_date")
        .with_columns(cash=pl.col("began").fill_null(0) + pl.col("moved").cum_sum().over("set_id"),
                      allowed=pl.when(limit == 0).then(200_000).otherwise(limit),
                      next=pl.col("voucher_date").shift(-1).over("set_id").fill_null(day))
        .with_columns(over=pl.col("cash") > pl.col("allowed"))
        .with_columns(run=(~pl.col("over")).cast(pl.Int64).cum_sum().over("set_id"))
        .filter("over")
        .group_by("village_code", "set_id", "run")
        .agg(since=pl.col("voucher_date").min(), ended=pl.col("next").max(), most=pl.col("cash").max())
        .collect()
    )  # fmt: skip
    return [(s["village_code"], f"set:{s['set_id']}", s["since"].isoformat(),
             3 if (s["ended"] - s["since"]).days >= 10 else 2 if s["most"] > 1_000_000 else 1)
            for s in d.iter_rows(named=True)]  # fmt: skip


def polars_allowance(pl, lake: Path, day: date) -> list:
    def said(*names: str):
        texts = [pl.col(name).fill_null("") for name in names]
        return pl.coalesce(*(pl.when(text != "").then(text) for text in texts))

    v = scan(pl, lake, "voucher").filter(
        pl.col("kind").is_in(["payment", "transfer"]) & standing(pl, day)
        & pl.col("summary").str.contains("误工", literal=True) & ~pl.col("summary").str.contains(PERIOD)
    ).select("voucher_id", "payee_key", "payee_norm")  # fmt: skip
    g = (
        scan(pl, lake, "voucher_line")
        .filter((pl.col("sub") == 51301) & (pl.col("debit_cents") > 0))
        .join(v, on="voucher_id")
        .with_columns(person=said("party_key", "payee_key", "party", "payee_norm"))
        .filter(pl.col("person").is_not_null())
        .group_by("village_code", "set_id", "person", "month")
        .agg(last=pl.col("voucher_id").max(), papers=pl.col("voucher_id").n_unique(), cents=pl.col("debit_cents").sum())
        .filter((pl.col("papers") > 1) | (pl.col("cents") > 242_000))
        .collect()
    )
    return [(r["village_code"], f"voucher:{r['last']}", str(r["month"]),
             3 if r["cents"] > 310_000 else 2 if r["cents"] > 242_000 else 1)
            for r in g.iter_rows(named=True)]  # fmt: skip


PANDAS = dict(zip(RULES, (pandas_cash, pandas_in_hand, pandas_allowance), strict=True))
POLARS = dict(zip(RULES, (polars_cash, polars_in_hand, polars_allowance), strict=True))


if __name__ == "__main__":
    sys.exit(main())
