"""「债权债务」 What the collective owes and is owed, advances to persons, guarantees: entered, settled, given up."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.numbering.services import next_number
from huilian.engine.procedures import grounds
from huilian.foundation import money
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.names import norm

from ..models import AccountSet, Debt
from ..rules.debts import HIGHEST_RATE_BP
from .keeping import apply, decision, fresh, keeper, not_later, note, party_key, written

TYPED = frozenset(
    [
        "direction",
        "counterpart",
        "counterpart_kind",
        "principal_cents",
        "rate_bp",
        "began_on",
        "due_on",
        "purpose",
        "decision_no",
        "approval_no",
        "voucher_no",
        "plan",
    ]
)


def check_debt(values: dict[str, Any]) -> None:
    """What the fields of a debt must hold together. Raises Invalid."""
    written(values.get("counterpart", ""), "counterpart", _("Write who the other side is."))
    if (values.get("principal_cents") or 0) <= 0:
        raise Invalid(_("A sum that is owed is above zero."), field="principal_cents")
    if not 0 <= (values.get("rate_bp") or 0) <= HIGHEST_RATE_BP:
        raise Invalid(
            _("A yearly rate of %(rate)s %% cannot be right.") % {"rate": (values["rate_bp"]) / 100}, field="rate_bp"
        )
    if values.get("began_on") is None:
        raise Invalid(_("Write on which day it began."), field="began_on")
    not_later(values["began_on"], "began_on")
    if values.get("due_on") and values["due_on"] < values["began_on"]:
        raise Invalid(_("It is to be settled before it began. Check both days."), field="due_on")


@transaction.atomic
def enter_debt(*, set: AccountSet, by: Any, number: str = "", party_identity: str = "", **values: Any) -> Debt:
    """Enter a loan, a claim, an advance or a guarantee. A new loan or guarantee names the decision it rests on."""
    keeper(set, by)
    if unknown := values.keys() - TYPED:
        raise TypeError(f"no fields of a debt: {sorted(unknown)}")
    check_debt(values)
    _rests_on(set, values.get("decision_no", ""), "debt", values)
    debt = Debt.objects.create(
        set=set,
        number=number or next_number("ZQ", on=values["began_on"]),
        counterpart_norm=norm(values["counterpart"]),
        counterpart_key=party_key(party_identity),
        balance_cents=values["principal_cents"],
        **values,
    )
    note("collective.enter_debt", debt, by=by, direction=debt.direction, amount=debt.principal_cents)
    return debt


@transaction.atomic
def change_debt(debt: Debt, *, by: Any, party_identity: str = "", **values: Any) -> Debt:
    """Put an entry right. The principal changes only while nothing was settled."""
    debt = fresh(debt, by)
    values = {k: v for k, v in values.items() if k in TYPED}
    check_debt({name: values.get(name, getattr(debt, name)) for name in TYPED})
    if values.get("decision_no", "") not in ("", debt.decision_no):
        _rests_on(
            debt.set, values["decision_no"], "debt", {name: values.get(name, getattr(debt, name)) for name in TYPED}
        )
    settled = debt.principal_cents - debt.balance_cents
    if settled and values.get("principal_cents", debt.principal_cents) != debt.principal_cents:
        raise Conflict(_("Part of it is settled already, so the principal stays."), field="principal_cents")
    different = apply(debt, values)
    if party_identity:
        debt.counterpart_key = party_key(party_identity)
    debt.counterpart_norm = norm(debt.counterpart)
    if "principal_cents" in different:
        debt.balance_cents = debt.principal_cents
    _save(debt)
    note("collective.change_debt", debt, by=by, fields=sorted(different))
    return debt


@transaction.atomic
def settle_debt(debt: Debt, *, amount_cents: int, on: date, voucher_no: str, by: Any) -> Debt:
    """Note that it was paid back, wholly or in part, by which voucher."""
    debt = fresh(debt, by)
    paper = written(voucher_no, "voucher_no", _("Write the number of the voucher that books it."))
    not_later(on)
    if on < debt.began_on:
        raise Invalid(_("It began on %(day)s; it cannot be settled before.") % {"day": debt.began_on}, field="on")
    if debt.settled_on:
        raise Conflict(_("%(debt)s was settled on %(day)s.") % {"debt": debt, "day": debt.settled_on})
    if not 0 < amount_cents <= debt.balance_cents:
        raise Invalid(
            _("Between 0.01 and %(open)s yuan can be settled.") % {"open": money.text(debt.balance_cents)},
            field="amount_cents",
        )
    debt.balance_cents -= amount_cents
    if not debt.balance_cents:
        debt.settled_on = on
    _save(debt)
    note("collective.settle_debt", debt, by=by, amount=amount_cents, on=on, voucher=paper, left=debt.balance_cents)
    return debt


@transaction.atomic
def write_off(debt: Debt, *, on: date, decision_no: str, reason: str, by: Any) -> Debt:
    """「核销」 Give up what is open, by a decision of the members and for a reason."""
    number = decision(decision_no)
    reason = written(reason, "reason", _("Write why it is given up."))
    debt = fresh(debt, by)
    not_later(on)
    if debt.settled_on:
        raise Conflict(_("%(debt)s was settled on %(day)s.") % {"debt": debt, "day": debt.settled_on})
    facts = {"direction": "", "principal_cents": debt.balance_cents, "purpose": debt.purpose}
    _rests_on(debt.set, number, "disposal", facts)
    given_up, debt.balance_cents, debt.settled_on = debt.balance_cents, 0, on
    _save(debt)
    note("collective.write_off_debt", debt, by=by, amount=given_up, decision=number, reason=reason)
    return debt


def _rests_on(set: AccountSet, number: str, purpose: str, facts: dict[str, Any]) -> None:
    """Refuse a decision that is not good for this loan, guarantee or giving up. What is lent or advanced needs none;
    an old entry without a number is raised by the rules on debts, not refused."""
    if number.strip() and facts["direction"] not in (Debt.Direction.LENT, Debt.Direction.ADVANCE):
        grounds.require(
            "decision", number, place=set.place, purpose=purpose, amount_cents=facts["principal_cents"],
            about=facts.get("purpose", ""),
        )  # fmt: skip


def _save(debt: Debt) -> None:
    debt.revision += 1
    debt.save()
