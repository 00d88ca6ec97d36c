"""Random auctions judged three times: by the product, by a plain judge of all attempts, by the program for outsiders.

    python benchmarks/auction_judge.py [--auctions 10000] [--seed 1] [--json]

The second judge is slow and plain: it keeps nothing from one attempt to the next and counts in milliseconds. Few
paddles, few amounts and few moments, so that ties, bids at the last moment, priorities, pauses and reserves are common.
The program (`recompute.py`) gets what was taken and must come to the same end. Exit code 1 when one attempt is taken by
one judge and refused by the other, or outcomes differ.
"""

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from benchmarks import report
from huilian.foundation import auctions
from huilian.foundation.auctions import BID, PAUSE, RESERVE, RESUME, REVEAL, SEAL, SEALED, TIMED
from huilian.foundation.errors import Refused
from huilian.foundation.hashing import plain

QUICK = ("--auctions", "1000")
BEGIN = datetime(2026, 11, 22, 1, tzinfo=UTC)
NUMBER, OPEN, FREE, ROUND, START, STEP = "JJ20261122-0001", 1000, 61_000, 30_000, 1000, 100
SALT = "00" * 16


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--auctions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    started = time.process_time()
    seen, different = compare(options.auctions, options.seed)
    results = {"auctions": options.auctions, "different": len(different), **dict(sorted(seen.items()))}
    report(results | {"CPU seconds": time.process_time() - started}, as_json=options.json)
    return 1 if different else 0


def compare(count: int, seed: int) -> tuple[Counter, list[int]]:
    """What the auctions were like, and the numbers of those judged differently."""
    seen, different = Counter(), []
    for i in range(count):
        terms, attempts = make(random.Random(f"{seed} {i}"))
        taken, outcome = product(terms, attempts)
        if (taken, outcome) != plainly(terms, attempts) or not recomputed(terms, [attempts[j] for j in taken], outcome):
            different.append(i)
        seen["attempts"] += len(attempts)
        seen["taken"] += len(taken)
        seen[" ".join(filter(None, [terms.kind, *outcome[:2]]))] += 1
        prices = [a.cents for j, a in enumerate(attempts) if j in taken and a.kind in (BID, REVEAL)]
        seen["decided among equal prices"] += prices.count(max(prices, default=0)) > 1
    return seen, different


def at(ms: int) -> datetime:
    return BEGIN + timedelta(milliseconds=ms)


