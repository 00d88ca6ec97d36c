"""What a cell means: dates, money, codes and choices as Chinese offices write them."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from huilian.foundation.errors import Invalid
from huilian.foundation.now import CHINA

from .reading import tidy

EXACT = 10**15  # Excel keeps fifteen digits of a number; longer ones have lost their end
_EPOCH = datetime(1899, 12, 30)  # Excel's day 0, with its false 29 February 1900 allowed for
_SERIALS = range(7306, 109_574)  # 1920 … 2199: what can be meant as a day
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"\s*T?\s*(\d{1,2})\s*[:时点]\s*(\d{1,2})?\s*(?:[:分]\s*(\d{1,2})?(?:\.\d+)?\s*秒?)?\s*分?\s*")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_HAN_DATE = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
_YES = {"是", "有", "√", "✓", "y", "yes", "true", "1", "对"}
_NO = {"否", "无", "×", "✗", "n", "no", "false", "0", "不"}


def check_error(value: object) -> None:
    """Refuse Excel's own error values."""
    if isinstance(value, str) and value.startswith("#") and value.upper() in _ERRORS:
        raise Invalid(_("The formula here gives the error %(error)s. Correct it or type the value.") % {"error": value})


def as_text(value: object) -> str:
    """The text of a cell. A whole number loses Excel's ".0"; a day is written 2026-11-22."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")
    return tidy(value)


def as_code(value: object) -> str:
    """A number that is a name (identity, account, division): kept digit by digit, with no spaces, half-width."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) >= EXACT:
            raise Invalid(
                _(
                    "This long number is stored as a quantity, and Excel has already replaced its last digits by zeros."
                    " Set the column's format to “Text”, then enter the number again."
                )
            )
        if value != int(value):
            raise Invalid(_("A code has no decimal point. Set the column's format to “Text” and enter it again."))
        return str(int(value))
    if isinstance(value, date | datetime):
        raise Invalid(_("Excel has made a date of this code. Set the column's format to “Text” and enter it again."))
    text = unicodedata.normalize("NFKC", tidy(value))
    return re.sub(r"[\s'‘’]", "", text).upper()


def as_date(value: object) -> date:
    """A day: a date cell, 2026-11-22, 2026/11/22, 2026年11月22日, 20261122, 二〇二六年…, Excel's day number."""
    moment = _moment(value)
    return moment.date()


def as_datetime(value: object) -> datetime:
    """A moment in China time; a day alone means its beginning."""
    return _moment(value).replace(tzinfo=CHINA)


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return _rounded(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if int(value) in _SERIALS:
            return _rounded(_EPOCH + timedelta(days=value))
        if value == int(value) and _COMPACT.fullmatch(str(int(value))):
            return _moment(str(int(value)))
        raise Invalid(_("%(value)s is not a date. Write it as 2026-11-22.") % {"value": as_text(value)})
    text = unicodedata.normalize("NFKC", tidy(value))
    if found := _HAN_DATE.match(text.replace("○", "〇")):
        year = int(found[1].translate(_HAN_DIGITS))
        return _day(year, _han(found[2]), _han(found[3]), text)
    found = _DATE.match(text) or _COMPACT.match(text)
    if not found:
        raise Invalid(_("“%(value)s” is not a date that is certain. Write it as 2026-11-22.") % {"value": text[:40]})
    day = _day(int(found[1]), int(found[2]), int(found[3]), text)
    rest = text[found.end() :]
    if not rest:
        return day
    clock = _TIME.fullmatch(rest)
    if not clock:
        raise Invalid(_("“%(value)s”: what stands after the day is not a time such as 09:30.") % {"value": text[:40]})
    try:
        return datetime.combine(day, time(int(clock[1]), int(clock[2] or 0), int(clock[3] or 0)))
    except ValueError:
        raise Invalid(_("“%(value)s”: there is no such time of day.") % {"value": text[:40]}) from None


def _rounded(moment: datetime) -> datetime:
    """Excel keeps moments as fractions of days; 09:30 can come back a microsecond early."""
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _day(year: int, month: int, day: int, text: str) -> datetime:
    try:
        return datetime(year, month, day)
    except ValueError:
        raise Invalid(_("“%(value)s”: there is no such day in the calendar.") % {"value": text[:40]}) from None


def _han(text: str) -> int:
    """十一 → 11, 二十 → 20, 二十二 → 22."""
    if "十" not in text:
        return int(text.translate(_HAN_DIGITS))
    tens, _ten, ones = text.partition("十")
    return 10 * (_han(tens) if tens else 1) + (_han(ones) if ones else 0)


def as_money(value: object) -> Decimal:
    """Yuan to the fen: numbers, 1,234.50, ¥1,234.5, 1234.5元, 1.2万元, (12.00) and -12 for negative."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        exact = Decimal(repr(value))
        amount = exact.quantize(Decimal("0.01"))
        if abs(exact - amount) > Decimal("0.000001"):  # what binary fractions leave behind is smaller
            raise Invalid(_("%(value)s has more than two decimals; amounts go down to the fen.") % {"value": value})
        return amount
    text = unicodedata.normalize("NFKC", tidy(value))
    bare = re.sub(r"[\s,¥￥]|人民币|RMB|CNY", "", text).removesuffix("整")
    factor = 1
    for word, times in (("亿元", 10**8), ("亿", 10**8), ("万元", 10**4), ("万", 10**4), ("元", 1)):
        if bare.endswith(word):
            bare, factor = bare.removesuffix(word), times
            break
    if bare.startswith("(") and bare.endswith(")"):
        bare = "-" + bare[1:-1]
    if not re.fullmatch(r"[-+]?\d+(\.\d*)?|[-+]?\.\d+", bare):
        raise Invalid(_("“%(value)s” is not an amount. Write it in yuan, such as 1234.50.") % {"value": text[:40]})
    return as_money_exact(Decimal(bare) * factor, text)


def as_money_exact(amount: Decimal, text: str) -> Decimal:
    """`amount` to the fen; refused when that would lose something."""
    try:
        rounded = amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Invalid(_("“%(value)s” is too large for an amount.") % {"value": text[:40]}) from None
    if rounded != amount:
        raise Invalid(_("%(value)s has more than two decimals; amounts go down to the fen.") % {"value": text[:40]})
    return rounded


def as_number(value: object) -> Decimal:
    """A quantity, thousands commas allowed, a per cent sign too."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    text = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", tidy(value)))
    try:
        number = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Invalid(_("“%(value)s” is not a number.") % {"value": text[:40]})
    return number / 100 if text.endswith("%") else number


def as_integer(value: object) -> int:
    """A whole number."""
    number = as_number(value)
    if number != int(number):
        raise Invalid(_("%(value)s is not a whole number.") % {"value": as_text(value)[:40]})
    return int(number)


def as_yesno(value: object) -> bool:
    """是/否, 有/无, √/×, yes/no."""
    if isinstance(value, bool):
        return value
    word = as_text(value).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Invalid(_("“%(value)s”: write yes or no.") % {"value": word[:40]})


KINDS: dict[str, Callable[[object], object]] = {
    "text": as_text,
    "code": as_code,
    "date": as_date,
    "datetime": as_datetime,
    "money": as_money,
    "number": as_number,
    "integer": as_integer,
    "yesno": as_yesno,
}
