"""What the chain asks of a motion where it stands: read from the procedure its case began with."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from huilian.engine.procedures.definition import Step

from ..models import AgendaItem, Announcement, Motion, Quorum, SignOff

BY_MATTER = "by_matter"
HOUSEHOLDS = {"assembly": "households"}  # the same assembly, counted by households instead of adults


@dataclass(frozen=True)
class Spec:
    """What a step asks: a meeting of `body`, a publication of so many `days`, a record, or the carrying out.

    `gap` whole days after the step before, `notice` whole days of notice; the committee signs where `sign_off`.
    """

    body: str = ""
    gap: int = 0
    notice: int = 0
    head_last: bool = False
    sign_off: bool = False
    decides: bool = False
    publishes: str = ""
    days: int = 0
    carries: bool = False
    records: bool = False


def spec_of(motion: Motion, step: Step | None = None) -> Spec:
    """What `step` (or the one where it stands) asks of this motion; of an end, nothing."""
    step = step or motion.case.definition.step(motion.case.step)
    known = {key: value for key, value in (step.quorum or {}).items() if key in Spec.__dataclass_fields__}
    if known.get("body") == BY_MATTER:
        known["body"] = motion.matter.quorum_key
    return Spec(**known)


def quorum_on(key: str, day: date) -> Quorum | None:
    """The text of a body and its majority that was in force on `day`."""
    found = Quorum.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from").first()
    return found if found and (found.valid_to is None or found.valid_to >= day) else None


def serves(body: Quorum, wanted: str) -> bool:
    """Whether a meeting of `body` is one the chain asks for."""
    return wanted != "" and body.key in (wanted, HOUSEHOLDS.get(wanted))


def passed_at(motion: Motion, step: str) -> AgendaItem | None:
    """The item by which the motion passed at `step`."""
    found = AgendaItem.objects.select_related("meeting").filter(motion=motion, step=step, outcome="passed")
    return found.order_by("-pk").first()


def previous_day(motion: Motion) -> date:
    """The day of the last meeting at which the motion passed a step; else the day it was brought up."""
    last = AgendaItem.objects.filter(motion=motion, outcome="passed").aggregate(day=Max("held_on"))["day"]
    return last or motion.proposed_on


def objection_to(motion: Motion) -> SignOff | None:
    """「异议」 The last word of the committee, if it objects: it stops the motion until answered and signed anew."""
    last = motion.sign_offs.order_by("-pk").first()
    return last if last and not last.agrees else None


def is_done(motion: Motion, spec: Spec) -> bool:
    """Whether the step has been carried through: passed with its minutes, or published."""
    if spec.body:
        item = passed_at(motion, motion.case.step)
        return item is not None and item.meeting.minutes_id is not None
    return bool(spec.publishes) and announced(motion, spec.publishes) is not None


def is_signed(motion: Motion) -> bool:
    """Whether the committee has signed where the motion stands; a later item needs a later signature."""
    item = passed_at(motion, motion.case.step)
    return motion.sign_offs.filter(step=motion.case.step, agrees=True, item=item).exists()


def announced(motion: Motion, kind: str) -> Announcement | None:
    return motion.announcements.filter(kind=kind).first()
