"""What everybody may know of a village's decisions: each from motion to result. People's names stay inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Place
from huilian.engine.look.text import say
from huilian.foundation.masking import mask_given
from huilian.foundation.money import text as money
from huilian.foundation.now import moment

from ..models import AgendaItem, Announcement, Motion


@dataclass(frozen=True)
class Station:
    """One step of a decision on its way: `state` done, now, later or failed; lines of plain words."""

    name: str
    state: str
    lines: Sequence[str]
    day: date | None = None


@dataclass(frozen=True)
class PublicMotion:
    """「一件决议的全过程」 The sentence that says it, its steps, what hangs out and what was done."""

    motion: Motion
    sentence: str
    stations: Sequence[Station]
    announcements: Sequence[Announcement]
    done: Sequence[tuple[date, str]]


def decisions_of(place: Place) -> QuerySet[Motion]:
    """Every motion of a place, newest first."""
    return Motion.objects.select_related("case__procedure", "matter").filter(place=place)


def public_motion(number: str) -> PublicMotion | None:
    """A motion by the number of its decision or of its case."""
    found = Motion.objects.select_related("case__procedure", "matter", "place__parent", "unit")
    motion = found.filter(number=number).first() or found.filter(case__number=number).first()
    if motion is None:
        return None
    items = list(motion.items.exclude(outcome__in=["", "postponed"]).select_related("meeting__body").order_by("pk"))
    return PublicMotion(
        motion, _sentence(motion), _stations(motion, items), list(motion.announcements.all()), _done(motion)
    )


def _sentence(motion: Motion) -> str:
    """The whole in plain words."""
    words = {"unit": motion.unit, "title": motion.title, "day": motion.proposed_on, "step": step_name(motion)}
    if motion.is_replaced:
        return _("%(unit)s decided on “%(title)s”; a later decision has taken its place.") % words
    if motion.case.state == "withdrawn":
        return _("“%(title)s” was brought up on %(day)s and taken back.") % words
    if motion.case.outcome == "not_passed":
        return _("“%(title)s” was put to the vote and did not pass.") % words
    if motion.decided_on is None:
        return _("“%(title)s” was brought up on %(day)s. It is now at “%(step)s”; nothing is decided yet.") % words
    words |= {"decided": motion.decided_on}
    if motion.case.state == "closed":
        return _("“%(title)s” was decided on %(decided)s and has been carried out.") % words
    return _("“%(title)s” was decided on %(decided)s. It is now at “%(step)s”.") % words


def step_name(motion: Motion) -> str:
    return say(motion.case.definition.step(motion.case.step).name)


def _stations(motion: Motion, items: list[AgendaItem]) -> list[Station]:
    steps = [step for step in motion.case.definition.steps if step.kind != "end" and step.drawn]
    keys = [step.key for step in steps]
    here = keys.index(motion.case.step) if motion.case.step in keys else len(keys)
    if motion.case.outcome in ("not_passed", "withdrawn"):
        reached = list(motion.case.steps.values_list("step", flat=True))
        here = max((keys.index(key) for key in reached if key in keys), default=0)
    left = {stay.step: stay.left_at for stay in motion.case.steps.all()}
    signed = {}
    for mark in motion.sign_offs.all():
        signed.setdefault(mark.step, []).append(mark)
    found = []
    for n, step in enumerate(steps):
        at = [item for item in items if item.step == step.key]
        lines = [counted(item) for item in at] + [line for mark in signed.get(step.key, ()) for line in _signed(mark)]
        state = "done" if n < here else "now" if n == here else "later"
        if n == here and not motion.case.is_open:
            state = "failed"
        day = at[-1].held_on if at else None
        if day is None and left.get(step.key):
            day = moment(left[step.key]).date()
        found.append(Station(say(step.name), state, lines, day))
    return found


def counted(item: AgendaItem) -> str:
    """The count of one vote in a sentence."""
    meeting = item.meeting
    words = {
        "body": meeting.body, "day": item.held_on, "due": meeting.due, "present": meeting.present,
        "yes": item.yes, "no": item.no, "abstain": item.abstain, "outcome": item.get_outcome_display(),
    }  # fmt: skip
    back = item.backs.count()
    said = _("%(n)s stepped back and do not count.") % {"n": back} if back else ""
    return said + (
        _("%(body)s, %(day)s: %(present)s of %(due)s there; %(yes)s yes, %(no)s no, %(abstain)s abstain. %(outcome)s.")
        % words
    )


def _signed(mark) -> list[str]:
    if mark.agrees:
        return [_("The supervision committee signed.")]
    said = [_("The supervision committee objected: %(words)s") % {"words": mark.words}]
    return said + ([_("Answer: %(words)s") % {"words": mark.answer}] if mark.answer else [])


def _done(motion: Motion) -> list[tuple[date, str]]:
    found = []
    for one in motion.executions.all():
        words = [one.what]
        if one.winner:
            words.append(one.winner if len(one.winner) > 4 else mask_given(one.winner))
        if one.amount_cents is not None:
            words.append(_("%(amount)s yuan") % {"amount": money(one.amount_cents)})
        found.append((one.on, _(", ").join(words)))
    return found
