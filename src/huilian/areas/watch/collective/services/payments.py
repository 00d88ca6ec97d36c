"""Requests to pay: asked for by the village, agreed to by its head, the committee and above a limit the township."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.roles import catalogue
from huilian.engine.locking import locked
from huilian.engine.procedures import grounds
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Case
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.names import norm
from huilian.foundation.now import now, today

from ..models import AccountSet, BankAccount, Payment, Voucher
from ..queries.blocking import cash_held, invoice_used
from ..queries.chart import Chart, chart_of, limits_of, tier_for
from ..queries.cited import cite
from ..rules import blocking
from ..rules.money import Tier
from ..rules.vouchers import CASH, MONEY
from . import following, vouchers
from .acting import allow, stands_apart

TYPED = (
    "purpose",
    "amount_cents",
    "payee",
    "payee_kind",
    "payee_account",
    "payee_key",
    "method",
    "decision_no",
    "decided_on",
    "contract_no",
    "fund",
    "invoice_no",
    "handler",
)
MARKS = ("head", "stamped", "upper")
SOURCE = "payment"


@transaction.atomic
def request(set: AccountSet, values: Mapping, *, by) -> Payment:
    """Ask for money. The amount decides who must agree; it goes to the village's head at once.

    `values`: those of `TYPED`, `account` (a code of the chart), `power_item` (the item of a list it rests on). Raises
    Invalid for what blocks a payment: no decision where one is needed, a paper used twice, cash above the limit or
    cash that is not there.
    """
    set = AccountSet.objects.select_related("place", "unit", "agency", "township").get(pk=set.pk)
    person = allow(by, "collective.request", set)
    payment = Payment(set=set, asked_by=person)
    tier = _fill(payment, values, chart_of(set))
    payment.case = cases.open_case(
        "payment",
        title=payment.purpose,
        by=by,
        place=set.place,
        unit=unit_for("village_accountant", set),
        class_key=tier.key,
        data={"cents": payment.amount_cents},
    )
    payment.save()
    cite(payment.case, set.unit, values.get("power_item", ""), payment.purpose, by=by)
    return _send(payment, tier, "submit", by)


@transaction.atomic
def resubmit(payment: Payment, values: Mapping, *, by, expected: int | None = None) -> Payment:
    """Correct a request that was sent back, and send it on again; every mark is asked for anew."""
    payment = _locked(payment)
    payment.asked_by = allow(by, "collective.request", payment.set)
    tier = _fill(payment, values, chart_of(payment.set))
    payment.save()
    cite(payment.case, payment.set.unit, values.get("power_item", ""), payment.purpose, by=by)
    return _send(payment, tier, "resubmit", by, expected)


@transaction.atomic
def withdraw(payment: Payment, *, note: str, by, expected: int | None = None) -> Payment:
    """Give a request up that was sent back."""
    payment = _locked(payment)
    allow(by, "collective.request", payment.set)
    return _dropped(payment, cases.move(payment.case, "withdraw", by=by, note=note.strip(), expected=expected))


@transaction.atomic
def agree(payment: Payment, *, by, expected: int | None = None) -> Payment:
    """The village's head agrees."""
    payment = _marked(payment, "head", "collective.approve", by)
    unit = unit_for("village_stamper", payment.set)
    return _with(payment, cases.move(payment.case, "agree", by=by, unit=unit, expected=expected))


@transaction.atomic
def stamp(payment: Payment, *, by, expected: int | None = None) -> Payment:
    """The supervision committee has seen the papers and stamps; larger amounts go up to the township."""
    payment = _marked(payment, "stamped", "collective.stamp", by)
    up = _tier(payment).needs_township
    unit = unit_for("township_approver" if up else "agency_bookkeeper", payment.set)
    verb = "stamp_up" if up else "stamp"
    return _with(payment, cases.move(payment.case, verb, by=by, unit=unit, expected=expected))


