"""Bank accounts, approval tiers, voucher templates, budgets and requests to pay as registers."""

import re
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.look.levels import level_of
from huilian.engine.registers import Column, Register, both, register
from huilian.foundation import money
from huilian.foundation.errors import Invalid

from ..models import Account, ApprovalTier, BankAccount, Budget, Payment, VoucherTemplate
from ..queries.bank import accounts_visible_to, sets_visible_to
from ..queries.payments import payments_visible_to
from ..services.bank import save_bank_account
from ..services.catalogue import save_template, save_tier
from .columns import origin

SIDES = {"借": "debit", "贷": "credit", "dr": "debit", "cr": "credit"}
_LINE = re.compile(r"\s*(借|贷|dr|cr)\s*[:：]?\s*(\d{3}(?:-?\d{2,})?)\s*", re.IGNORECASE)


def read_yuan(text: str) -> int | None:
    return money.cents(text) if text.strip() else None


def say_yuan(cents: Any) -> str:
    return money.text(cents)


def read_lines(text: str) -> list[dict]:
    """借102；贷501-02 as the lines of a template."""
    lines = []
    for part in re.split(r"[;；,，、\n]+", text.strip("；; ")):
        found = _LINE.fullmatch(part)
        if not found:
            raise Invalid(_("“%(part)s”: write the lines as 借102；贷501-02.") % {"part": part[:30]}, field="lines")
        lines.append({"side": SIDES[found[1].lower()], "account": found[2]})
    return lines


def say_lines(lines: list[dict]) -> str:
    return "；".join(("借" if line["side"] == "debit" else "贷") + line["account"] for line in lines)


@register
class BankAccounts(Register):
    key, title, model, icon = "collective-bank-accounts", gettext_lazy("Bank accounts"), BankAccount, "landmark"
    group, see, change = "watch", "collective.see", "collective.bank"
    about = gettext_lazy("One basic account for each organisation; any other account says what it is for.")
    columns = ("set", "bank", "number", "kind", "account", "purpose", "is_registered", "closed_on")
    search = ("set__name", "bank", "number")
    filters = ("kind", "is_registered", "closed_on")
    sections = (
        (gettext_lazy("Bank account"), ("set", "bank", "number", "holder", "kind", "purpose")),
        (gettext_lazy("In the books"), ("account", "is_registered", "opened_on", "closed_on")),
    )
    fields = (
        "set",
        "number",
        "bank",
        "holder",
        "kind",
        "account",
        "purpose",
        "is_registered",
        "opened_on",
        "closed_on",
    )
    fixed = ("set",)
    import_key = ("number",)
    save_with = both(save_bank_account)

    def visible_to(self, user):
        return accounts_visible_to(user)

    def choices_for(self, name, user):
        if name == "set":
            return sets_visible_to(user, "collective.bank").filter(closed_on=None)
        if name == "account":
            own = Q(set=None) | Q(set__in=sets_visible_to(user, "collective.bank"))
            return Account.objects.filter(own, code__startswith="102", is_active=True)
        return None


@register
class Tiers(Register):
    key, title, model, icon = "collective-tiers", gettext_lazy("Tiers of approval"), ApprovalTier, "scale"
    group, see, change = "watch", "collective.see", "collective.catalogue"
    about = gettext_lazy("Up to which amount who agrees, from a day on. An empty amount is the highest tier.")
    columns = (
        "name",
        Column("up_to_cents", gettext_lazy("Up to (yuan)"), value=lambda row: row.up_to_cents, label=say_yuan),
        "needs_decision",
        "needs_township",
        "valid_from",
        origin(),
    )
    filters = ("valid_from",)
    sections = (
        (gettext_lazy("Tier"), ("key", "name", "name_en", "up_to_cents", "valid_from")),
        (gettext_lazy("What it needs"), ("needs_decision", "needs_township")),
    )
    fields = (
        "key",
        "name",
        "name_en",
        Column("up_to_cents", gettext_lazy("Up to (yuan)"), parse=read_yuan, label=say_yuan),
        "needs_decision",
        "needs_township",
        "valid_from",
    )
    fixed = ("key",)
    import_key = ("key", "valid_from")
    save_with = both(save_tier)

    def visible_to(self, user):
        return ApprovalTier.objects.all()


