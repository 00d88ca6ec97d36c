"""Writes a lake of Parquet of any size with known irregularities, for measuring screening.

    HUILIAN_REAL=/path python -m benchmarks.lake_data --lines 20000000 --out DIR [--provinces 4] [--seed 7] [--check]

Villages are as many, and as unevenly spread over provinces, counties and townships, as the real ones of
divisions/villages.csv.gz. Their codes are not: every code is replaced by a fictional one of a province that does not
exist, no name is read, and everything about money is invented. DIR holds <dataset>/province=PP/part-NNN.parquet (sorted
by village, row groups of 122,880, zstd), planted.parquet (rule, village_code, subject: the ground truth) and lake.json.
`--check` runs every rule of the house over each province and compares with the ground truth. The same seed gives the
same lake with the same version of DuckDB.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import _lake_sql as made
from benchmarks import real, report

NEEDS = ("divisions/villages.csv.gz",)
QUICK = ("--lines", "400000", "--check")
VILLAGES_AT_ONCE = 6000
ROW_GROUP = 122_880
LINES_OF_A_VILLAGE = 330  # of a year: what 373 villages with 111,900 lines, and a province with 20 million, come to
LINES_OF_A_VOUCHER = 2.24
FICTIONAL = [*range(16, 21), *range(24, 31), *range(38, 41), *range(47, 50), *range(55, 61), *range(66, 71),
             *range(72, 81), *range(83, 91), *range(92, 100)]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lake_data", description=__doc__.split("\n")[0])
    parser.add_argument("--lines", type=int, default=2_000_000, help="lines of vouchers, about")
    parser.add_argument("--provinces", type=int, default=4, help="spread over at least so many provinces")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 6, 30), help="last day of a month")
    parser.add_argument("--out", type=Path, help="a folder that is new or empty; without it the lake is thrown away")
    parser.add_argument("--memory", default="1500MB")
    parser.add_argument("--check", action="store_true", help="run the rules and compare with what was planted")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if (options.as_of + timedelta(days=1)).day != 1:
        parser.error("--as-of is the last day of a month")
    if options.out and options.out.exists() and any(options.out.iterdir()):
        parser.error(f"{options.out} is not empty")
    villages = real(NEEDS[0])
    with tempfile.TemporaryDirectory(prefix="huilian-lake-") as spare:
        out = options.out or Path(spare) / "lake"
        results = write(out, villages, options, Path(spare))
        if options.check:
            results["check"] = check(out, options)
    report(results, as_json=options.json)
    return 1 if options.check and results["check"]["missed"] else 0


def datasets() -> dict:
    """The datasets of the house, from its own declarations."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huilian.project.settings")
    os.environ.setdefault("HUILIAN_SECRET", "bench")
    import django

    django.setup()
    from huilian.engine.screening import catalogue

    return catalogue.datasets()