@transaction.atomic
def approve(payment: Payment, *, by, expected: int | None = None) -> Payment:
    """The township agrees to a larger amount."""
    payment = _marked(payment, "upper", "collective.approve_upper", by)
    unit = unit_for("agency_bookkeeper", payment.set)
    return _with(payment, cases.move(payment.case, "approve", by=by, unit=unit, expected=expected))


@transaction.atomic
def send_back(payment: Payment, *, note: str, by, expected: int | None = None) -> Payment:
    """Send a request back with what is to be corrected. Its marks fall away."""
    payment = _locked(payment)
    unit = unit_for("village_accountant", payment.set)
    case = cases.move(payment.case, "return", by=by, note=note.strip(), unit=unit, expected=expected)
    for mark in MARKS:
        setattr(payment, f"{mark}_by", None)
        setattr(payment, f"{mark}_at", None)
    payment.save()
    return _with(payment, case)


@transaction.atomic
def refuse(payment: Payment, *, note: str, by, expected: int | None = None) -> Payment:
    """Refuse a request for good, with the ground."""
    payment = _locked(payment)
    return _dropped(payment, cases.move(payment.case, "refuse", by=by, note=note.strip(), expected=expected))


@transaction.atomic
def book(
    payment: Payment,
    *,
    day: date,
    attachments: int = 0,
    paid_from: BankAccount | None = None,
    by,
    expected: int | None = None,
) -> Payment:
    """Enter the voucher of an agreed request, with everybody's marks, and hand it over for review.

    The case closes by itself when the voucher is posted. Raises what entering a voucher raises.
    """
    payment = _locked(payment)
    if payment.voucher_id:
        raise Conflict(_("The voucher of this request is entered already."))
    if payment.case.step != "booking":
        raise Conflict(_("Not everybody has agreed to this payment yet."))
    upper = payment.upper_at is not None
    values = {name: getattr(payment, name) for name in TYPED if name in vouchers.TYPED}
    values |= {
        "date": day,
        "summary": payment.purpose,
        "attachments": attachments,
        "kind": Voucher.Kind.PAYMENT,
        "paid_on": day,
        "source": SOURCE,
    }
    papers = []
    if payment.invoice_no:
        papers = [
            {
                "kind": "invoice",
                "number": payment.invoice_no,
                "seller": payment.payee,
                "amount_cents": payment.amount_cents,
            }
        ]
    voucher = vouchers.draft(
        payment.set,
        values,
        _lines(payment, paid_from),
        papers,
        by=by,
        approved=(payment.upper_by, payment.upper_at) if upper else (payment.head_by, payment.head_at),
        stamped=(payment.stamped_by, payment.stamped_at),
    )
    payment.voucher = vouchers.submit(voucher, by=by)
    payment.save(update_fields=["voucher"])
    return _with(payment, cases.move(payment.case, "book", by=by, expected=expected))


def unit_for(role: str, set: AccountSet) -> Unit:
    """The unit whose people act next: of the village, of its agency, of its township. Raises Invalid where nobody
    holds the post, so that no request lies where nobody sees it."""
    if role.startswith("agency_") and set.agency_id:
        return set.agency
    place = set.township if role == "township_approver" or role.startswith("agency_") else set.place
    found = Appointment.objects.filter(in_office(today()), post__unit__place=place).select_related("post__unit")
    for appointment in found.order_by("pk"):
        if role in appointment.post.roles:
            return appointment.post.unit
    raise Invalid(
        _("Nobody in %(place)s holds the post of %(role)s. Have somebody appointed, then go on.")
        % {"place": place, "role": catalogue()[role].name}
    )


