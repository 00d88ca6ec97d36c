"""Amounts as a bookkeeper types them: 1,234.50, ¥300, 1.2万 is refused, and a small sum such as =12*300+50."""

import re
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from unicodedata import normalize

from huilian.foundation.errors import Invalid
from huilian.foundation.money import LARGEST, cents
from huilian.foundation.wording import _

LONGEST = 80  # characters
_TOKEN = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+|[-+*/()])")


def amount(text: str) -> int:
    """Cents of what was typed; empty is 0. A text that begins with "=" is worked out: only + - * / and brackets.

    The result is rounded to the fen, halves up, as a bookkeeper does. Raises `Invalid` with what to do.
    """
    plain = normalize("NFKC", text).strip().replace("×", "*").replace("÷", "/").replace("−", "-")
    if not plain:
        return 0
    if not plain.startswith("="):
        return cents(plain)
    if len(plain) > LONGEST:
        raise Invalid(_("This sum is too long. Work it out first and write the amount."), field="amount")
    try:
        value = _Reader(plain[1:].replace(",", "").rstrip("=")).value()
    except (DivisionByZero, ZeroDivisionError):
        raise Invalid(_("“%(text)s” divides by zero.", text=text), field="amount") from None
    except (InvalidOperation, ValueError, IndexError, RecursionError):
        raise Invalid(
            _("“%(text)s” is not a sum that can be worked out. Write one such as =12*300+50.", text=text),
            field="amount",
        ) from None
    made = int((value * 100).to_integral_value(ROUND_HALF_UP))
    if abs(made) >= LARGEST:
        raise Invalid(_("“%(text)s” is too large for an amount. Please check the zeros.", text=text), field="amount")
    return made


class _Reader:
    """Reads a sum from left to right; never evaluates anything else."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        at = 0
        text = text.strip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if not found:
                raise ValueError(text)
            self.tokens.append(found[1])
            at = found.end()
        self.at = 0

    def value(self) -> Decimal:
        made = self._sum()
        if self.at != len(self.tokens):
            raise ValueError(self.tokens[self.at])
        return made

    def _next(self, *wanted: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at] in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return ""

    def _sum(self) -> Decimal:
        made = self._product()
        while sign := self._next("+", "-"):
            made = made + self._product() if sign == "+" else made - self._product()
        return made

    def _product(self) -> Decimal:
        made = self._factor()
        while sign := self._next("*", "/"):
            made = made * self._factor() if sign == "*" else made / self._factor()
        return made

    def _factor(self) -> Decimal:
        if sign := self._next("-", "+"):
            return -self._factor() if sign == "-" else self._factor()
        if self._next("("):
            made = self._sum()
            if not self._next(")"):
                raise ValueError(")")
            return made
        made = Decimal(self.tokens[self.at])
        self.at += 1
        return made
