"""A rule's explain sentence filled with the facts of one finding, in both languages, personal facts masked."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from string import Formatter
from typing import Any

from sqlglot import exp

from huilian.foundation.masking import mask_name, mask_text

from .binding import tree
from .dataset import Dataset

LANGUAGES = ("zh", "en")
FORMATS = ("", "money", "percent", "bp", "area", "month", "date", "number")
NONE = {"zh": "（无）", "en": "(none)"}
WHOLE_NAME = 4  # a text this short is a person's name; longer ones are firms and sentences


def fields_of(template: str) -> set[str]:
    """The names a sentence asks for. Raises ValueError for a brace left open or a format nobody knows."""
    found = set()
    for _text, name, form, _conversion in Formatter().parse(template):
        if name is not None:
            if form not in FORMATS:
                raise ValueError(form)
            found.add(name)
    return found


def explain(template: Mapping[str, str], facts: Mapping[str, Any]) -> dict[str, str]:
    """The sentence in both languages. `{total_cents:money}`, `{share:percent}`, `{rate_bp:bp}`, `{area_mu:area}`,
    `{month:month}`; dates and counts need no format."""
    return {lang: _Sentence(lang).vformat(template[lang], (), facts) for lang in LANGUAGES}


def personal_facts(sql: str, datasets: Mapping[str, Dataset], reads: tuple[str, ...]) -> frozenset[str]:
    """Names of columns that carry, or are made of, personal ones. By name: rather too many than too few."""
    return _tainted(sql, frozenset(c.name for n in reads if n in datasets for c in datasets[n].columns if c.personal))


@lru_cache(maxsize=1024)
def _tainted(sql: str, names: frozenset[str]) -> frozenset[str]:
    tainted = set(names)
    aliases = list(tree(sql).find_all(exp.Alias)) if names else []
    grown = True
    while grown:
        found = {a.alias for a in aliases if a.alias not in tainted and _carries(a.this) & tainted}
        tainted |= found
        grown = bool(found)
    return frozenset(tainted)


def mask(value: Any) -> Any:
    """A personal fact as a sentence may show it: a short text is a name, in a longer one numbers are hidden."""
    if not isinstance(value, str):
        return value
    return mask_name(value) if len(value) <= WHOLE_NAME else mask_text(value)


def masked(facts: Mapping[str, Any], personal: frozenset[str]) -> dict[str, Any]:
    """`facts` with the personal ones masked."""
    return {name: mask(value) if name in personal else value for name, value in facts.items()}


# ---------------------------------------------------------------------- inside


def _carries(node: exp.Expression) -> set[str]:
    if isinstance(node, (exp.Count, exp.CountIf, exp.Sum, exp.Predicate, exp.DateDiff)):
        return set()
    if isinstance(node, exp.Column):
        return {node.name}
    return set().union(*(_carries(child) for child in node.iter_expressions()))


class _Sentence(Formatter):
    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: Any, form: str) -> str:
        if value is None:
            return NONE[self.lang]
        chinese = self.lang == "zh"
        if form == "money":
            yuan = Decimal(int(value)) / 100
            text = f"{yuan:,.2f}".removesuffix(".00")
            return f"{text}元" if chinese else f"{text} yuan"
        if form == "percent":
            return f"{_short(Decimal(str(value)) * 100)}%"
        if form == "bp":
            return f"{_short(Decimal(str(value)) / 100)}%"
        if form == "area":
            return f"{_short(Decimal(str(value)))}亩" if chinese else f"{_short(Decimal(str(value)))} mu"
        if form == "month":
            year, month = divmod(int(value), 100)
            return f"{year}年{month}月" if chinese else f"{date(year, month, 1):%B %Y}"
        if isinstance(value, (date, datetime)):
            said = f"{value.year}年{value.month}月{value.day}日" if chinese else f"{value.day} {value:%B %Y}"
            return f"{said} {value:%H:%M}" if isinstance(value, datetime) and form != "date" else said
        if isinstance(value, bool):
            return {True: "是", False: "否"}[value] if chinese else {True: "yes", False: "no"}[value]
        if isinstance(value, (float, Decimal)):
            return _short(Decimal(str(value)))
        return f"{value:,}" if form == "number" else str(value)


def _short(value: Decimal) -> str:
    """At most two decimals, none that say nothing."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")
