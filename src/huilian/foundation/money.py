"""Money. Kept as whole cents (分); a Decimal is yuan (元). Never floats: 0.1 + 0.2 is not 0.3, and books balance."""

import re
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from .errors import Invalid
from .wording import _

LARGEST = 10**15  # cents; beyond any county, but within 64 bits and Excel's 15 digits


def cents(text: object) -> int:
    """「1,234.50」, ¥1234.5, 1234元, a Decimal or a whole number of yuan -> cents.

    Raises Invalid for anything that is not an amount with at most two decimals. A float is refused.
    """
    if isinstance(text, float | bool):
        raise TypeError("money is never a float: give text, int or Decimal")
    plain = re.sub(r"[\s,，]|^[¥￥]|元$", "", normalize("NFKC", str(text)).replace("−", "-"))
    plain = re.sub(r"^(-?)[¥￥]", r"\1", plain)
    try:
        if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", plain, re.ASCII):
            raise InvalidOperation
        amount = Decimal(plain) * 100
    except InvalidOperation:
        raise Invalid(_("“%(text)s” is not an amount. Please write it as 1234.50, in yuan.", text=text),
                      field="amount") from None  # fmt: skip
    if amount != amount.to_integral_value():
        raise Invalid(_("“%(text)s” has more than two decimals; there is nothing smaller than a fen.", text=text),
                      field="amount")  # fmt: skip
    if abs(amount) >= LARGEST:
        raise Invalid(_("“%(text)s” is too large for an amount. Please check the zeros.", text=text), field="amount")
    return int(amount)


def yuan(amount: int) -> Decimal:
    """Cents -> yuan, exactly."""
    return Decimal(amount).scaleb(-2)


def text(amount: int) -> str:
    """Cents -> 1,234.50."""
    return f"{yuan(amount):,.2f}"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capital(amount: int) -> str:
    """「大写」 An amount as it is written on vouchers: 壹仟肆佰零玖元伍角.

    正确填写票据和结算凭证的基本规定 (annex to 支付结算办法, 银发〔1997〕393号): 整 after yuan, none after fen; a 零
    where digits are skipped, and between yuan and jiao when the last digit of the yuan is 0.
    """
    if amount < 0:
        return "负" + capital(-amount)
    whole, rest = divmod(amount, 100)
    jiao, fen = divmod(rest, 10)
    words = _whole(whole) + "元" if whole else ""
    if not rest:
        return (words or "零元") + "整"
    if whole and (not jiao or whole % 10 == 0):
        words += "零"
    return words + (_DIGITS[jiao] + "角" if jiao else "") + (_DIGITS[fen] + "分" if fen else "")


def _whole(number: int) -> str:
    words, skipped = "", False
    groups = []
    while number:
        number, part = divmod(number, 10_000)
        groups.append(part)
    for group in range(len(groups) - 1, -1, -1):
        part = groups[group]
        if not part:
            skipped = True
            if group == 2 and words:
                words += "亿"  # 壹万亿: said even when only the digits above it are not nought
            continue
        if words and (skipped or part < 1000):
            words += "零"
        unit = "万" if group == 3 else _GROUPS[group]
        words += _group(part) + unit
        skipped = False
    return words


def _group(part: int) -> str:
    words, zero = "", False
    for place in range(3, -1, -1):
        digit = part // 10**place % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return words