def write(out: Path, villages: Path, options: argparse.Namespace, spare: Path) -> dict:
    """Write the lake; gives what was written and what it cost."""
    started, known = time.perf_counter(), datasets()
    con = duckdb.connect(":memory:")
    con.execute(f"SET memory_limit='{options.memory}'; SET threads=2; SET temp_directory='{spare}'")
    con.execute(made.MACROS.replace("{seed}", str(options.seed)))
    for number in range(12):
        ahead = options.as_of.year * 12 + options.as_of.month - 12 + number
        first = date(ahead // 12, ahead % 12 + 1, 1)
        con.execute("INSERT INTO months VALUES (?, ?, ?)", [number, first, first.year * 100 + first.month])
    choose(con, villages, options)
    rows: dict[str, int] = {}
    parts: dict[int, int] = {}
    planted = []
    batches = con.execute(
        f"""SELECT province, MIN(village_code), MAX(village_code) FROM (
            SELECT province, village_code,
                   (ROW_NUMBER() OVER (PARTITION BY province ORDER BY village_code) - 1) // {VILLAGES_AT_ONCE} AS batch
            FROM village
        ) GROUP BY province, batch ORDER BY 1, 2"""
    ).fetchall()
    out.mkdir(parents=True, exist_ok=True)
    for province, first, last in batches:
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE v AS
            SELECT * FROM village WHERE village_code BETWEEN {first} AND {last} ORDER BY village_code"""
        )
        number = parts[province] = parts.get(province, -1) + 1
        fill(con, options)
        for name, dataset in known.items():
            if name not in made.TABLES:
                continue
            folder = out / name / f"province={province}"
            folder.mkdir(parents=True, exist_ok=True)
            rows[name] = rows.get(name, 0) + copy(con, dataset, folder / f"part-{number:03}.parquet")
        planted += [(rule, village, subject) for rule, village, subject in truth(con, options)]
    con.execute("CREATE TABLE planted (rule VARCHAR, village_code BIGINT, subject VARCHAR)")
    import pyarrow

    con.register("given", pyarrow.table(list(zip(*planted, strict=True)), names=["rule", "village_code", "subject"]))
    con.execute("INSERT INTO planted SELECT DISTINCT rule, CAST(village_code AS BIGINT), subject FROM given")
    con.execute(
        f"COPY (SELECT * FROM planted ORDER BY rule, village_code, subject) TO '{out}/planted.parquet' (FORMAT parquet)"
    )
    results = {
        "lines": rows["voucher_line"], "vouchers": rows["voucher"], "rows": sum(rows.values()),
        "villages": con.execute("SELECT COUNT(*) FROM village").fetchone()[0], "provinces": len(parts),
        "planted": con.execute("SELECT COUNT(*) FROM planted").fetchone()[0],
        "bytes": sum(f.stat().st_size for f in out.rglob("*.parquet")),
        "seconds": round(time.perf_counter() - started, 1),
        "cpu_seconds": round(time.process_time(), 1), "peak_mb": peak(),
    }  # fmt: skip
    facts = {
        "seed": options.seed,
        "as_of": options.as_of.isoformat(),
        "duckdb": duckdb.__version__,
        "rows": rows,
        **results,
    }
    (out / "lake.json").write_text(json.dumps(facts | {"rows": rows}, indent=1), encoding="utf-8")
    con.close()
    return results


def choose(con: duckdb.DuckDBPyConnection, villages: Path, options: argparse.Namespace) -> None:
    """Table `village`: whole counties until there are enough, with fictional codes and the vouchers of a month."""
    wanted = max(1, round(options.lines / LINES_OF_A_VILLAGE))
    con.execute(
        f"""CREATE TEMP TABLE listed AS
        SELECT CAST(provinceCode AS INTEGER) AS p, CAST(areaCode AS BIGINT) AS a, CAST(streetCode AS BIGINT) AS s,
               CAST(code AS BIGINT) AS c FROM read_csv('{villages}', header=true, all_varchar=true)"""
    )
    provinces = con.execute(
        "SELECT p, COUNT(*) FROM listed GROUP BY p ORDER BY md5(p || 'p' || ?)", [options.seed]
    ).fetchall()
    taken, room = [], 0
    for province, count in provinces:
        if len(taken) >= options.provinces and room >= wanted:
            break
        taken.append(province)
        room += count
    con.execute("CREATE TEMP TABLE fiction (p INTEGER, f INTEGER)")
    spread = con.execute(
        "SELECT UNNEST(?::INTEGER[]) AS f ORDER BY md5(f || 'f' || ?)", [FICTIONAL, options.seed]
    ).fetchall()
    con.executemany("INSERT INTO fiction VALUES (?, ?)", [(p, spread[i][0]) for i, p in enumerate(taken)])
    each = options.lines / LINES_OF_A_VOUCHER / 12  # vouchers of a month, of all villages together
    con.execute(
        f"""CREATE TABLE village AS
        WITH county AS (
          SELECT a, COUNT(*) AS n, ROW_NUMBER() OVER (PARTITION BY p ORDER BY md5(a || 'a{options.seed}'), a) AS turn
          FROM listed WHERE p IN (SELECT p FROM fiction) GROUP BY a, p
        ), chosen AS (
          SELECT a FROM (SELECT a, n, SUM(n) OVER (ORDER BY turn, a) AS upto FROM county) WHERE upto - n < {wanted}
        ), coded AS (
          SELECT f.f AS province, l.a, l.s, l.c,
                 DENSE_RANK() OVER (PARTITION BY l.p ORDER BY md5(l.a || 'a{options.seed}')) AS county,
                 DENSE_RANK() OVER (PARTITION BY l.a ORDER BY md5(l.s || 's{options.seed}')) AS town,
                 ROW_NUMBER() OVER (PARTITION BY l.s ORDER BY md5(l.c || 'c{options.seed}')) AS place
          FROM listed l JOIN fiction f ON f.p = l.p WHERE l.a IN (SELECT a FROM chosen)
        ), named AS (
          SELECT province, place,
                 CAST(province AS BIGINT) * 10000000000 + county * 1000000 + town * 1000 AS township_code
          FROM coded
        )
        SELECT province, township_code + place AS village_code, township_code,
               GREATEST(10, CAST(ROUND({each} / COUNT(*) OVER ()
                 * (0.5 + pick(township_code + place, 'size', 1000) / 1000.0)) AS INTEGER)) AS k
        FROM named ORDER BY village_code"""
    )


def sql(text: str, options: argparse.Namespace) -> str:
    """SQL with the rates and the day put in."""
    return text.replace("$as_of", f"DATE '{options.as_of}'").format(
        **made.RATES, arrears=made.ARREARS, beyond=made.BEYOND, of=made.OF
    )


def fill(con: duckdb.DuckDBPyConnection, options: argparse.Namespace) -> None:
    """Make every table of the batch of villages in `v`."""
    for name, text in made.TABLES.items():
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql(text, options)}")


def copy(con: duckdb.DuckDBPyConnection, dataset, file: Path) -> int:
    """One dataset of the batch as a file with the columns it declares; what the generator leaves out is the default."""
    given = {row[0] for row in con.execute(f"DESCRIBE {dataset.name}").fetchall()}
    columns = ", ".join(
        f"CAST({c.name if c.name in given else literal(c.default)} AS {c.type}) AS {c.name}" for c in dataset.columns
    )
    order = f"village_code, {dataset.key}" if "village_code" in dataset.by_name else dataset.key
    done = con.execute(
        f"COPY (SELECT {columns} FROM {dataset.name} ORDER BY {order}) TO '{file}' "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    ).fetchone()
    return done[0]


def literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, (bool, int, float)):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def truth(con: duckdb.DuckDBPyConnection, options: argparse.Namespace) -> list[tuple[str, int, str]]:
    """What was planted in the batch."""
    found = []
    for rule, kind, key, where in made.PLANTED:
        text = f"SELECT '{rule}', village_code, '{kind}:' || CAST({key} AS VARCHAR) FROM {sql(where, options)}"
        found += con.execute(text).fetchall()
    return found


def check(out: Path, options: argparse.Namespace) -> dict:
    """Every rule of the house over every province, beside the ground truth: found, missed, others."""
    from huilian.engine.screening import binding, catalogue, rule

    con = duckdb.connect(":memory:")
    con.execute(f"SET memory_limit='{options.memory}'; SET threads=2")
    con.execute(f"CREATE VIEW planted AS SELECT * FROM '{out}/planted.parquet'")
    known, rules, seconds, missed = catalogue.datasets(), [], 0.0, 0
    provinces = sorted(folder.name for folder in (out / "voucher").iterdir())
    for path in catalogue.rule_files():
        found = rule.read(path)
        if any(name not in made.TABLES for name in found.reads):
            continue
        text = binding.bind(found.sql, found.values, options.as_of)
        con.execute("CREATE OR REPLACE TABLE hit (village_code BIGINT, subject VARCHAR, key VARCHAR)")
        started = time.process_time()
        for province in provinces:
            for name in found.reads:
                columns = ", ".join(c.name for c in known[name].columns)
                files = f"read_parquet('{out}/{name}/{province}/*.parquet')"
                con.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT {columns} FROM {files}")
            con.execute(f"INSERT INTO hit SELECT village_code, subject, key FROM ({text})")
        spent = time.process_time() - started
        seconds += spent
        count = "SELECT COUNT(*), COUNT(DISTINCT (village_code, subject)) FROM hit"
        total, subjects = con.execute(count).fetchone()
        truth_, hit = con.execute(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE (village_code, subject) IN (SELECT (village_code, subject)"
            " FROM hit))"
            " FROM planted WHERE rule = ?",
            [found.id],
        ).fetchone()
        missed += truth_ - hit
        rules.append({"rule": found.id, "findings": total, "planted": truth_, "missed": truth_ - hit,
                      "others": subjects - hit, "cpu": round(spent, 2)})  # fmt: skip
    con.close()
    return {"rules": rules, "missed": missed, "cpu_seconds": round(seconds, 1), "peak_mb": peak()}


def peak() -> int:
    """The most memory this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
