"""The life of a list: begun, written, laid open, answered, approved, published."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Place, Unit
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import rules
from ..models import Body, Opinion, PowerItem, PowerList
from ..queries.content import values_of
from ..queries.lists import WORKING, body_of, in_force, nearest, owner_key, templates, valid_on
from .guards import locked, require_owner

State = PowerList.State


@transaction.atomic
def begin(body: str, family: str, *, unit: Unit | None = None, township: Place | None = None, by) -> PowerList:
    """A draft of `unit`'s list, or of `township`'s for all its units of this kind, or of the county's template.

    It begins as a copy of what counts for that owner now: adopting is publishing the copy, edited or not.
    """
    require_owner(by, "powers.write", unit=unit, township=township)
    if unit and body_of(unit) != body:
        raise Invalid(
            _("%(unit)s stands under no lists of this kind: %(kind)s.") % {"unit": unit, "kind": Body(body).label},
            field="unit",
        )
    if township and township.level != Place.Level.TOWNSHIP:
        raise Invalid(_("%(place)s is not a township.") % {"place": township}, field="township")
    key = owner_key(unit=unit, township=township)
    mine = PowerList.objects.select_for_update(of=("self",)).filter(owner_key=key, body=body, family=family)
    if mine.filter(state__in=WORKING).exists():
        raise Conflict(_("A draft of this list is in work already. Finish it or throw it away first."))
    base = _base(body, family, unit, township)
    listing = PowerList.objects.create(
        body=body, family=family, unit=unit, township=township, owner_key=key, based_on=base,
        version=(mine.aggregate(n=Max("version"))["n"] or 0) + 1, drafted_by=user_of(by), drafted_at=now(),
    )  # fmt: skip
    if base:
        PowerItem.objects.bulk_create(
            PowerItem(listing=listing, code=item.code, **values_of(item)) for item in base.items.all()
        )
    said = {"family": family, "owner": str(unit or township or "county"), "base": base.version if base else "—"}
    record("powers.begin", listing, by=by, data=said)
    return listing


@transaction.atomic
def save_item(
    listing: PowerList, item: PowerItem | None, values: dict, *, by, expected: int | None = None
) -> PowerItem:
    """Add or change an item of a draft. Raises Invalid where the code does not belong into this list."""
    kept = locked(listing, by, "powers.write", State.DRAFT, State.CONSULTING, expected=expected)
    row = PowerItem.objects.get(pk=item.pk, listing=kept) if item else PowerItem(listing=kept)
    code = str(values.get("code", row.code)).strip().upper()
    if not rules.code_fits(code, kept.body, kept.family):
        example = f"{kept.body}-{rules.LETTER[kept.family]}-01"
        raise Invalid(_("A code of this list is written like %(code)s.") % {"code": example}, field="code")
    for name, value in {**values, "code": code}.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as fault:
        field, faults = next(iter(fault.message_dict.items()))
        raise Invalid(" ".join(faults), field="code" if field == "__all__" else field) from None
    row.save()
    _write(kept, by, "powers.item", {"code": row.code, "name": row.name})
    return row


def save_row(item: PowerItem | None, values: dict, *, by) -> PowerItem:
    """The same for a line of a register or a spreadsheet, which names its list itself."""
    listing = values.get("listing") or (item and item.listing)
    return save_item(listing, item, {name: value for name, value in values.items() if name != "listing"}, by=by)


@transaction.atomic
def strike_item(item: PowerItem, *, by, expected: int | None = None) -> None:
    """Take an item out of a draft. What it was stands in the version before."""
    kept = locked(item.listing, by, "powers.write", State.DRAFT, State.CONSULTING, expected=expected)
    said = {"code": item.code, "name": item.name}
    PowerItem.objects.get(pk=item.pk, listing=kept).delete()
    _write(kept, by, "powers.strike", said)


@transaction.atomic
def discard(listing: PowerList, *, reason: str, by) -> PowerList:
    """Throw a draft away; its number is not given again."""
    if not reason.strip():
        raise Invalid(_("Give the reason in a sentence."), field="reason")
    kept = locked(listing, by, "powers.write", *WORKING)
    kept.state = State.DISCARDED
    return _write(kept, by, "powers.discard", {"reason": reason.strip()})


@transaction.atomic
def consult(listing: PowerList, *, days: int = rules.CONSULTATION_DAYS, by) -> PowerList:
    """Lay a draft open for opinions, in public, for so many natural days."""
    kept = locked(listing, by, "powers.write", State.DRAFT)
    if days < 1:
        raise Invalid(_("Opinions need at least one day."), field="days")
    if not kept.items.exists():
        raise Invalid(_("The draft is empty. Write its items first."))
    kept.state, kept.opinions_from = State.CONSULTING, today()
    kept.opinions_to = today() + timedelta(days)
    return _write(kept, by, "powers.consult", {"until": kept.opinions_to.isoformat()})


@transaction.atomic
def add_opinion(listing: PowerList, text: str, *, by_whom: str, code: str = "", by) -> Opinion:
    """Enter what somebody said of a list that lies open: at the desk, or by anybody on its public page."""
    kept = PowerList.objects.select_for_update(of=("self",)).get(pk=listing.pk)
    if kept.state != State.CONSULTING or today() > kept.opinions_to:
        raise Conflict(_("This list is not open for opinions any more."))
    text, code = text.strip(), code.strip().upper()
    if not text:
        raise Invalid(_("Write the opinion."), field="text")
    if code and not kept.items.filter(code=code).exists():
        raise Invalid(_("This list has no item %(code)s.") % {"code": code}, field="code")
    who = by_whom.strip()[:80] or _("a resident")
    opinion = Opinion.objects.create(listing=kept, code=code, by_whom=who, text=text, received_at=now())
    record("powers.opinion", kept, by=by, data={"code": code or "—"})
    return opinion


@transaction.atomic
def answer_opinion(opinion: Opinion, *, taken: str, answer: str, by) -> Opinion:
    """Say what became of an opinion and why. Everybody may read both."""
    kept = locked(opinion.listing, by, "powers.write", State.CONSULTING)
    row = Opinion.objects.get(pk=opinion.pk)
    if taken not in Opinion.Taken.values or not answer.strip():
        raise Invalid(_("Say what became of the opinion, and why."), field="answer")
    row.taken, row.answer, row.answered_by, row.answered_at = taken, answer.strip(), user_of(by), now()
    row.save()
    _write(kept, by, "powers.answer", {"taken": row.taken})
    return row


@transaction.atomic
def approve(listing: PowerList, *, approval: str, by) -> PowerList:
    """Approve a list after its consultation, by a meeting or document. Who drafted it may not."""
    kept = locked(listing, by, "powers.approve", State.CONSULTING)
    if kept.drafted_by_id and kept.drafted_by_id == getattr(by, "pk", None):
        raise NotAllowed(_("Who drafted a list does not approve it. Ask another person who may."))
    if today() <= kept.opinions_to:
        raise Conflict(_("Opinions may be given until %(day)s. Approve it after that.") % {"day": kept.opinions_to})
    if waiting := kept.opinions.filter(taken="").count():
        raise Conflict(_("%(n)s opinions wait for an answer. Answer each first.") % {"n": waiting})
    if not approval.strip():
        raise Invalid(_("Name the meeting or document that approved it."), field="approval")
    kept.state, kept.approved_by, kept.approved_at = State.APPROVED, user_of(by), now()
    kept.approval = approval.strip()[:120]
    return _write(kept, by, "powers.approve", {"approval": kept.approval})


@transaction.atomic
def publish(listing: PowerList, *, starts_on: date | None = None, by) -> PowerList:
    """Publish an approved list, in force from a day. The version before it ends the day before; cases keep theirs."""
    kept = locked(listing, by, "powers.publish", State.APPROVED)
    starts_on = starts_on or today()
    if starts_on < today():
        raise Invalid(_("A list cannot be in force from a day that is past."), field="starts_on")
    before = PowerList.objects.select_for_update(of=("self",)).filter(
        owner_key=kept.owner_key, body=kept.body, family=kept.family, state=State.PUBLISHED, valid_to=None
    )
    for old in before:
        if old.valid_from >= starts_on:
            raise Conflict(
                _("Version %(n)s is in force from %(day)s. Choose a later day.")
                % {"n": old.version, "day": old.valid_from}
            )
        old.valid_to = starts_on - timedelta(1)
        old.save(update_fields=["valid_to"])
    kept.state, kept.published_by, kept.published_at, kept.valid_from = State.PUBLISHED, user_of(by), now(), starts_on
    return _write(kept, by, "powers.publish", {"version": kept.version, "since": starts_on.isoformat()})


def user_of(by):
    """The account to note beside the act; none for the system."""
    return None if isinstance(by, Actor) else by


# ---------------------------------------------------------------------- inside


def _base(body: str, family: str, unit: Unit | None, township: Place | None) -> PowerList | None:
    """What counts for the owner now."""
    if unit:
        return in_force(unit).get(family)
    if township:
        keys = [owner_key(township=township), ""]
        found = PowerList.objects.filter(valid_on(today()), body=body, owner_key__in=keys)
        return nearest(found, keys).get(family)
    return templates(body).get(family)


def _write(kept: PowerList, by, verb: str, data: dict) -> PowerList:
    kept.save()
    place = kept.unit.place if kept.unit else kept.township
    record(verb, kept, by=by, data=data, place=place and place.code)
    return kept
