"""Taking a matter in, answering it at once, merging it, refusing it by law, or sending it to the unit that answers."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Place, Unit
from huilian.engine.directory.powers import with_units_below
from huilian.engine.locking import locked
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Case
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from .. import rules
from ..handing import ELSEWHERE
from ..models import Channel, Matter, Order, Programme, RefusalGround, ThreeWayCall
from ..queries import code_digest

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that can be misread over the telephone
CENTRE = ("hotline_operator", "hotline_supervisor")
SHORTEST_TEXT = 6  # characters; below that nobody can act on it


def new_code() -> str:
    """Ten letters and digits, shown once, with which a citizen follows a matter."""
    return "".join(secrets.choice(CODE_LETTERS) for _i in range(10))


@transaction.atomic
def take(
    *,
    by,
    channel: Channel,
    title: str,
    text: str,
    place: Place | None = None,
    where: str = "",
    caller_name: str = "",
    caller_phone: str = "",
    keeps_secret: bool = False,
    matter: Matter | None = None,
    programme: Programme | None = None,
    origin_number: str = "",
    received_at: datetime | None = None,
    code: str = "",
) -> Order:
    """An operator registers a matter, which is thereby accepted and waits for sorting.

    `code` is what the citizen was told to follow the matter with; only its digest is kept.
    """
    require(by, "hotline.take")
    order = _open(
        by=by,
        channel=channel,
        title=title,
        text=text,
        place=place,
        where=where,
        caller_name=caller_name,
        caller_phone=caller_phone,
        keeps_secret=keeps_secret,
        matter=matter,
        programme=programme,
        origin_number=origin_number,
        received_at=received_at,
        taken_by=by,
        code_digest=code_digest(code) if code else "",
    )
    order.case = cases.move(order.case, "accept", by=by, at=received_at)
    return order


@transaction.atomic
def submit(
    *,
    channel: Channel,
    title: str,
    text: str,
    place: Place | None = None,
    where: str = "",
    caller_name: str = "",
    caller_phone: str = "",
    keeps_secret: bool = False,
    topic: str = "",
) -> tuple[Order, str]:
    """A citizen raises a matter, with or without a name. Returns the order and the code, which is not kept."""
    code = new_code()
    order = _open(
        by=Actor(kind="citizen", label=str(channel)),
        channel=channel,
        title=title,
        text=text,
        place=place,
        where=where,
        caller_name=caller_name,
        caller_phone=caller_phone,
        keeps_secret=keeps_secret,
        code_digest=code_digest(code),
        topic=topic,
    )
    return order, code


def _open(*, by, channel, title, text, place, received_at=None, **fields) -> Order:
    if len(text.strip()) < SHORTEST_TEXT:
        raise Invalid(_("Say what happened, where, and what you wish to be done."), field="text")
    phone = fields.get("caller_phone", "").strip()
    if phone and not 7 <= sum(c.isdigit() for c in phone) <= 13:
        raise Invalid(_("This telephone number cannot be right. Give 7 to 13 digits or leave it empty."), field="phone")
    case = cases.open_case(
        "hotline",
        title=title.strip() or text.strip()[:40],
        by=by,
        place=place,
        source=channel.key,
        received_at=received_at,
    )
    return Order.objects.create(case=case, channel=channel, text=text.strip(), **fields)


@transaction.atomic
def accept(order: Order, *, by, expected: int | None = None) -> Order:
    """Accept what a citizen sent in by web, letter or message."""
    cases.move(order.case, "accept", by=by, expected=expected)
    return _fresh(order)


@transaction.atomic
def answer_at_once(order: Order, text: str, *, by, expected: int | None = None) -> Order:
    """Close the question on the line; a call-back by somebody else still follows before the case is closed."""
    cases.move(order.case, "answer_now", by=by, note=text.strip(), expected=expected)
    order = _locked(order)
    order.at_once, order.answer, order.answered_at, order.answered_by = True, text.strip(), now(), by
    order.contacted_at = order.contacted_at or order.answered_at
    order.save(update_fields=["at_once", "answer", "answered_at", "answered_by", "contacted_at"])
    return _fresh(order)


@transaction.atomic
def record_three_way_call(
    order: Order,
    *,
    unit: Unit,
    officer: str,
    started_at: datetime,
    ended_at: datetime,
    conclusion: str,
    citizen_agrees: bool,
    by,
) -> ThreeWayCall:
    """Write down a call of citizen, operator and officer. It dispatches nothing; when the citizen agrees, its
    conclusion may be given as the answer at once."""
    require(by, "hotline.take")
    if not officer.strip() or not conclusion.strip():
        raise Invalid(_("Write who of the unit was on the line and what was concluded."), field="conclusion")
    started_at, ended_at = moment(started_at), moment(ended_at)
    if ended_at < started_at:
        raise Invalid(_("The call ended before it began. Check the two times."), field="ended_at")
    call = ThreeWayCall.objects.create(
        order=order,
        unit=unit,
        officer=officer.strip(),
        started_at=started_at,
        ended_at=ended_at,
        conclusion=conclusion.strip(),
        citizen_agrees=citizen_agrees,
        by=by,
    )
    cases.act(order.case, "three_way_call", by=by, data={"unit": unit.name, "agrees": citizen_agrees})
    return call


@transaction.atomic
def dispatch(
    order: Order,
    *,
    unit: Unit,
    class_key: str,
    matter: Matter | None = None,
    co_units: list[Unit] | None = None,
    note: str = "",
    by,
    expected: int | None = None,
) -> Order:
    """Send the matter to the unit that answers; its class decides the time. Suggestions advise, a person decides.

    Never to a unit the matter complains about. After so many returns (`rules.FIRST_UNIT_AFTER_RETURNS`) the unit is
    named 首接负责 and cannot hand it back. Raises `Invalid` for a unit that is named in the matter.
    """
    _require_not_named(order, unit, *(co_units or ()))
    cases.move(
        order.case,
        "dispatch",
        by=by,
        unit=unit,
        class_key=class_key,
        note=note,
        expected=expected,
        data={"class": class_key, **({"matter": matter.code} if matter else {})},
    )
    if matter is not None:
        Order.objects.filter(pk=order.pk).update(matter=matter, topic=matter.topic)
    for co_unit in co_units or ():
        if co_unit.pk != unit.pk:
            cases.assign_co_handler(order.case, co_unit, by=by, roles=CENTRE)
    order = _fresh(order)
    if rules.answers_first(order.returns):
        cases.act(order.case, "answers_first", by=by, roles=CENTRE, holder="centre", data={"unit": unit.name})
        order = _fresh(order)
    return order


def _require_not_named(order: Order, *units: Unit) -> None:
    named = order.case.parties.exclude(unit=None).values_list("unit", flat=True)
    concerned = with_units_below(set(named)) if named else set()
    for unit in units:
        if unit.pk in concerned:
            raise Invalid(
                _("This matter is about %(unit)s. Send it to the unit above it, or to the one that supervises it.")
                % {"unit": unit},
                field="unit",
            )


@transaction.atomic
def merge(order: Order, first: Order, *, by, expected: int | None = None) -> Order:
    """Let a repeated matter follow the first one; its citizen is told of the first one's answer."""
    first = Order.objects.select_related("case", "merged_into__case").get(pk=first.pk)
    if first.merged_into_id:
        first = first.merged_into
    if first.pk == order.pk:
        raise Invalid(_("A matter cannot be merged into itself."), field="first")
    if first.is_closed:
        raise Conflict(
            _("%(number)s is already closed. Send this one out as a repeated matter instead.")
            % {"number": first.case.number}
        )
    cases.move(order.case, "merge", by=by, expected=expected, data={"into": first.case.number})
    order = _locked(order)
    order.merged_into = first
    order.save(update_fields=["merged_into"])
    cases.act(
        first.case,
        "joined",
        by=by,
        roles=CENTRE,
        holder="centre",
        data={"number": order.case.number},
    )
    return _fresh(order)


