"""「对账」 Which entry of the bank belongs to which voucher: by amount, by day, by name; alone or as a sum.

Only what is beyond doubt is matched by rule. Everything else is proposed, the likeliest first, and a person decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

WINDOW = 10  # days between the books and the bank; a payment order is carried out within days
MOST = 6  # parts of a sum
POOL = 14  # candidates looked through for a sum: 14 over 6 is 6,475 sums at most


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement, at the bank or in the books. `amount` in cents, positive for money in; `name` as `names.norm`."""

    key: int
    date: date
    amount: int
    name: str = ""
    account: str = ""
    hint: int = 0  # the bank entry a voucher was drafted from


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may belong together. `score` of 100; `why` are keys of `REASONS` in the order of their weight."""

    keys: tuple[int, ...]
    score: int
    why: tuple[str, ...]
    days: int


def days_between(one: date, other: date) -> int:
    return abs((one - other).days)


def same_name(one: str, other: str) -> bool:
    """Whether two normalised names mean the same; a bank cuts long names off."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= 4 and long.startswith(short))


def weigh(bank: Moved, parts: Sequence[Moved]) -> Proposal | None:
    """How well `parts` of the books (or of the bank) make up `bank`; None when they do not."""
    if sum(p.amount for p in parts) != bank.amount:
        return None
    apart = max(days_between(bank.date, p.date) for p in parts)
    if apart > WINDOW:
        return None
    score, why = 40, ["amount"]
    if any(p.hint and p.hint == bank.key for p in parts):
        score, why = score + 40, [*why, "drafted"]
    if all(same_name(bank.name, p.name) for p in parts):
        score, why = score + 30, [*why, "name"]
    elif all(p.account and p.account == bank.account for p in parts):
        score, why = score + 30, [*why, "account"]
    score += max(0, 20 - 2 * apart)
    why.append("day" if apart == 0 else "near")
    score -= 5 * (len(parts) - 1)
    return Proposal(tuple(p.key for p in parts), min(score, 100), tuple(why), apart)


def proposals(bank: Moved, others: Iterable[Moved], *, top: int = 5) -> list[Proposal]:
    """What may belong to `bank`, the likeliest first: single ones, then sums of up to `MOST`."""
    near = [o for o in others if days_between(bank.date, o.date) <= WINDOW and (o.amount > 0) == (bank.amount > 0)]
    found = [p for o in near if (p := weigh(bank, [o]))]
    found += _sums(bank, [o for o in near if abs(o.amount) < abs(bank.amount)])
    return sorted(found, key=lambda p: (-p.score, len(p.keys), p.days, p.keys))[:top]


def _sums(bank: Moved, near: list[Moved]) -> list[Proposal]:
    """Sums among what is nearest: by name first, then by day."""
    near.sort(key=lambda o: (not same_name(bank.name, o.name), days_between(bank.date, o.date), o.key))
    pool, found = near[:POOL], []
    for size in range(2, min(MOST, len(pool)) + 1):
        for parts in combinations(pool, size):
            if proposal := weigh(bank, parts):
                found.append(proposal)
        if found:
            break  # a sum of fewer parts explains more
    return found


def beyond_doubt(lines: Sequence[Moved], vouchers: Sequence[Moved]) -> list[tuple[int, int]]:
    """Pairs (line, voucher) that nobody needs to look at: one amount, the name or the account, and no second choice.

    A voucher drafted from the very entry is always its own.
    """
    pairs: list[tuple[int, int]] = []
    free = {v.key: v for v in vouchers}
    left: list[Moved] = []
    by_hint = {v.hint: v for v in vouchers if v.hint}
    for line in lines:
        own = by_hint.get(line.key)
        if own and own.amount == line.amount:
            pairs.append((line.key, own.key))
            free.pop(own.key, None)
        else:
            left.append(line)
    wanted: dict[int, list[int]] = {}
    choice: dict[int, list[int]] = {}
    by_amount: dict[int, list[Moved]] = {}
    for voucher in free.values():
        by_amount.setdefault(voucher.amount, []).append(voucher)
    for line in left:
        fits = [
            v.key
            for v in by_amount.get(line.amount, ())
            if days_between(line.date, v.date) <= WINDOW
            and (same_name(line.name, v.name) or (v.account and v.account == line.account))
        ]
        choice[line.key] = fits
        for key in fits:
            wanted.setdefault(key, []).append(line.key)
    pairs += [(line, fits[0]) for line, fits in choice.items() if len(fits) == 1 and len(wanted[fits[0]]) == 1]
    return pairs
