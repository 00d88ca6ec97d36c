"""「分级」「防控」 Grading, coverage and dates, as pure functions.

The three grades, the two axes (importance of the power, frequency of its use), five kinds, five ways and five
disposals follow the county's scheme (requirements S2-18, S3-06 to S3-18). Thresholds have no higher rule: they are
county data (`GradeScale`), and what ships is a default.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

CONFIRM_DAYS = 30  # a new post-holder confirms the risks of the post (facts §11.8)
ADMONITION_MONTHS = 6  # how long an admonishing talk counts against promotion (facts §6)
NOTICE_DAYS = 5  # least natural days a directory lies open; county default
KINDS_OF_MEASURE = ("post", "procedure", "system")
PHASES = ("before", "during", "after")


def frequency(count: int, often: int, sometimes: int) -> int:
    """3 often, 2 sometimes, 1 seldom, from the number of cases in twelve months."""
    return 3 if count >= often else 2 if count >= sometimes else 1


def grade(importance: int, frequency_: int, first: int, second: int) -> int:
    """Grade 1 (highest) to 3 of importance × frequency, each 1 to 3."""
    score = importance * frequency_
    return 1 if score >= first else 2 if score >= second else 3


def missing_types(types: Iterable[str]) -> list[str]:
    """Types of measures a risk of grade one still lacks."""
    held = set(types)
    return [kind for kind in KINDS_OF_MEASURE if kind not in held]


def coverage(measures: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """How many measures of each type stand in each phase: {type: {phase: n}}, zeros included."""
    table = {kind: dict.fromkeys(PHASES, 0) for kind in KINDS_OF_MEASURE}
    for kind, phase in measures:
        table[kind][phase] += 1
    return table


def stages_of(lines: str) -> list[dict[str, Any]]:
    """The stages of a scheme, one a line. Raises ValueError with the number of a line that has not all its parts."""
    stages = []
    for n, line in enumerate(lines.strip().splitlines(), 1):
        parts = [part.strip() for part in line.replace("｜", "|").split("|")]
        if len(parts) != 8 or not all(parts):
            raise ValueError(n)
        key, of, zh, en, rests, rests_en, made, made_en = parts
        inputs, outputs = {"zh": rests, "en": rests_en}, {"zh": made, "en": made_en}
        stages.append({"key": key, "of": of, "zh": zh, "en": en, "inputs": inputs, "outputs": outputs})
    return stages


def next_stage(keys: Sequence[str], current: str) -> str | None:
    """The stage after `current`; None after the last one. No stage can be skipped."""
    at = keys.index(current) + 1
    return keys[at] if at < len(keys) else None


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day
    return date(year, month, min(day.day, last))


def quarter(year: int, number: int) -> tuple[date, date]:
    """First day of a quarter and of the next one."""
    after = (year + 1, 1) if number == 4 else (year, 3 * number + 1)
    return date(year, 3 * number - 2, 1), date(*after, 1)


def colour(value: float, yellow: float, orange: float, red: float) -> int:
    """0 to 3 by rising thresholds. It belongs to the reading; the grade belongs to the post."""
    return 3 if value >= red else 2 if value >= orange else 1 if value >= yellow else 0


Row = Mapping[str, Any]


def differences(old: Sequence[Row], new: Sequence[Row], fields: Collection[str]) -> list[dict[str, Any]]:
    """What became of the rows of a directory since the one before: added, removed, changed with its fields."""
    before, after = ({row["number"]: row for row in rows} for rows in (old, new))
    found = [{**row, "change": "added", "fields": []} for key, row in after.items() if key not in before]
    found += [{**row, "change": "removed", "fields": []} for key, row in before.items() if key not in after]
    for key in after.keys() & before.keys():
        if changes := [
            (f, before[key].get(f), after[key].get(f)) for f in fields if before[key].get(f) != after[key].get(f)
        ]:
            found.append({**after[key], "change": "changed", "fields": changes})
    return sorted(found, key=lambda row: row["number"])


def lead_times(signal: date, notice: date | None, correction: date | None) -> dict[str, int | None]:
    """「早发现、早提醒、早纠正」 Days from signal to notice, notice to correction, and in all; None while open."""
    return {
        "to_notice": (notice - signal).days if notice else None,
        "to_correction": (correction - notice).days if notice and correction else None,
        "in_all": (correction - signal).days if correction else None,
    }


def middle(values: Sequence[int]) -> float | None:
    """The median; None of nothing."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return float(ordered[half]) if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