def make(draw: random.Random) -> tuple[auctions.Terms, list[auctions.Entry]]:
    """Terms, and what people try, in the order of the server's clock; much of it must be refused."""
    kind = draw.choice((TIMED, SEALED))
    paddles = {100 + i: draw.choice((0, 0, 0, 1, 2)) for i in range(draw.randint(0, 5))}
    reserve = draw.choice((0, 0, START + 2 * STEP, START + 5 * STEP))
    digest = auctions.reserve_digest(NUMBER, reserve, SALT) if reserve else ""
    terms = auctions.Terms(NUMBER, kind, at(OPEN), at(FREE), ROUND // 1000, START, STEP, digest, paddles)
    sealed = {number: START + STEP * draw.randint(-1, 3) for number in (*paddles, 99)}
    tries = draw.randint(0, 28)
    now, rising, tried = 0, START, []
    leaps = (10_000, ROUND - 1, ROUND, ROUND + 1) if kind == TIMED else (3000, 10_000)
    for i in range(tries):
        now += draw.choice((0, 0, 0, 999, 1000, 1001, 3000, draw.choice(leaps)))
        if kind == SEALED and i == tries // 2:
            now = max(now, FREE - draw.choice((0, 0, 0, 1, 1001)))
        late = kind == SEALED and now >= FREE - 1001
        what = draw.choice((BID,) * 24 + (PAUSE, RESUME, SEAL) if kind == TIMED else
                           (REVEAL if late else SEAL,) * 18 + (PAUSE, RESUME, BID, SEAL, REVEAL))  # fmt: skip
        who = draw.choice(list(sealed))
        rising += draw.choice((0, 0, 0, STEP, STEP, 2 * STEP, -STEP, STEP // 2, -(STEP // 2)))
        cents = {BID: rising, REVEAL: sealed[who] + draw.choice((0, 0, 0, STEP))}.get(what, 0)
        text = {SEAL: auctions.seal_digest(NUMBER, who, sealed[who], SALT), REVEAL: SALT, PAUSE: "why"}.get(what, "")
        tried.append(auctions.Entry(0, what, at(now), who if what in (BID, SEAL, REVEAL) else 0, cents, text))
    if draw.random() < 0.9:
        now += 10**6
        tried.append(auctions.Entry(0, RESUME, at(now)))
        now += draw.choice((ROUND - 1, 10**6))
        tried.append(auctions.Entry(0, RESERVE, at(now), cents=reserve, text=SALT))
    return terms, tried


def product(terms: auctions.Terms, attempts: list[auctions.Entry]) -> tuple[list[int], tuple]:
    """Indexes of the attempts the product takes, and its outcome."""
    now, taken = auctions.begin(terms), []
    for i, each in enumerate(attempts):
        try:
            entry = auctions.Entry(now.serial + 1, each.kind, each.at, each.paddle, each.cents, each.text)
            now = auctions.take(terms, now, entry)
        except Refused:
            continue
        taken.append(i)
    if now.paused_at is not None:
        return taken, ("suspended",)
    end = auctions.outcome(terms, now)
    return taken, (end.state, end.reason, end.paddle, end.cents, ms(end.closed_at))


# The program for outsiders

PROGRAM = module_from_spec(
    spec_from_file_location(
        "recompute", Path(auctions.__file__).parents[1] / "engine/auctions/static/auctions/recompute.py"
    )
)
PROGRAM.__spec__.loader.exec_module(PROGRAM)
PROGRAM.in_the_log = lambda number, entry, checkpoint: None  # these auctions stand in no log


def recomputed(terms: auctions.Terms, taken: list[auctions.Entry], outcome: tuple) -> bool:
    if outcome[0] not in ("won", "failed"):
        return True
    now, rows = auctions.begin(terms), []
    for i, each in enumerate(taken, 1):
        entry = replace(each, serial=i)
        now = auctions.take(terms, now, entry)
        rows.append({**entry.plain(), "digest": now.link.hex()})
    told = {"title": "", "terms": terms.plain(), "entries": rows, "outcome": asdict(auctions.outcome(terms, now))}
    try:
        PROGRAM.auction({**plain(told), "checkpoint": ""})
    except PROGRAM.Wrong:
        return False
    return True


# The plain judge


def ms(moment: datetime) -> int:
    return round((moment - BEGIN).total_seconds() * 1000)


def plainly(terms: auctions.Terms, attempts: list[auctions.Entry]) -> tuple[list[int], tuple]:
    history: list[auctions.Entry] = []
    taken = [i for i, each in enumerate(attempts) if allowed(terms, history, each) and (history.append(each) or True)]
    if paused(history):
        return taken, ("suspended",)
    close = ends(history)[1]
    offers = offered(terms, history)
    if not offers:
        return taken, ("failed", "no_bid", 0, 0, close)
    best = min(offers, key=lambda o: (-o[0], o[1] == 0, o[1], o[2], o[3]))
    opened = [e.cents for e in history if e.kind == RESERVE]
    if terms.reserve and not opened:
        return taken, ("waiting", "", 0, 0, close)
    if opened and best[0] < opened[0]:
        return taken, ("failed", "reserve", 0, 0, close)
    return taken, ("won", "", best[4], best[0], close)


def offered(terms: auctions.Terms, history: list[auctions.Entry]) -> list[tuple[int, int, int, int, int]]:
    """(cents, priority, moment, place in the order, paddle) of each valid offer."""
    offers = []
    for place, each in enumerate(history):
        if each.kind == BID:
            offers.append((each.cents, terms.paddles[each.paddle], ms(each.at), place, each.paddle))
        if each.kind == REVEAL and each.cents >= START:
            seal = next(p for p, e in enumerate(history) if e.kind == SEAL and e.paddle == each.paddle)
            offers.append((each.cents, terms.paddles[each.paddle], ms(history[seal].at), seal, each.paddle))
    return offers


def paused(history: list[auctions.Entry]) -> bool:
    return sum({PAUSE: 1, RESUME: -1}.get(e.kind, 0) for e in history) == 1


def ends(history: list[auctions.Entry]) -> tuple[int, int]:
    """(end of the free period, end of bidding)."""
    free, close, since = FREE, FREE + ROUND, 0
    for each in history:
        if each.kind == BID and ms(each.at) + ROUND > close:
            close = ms(each.at) + ROUND
        if each.kind == PAUSE:
            since = ms(each.at)
        if each.kind == RESUME:
            lost = ms(each.at) - since
            free += lost if since < free else 0
            close = close + lost if close + lost > ms(each.at) + ROUND else ms(each.at) + ROUND
    return free, close


def allowed(terms: auctions.Terms, history: list[auctions.Entry], each: auctions.Entry) -> bool:
    now, (free, close) = ms(each.at), ends(history)
    if each.kind == RESUME:
        return paused(history)
    if paused(history):
        return False
    if each.kind == RESERVE:
        return bool(terms.reserve) and now >= close and all(e.kind != RESERVE for e in history)
    if not OPEN <= now < close:
        return False
    if each.kind == PAUSE:
        return True
    before = [e.kind for e in history if e.paddle == each.paddle]
    if each.paddle not in terms.paddles or (each.kind == BID) != (terms.kind == TIMED):
        return False
    if each.kind == SEAL:
        return now < free and SEAL not in before
    if each.kind == REVEAL:
        mine = [e.text for e in history if e.kind == SEAL and e.paddle == each.paddle]
        fits = mine == [auctions.seal_digest(NUMBER, each.paddle, each.cents, SALT)]
        return now >= free and REVEAL not in before and fits
    if each.cents < START or (each.cents - START) % STEP:
        return False
    prices = [e.cents for e in history if e.kind == BID]
    if not prices or each.cents > max(prices):
        return True
    rank = terms.paddles[each.paddle]
    rivals = [terms.paddles[e.paddle] for e in history if e.kind == BID and e.cents == max(prices)]
    return each.cents == max(prices) and rank > 0 and all(other == 0 or rank < other for other in rivals)


if __name__ == "__main__":
    sys.exit(main())
