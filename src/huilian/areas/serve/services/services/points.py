"""What happens at a point beside applications: questions to whom was asked first, tickets, postings, volunteers."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now, today

from ..models import Inquiry, Item, Point, Posting, SignUp, Ticket, Volunteer, Window
from .catalogue import fresh
from .people import CITIZEN, own_point, require_point


@transaction.atomic
def note_inquiry(
    *, matter: str, item: Item | None = None, name: str = "", phone: str = "", answer: str = "", point=None, by
) -> Inquiry:
    """首问登记: whoever is asked writes it down, with the answer if there is one already."""
    require(by, "service.take")
    point = point or own_point(by)
    require_point(by, "service.take", point)
    if len(matter.strip()) < 4:
        raise Invalid(_("Write in a sentence what was asked."), field="matter")
    when = now()
    inquiry = Inquiry.objects.create(
        number=next_number("ZX", on=when.date()),
        point=point,
        township=point.township,
        item=item,
        matter=matter.strip(),
        name=name.strip(),
        phone=phone.strip(),
        receiver=by,
        asked_at=when,
        answer=answer.strip(),
        settled_at=when if answer.strip() else None,
    )
    record("services.inquiry", inquiry, by=by, data={"answered": bool(inquiry.answer)}, place=point.place)
    return inquiry


@transaction.atomic
def answer_inquiry(inquiry: Inquiry, answer: str, *, by) -> Inquiry:
    """Answer what was asked."""
    inquiry = _open_inquiry(inquiry, by)
    if len(answer.strip()) < 2:
        raise Invalid(_("Write what was answered."), field="answer")
    inquiry.answer, inquiry.settled_at = answer.strip(), now()
    inquiry.save(update_fields=["answer", "settled_at"])
    record("services.answer_inquiry", inquiry, by=by)
    return inquiry


@transaction.atomic
def hand_over(inquiry: Inquiry, *, unit: Unit, contact: str, by) -> Inquiry:
    """Bring the person to who can answer, by name: only then has who was asked first done their part."""
    inquiry = _open_inquiry(inquiry, by)
    if len(contact.strip()) < 2:
        raise Invalid(_("Name whom to see there, so that nobody is sent from door to door."), field="contact")
    inquiry.handed_to, inquiry.handed_contact, inquiry.settled_at = unit, contact.strip(), now()
    inquiry.save(update_fields=["handed_to", "handed_contact", "settled_at"])
    record("services.hand_over", inquiry, by=by, data={"unit": unit.name})
    return inquiry


def _open_inquiry(inquiry: Inquiry, by) -> Inquiry:
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("point__unit").get(pk=inquiry.pk)
    require_point(by, "service.take", inquiry.point)
    if inquiry.settled_at:
        raise Conflict(_("%(number)s was settled already.") % {"number": inquiry.number})
    return inquiry


@transaction.atomic
def draw_ticket(point: Point, item: Item | None = None, *, by=CITIZEN) -> Ticket:
    """Draw the next number of today at a hall."""
    point = Point.objects.select_for_update().get(pk=point.pk)
    last = Ticket.objects.filter(point=point, on=today()).aggregate(last=Max("number"))["last"] or 0
    return Ticket.objects.create(point=point, on=today(), number=last + 1, item=item, taken_at=now())


@transaction.atomic
def call_next(window: Window, *, by) -> Ticket:
    """Call the next number to a window: the lowest for what the window serves. Nobody is called out of turn."""
    require_point(by, "service.take", window.point)
    Point.objects.select_for_update().get(pk=window.point_id)
    waiting = Ticket.objects.filter(point=window.point, on=today(), called_at=None)
    served = set(window.items.values_list("pk", flat=True))
    ticket = next((t for t in waiting.order_by("number") if not served or t.item_id in served | {None}), None)
    if ticket is None:
        raise Conflict(_("Nobody is waiting for this window."))
    ticket.window, ticket.called_at = window, now()
    ticket.save(update_fields=["window", "called_at"])
    record("services.call_next", window, by=by, data={"number": ticket.number})
    return ticket


@transaction.atomic
def save_posting(posting: Posting | None, values: dict, *, by) -> Posting:
    """Post or change a job, a loan, a course, a policy."""
    point = values.get("point") or posting.point
    require_point(by, "service.take", point)
    row = fresh(posting, Posting)
    row.number = row.number or next_number("XX", on=today())
    for name, value in values.items():
        setattr(row, name, value)
    if row.closes_on and row.closes_on < row.opens_on:
        raise Invalid(_("The last day lies before the first."), field="closes_on")
    row.save()
    record("services.posting", row, by=by, data={"title": row.title}, place=point.place)
    return row


@transaction.atomic
def withdraw_posting(posting: Posting, *, by) -> Posting:
    """Take a posting down; who signed up stays on its list."""
    require_point(by, "service.take", posting.point)
    if posting.withdrawn_on:
        raise Conflict(_("This posting was withdrawn already."))
    posting.withdrawn_on = today()
    posting.save(update_fields=["withdrawn_on"])
    record("services.withdraw_posting", posting, by=by)
    return posting


@transaction.atomic
def sign_up(posting: Posting, *, name: str, phone: str, note: str = "", by=CITIZEN) -> SignUp:
    """Sign up for a job, a loan, a course; once, and as long as there are seats."""
    posting = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    name, phone = name.strip(), phone.strip()
    if len(name) < 2:
        raise Invalid(_("Write your name."), field="name")
    if not 7 <= sum(c.isdigit() for c in phone) <= 13:
        raise Invalid(_("Give a telephone number of 7 to 13 digits, so that we can call you."), field="phone")
    if posting.withdrawn_on or (posting.closes_on and posting.closes_on < today()) or posting.opens_on > today():
        raise Conflict(_("“%(title)s” takes no sign-ups today.") % {"title": posting.title})
    if known := posting.sign_ups.filter(name=name, phone=phone).first():
        return known
    if posting.seats is not None and posting.sign_ups.count() >= posting.seats:
        raise Conflict(_("All %(seats)s seats are taken.") % {"seats": posting.seats})
    row = SignUp.objects.create(posting=posting, name=name, phone=phone, note=note.strip()[:200], signed_at=now())
    record("services.sign_up", posting, by=by)
    return row


@transaction.atomic
def note_outcome(row: SignUp, *, outcome: str, by) -> SignUp:
    """Write what came of a sign-up: placed, enrolled, granted, or why not."""
    require_point(by, "service.take", row.posting.point)
    if len(outcome.strip()) < 2:
        raise Invalid(_("Write what came of it."), field="outcome")
    row.outcome = outcome.strip()[:200]
    row.save(update_fields=["outcome"])
    record("services.outcome", row.posting, by=by)
    return row


@transaction.atomic
def save_volunteer(volunteer: Volunteer | None, values: dict, *, by) -> Volunteer:
    """Enter or change a volunteer of a point."""
    point = values.get("point") or volunteer.point
    require_point(by, "service.take", point)
    row = fresh(volunteer, Volunteer)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record("services.volunteer", point, by=by, data={})
    return row


@transaction.atomic
def end_volunteer(volunteer: Volunteer, *, on: date, by) -> Volunteer:
    """A volunteer helps no longer."""
    require_point(by, "service.take", volunteer.point)
    if on < volunteer.starts_on:
        raise Invalid(_("The last day lies before the first."), field="on")
    volunteer.ends_on = on
    volunteer.save(update_fields=["ends_on"])
    record("services.end_volunteer", volunteer.point, by=by)
    return volunteer
