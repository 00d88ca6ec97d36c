"""A million bids: what each rule over them takes, against a bare scan, and how often honest prices score high.

    python benchmarks/bids.py [--bids 1000000] [--json]

Five bidders a lot, a hundred firms in a township, three years; one lot in two hundred has a shared telephone, one in a
thousand a shared account. The rules run as they run in the product, over DuckDB in memory on two threads. The bare scan
reads every column of `bid` once. Shapes of prices are computed for simulated lots, honest and covered.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
QUICK = ("--bids", "50000")
AS_OF, PER_LOT, FIRMS, LOTS_A_TOWN = date(2026, 6, 30), 5, 100, 500
SHAPES = 4000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bids", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huilian-bench-") as home:
        os.environ.update(HUILIAN_HOME=home, HUILIAN_SECRET="bench", DJANGO_SETTINGS_MODULE="huilian.project.settings")
        import django

        django.setup()
        results = {"bids": options.bids, **rules(options.bids), **shapes()}
    if options.json:
        print(json.dumps(results, indent=1))
    else:
        for name, value in results.items():
            print(f"{name:<44} {value:>12,.3f}" if isinstance(value, float) else f"{name:<44} {value!s:>12}")


def rules(bids: int) -> dict[str, float | int]:
    """Seconds of each rule of group ZB, their sum, and the sum over a bare scan."""
    from huilian.engine.screening import duck, rule
    from huilian.engine.screening.catalogue import datasets, rule_files

    found = [rule.read(path) for path in rule_files() if path.stem.startswith("ZB")]
    con = duck.connect(memory="4GB", threads=2)
    known = datasets()
    duck.create(con, [known[name] for name in sorted({name for one in found for name in one.reads})])
    fill(con, known, bids)
    scan = min(timed(lambda: con.execute(f"SELECT {everything(known['bid'])} FROM bid").fetchall()) for _n in range(5))
    taken = {one.id: timed(lambda one=one: duck.find(con, one, one.values, AS_OF)) for one in found}
    hits = sum(len(duck.find(con, one, one.values, AS_OF)) for one in found)
    total = sum(taken.values())
    con.close()
    return {
        "bare scan of the bids, seconds": scan,
        **{f"{name}, seconds": seconds for name, seconds in taken.items()},
        "all rules over bids, seconds": total,
        "all rules over bids, times a bare scan": total / scan,
        "findings": hits,
    }


def fill(con, known, bids: int) -> None:
    """The tables of the rules, written by SQL; columns that do not matter have their defaults."""
    lots = bids // PER_LOT
    village = f"999901000001 + lot // {LOTS_A_TOWN} * 1000 + lot % 20"
    lot = f"SELECT i AS lot_id, 999901000000 + i // {LOTS_A_TOWN} * 1000 AS township FROM range({lots}) t(i)"
    price = "15000000 + hash(r.i * 7) % 4000000"
    per = {
        "lot": (lot, "l", {
            "lot_id": "lot_id", "township_code": "township", "village_code": "township + 1 + lot_id % 20",
            "owner_id": "township + lot_id % 20", "buys": "lot_id % 2 = 0", "method": "'sealed'",
        }),
        "registration": (f"SELECT i, i // {PER_LOT} AS lot FROM range({lots * PER_LOT}) t(i)", "r", {
            "registration_id": "i", "lot_id": "lot", "village_code": village, "number": "'BM' || i",
            "party_key": f"'p' || (lot // {LOTS_A_TOWN} * {FIRMS} + (hash(lot) + i % {PER_LOT} * 17) % {FIRMS})",
            "phone_norm": "CASE WHEN lot % 200 = 0 AND i % 5 < 2 THEN 's' || lot ELSE 't' || i END",
            "account_norm": "CASE WHEN lot % 1000 = 0 AND i % 5 < 2 THEN 's' || lot ELSE 't' || i END",
            "device_key": "'d' || i", "address_norm": "'address' || i", "bidder_norm": "'b' || i",
            "agent": "CASE WHEN i % 9 = 0 THEN 'a' || i ELSE '' END",
        }),
        "bid": (f"SELECT i, i // {PER_LOT} AS lot FROM range({lots * PER_LOT}) t(i)", "r", {
            "bid_id": "2 * i", "lot_id": "lot", "village_code": village, "registration_id": "i", "price_cents": price,
        }),
        "deposit": (f"SELECT i, i // {PER_LOT} AS lot FROM range({lots * PER_LOT}) t(i)", "r", {
            "deposit_id": "i", "lot_id": "lot", "registration_id": "i", "village_code": village,
            "account_norm": "CASE WHEN lot % 1000 = 0 AND i % 5 < 2 THEN 's' || lot ELSE 't' || i END",
        }),
    }  # fmt: skip
    for name, (source, alias, given) in per.items():
        rest = {c.name: c.default for c in known[name].columns if c.name not in given and c.default is not None}
        values = [*given.values(), *("?" for _name in rest)]
        columns = ", ".join([*given, *rest])
        con.execute(
            f"INSERT INTO {name} ({columns}) SELECT {', '.join(values)} FROM ({source}) {alias}", list(rest.values())
        )
    con.execute(
        """INSERT INTO deal (deal_id, village_code, lot_id, registration_id, party_key, winner, price_cents, bidders,
        state, stands, made_at) SELECT r.lot_id, r.village_code, r.lot_id, r.registration_id, r.party_key, r.bidder,
        b.price_cents, 5, 'confirmed', true, DATE '2026-06-30' - CAST(r.lot_id % 1000 AS INTEGER)
        FROM registration r JOIN bid b ON b.registration_id = r.registration_id
        QUALIFY ROW_NUMBER() OVER (PARTITION BY r.lot_id ORDER BY b.price_cents, b.bid_id) = 1"""
    )


def everything(dataset) -> str:
    return ", ".join(f"MAX({name})" for name in dataset.names)


def shapes() -> dict[str, float]:
    """Seconds for the shapes of as many lots, and which share of honest and of covered ones scores to be looked at."""
    from huilian.foundation.bids import LOOK, shape

    def share(prices) -> float:
        drawn = Random(1)
        return sum((shape(prices(drawn), buys=True).score or 0) >= LOOK for _n in range(SHAPES)) / SHAPES

    def honest(deviation: float):
        return lambda drawn: [round(1e7 * (1 + drawn.gauss(0, deviation))) for _n in range(drawn.randint(4, 8))]

    def covered(width: float):
        return lambda drawn: [
            10_000_000, *(round(1e7 * (1.03 + width * drawn.random())) for _n in range(drawn.randint(3, 7)))
        ]  # fmt: skip

    begun = time.perf_counter()
    found = {
        **{f"honest prices, deviation {d:.0%}: share to look at": share(honest(d)) for d in (0.03, 0.05, 0.08, 0.12)},
        **{f"covered within {w:.0%} behind: share to look at": share(covered(w)) for w in (0.02, 0.04, 0.06)},
    }
    seconds = (time.perf_counter() - begun) / len(found)
    return {"shapes of 4,000 lots, seconds": seconds, **found}


def timed(act) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