def _fill(payment: Payment, values: Mapping, chart: Chart) -> Tier:
    """Take over what was typed and check it. Returns the tier the amount falls in."""
    for name in TYPED:
        if name in values:
            value = values[name]
            setattr(payment, name, value.strip() if isinstance(value, str) else value)
    if "account" in values:
        payment.account = chart.account(values["account"])
    payment.payee_norm = norm(payment.payee)
    for name, words in (
        ("purpose", _("Write what the money is for.")),
        ("payee", _("Write who gets the money.")),
    ):
        if not getattr(payment, name):
            raise Invalid(words, field=name)
    if not payment.amount_cents or payment.amount_cents <= 0:
        raise Invalid(_("Write the amount, more than nothing."), field="amount_cents")
    if payment.account.number in MONEY or payment.account.number // 100 in MONEY:
        raise Invalid(_("Choose the account the money is spent on, not the one it comes from."), field="account")
    if payment.decided_on and payment.decided_on > today():
        raise Invalid(_("The day of the decision has not come yet."), field="decided_on")
    tier = tier_for(payment.amount_cents, today())
    if tier is None:
        raise Invalid(_("The county has not said yet who approves which amount. Ask the county's officer."))
    limits = limits_of(payment.set, today())
    blocking.check_decision(payment.amount_cents, payment.decision_no, tier=tier, limits=limits)
    if payment.decision_no:
        grounds.require(
            "decision", payment.decision_no, place=payment.set.place, purpose="payment",
            amount_cents=payment.amount_cents, about=payment.purpose,
        )  # fmt: skip
    blocking.check_invoice(payment.invoice_no, invoice_used(payment.invoice_no, but=payment.pk or 0))
    if payment.method == Voucher.Method.CASH:
        held = cash_held(payment.set, chart.by_code[str(CASH)].pk)
        blocking.check_cash(payment.amount_cents, held=held, limits=limits)
    return tier


def _send(payment: Payment, tier: Tier, verb: str, by, expected: int | None = None) -> Payment:
    unit = unit_for("village_head", payment.set)
    case = cases.move(
        payment.case,
        verb,
        by=by,
        unit=unit,
        class_key=tier.key,
        data={"cents": payment.amount_cents},
        expected=expected,
    )
    return _with(payment, case)


def _marked(payment: Payment, mark: str, action: str, by) -> Payment:
    """Write whose yes it is: never that of somebody who acted before, nor of the payee or their kin."""
    payment = _locked(payment)
    person = allow(by, action, payment.set)
    _apart(payment, person, by)
    setattr(payment, f"{mark}_by", person)
    setattr(payment, f"{mark}_at", now())
    payment.save(update_fields=[f"{mark}_by", f"{mark}_at"])
    return payment


def _apart(payment: Payment, person: Person | None, by) -> None:
    if person and person.pk in (payment.asked_by_id, *(getattr(payment, f"{m}_by_id") for m in MARKS)):
        raise NotAllowed(
            _("You have acted on this request already. Asking, agreeing, stamping and approving are several persons'.")
        )
    stands_apart(
        person,
        by,
        Voucher(
            payee=payment.payee,
            payee_norm=payment.payee_norm,
            payee_kind=payment.payee_kind,
            payee_key=payment.payee_key,
        ),
    )


def _tier(payment: Payment) -> Tier:
    """The tier in force when it was asked for: a county's change does not move a running request."""
    return tier_for(payment.amount_cents, payment.case.received_at.date()) or tier_for(payment.amount_cents, today())


def _lines(payment: Payment, paid_from: BankAccount | None) -> list[dict]:
    cents, account = payment.amount_cents, payment.account
    if payment.method == Voucher.Method.CASH:
        source = str(CASH)
    else:
        source = paid_from.account.code if paid_from else _basic(payment.set)
    return [
        {"account": account.code, "debit_cents": cents, "party": payment.payee if account.kept else ""},
        {"account": source, "credit_cents": cents},
    ]


def _basic(set: AccountSet) -> str:
    found = BankAccount.objects.filter(set=set, kind="basic", closed_on=None).select_related("account").first()
    return found.account.code if found else str(MONEY[1])


def _locked(payment: Payment) -> Payment:
    joined = ("case__procedure", "set__place", "set__unit", "set__agency", "set__township", "account")
    return locked(Payment.objects.select_related(*joined), payment.pk)


def _with(payment: Payment, case: Case) -> Payment:
    payment.case = case
    return payment


def _dropped(payment: Payment, case: Case) -> Payment:
    following.tell(payment, "dropped")
    return _with(payment, case)
