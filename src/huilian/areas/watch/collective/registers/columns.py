"""Columns and fields that several registers of the area share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from huilian.engine.registers import Column, Register
from huilian.foundation import money
from huilian.foundation.now import today

from ..queries.reach import KEEP, SEE, sets_of

VILLAGE = Column("set__place", pgettext_lazy("collective", "village"))

ORIGINS = {
    "default": gettext_lazy("default, no higher rule"),
    "own": gettext_lazy("set by the county"),
    "county": gettext_lazy("set by the county"),
}


class Kept(Register):
    """What the bookkeeping agency keeps and everybody who answers for the village sees."""

    group, see, change = "watch", SEE, KEEP

    def choices_for(self, name: str, user: Any):
        return sets_of(user, KEEP).filter(closed_on=None).select_related("unit") if name == "set" else None


def amount(name: str, heading: Any = "", value: Callable[[Any], int | None] | None = None) -> Column:
    """An amount kept in cents, shown in yuan."""

    def read(row: Any) -> Any:
        cents = value(row) if value else getattr(row, name)
        return None if cents is None else money.yuan(cents)

    return Column(name, heading, kind="money", value=read, sort="" if value else name)


def typed_amount(name: str, heading: Any = "", *, required: bool = False, empty: int | None = 0) -> Column:
    """An amount typed in yuan, as people write it: 1,200.50, ¥1200.5, 1200元."""

    def read(text: Any) -> int | None:
        text = "" if text is None else str(text).strip()
        return money.cents(text) if text else empty

    def words(cents: int) -> str:
        return f"{money.yuan(cents):f}"

    return Column(name, heading, parse=read, label=words, required=required, hint=gettext_lazy("In yuan."))


def identity(name: str, heading: Any) -> Column:
    """An identity number or credit code that is asked for and never shown again: a keyed digest is kept."""
    return Column(
        name,
        heading,
        value=lambda row: "",
        parse=lambda text: "" if text is None else str(text).strip(),
        required=False,
        hint=gettext_lazy("Checked and kept only as a keyed digest."),
    )


def say_origin(key: str) -> str:
    return str(ORIGINS.get(key, key))


def origin() -> Column:
    """Whether the county decided it, or the product began with it and no higher rule asks for it."""
    return Column("origin", value=lambda row: say_origin(row.origin))


def day(label: Any, required: bool = True, initial: Any = today) -> Callable[[], forms.Field]:
    return lambda: forms.DateField(
        label=label, required=required, initial=initial, widget=forms.DateInput(attrs={"type": "date"})
    )


def text(label: Any, required: bool = True) -> Callable[[], forms.Field]:
    return lambda: forms.CharField(label=label, required=required, max_length=120)


def decision(required: bool = True) -> Callable[[], forms.Field]:
    return text(gettext_lazy("Decision number"), required)


class Yuan(forms.CharField):
    """An amount in yuan, as cents."""

    def clean(self, value: Any) -> int | None:
        given = super().clean(value)
        if not given:
            return None
        try:
            return money.cents(given)
        except money.Invalid as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


def yuan(label: Any, required: bool = True) -> Callable[[], forms.Field]:
    return lambda: Yuan(label=label, required=required, max_length=24, help_text=_("In yuan."))