@register
class Templates(Register):
    key, title, model, icon = "collective-templates", gettext_lazy("Voucher templates"), VoucherTemplate, "copy"
    group, see, change = "watch", "collective.see", "collective.enter"
    about = gettext_lazy("Vouchers that come again and again, with their accounts filled in.")
    LINES = Column(
        "lines",
        parse=read_lines,
        label=say_lines,
        sort="",
        hint=gettext_lazy("Such as 借102；贷501-02."),
        required=True,
    )
    columns = ("name", "kind", "summary", LINES, "set", "is_active")
    search = ("name", "summary")
    filters = ("kind", "is_active")
    sections = (
        (pgettext_lazy("collective", "Template"), ("name", "name_en", "set", "is_active")),
        (pgettext_lazy("collective", "Voucher"), ("kind", "summary", "lines")),
    )
    fields = ("name", "name_en", "set", "kind", "summary", LINES, "is_active")
    import_key = ("name",)
    save_with = both(save_template)

    def may_change(self, user) -> bool:
        return may(user, "collective.enter") or may(user, "collective.catalogue")

    def visible_to(self, user):
        return VoucherTemplate.objects.filter(Q(set=None) | Q(set__in=sets_visible_to(user)))

    def choices_for(self, name, user):
        return sets_visible_to(user, "collective.enter").filter(closed_on=None) if name == "set" else None


@register
class Budgets(Register):
    key, title, model, icon = "collective-budgets", gettext_lazy("Budgets"), Budget, "wallet"
    group, see = "watch", "collective.see"
    about = gettext_lazy("Every version with its decision; the page of a budget shows how it is carried out.")
    columns = ("set", "year", "version", "decision_no", "decided_on", "is_current")
    search = ("set__name", "decision_no")
    filters = ("year", "is_current")
    sections = ((gettext_lazy("Budget"), ("set", "year", "version", "decision_no", "decided_on", "is_current")),)

    def visible_to(self, user):
        return Budget.objects.filter(set__in=sets_visible_to(user))

    def link(self, row):
        return f"{reverse('collective-budget', args=[row.set_id])}?year={row.year}"


def _lamp(payment: Payment) -> str:
    case = payment.case
    return level_of(case.colour) if case.is_open else "done"


@register
class Payments(Register):
    key, title, model, icon = "collective-payments", gettext_lazy("Requests to pay"), Payment, "banknote"
    group, see = "watch", "collective.see"
    about = gettext_lazy("Every request with where it stands. What is done with it happens on the page of its case.")
    columns = (
        Column("case__number", pgettext_lazy("collective", "Number")),
        Column("lamp", pgettext_lazy("collective", "Lamp"), kind="level", value=_lamp, sort="case__colour"),
        "set",
        "purpose",
        "payee",
        Column("amount_cents", gettext_lazy("Amount in yuan"), value=lambda row: row.amount_cents, label=say_yuan),
        Column("case__received_at", gettext_lazy("Asked for")),
        "voucher",
    )
    search = ("case__number", "purpose", "payee")
    filters = ("method", "case__received_at")
    sections = (
        (gettext_lazy("Request to pay"), ("case__number", "set", "purpose", "payee", "amount_cents", "account")),
        (gettext_lazy("What it rests on"), ("decision_no", "contract_no", "invoice_no", "fund", "handler")),
    )
    ordering = ("-pk",)

    def visible_to(self, user):
        return payments_visible_to(user)

    def subject(self, row):
        return row.case

    def link(self, row):
        try:
            return reverse("desk-case", args=[row.case.number])
        except NoReverseMatch:  # this face is not installed
            return ""
