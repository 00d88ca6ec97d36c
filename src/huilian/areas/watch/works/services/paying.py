"""Money for a work: never ahead of what is built, and on the collective's own way of paying."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import locking
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import hooks, rules
from ..models import Pay, Project
from ..queries.reach import money_of
from .guards import allow, free_of, locked, tell

Kind, State = Pay.Kind, Pay.State


@transaction.atomic
def ask_pay(project: Project, kind: str, *, amount_cents: int, invoice_no: str = "", by: Any) -> Pay:
    """Ask for an advance, a payment by progress, what the settlement leaves, or the kept-back money.

    Where the village's books are kept here it becomes a request to pay, which goes its own way of approval.
    """
    project = locked(project)
    person = allow(by, "works.pay", project.place)
    free_of(project.contractor, by)
    if project.contract_cents is None or project.contractor is None:
        raise Conflict(_("There is no contract yet, so nothing can be paid."))
    money = money_of(project)
    if kind == Kind.ADVANCE and money.started:
        raise Invalid(_("The work has begun. From now on it is paid by progress."), field="kind")
    if kind == Kind.PROGRESS and not money.started:
        raise Invalid(_("The work has not begun. Only an advance can be paid."), field="kind")
    if kind == Kind.SETTLEMENT and money.settled_cents is None:
        raise Invalid(_("The work is not settled yet. It is paid by progress."), field="kind")
    if kind == Kind.RETENTION and not money.released:
        raise Invalid(_("The warranty still runs. What is kept back is paid when it is over."), field="kind")
    rules.check_pay(money, amount_cents)
    pay = Pay.objects.create(
        project=project,
        kind=kind,
        amount_cents=amount_cents,
        progress=project.progress,
        invoice_no=invoice_no.strip(),
        asked_on=today(),
        asked_by=person,
    )
    pay.request_no = hooks.ask(hooks.pay, pay, by=by)
    pay.save(update_fields=["request_no"])
    tell(project, "ask_pay", by, kind=kind, cents=amount_cents, request=pay.request_no)
    return pay


@transaction.atomic
def note_paid(pay: Pay, *, on: date, voucher_no: str, by: Any) -> Pay:
    """The money went out. Told by the books where they are kept here, else by the village's accountant."""
    pay, project = _open(pay, by)
    if on > today() or on < pay.asked_on:
        raise Invalid(_("Money goes out after it was asked for, and not in the future."), field="on")
    if not voucher_no.strip():
        raise Invalid(_("Write the number of the voucher."), field="voucher_no")
    pay.state, pay.paid_on, pay.voucher_no = State.PAID, on, voucher_no.strip()
    pay.save()
    tell(project, "note_paid", by, cents=pay.amount_cents, voucher=pay.voucher_no)
    return pay


@transaction.atomic
def drop_pay(pay: Pay, *, note: str, by: Any) -> Pay:
    """Nothing is paid on this request; the amount can be asked for again."""
    pay, project = _open(pay, by)
    if not note.strip():
        raise Invalid(_("Give the reason in a sentence."), field="note")
    pay.state = State.DROPPED
    pay.save(update_fields=["state"])
    tell(project, "drop_pay", by, cents=pay.amount_cents, note=note.strip())
    return pay


def _open(pay: Pay, by: Any) -> tuple[Pay, Project]:
    pay = locking.locked(Pay.objects.select_related("project__place", "project__case"), pay.pk)
    allow(by, "works.pay", pay.project.place)
    if pay.state != State.ASKED:
        raise Conflict(_("This payment is settled already: %(state)s.") % {"state": pay.get_state_display()})
    return pay, pay.project
