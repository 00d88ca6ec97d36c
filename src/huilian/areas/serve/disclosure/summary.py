"""An item in one or two plain sentences, made from its rows by rule and kept in both languages."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huilian.engine.look.text import lang, money

from . import rules

LANGUAGES = {"zh": "zh-hans", "en": "en"}


def plain_words(columns: Sequence[Mapping], rows: Sequence[Sequence], facts: Mapping, period: rules.Period | None):
    """{zh, en} for the table; empty where there is nothing to say."""
    said = {}
    for key, language in LANGUAGES.items():
        with translation.override(language):
            said[key] = _sentence(columns, rows, facts, period)
    return said


def _sentence(columns, rows, facts, period) -> str:
    at = {c["key"]: i for i, c in enumerate(columns)}
    sums = rules.totals(columns, rows)
    if "income" in sums and "expense" in sums:
        return _money_of(at, rows, sums, facts, period)
    words = [ngettext("%(n)d entry.", "%(n)d entries.", len(rows)) % {"n": len(rows)}] if rows else []
    if len(sums) == 1 and rows:
        words = [
            ngettext("%(n)d entry, %(sum)s yuan in all.", "%(n)d entries, %(sum)s yuan in all.", len(rows))
            % {"n": len(rows), "sum": money(next(iter(sums.values())))}
        ]
    return "".join(words)


def _money_of(at, rows, sums, facts, period) -> str:
    """Income, spending, what is left, and the largest payment."""
    when = _name(period) if period else ""
    if not rows:
        words = [_("Nothing was taken in or spent in %(when)s.") % {"when": when}]
    else:
        words = [
            _("In %(when)s the village took in %(income)s yuan and spent %(expense)s yuan.")
            % {"when": when, "income": money(sums["income"]), "expense": money(sums["expense"])}
        ]
    if "balance_cents" in facts:
        words.append(_("It has %(balance)s yuan left.") % {"balance": money(int(facts["balance_cents"]))})
    largest = max(rows, key=lambda row: row[at["expense"]] or 0, default=None)
    if largest is not None and (largest[at["expense"]] or 0) > 0 and "summary" in at:
        words.append(
            _("The largest payment was “%(what)s”, %(amount)s yuan.")
            % {"what": largest[at["summary"]], "amount": money(largest[at["expense"]])}
        )
    return ("" if lang() == "zh" else " ").join(words)  # Chinese sentences follow each other without a space


def _name(period: rules.Period) -> str:
    return period_name(period.key)


def period_name(key: str) -> str:
    """A period as people say it."""
    year, part = key[:4], key[4:]
    if key == rules.ALWAYS:
        return _("standing")
    if part.startswith("Q"):
        return _("quarter %(n)s of %(year)s") % {"n": part[1:], "year": year}
    if part == "H1":
        return _("the first half of %(year)s") % {"year": year}
    if part == "H2":
        return _("the second half of %(year)s") % {"year": year}
    if len(key) == 7 and lang() == "en":
        return formats.date_format(date(int(year), int(part[1:]), 1), "F Y")
    if len(key) == 7:
        return _("month %(month)s of %(year)s") % {"month": int(part[1:]), "year": year}
    if len(key) == 4:
        return _("the year %(year)s") % {"year": year}
    return key
