"""The life of one item: drafted, checked by somebody else, published, corrected by a new version, withdrawn."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import people, rules, sealing
from ..models import Item, Kind, Obligation
from ..sources import SOURCES, Body
from .guards import CHECK_ACTIONS, changed, locked_item, locked_obligation, require_here, user_of

S = Item.State
UNDER_WAY = (S.DRAFT, S.CHECKING, S.CHECKED)


@transaction.atomic
def draft(
    obligation: Obligation,
    *,
    body: Body | None = None,
    title: str = "",
    stage: int = Kind.Stage.RESULT,
    by,
) -> Item:
    """Begin the item of a duty: from its registered source, or with the `body` that was typed or read from a sheet.

    Raises Conflict where one is under way or already up (correct it instead).
    """
    require_here(by, "disclosure.draft", obligation.place)
    obligation = locked_obligation(obligation)
    if obligation.excuse:
        raise Conflict(_("Nothing has to be published here: %(why)s") % {"why": obligation.excuse})
    if obligation.items.filter(state__in=(*UNDER_WAY, S.PUBLISHED)).exists():
        raise Conflict(
            _("“%(what)s” is already under way or published. Open it and go on there.") % {"what": obligation}
        )
    return _new(obligation, body, title, stage, by)


def _new(obligation: Obligation, body: Body | None, title: str, stage: int, by, replaces: Item | None = None) -> Item:
    kind = obligation.kind
    source = ""
    if body is None:
        body, source = from_source(obligation), kind.source
    item = Item(
        number=next_number("GK", on=today()),
        obligation=obligation,
        place=obligation.place,
        township_id=obligation.township_id,
        place_path=obligation.place_path,
        kind=kind,
        period=obligation.period,
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
        title=title.strip()[:200] or sealing.title_of(obligation),
        stage=stage,
        source=source,
        drafted_by=user_of(by),
        drafted_at=now(),
    )
    sealing.fill(item, body)
    item.save(force_insert=True)
    record("disclosure.draft", item, by=by, data={"title": item.title, "rows": item.row_count}, place=item.place)
    return item


def from_source(obligation: Obligation) -> Body:
    """What the source of the kind gives for the duty; an empty table of the template where it has none."""
    kind = obligation.kind
    if not kind.source:
        return Body(kind.columns, [])
    if kind.source not in SOURCES:
        raise Invalid(
            _("The books behind “%(kind)s” are not connected here. Fill in the table by hand.") % {"kind": kind}
        )
    return SOURCES[kind.source](obligation.place, rules.read_period(kind.cycle, obligation.period))


@transaction.atomic
def change(
    item: Item,
    *,
    title: str,
    rows: Sequence[Sequence],
    note: str = "",
    stage: int = Kind.Stage.RESULT,
    facts: Mapping | None = None,
    by,
) -> Item:
    """Write the lines of a draft anew. Lines that came from the books stay as they are; the books are put right."""
    require_here(by, "disclosure.draft", item.place)
    item = _at(item, S.DRAFT)
    if item.source and [list(r) for r in rows] != item.rows:
        raise NotAllowed(_("These lines come from the books. Correct the books, then draft the item again."))
    body = Body(item.columns, rows, item.facts if facts is None else facts, note, item.expected_rows)
    item.title, item.stage = title.strip()[:200] or item.title, stage
    sealing.fill(item, body)
    item.save()
    record("disclosure.change", item, by=by, data={"rows": item.row_count}, place=item.place)
    return item


@transaction.atomic
def renew(item: Item, *, by) -> Item:
    """Take the lines of a draft from the books once more."""
    require_here(by, "disclosure.draft", item.place)
    item = _at(item, S.DRAFT)
    sealing.fill(item, from_source(item.obligation))
    item.source = item.kind.source
    item.save()
    record("disclosure.change", item, by=by, data={"rows": item.row_count}, place=item.place)
    return item


@transaction.atomic
def discard(item: Item, *, by) -> None:
    """Throw a draft away that was never published; its number stays used and the trail keeps that it was there."""
    require_here(by, "disclosure.draft", item.place)
    item = _at(item, *UNDER_WAY)
    record("disclosure.discard", item, by=by, data={"title": item.title}, place=item.place)
    item.delete()


@transaction.atomic
def send_to_check(item: Item, *, by) -> Item:
    """Hand the draft to those who check it. What must not be public is refused here already, with its line."""
    require_here(by, "disclosure.draft", item.place)
    item = _at(item, S.DRAFT)
    sealing.refuse_leaks(item)
    if not item.rows and not item.note and not item.source:
        raise Invalid(_("The table is empty. Enter at least one line, or write in the remark why there is none."))
    item.state = S.CHECKING
    item.save(update_fields=["state"])
    record("disclosure.send", item, by=by, place=item.place)
    checker = CHECK_ACTIONS[item.kind.checker]
    people.tell_checkers(item, checker, "disclosure.to_check")
    return item


@transaction.atomic
def check(item: Item, *, passed: bool, note: str = "", by) -> Item:
    """The supervision committee (or whoever the catalogue names) checks. Never who drafted it (审核与起草分离)."""
    item = _at(item, S.CHECKING)
    require_here(by, CHECK_ACTIONS[item.kind.checker], item.place)
    if item.drafted_by_id and item.drafted_by_id == getattr(user_of(by), "pk", None):
        raise NotAllowed(_("You have drafted this yourself. Somebody else must check it."))
    note = note.strip()
    if not passed and not note:
        raise Invalid(_("Say what has to be put right."), field="note")
    item.check_note = note[:300]
    if passed:
        item.state, item.checked_by, item.checked_at = S.CHECKED, user_of(by), now()
    else:
        item.state = S.DRAFT
    item.save(update_fields=["state", "checked_by", "checked_at", "check_note"])
    verb = "disclosure.pass" if passed else "disclosure.return"
    record(verb, item, by=by, data={"note": item.check_note}, place=item.place)
    people.tell_drafter(item, "disclosure.passed" if passed else "disclosure.returned")
    return item


@transaction.atomic
def publish(item: Item, *, by) -> Item:
    """Make it public: the contents are frozen and sealed by their digest, which enters the public log."""
    require_here(by, "disclosure.publish", item.place)
    obligation = locked_obligation(item.obligation)
    item = _at(item, S.CHECKED)
    sealing.refuse_leaks(item)
    item.published_by, item.published_at = user_of(by), now()
    sealing.seal(item)
    item.state = S.PUBLISHED
    old = locked_item(item.replaces) if item.replaces_id else None
    if old is not None and old.is_up:
        sealing.end(old, S.REPLACED)
        old.save(update_fields=["state", "ended_on", "days_shown"])
    event = record("disclosure.publish", item, by=by, data=sealing.facts_of(item), place=item.place)
    item.event_id = event.pk
    item.save()
    if obligation.met_on is None:
        obligation.met_on = item.published_at.date()
    obligation.board_on = None  # a new version must go up on the board as well
    obligation.save(update_fields=["met_on", "board_on"])
    changed(obligation)
    return item


@transaction.atomic
def correct(item: Item, *, reason: str, body: Body | None = None, by) -> Item:
    """Begin a new version of what is up. The old one stays readable, with the reason; it is never edited."""
    require_here(by, "disclosure.draft", item.place)
    obligation = locked_obligation(item.obligation)
    item = _at(item, S.PUBLISHED)
    if not reason.strip():
        raise Invalid(_("Say what was wrong; everybody can read it."), field="reason")
    if obligation.items.filter(state__in=UNDER_WAY).exists():
        raise Conflict(_("A correction is already under way. Open it and go on there."))
    if body is None:
        body = from_source(obligation) if item.source else Body(item.columns, item.rows, item.facts, item.note)
    fresh = _new(obligation, body, item.title, item.stage, by, replaces=item)
    fresh.source, fresh.reason = item.source, reason.strip()[:300]
    fresh.save(update_fields=["source", "reason"])
    record("disclosure.correct", item, by=by, data={"into": fresh.number, "reason": fresh.reason}, place=item.place)
    return fresh


@transaction.atomic
def withdraw(item: Item, *, reason: str, by) -> Item:
    """Take an item off the web. Its lines vanish, that it was there and why it went stays for everybody to read."""
    require(by, "disclosure.withdraw")
    require_here(by, "disclosure.withdraw", item.place)
    obligation = locked_obligation(item.obligation)
    item = _at(item, S.PUBLISHED)
    if len(reason.strip()) < 4:
        raise Invalid(_("Say why it is withdrawn; everybody can read it."), field="reason")
    sealing.end(item, S.WITHDRAWN)
    item.reason = reason.strip()[:300]
    item.save(update_fields=["state", "ended_on", "days_shown", "reason"])
    obligation.met_on = obligation.board_on = None  # the duty is open again
    obligation.save(update_fields=["met_on", "board_on"])
    changed(obligation)
    record("disclosure.withdraw", item, by=by, data={"reason": item.reason}, place=item.place)
    return item


def _at(item: Item, *states: str) -> Item:
    """The item, locked, if it stands at one of `states`; else Conflict."""
    item = locked_item(item)
    if item.state not in states:
        raise Conflict(
            _("%(number)s is now “%(state)s”; this cannot be done any more. Look at it again.")
            % {"number": item.number, "state": item.get_state_display()}
        )
    return item