@transaction.atomic
def propose_refusal(order: Order, *, ground: RefusalGround | None, note: str, by, expected: int | None = None) -> Order:
    """Propose not to accept a matter, on a listed legal ground; a second reader decides."""
    if ground is None or not ground.is_active:
        raise Invalid(_("Not accepting needs a ground from the list; no ground fits means the matter is accepted."))
    cases.move(
        order.case, "refuse", by=by, note=note, expected=expected, data={"ground": ground.key, "law": ground.law}
    )
    order = _locked(order)
    order.refusal_ground, order.refused_by = ground, by
    order.save(update_fields=["refusal_ground", "refused_by"])
    return _fresh(order)


@transaction.atomic
def confirm_refusal(order: Order, *, by, expected: int | None = None) -> Order:
    """The second reader agrees; the citizen is told the ground and where to go instead, or where it has gone."""
    order = _fresh(order)
    if rules.same_person(by.pk, order.refused_by_id):
        raise NotAllowed(_("The second reader must be somebody else than who proposed it."))
    cases.move(order.case, "confirm_refusal", by=by, expected=expected, data={"ground": order.refusal_ground.key})
    order = _locked(order)
    ground = order.refusal_ground
    order.answer, order.answered_at, order.answered_by = ground.guidance, now(), by
    if hand_over := ELSEWHERE.get(ground.key):
        order.answer += "\n" + _("Its number there: %(number)s.") % {"number": hand_over(order, by)}
    order.save(update_fields=["answer", "answered_at", "answered_by"])
    return _fresh(order)


@transaction.atomic
def reject_refusal(order: Order, *, note: str, by, expected: int | None = None) -> Order:
    """The second reader disagrees: the matter is accepted and sorted."""
    cases.move(order.case, "reject_refusal", by=by, note=note, expected=expected)
    order = _locked(order)
    order.refusal_ground = order.refused_by = None
    order.save(update_fields=["refusal_ground", "refused_by"])
    return _fresh(order)


def _locked(order: Order) -> Order:
    return locked(Order.objects.select_related("case", "refusal_ground"), order.pk)


def _with(order: Order, case: Case) -> Order:
    """The order as it now stands, with `case` as an act has just left it."""
    order = Order.objects.get(pk=order.pk)
    order.case = case
    return order


def _fresh(order: Order) -> Order:
    return Order.objects.select_related(
        "case__procedure", "case__unit", "case__handler", "channel", "refusal_ground"
    ).get(pk=order.pk)
