"""Earlier orders about the same matter at the same place: to merge with the first one, or to see a hot topic.

An inverted index over words and pairs of characters, kept in memory, added to and taken from one order at a time. Two
letters are alike by the rarity-weighted share of what both say (a cosine), where the subject counts more than the body.
Names of estates, roads and villages are rare words, so “same place” weighs by itself; a stated place settles it.
Only proposes: merging is a person's act.
"""

import heapq
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from . import text as reading

# Precision on real letters by threshold: see `benchmarks/duplicates.py`.
LIKELY = 0.40  # worth showing as “probably the same matter”
POSSIBLE = 0.30  # worth showing below, as “compare”

QUERY_TERMS = 120  # The rarest terms of a letter find every near relative; the common ones only cost time.
RESCORED = 30
OTHER_PLACE = 0.5  # Both places stated and neither within the other: the same text, but another street.


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier order, how alike it is (0 to 1), and the words both letters say, the most telling first."""

    id: object
    score: float
    shared: tuple[str, ...]


@dataclass(slots=True)
class _Entry:
    terms: dict[str, float]
    when: date | None
    place: str | None


class Index:
    """Open orders by what they say. Ids are the caller's own and may be of any hashable kind."""

    def __init__(self) -> None:
        self._entries: dict[object, _Entry] = {}
        self._postings: dict[str, dict[object, float]] = {}
        self._rare: dict[str, float] = {}
        self._lengths: dict[object, float] = {}
        self._changes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, id, subject: str, text: str, when: date | datetime | None = None, place: str | None = None) -> None:
        """Put an order in, or replace it. `place` is a division code: “320722104” contains “320722104203”."""
        self._put(id, _Entry(_terms(subject, text), _day(when), place or None))

    def remove(self, id) -> None:
        """Take an order out (closed, merged). Taking out one that is not in is no error."""
        entry = self._entries.pop(id, None)
        if entry is None:
            return
        for term in entry.terms:
            holders = self._postings[term]
            del holders[id]
            if not holders:
                del self._postings[term]
        self._changed(id)

    def _put(self, id, entry: _Entry) -> None:
        self.remove(id)
        self._entries[id] = entry
        for term, n in entry.terms.items():
            self._postings.setdefault(term, {})[id] = n
        self._changed(id)

    def _changed(self, id) -> None:
        # Rarities are kept until one order in a hundred has changed: one letter more does not make a word common.
        self._lengths.pop(id, None)
        self._changes += 1
        if self._changes * 100 > len(self._entries):
            self._changes = 0
            self._rare.clear()
            self._lengths.clear()

    def similar(
        self,
        subject: str,
        text: str,
        when: date | datetime | None = None,
        place: str | None = None,
        top: int = 5,
        *,
        at_least: float = POSSIBLE,
        within_days: int | None = None,
        but: Iterable = (),
    ) -> list[Match]:
        """The `top` orders most alike, best first. `within_days` looks only so far around `when`; `but` leaves out."""
        terms = _terms(subject, text)
        return self._match(terms, _day(when), place or None, top, at_least, within_days, set(but))

    def groups(self, *, at_least: float = LIKELY, smallest: int = 2, within_days: int | None = None) -> list[list]:
        """Orders on one matter, largest group first, the earliest order leading each.

        Orders join in order of time, each to the leader most like it, so a chain of slightly different letters cannot
        pull unlike ones together.
        """
        leaders = Index()
        members: dict[object, list] = {}
        last = date.max
        for id, entry in sorted(self._entries.items(), key=lambda pair: pair[1].when or last):
            found = leaders._match(
                entry.terms, entry.when, entry.place, 1, at_least, within_days, set(), rarity_of=self
            )
            if found:
                members[found[0].id].append(id)
                continue
            members[id] = [id]
            leaders._put(id, entry)
        return sorted((g for g in members.values() if len(g) >= smallest), key=len, reverse=True)

    def _match(self, terms, when, place, top, at_least, within_days, but, rarity_of: "Index | None" = None):
        world = rarity_of or self
        rarity = world._rarity
        own = {t: n * rarity(t) for t, n in terms.items()}
        length = math.sqrt(sum(v * v for v in own.values()))
        if not length:
            return []
        rough: dict[object, float] = {}
        # A term in one letter of ten tells nothing apart, and would bring in every tenth order.
        most = max(50, len(self._entries) // 10)
        for term in sorted(own, key=own.__getitem__, reverse=True)[:QUERY_TERMS]:
            holders = self._postings.get(term, {})
            if len(holders) <= most:
                weight = own[term] * rarity(term)
                for id, n in holders.items():
                    rough[id] = rough.get(id, 0.0) + weight * n
        matches = []
        for id in heapq.nlargest(RESCORED + len(but), rough, key=rough.__getitem__):
            entry = self._entries[id]
            if id in but or (within_days is not None and _apart(when, entry.when) > within_days):
                continue
            common = {t: v * entry.terms[t] * rarity(t) for t, v in own.items() if t in entry.terms}
            score = sum(common.values()) / (length * world._length(id, entry))
            if _elsewhere(place, entry.place):
                score *= OTHER_PLACE
            if score >= at_least:
                matches.append(Match(id, round(score, 4), _words(common)))
        return sorted(matches, key=lambda m: -m.score)[:top]

    def _rarity(self, term: str) -> float:
        value = self._rare.get(term)
        if value is None:
            seen = len(self._postings.get(term, ()))
            value = self._rare[term] = math.log((1 + len(self._entries)) / (1 + seen)) + 0.1
        return value

    def _length(self, id, entry: _Entry) -> float:
        value = self._lengths.get(id)
        if value is None:
            value = self._lengths[id] = math.sqrt(sum((n * self._rarity(t)) ** 2 for t, n in entry.terms.items()))
        return value


def _terms(subject: str, text: str) -> dict[str, float]:
    """Words of two characters and more (“#”) and pairs of characters, damped; names are kept, they are the place."""
    letter = reading.read(subject, text)
    counts: dict[str, float] = {}
    for tokens, weight in ((letter.subject, 3), (letter.body, 1)):
        for word in tokens:
            if reading.tellable(word):
                counts["#" + word] = counts.get("#" + word, 0) + weight
        for stretch in "".join(tokens).split():
            for i in range(len(stretch) - 1):
                pair = stretch[i : i + 2]
                counts[pair] = counts.get(pair, 0) + weight
    return {term: 1 + math.log(n) for term, n in counts.items()}


def _words(common: dict[str, float], top: int = 6) -> tuple[str, ...]:
    ranked = sorted((t for t in common if t[0] == "#"), key=lambda t: (-common[t], t))
    return tuple(t[1:] for t in ranked[:top])


def _day(when: date | datetime | None) -> date | None:
    return when.date() if isinstance(when, datetime) else when


def _apart(one: date | None, other: date | None) -> int:
    return abs((one - other).days) if one and other else 0


def _elsewhere(one: str | None, other: str | None) -> bool:
    return bool(one and other) and not (one.startswith(other) or other.startswith(one))
