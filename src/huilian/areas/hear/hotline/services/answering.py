"""What the unit does: sign, object, contact, answer, report; and the centre's check of the report."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Unit
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Extension
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from .. import rules
from ..models import Contact, Objection, Order
from .intake import _fresh, _locked, _with

SHORTEST_ANSWER = 10  # characters; “已处理” is no answer


@transaction.atomic
def sign(order: Order, *, by, expected: int | None = None) -> Order:
    """The unit signs for the matter."""
    return _with(order, cases.move(order.case, "sign", by=by, expected=expected))


@transaction.atomic
def object_to_dispatch(
    order: Order, *, ground: str, proposed: Unit | None = None, by, expected: int | None = None
) -> Objection:
    """The unit says the matter is not its own and, if it can, whose it is. The time does not stop meanwhile.

    Raises `Conflict` for the unit named 首接负责: it answers and finds out with others whose matter it is.
    """
    if rules.answers_first(_fresh(order).returns):
        raise Conflict(
            _(
                "This matter was already returned %(n)s times, so your unit answers for it first (首接负责). "
                "Ask the centre for co-handling units instead."
            )
            % {"n": order.returns},
            field="ground",
        )
    cases.move(
        order.case,
        "object",
        by=by,
        note=ground.strip(),
        expected=expected,
        data={"proposed": proposed.name} if proposed else {},
    )
    order = _locked(order)
    order.returns += 1
    order.save(update_fields=["returns"])
    return Objection.objects.create(
        order=order,
        unit=order.case.unit,
        proposed=proposed,
        ground=ground.strip(),
        raised_at=now(),
        raised_by=by,
    )


@transaction.atomic
def rule_on_objection(objection: Objection, *, uphold: bool, ruling: str, by, expected: int | None = None) -> Objection:
    """The duty head rules within four working hours: back to sorting, or back to the unit."""
    order = objection.order
    cases.move(
        order.case,
        "uphold_objection" if uphold else "overrule_objection",
        by=by,
        note=ruling.strip(),
        expected=expected,
    )
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    objection.upheld, objection.ruling = uphold, ruling.strip()
    objection.ruled_at, objection.ruled_by = now(), by
    objection.save()
    return objection


@transaction.atomic
def contact(order: Order, *, note: str, reached: bool = True, by) -> Contact:
    """Write down a talk with the citizen, or an attempt."""
    if not note.strip():
        raise Invalid(_("Write what was said, or that nobody answered."), field="note")
    cases.act(order.case, "contact", by=by, data={"reached": reached})
    order = _locked(order)
    if reached and order.contacted_at is None:
        order.contacted_at = now()
        order.save(update_fields=["contacted_at"])
    return Contact.objects.create(order=order, at=now(), by=by, reached=reached, note=note.strip())


@transaction.atomic
def answer(order: Order, text: str, *, by, expected: int | None = None) -> Order:
    """First feedback: the answer is delivered to the citizen, and only that stops the clock."""
    if len(text.strip()) < SHORTEST_ANSWER:
        raise Invalid(
            _("Write the answer the citizen gets: what was found, what was done, on what basis."), field="text"
        )
    case = cases.move(order.case, "answer", by=by, note=text.strip(), expected=expected)
    # A new answer asks for a new rating. The case is locked, so its order may be written without being read.
    Order.objects.filter(pk=order.pk).update(
        answer=text.strip(), answered_at=now(), answered_by=by, solved="", satisfaction=None, rated_at=None
    )
    return _with(order, case)


@transaction.atomic
def report(order: Order, text: str, *, by, expected: int | None = None) -> Order:
    """Second feedback: the unit reports to the centre what was done, with proof attached."""
    case = cases.move(order.case, "report", by=by, note=text.strip(), expected=expected)
    Order.objects.filter(pk=order.pk).update(report=text.strip(), reported_at=now())
    return _with(order, case)


@transaction.atomic
def check_report(order: Order, *, passed: bool, note: str = "", by, expected: int | None = None) -> Order:
    """The centre checks the report: on to the call-back, or back to the unit with the clock as if never stopped."""
    verb = "accept_report" if passed else "return"
    return _with(order, cases.move(order.case, verb, by=by, note=note.strip(), expected=expected))


@transaction.atomic
def tell_extension(order: Order, *, note: str, by) -> Extension:
    """The unit tells the citizen that it takes longer, and why; told is told only when somebody was reached."""
    extension = Extension.objects.filter(case=order.case, approved=True, told_at=None).order_by("-id").first()
    if extension is None:
        raise Conflict(_("There is no approved extension that still has to be told."))
    contact(order, note=note, by=by)
    return cases.tell_extension(extension, by=by)
