"""A talk from the booking to the person's return."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from .. import rules
from ..models import Handover, Mark, Room, Talk
from ..queries.reach import visible_rooms, who_may
from ..queries.states import limits, running, table, warnings_of
from .guards import allow, allow_guard, in_state, keep, keeper_of, readers, said, seal, told

PERSON = ("name", "identity", "unit", "post", "age", "health")
SPECIAL = ("over_60", "minor", "ill", "pregnant")  # ages and states of health that ask for a medical check
MARKS = {  # which moment may follow which
    "start": ("",), "rest": ("start", "resume"), "meal": ("start", "resume", "rest"), "resume": ("rest", "meal"),
    "end": ("start", "resume", "rest", "meal"),
}  # fmt: skip


@transaction.atomic
def book(
    room: Room, *, case_number: str, begins_at: datetime, ends_at: datetime, people: int, talker: User, second: User,
    guard: User, risk: int, person: dict[str, str], plan: str, by: User,
) -> Talk:  # fmt: skip
    """Ask for a room for a case one works on. `person` and `plan` go into the box of the talk and nowhere else.

    Raises NotAllowed (not their case), Invalid (people, hours, number) or Conflict (room or people are taken then).
    """
    require(by, "office.book")
    talk = Talk(
        room=room, case_number=case_number.strip(), begins_at=begins_at, ends_at=ends_at, people=people, talker=talker,
        second=second, guard=guard, risk=risk, asked_by=by, needs_medical=risk >= rules.MEDICAL_FROM
        or any(person.get(key) in SPECIAL for key in ("age", "health")),
    )  # fmt: skip
    _check(talk, person, by)
    Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    three = [talker.pk, second.pk, guard.pk]
    list(User.objects.select_for_update(of=("self",)).filter(pk__in=three).order_by("pk").values_list("pk"))
    others = Talk.objects.filter(state__in=Talk.LIVE, begins_at__lt=ends_at, ends_at__gt=begins_at)
    if taken := others.filter(room=room).first():
        raise Conflict(
            _("%(room)s is taken from %(from)s to %(to)s.")
            % {"room": room, "from": f"{moment(taken.begins_at):%H:%M}", "to": f"{moment(taken.ends_at):%H:%M}"},
            field="begins_at",
        )
    for name in ("talker", "second", "guard"):
        one = getattr(talk, name)
        if any(others.filter(**{other: one}).exists() for other in ("talker", "second", "guard")):
            raise Conflict(_("%(name)s is in another talk at that time.") % {"name": one}, field=name)
    talk.number = next_number("TH", on=moment(begins_at).date())
    talk.save()
    kept = {key: person[key].strip() for key in PERSON if person.get(key, "").strip()}
    seal(talk, "content", {"person": kept, "plan": said(plan, "plan")}, by=by)
    deciders = [u for u in who_may("office.approve") if u in readers(talk) and u not in (talker, second, by)]
    if not deciders:
        raise Conflict(_("Nobody with a key of the vault could agree to this talk."))
    notify(deciders, "office.decide", talk, {"number": talk.number}, f"/desk/office/talk/{talk.number}/")
    return keep(talk, "office.book", by, room=str(room), **{"from": told(moment(begins_at))}, risk=risk)


def _check(talk: Talk, person: dict[str, str], by) -> None:
    keeper = keeper_of(talk.case_number)
    for user in (talk.talker, talk.second):
        if not keeper.works_on(user, talk.case_number):
            raise NotAllowed(_("%(name)s does not work on this case.") % {"name": user})
    if by not in (talk.talker, talk.second):
        raise NotAllowed(_("Who books a place is one of the two who talk."))
    if len({talk.talker, talk.second, talk.guard}) < 3:
        raise Invalid(_("Two talk, and a third person is the safety officer."), field="guard")
    for user, action, name in ((talk.second, "office.book", "second"), (talk.guard, "office.guard", "guard")):
        if user not in who_may(action):
            raise Invalid(_("%(name)s holds no post for this.") % {"name": user}, field=name)
    if talk.risk not in rules.RISKS:
        raise Invalid(_("Choose a grade of risk."), field="risk")
    if not person.get("name", "").strip():
        raise Invalid(_("Say who is talked to. It is sealed."), field="name")
    if not talk.room.is_active or not visible_rooms(by).filter(pk=talk.room_id).exists():
        raise Invalid(_("%(room)s is no longer in use.") % {"room": talk.room}, field="room")
    if not 4 <= talk.people <= talk.room.capacity:
        raise Invalid(
            _("At least four are in the room, and it holds %(n)d.") % {"n": talk.room.capacity}, field="people"
        )
    if talk.begins_at < now():
        raise Invalid(_("This time is past."), field="begins_at")
    fault = rules.fault_of(moment(talk.begins_at), moment(talk.ends_at), limits())
    if fault:
        words = {
            "order": _("A talk ends after it begins."), "longest": _("This is longer than a talk may last."),
            "night": _("Nobody is talked to at night."),
        }  # fmt: skip
        raise Invalid(words[fault], field="ends_at")


@transaction.atomic
def decide(talk: Talk, *, agree: bool, by: User) -> Talk:
    """Agree to a talk and its safety plan, or not. Nobody agrees to a talk they hold or must step back from."""
    talk = allow(by, "office.approve", talk)
    in_state(talk, "asked")
    if by in (talk.talker, talk.second, talk.guard, talk.asked_by):
        raise NotAllowed(_("Who takes part in a talk does not agree to it."))
    if keeper_of(talk.case_number).keeps_away(by, talk.case_number):
        raise NotAllowed(_("You must keep away from this case."))
    talk.state, talk.decided_by = ("agreed" if agree else "refused"), by
    notify([talk.talker, talk.second, talk.guard], "office.decided", talk, {"number": talk.number},
           f"/desk/office/talk/{talk.number}/")  # fmt: skip
    return keep(talk, "office.decide", by, said=talk.get_state_display())


@transaction.atomic
def give_up(talk: Talk, *, by: User) -> Talk:
    """Give a booking up before the person came; the room is free again."""
    talk = allow(by, "office.book", talk)
    in_state(talk, "asked", "agreed")
    if talk.handovers.exists():
        raise Conflict(_("The person is being handed over already."))
    talk.state = "cancelled"
    return keep(talk, "office.give_up", by)


@transaction.atomic
def note_medical(talk: Talk, *, is_fit: bool, text: str, by: User) -> Talk:
    """What the doctor found, sealed; in clear stand the hour and whether the person is fit to be talked to."""
    talk = allow_guard(by, talk)
    in_state(talk, "agreed")
    if talk.medical_at:
        raise Conflict(_("The medical check is written down already."))
    talk.medical_at, talk.is_fit = now(), is_fit
    seal(talk, "medical", {"text": said(text)}, by=by)
    return keep(talk, "office.medical", by, said=_("fit") if is_fit else _("not fit"))


@transaction.atomic
def hand_over(talk: Talk, taker: User, *, is_well: bool = True, by: User) -> Handover:
    """Sign the person over: before the talk to its safety officer, after it from the safety officer to one who talks.

    Into the place only with agreement, a medical check where one is due, and everything before the talk in order.
    """
    talk = allow(by, "office.see", talk)
    talkers = (talk.talker, talk.second)
    if talk.state == Talk.State.AGREED:
        way, fits = Handover.Way.IN, by in talkers and taker == talk.guard
        _ready(talk)
    else:
        in_state(talk, "ended")
        way, fits = Handover.Way.OUT, by == talk.guard and taker in talkers
        _looked_at(talk, "after")
    if not fits:
        raise NotAllowed(_("The person passes between who talks and the safety officer."))
    if talk.handovers.filter(way=way).exists():
        raise Conflict(_("This hand-over waits for the other signature."))
    made = Handover.objects.create(talk=talk, way=way, giver=by, taker=taker, is_well=is_well, given_at=now())
    notify([taker], "office.given", talk, {"number": talk.number}, f"/desk/office/talk/{talk.number}/")
    record("office.hand_over", talk, by=by, data={"way": made.get_way_display(), "to": str(taker)})
    return made


def _ready(talk: Talk) -> None:
    if talk.needs_medical and not talk.medical_at:
        raise Conflict(_("A medical check comes first."))
    if talk.is_fit is False:
        raise Conflict(_("The doctor found the person not fit to be talked to."))
    _looked_at(talk, "before", good=True)


def _looked_at(talk: Talk, stage: str, *, good: bool = False) -> None:
    for item, check in table(stage, talk=talk):
        if check is None or (good and not check.is_good):
            raise Conflict(_("Not in order yet: %(item)s") % {"item": item})


@transaction.atomic
def take_over(handover: Handover, *, by: User) -> Talk:
    """The second signature: from now on the taker answers for the person."""
    talk = allow(by, "office.see", handover.talk)
    handover = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if handover.taker_id != by.pk:
        raise NotAllowed(_("%(name)s takes the person over.") % {"name": handover.taker})
    if handover.taken_at:
        raise Conflict(_("It is signed by both."))
    handover.taken_at = now()
    handover.save()
    in_state(talk, "agreed", "ended")
    talk.state = "inside" if handover.way == Handover.Way.IN else "closed"
    return keep(talk, "office.take_over", by, way=handover.get_way_display(), **{"from": str(handover.giver)})


@transaction.atomic
def mark(talk: Talk, kind: str, *, by: User) -> Mark:
    """Note a moment: begin, rest, meal, go on, end by who talks or the safety officer; a look by the latter."""
    talk = allow(by, "office.see", talk)
    in_state(talk, "inside")
    if kind not in (*MARKS, "look"):
        raise Invalid(_("Choose one of the kinds."), field="kind")
    if by not in (talk.talker, talk.second, talk.guard) or (kind == "look" and by != talk.guard):
        raise NotAllowed(_("Only who talks and the safety officer note the hours of a talk."))
    before = talk.marks.filter(kind__in=MARKS).last()
    if (kind == "look" and before is None) or (kind != "look" and (before.kind if before else "") not in MARKS[kind]):
        raise Conflict(_("This cannot follow what was noted last."))
    if kind in ("start", "resume") and rules.in_night(moment(now()), limits()):
        raise Conflict(_("Nobody is talked to at night."))
    made = Mark.objects.create(talk=talk, kind=kind, by=by, at=now())
    if kind == "end":
        talk.state = "ended"
    keep(talk, "office.mark", by, kind=made.get_kind_display())
    return made


@transaction.atomic
def warn() -> int:
    """Tell the three of a running talk what it is about to exceed, or has exceeded; each once."""
    known, told_of = limits(), 0
    for talk in running(Talk.objects.select_related("talker", "second", "guard")):
        given = [(m.code, m.at) for m in talk.marks.all() if m.kind == Mark.Kind.WARNED]
        for warning in warnings_of(talk, known):
            code = f"{warning.code}{'!' if warning.over else ''}"
            if any(code == other and at >= warning.since for other, at in given):
                continue
            Mark.objects.create(talk=talk, kind=Mark.Kind.WARNED, code=code, at=now())
            notify([talk.guard, talk.talker, talk.second], f"office.{warning.code}", talk, {"number": talk.number},
                   f"/desk/office/talk/{talk.number}/", level=3 if warning.over else 2)  # fmt: skip
            record("office.warn", talk, by=SYSTEM, data={"limit": warning.code, "minutes": warning.left})
            told_of += 1
    return told_of
