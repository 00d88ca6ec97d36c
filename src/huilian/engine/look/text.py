"""Words in two languages that come from data files, and how numbers and dates are written."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import get_language, gettext

from huilian.foundation.now import CHINA, today


def lang() -> str:
    """The language being spoken: "zh" or "en"."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(value) -> str:
    """The words of `{zh: …, en: …}` in the language being spoken, else the Chinese; a plain text as it is."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value.get(lang()) or value.get("zh") or value.get("en") or "")
    return str(value)


def money(value, digits: int = 2) -> str:
    """`1,234.50`. A whole number is cents (分), a Decimal is yuan (元), as everywhere in the house."""
    if value is None or value == "":
        return ""
    yuan = Decimal(value) / 100 if isinstance(value, int) else Decimal(value)
    step = Decimal(1).scaleb(-digits)
    return f"{yuan.quantize(step, ROUND_HALF_UP):,}".replace("-", "\u2212")  # a true minus sign, as wide as the plus


def _local(value):
    return value.astimezone(CHINA) if isinstance(value, datetime) and value.tzinfo else value


def day(value: date | None) -> str:
    """`11-20` as in tables; with the year when it is not this year's."""
    if value is None:
        return ""
    value = _local(value)
    return value.strftime("%m-%d" if value.year == today().year else "%Y-%m-%d")


def moment(value: datetime | None) -> str:
    """`11-20 09:05` as in tables."""
    if value is None:
        return ""
    value = _local(value)
    return f"{day(value)} {value:%H:%M}" if isinstance(value, datetime) else day(value)


def long_day(value: date | None) -> str:
    """`2026年11月20日` or `20 November 2026`, as in sentences."""
    if value is None:
        return ""
    value = _local(value)
    return f"{value.year}年{value.month}月{value.day}日" if lang() == "zh" else formats.date_format(value, "j F Y")


def weekday(value: date) -> str:
    """The day's name: 星期五, Friday."""
    from django.utils.dates import WEEKDAYS

    return gettext(str(WEEKDAYS[value.weekday()]))


def size(octets: int) -> str:
    """The size of a file in KB or MB, as people read it."""
    return f"{octets / 1024:.0f} KB" if octets < 1024 * 1024 else f"{octets / 1024 / 1024:.1f} MB"
