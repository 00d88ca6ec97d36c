"""「经济合同台账」「债权债务」 Contracts with what is due under them; debts, claims, advances and guarantees."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.registers import Column, Verb, register
from huilian.foundation.masking import mask_phone

from ..models import Asset, Contract, Debt, Due
from ..queries.reach import KEEP, rows_of
from ..queries.things import contracts_of, debts_of, interest_cents, late_dues
from ..services import contracts as services
from ..services import debts as debt_services
from ..words import gap_words
from .columns import VILLAGE, Kept, amount, day, decision, identity, text, typed_amount, yuan

PARTY_ID = identity("party_identity", _("identity number or credit code of the other party"))


def _gaps(contract: Contract) -> list[str]:
    return gap_words(contract)


VILLAGE_OF_CONTRACT = Column("contract__set__place", pgettext_lazy("collective", "village"))
CYCLES = [("", "—"), *Contract.Cycle.choices]


@register
class Contracts(Kept):
    key, title, model, icon = "collective-contracts", _("Register of contracts"), Contract, "file-check"
    about = _("What is let, contracted out, bought and built under contract, with what a file still lacks.")
    columns = (
        "number",
        "title",
        VILLAGE,
        "party",
        "asset",
        "area_mu",
        "signed_on",
        "starts_on",
        "ends_on",
        amount("yearly_cents"),
        amount("total_cents"),
        "mode",
        "decision_no",
        "deal_no",
        "published_on",
        "filed_on",
        "status",
        Column("gaps", _("still lacking"), value=_gaps),
    )
    filters = ("set__place", "direction", "kind", "status", "mode", "ends_on")
    search = ("number", "title", "party", "decision_no", "deal_no")
    ordering = ("ends_on", "number")
    sections = (
        (_("Contract"), ("number", "title", "set", "direction", "kind", "status", "renews")),
        (_("Parties and thing"), ("party", "party_identity", "party_phone", "asset", "area_mu")),
        (_("Time"), ("signed_on", "starts_on", "ends_on", "ended_on", "land_term_ends")),
        (
            _("Money"),
            ("cycle", "pay_day", "yearly_cents", "rise_permille", "total_cents", "deposit_cents", "has_repricing"),
        ),
        (_("How it came about"), ("mode", "decision_no", "decided_on", "deal_no", "published_on", "filed_on")),
        (_("Papers"), ("is_oral", "has_scan", "gaps", "text")),
    )
    fields = (
        "set",
        Column("number", required=False, hint=_("Left empty, one is given.")),
        "title",
        "direction",
        "kind",
        "asset",
        "party",
        PARTY_ID,
        "party_phone",
        "signed_on",
        "starts_on",
        "ends_on",
        "cycle",
        Column("pay_day", hint=_("Month and day, such as 03-15; empty for the day it starts.")),
        typed_amount("yearly_cents"),
        "rise_permille",
        typed_amount("total_cents", empty=None),
        typed_amount("deposit_cents"),
        "area_mu",
        "mode",
        "decision_no",
        "decided_on",
        "deal_no",
        "has_repricing",
        "is_oral",
        "land_term_ends",
        "text",
    )
    fixed = ("set", "number")
    import_key = ("number",)
    masked = {"party_phone": mask_phone}
    save_with = (services.draft_contract, services.change_draft)
    verbs = (
        Verb(
            "activate",
            _("Put in force"),
            services.activate,
            KEEP,
            text=_(
                "What falls due under it is due from now on. After that it is changed by supplementary agreement only."
            ),
            when=lambda c: c.status == "draft",
            icon="circle-play",
        ),
        Verb(
            "papers",
            _("Note papers"),
            services.note_papers,
            KEEP,
            {
                "published_on": day(_("Published on"), False, None),
                "filed_on": day(_("Filed with the township on"), False, None),
                "deal_no": text(_("Number of the deal on the exchange"), False),
                "decision_no": decision(False),
                "decided_on": day(_("Decided on"), False, None),
            },
            _("What is left empty stays as it is."),
            icon="stamp",
        ),
        Verb(
            "amend",
            _("Supplementary agreement"),
            services.amend,
            KEEP,
            {
                "agreement_no": text(_("Number of the agreement")),
                "on": day(_("New terms from")),
                "ends_on": day(_("New last day"), False, None),
                "yearly_cents": yuan(_("New amount a year"), False),
                "rise_permille": lambda: forms.IntegerField(label=_("Rise a year, per thousand"), required=False),
                "cycle": lambda: forms.ChoiceField(label=_("Paid how often"), choices=CYCLES, required=False),
                "decision_no": decision(False),
            },
            _("Only what is written here changes. What began before that day stays as it was agreed."),
            when=lambda c: c.status == "active",
            icon="file-text",
        ),
        Verb(
            "renew",
            _("Renew"),
            services.renew,
            KEEP,
            {
                "number": text(_("Contract number, or empty"), False),
                "ends_on": day(_("Last day, or empty for as long as before"), False, None),
                "yearly_cents": yuan(_("New amount a year"), False),
                "decision_no": decision(False),
            },
            _("A draft is made that begins the day after this one ends."),
            when=lambda c: c.status != "draft",
            icon="refresh-cw",
        ),
        Verb(
            "end",
            _("Close after its time"),
            services.end,
            KEEP,
            {"on": day(_("Given back on"))},
            when=lambda c: c.status == "active",
            icon="circle-check",
        ),
        Verb(
            "terminate",
            _("End early"),
            services.terminate,
            KEEP,
            {"on": day(_("Last day")), "reason": text(_("Reason"))},
            when=lambda c: c.status == "active",
            danger=True,
            icon="circle-x",
        ),
    )

    def visible_to(self, user: Any):
        return contracts_of(user).select_related("set__place", "asset", "renews")

    def choices_for(self, name: str, user: Any):
        if name == "asset":
            return rows_of(Asset.objects.exclude(status__in=["scrapped", "sold"]), user, KEEP)
        return super().choices_for(name, user)

    def link(self, row: Contract) -> str:
        return reverse("collective-life", args=["contract", row.pk])


@register
class Late(Kept):
    key, title, model, icon = "collective-late", _("Rent that is late"), Due, "clock-3"
    about = _("Amounts of contracts that were due and have not come in full, the oldest first.")
    change = ""
    columns = (
        Column("contract__number", _("contract number")),
        VILLAGE_OF_CONTRACT,
        Column("contract__party", _("other party")),
        "due_on",
        "covers_from",
        "covers_to",
        amount("amount_cents"),
        amount("paid_cents"),
        amount("open_cents", _("outstanding"), lambda d: d.amount_cents - d.paid_cents),
        "paid_on",
        "payer",
    )
    filters = ("contract__set__place", "due_on")
    search = ("contract__number", "contract__party", "payer")
    ordering = ("due_on", "pk")

    def visible_to(self, user: Any):
        return late_dues(user)

    def subject(self, row: Due):
        return row.contract

    def link(self, row: Due) -> str:
        return reverse("collective-life", args=["contract", row.contract_id])


@register
class Debts(Kept):
    key, title, model, icon = "collective-debts", _("Register of debts and claims"), Debt, "hand-coins"
    about = _("What the collectives owe and are owed, advances to persons, guarantees given.")
    columns = (
        "number",
        VILLAGE,
        "counterpart",
        "direction",
        "counterpart_kind",
        "began_on",
        amount("principal_cents"),
        Column("rate", _("rate, %"), value=lambda d: f"{d.rate_bp / 100:g}", sort="rate_bp"),
        "purpose",
        "decision_no",
        "approval_no",
        "due_on",
        amount("settled", _("settled"), lambda d: d.principal_cents - d.balance_cents),
        amount("balance_cents"),
        "plan",
    )
    filters = ("set__place", "direction", "counterpart_kind", "due_on", "settled_on")
    search = ("number", "counterpart", "purpose", "decision_no")
    ordering = ("set", "direction", "began_on")
    sections = (
        (_("Debt or claim"), ("number", "set", "direction", "counterpart", "counterpart_kind", "purpose")),
        (
            _("Money"),
            (
                "principal_cents",
                "rate_bp",
                "settled",
                "balance_cents",
                amount("interest", _("interest up to today"), interest_cents),
            ),
        ),
        (_("Time"), ("began_on", "due_on", "settled_on")),
        (_("Basis"), ("decision_no", "approval_no", "voucher_no", "plan")),
    )
    fields = (
        "set",
        "direction",
        "counterpart",
        identity("party_identity", _("identity number or credit code of the other side")),
        "counterpart_kind",
        typed_amount("principal_cents", required=True),
        "rate_bp",
        "began_on",
        "due_on",
        "purpose",
        "decision_no",
        "approval_no",
        "voucher_no",
        "plan",
    )
    fixed = ("set",)
    import_key = ("set", "direction", "counterpart", "began_on")
    save_with = (debt_services.enter_debt, debt_services.change_debt)
    verbs = (
        Verb(
            "settle",
            _("Settle"),
            debt_services.settle_debt,
            KEEP,
            {"amount_cents": yuan(_("Amount")), "on": day(_("Date")), "voucher_no": text(_("Voucher number"))},
            when=lambda d: not d.settled_on,
            icon="check",
        ),
        Verb(
            "write-off",
            _("Write off"),
            debt_services.write_off,
            KEEP,
            {"on": day(_("Date")), "decision_no": decision(), "reason": text(_("Reason"))},
            _("What is open is given up for good."),
            when=lambda d: not d.settled_on,
            danger=True,
            icon="x",
        ),
    )

    def visible_to(self, user: Any):
        return debts_of(user).select_related("set__place")
