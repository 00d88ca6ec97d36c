"""On air and in print: programmes with their guests, callers' questions, promises with a due day, and what the media
found until its outcome is published (S0-11, S0-12, S2-60)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import may, require
from huilian.engine.clocks import services as clocks
from huilian.engine.directory.models import Place, Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.guards import units_of
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from ..models import Channel, MediaItem, Order, Programme, Promise
from .intake import _open, take

LONGEST_PROMISE = 250  # working days; a promise for later than a year is none
RECTIFY_WORKDAYS = 15  # [U] county default: as long as a major matter


def _written(text: str, field: str, sentence: str) -> str:
    text = text.strip()
    if len(text) < 4:
        raise Invalid(sentence, field=field)
    return text


def _media(channel: Channel) -> Channel:
    if not channel.is_media:
        raise Invalid(_("%(channel)s is no programme or paper. Choose a media channel.") % {"channel": channel})
    return channel


@transaction.atomic
def schedule_programme(
    *, channel: Channel, title: str, airs_at: datetime, unit: Unit, guest: str = "", note: str = "", by
) -> Programme:
    """Put a broadcast or an issue into the plan, with the unit whose head answers in it."""
    require(by, "hotline.media")
    programme = Programme.objects.create(
        channel=_media(channel),
        title=_written(title, "title", _("Give the programme a title.")),
        airs_at=moment(airs_at),
        unit=unit,
        guest=guest.strip(),
        note=note.strip(),
    )
    record("hotline.programme", programme, by=by, data={"title": programme.title, "unit": unit.name})
    return programme


@transaction.atomic
def take_question(
    programme: Programme,
    *,
    title: str,
    text: str,
    place: Place | None = None,
    caller_name: str = "",
    caller_phone: str = "",
    keeps_secret: bool = False,
    by,
) -> Order:
    """Make a caller's question an order of the programme. Whoever takes calls accepts it with that; an editor only
    registers it, and the centre accepts and sorts it."""
    require(by, "hotline.media")
    if programme.airs_at > now():
        raise Conflict(_("The programme has not been on air yet; there can be no question from it."))
    asked = {
        "channel": programme.channel,
        "title": title,
        "text": text,
        "place": place,
        "caller_name": caller_name,
        "caller_phone": caller_phone,
        "keeps_secret": keeps_secret,
        "programme": programme,
    }
    order = take(by=by, **asked) if may(by, "hotline.take") else _open(by=by, taken_by=by, **asked)
    record("hotline.question", programme, by=by, data={"number": order.case.number})
    return order


@transaction.atomic
def note_promise(
    programme: Programme,
    *,
    text: str,
    length: int,
    counted: str = "workday",
    unit: Unit | None = None,
    order: Order | None = None,
    by,
) -> Promise:
    """Write down what was promised on air. Its time runs from the broadcast; `length` is in working or natural days."""
    require(by, "hotline.media")
    text = _written(text, "text", _("Write the promise in the words that were used on air."))
    if counted not in ("workday", "day"):
        raise Invalid(_("A promise is counted in working days or in natural days."), field="counted")
    if not 1 <= length <= LONGEST_PROMISE:
        raise Invalid(
            _("Write within how many days it was promised, 1 to %(n)s.") % {"n": LONGEST_PROMISE}, field="length"
        )
    if programme.airs_at > now():
        raise Conflict(_("The programme has not been on air yet; nothing was promised in it."))
    if order is not None and order.programme_id not in (None, programme.pk):
        raise Invalid(_("This matter was raised in another programme."), field="order")
    unit = unit or programme.unit
    number = next_number("CN", on=moment(programme.airs_at).date())
    clock = clocks.start(
        f"hotline.promise:{number}",
        length=length,
        unit=counted,
        start_at=programme.airs_at,
        kind="promise",
        place=unit.place,
        by=by,
    )
    promise = Promise.objects.create(programme=programme, order=order, unit=unit, text=text, clock=clock)
    data = {"text": text, "unit": unit.name, "due": f"{clock.due_on}", "number": number}
    record("hotline.promise", programme, by=by, data=data)
    return promise


@transaction.atomic
def keep_promise(promise: Promise, *, proof: str, by) -> Promise:
    """Note that a promise was kept, with the proof: by the unit that gave it or by the editor. Late stays late."""
    promise = (
        Promise.objects.select_for_update(of=("self",)).select_related("clock", "unit", "programme").get(pk=promise.pk)
    )
    _unit_or_editor(by, promise.unit)
    if promise.kept_at:
        raise Conflict(_("This promise is already noted as kept."))
    promise.proof = _written(proof, "proof", _("Write what proves it: what was done, when, and who has seen it."))
    promise.kept_at = now()
    promise.save(update_fields=["proof", "kept_at"])
    clocks.stop(promise.clock, at=promise.kept_at, by=by)
    record("hotline.keep_promise", promise.programme, by=by, data={"text": promise.text, "proof": promise.proof})
    return promise


def _unit_or_editor(by, unit: Unit) -> None:
    if not may(by, "hotline.media") and unit.pk not in units_of(by):
        raise NotAllowed(_("Only the people of %(unit)s or the programme's editors may do this.") % {"unit": unit.name})


@transaction.atomic
def open_media_item(
    *, channel: Channel, title: str, unit: Unit, found: str, found_at: datetime | None = None, order=None, by
) -> MediaItem:
    """Write down what an interview or inquiry of the media found, with the order behind it when there is one."""
    require(by, "hotline.media")
    when = moment(found_at) if found_at else now()
    if when > now():
        raise Invalid(_("What was found cannot lie in the future."), field="found_at")
    item = MediaItem.objects.create(
        number=next_number("MT", on=now().date()),
        channel=_media(channel),
        title=_written(title, "title", _("Give the item a title.")),
        unit=unit,
        order=order,
        found=_written(found, "found", _("Write what the interview found: where, when, who was heard.")),
        found_at=when,
    )
    record("hotline.media_open", item, by=by, data={"title": item.title, "unit": unit.name})
    return item


def _item(item: MediaItem, stage: str) -> MediaItem:
    item = MediaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.stage != stage:
        raise Conflict(
            _("%(number)s is already %(stage)s; nothing was changed.")
            % {"number": item.number, "stage": item.get_stage_display()}
        )
    return item


@transaction.atomic
def demand_rectification(item: MediaItem, *, demand: str, length: int = RECTIFY_WORKDAYS, by) -> MediaItem:
    """Put the item under supervision: the unit is to put right what was found, within `length` working days.

    With an open order behind it this also supervises its case, so that it shows there and must be answered there.
    """
    require(by, "hotline.media")
    require(by, "case.supervise")
    item = _item(item, MediaItem.Stage.INVESTIGATING)
    demand = _written(demand, "demand", _("Write what is to be put right."))
    if not 1 <= length <= LONGEST_PROMISE:
        raise Invalid(_("Write within how many working days, 1 to %(n)s.") % {"n": LONGEST_PROMISE}, field="length")
    if item.order_id and item.order.case.is_open:
        level = max(2, item.order.case.supervision)  # 督办, or what it already stands at
        item.supervision_number = cases.supervise(item.order.case, demand=demand, level=level, by=by).number
    item.demand, item.supervised_at, item.stage = demand, now(), MediaItem.Stage.SUPERVISED
    item.clock = clocks.start(
        item, length=length, unit="workday", start_at=item.supervised_at, kind="rectify", place=item.unit.place, by=by
    )
    item.save()
    data = {"demand": demand, "unit": item.unit.name, "due": f"{item.clock.due_on}"}
    record("hotline.media_supervise", item, by=by, data={**data, "number": item.supervision_number})
    return item


@transaction.atomic
def rectify(item: MediaItem, *, rectification: str, by) -> MediaItem:
    """The unit says what it has put right, with proof; an editor may write it down for the unit."""
    item = _item(item, MediaItem.Stage.SUPERVISED)
    _unit_or_editor(by, item.unit)
    item.rectification = _written(rectification, "rectification", _("Write what was put right and what proves it."))
    item.rectified_at, item.stage = now(), MediaItem.Stage.RECTIFIED
    item.save()
    clocks.stop(item.clock, at=item.rectified_at, by=by)
    record("hotline.media_rectify", item, by=by, data={"rectification": item.rectification})
    return item


@transaction.atomic
def publish_outcome(item: MediaItem, *, outcome: str, by) -> MediaItem:
    """Note what was published about the outcome. Nothing is published before it was put right."""
    require(by, "hotline.media")
    item = _item(item, MediaItem.Stage.RECTIFIED)
    item.outcome = _written(outcome, "outcome", _("Write what was published, where and when."))
    item.published_at, item.stage = now(), MediaItem.Stage.PUBLISHED
    item.save()
    record("hotline.media_publish", item, by=by, data={"outcome": item.outcome})
    return item
