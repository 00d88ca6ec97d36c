"""「议题」 Bringing a motion up, taking it along its chain, carrying the decision out."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of
from huilian.engine.directory.models import Unit
from huilian.engine.documents.services import attach
from huilian.engine.numbering.services import next_number
from huilian.engine.procedures import services as cases
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.names import norm
from huilian.foundation.now import today

from ..models import AgendaItem, Execution, Motion
from ..queries.chain import announced, is_done, is_signed, objection_to, passed_at, spec_of
from .guards import allow, locked

TYPED = ("title", "text", "reason", "amount_cents", "winner")
FILES = frozenset({"pdf", "jpg", "png", "docx", "xlsx"})
NUMBER = "JY"
Upload = tuple[BinaryIO, str]


@transaction.atomic
def propose(unit: Unit, values: Mapping, files: Sequence[Upload] = (), *, by) -> Motion:
    """Bring a matter up: from here it goes along the chain of its kind. `values`: matter, title, text and the rest.

    Raises Invalid for a matter no longer in force, an amount that is missing, an earlier decision of another place.
    """
    motion = Motion(unit=unit, place=unit.place, township=copies_of(unit.place)["township"], proposed_on=today())
    motion.matter, motion.replaces = values["matter"], values.get("replaces")
    motion.proposer = allow(by, "decisions.keep", motion)
    _fill(motion, values)
    old = motion.replaces
    if old and (old.place_id != unit.place_id or not old.number or old.is_replaced):
        raise Invalid(_("Only a decision of this place that stands can be replaced."), field="replaces")
    motion.case = cases.open_case(
        motion.matter.chain, title=motion.title, by=by, place=motion.place, unit=unit, source="desk",
        data={"matter": motion.matter.key},
    )  # fmt: skip
    motion.save()
    for file, name in files:
        attach(file, name, motion.case, kind="decision_paper", by=by, accepted=FILES)
    touch([int(unit.place.code)])
    return motion


@transaction.atomic
def correct(motion: Motion, values: Mapping, *, by) -> Motion:
    """Correct the words of a motion that no meeting has been called for yet."""
    motion = locked(motion)
    allow(by, "decisions.keep", motion)
    if not motion.case.is_open or motion.items.exists():
        raise Conflict(_("A meeting has been called on these words. Withdraw the motion and bring it up anew."))
    _fill(motion, values)
    motion.save()
    motion.case.title = motion.title
    motion.case.save(update_fields=["title"])
    record("decisions.correct", motion.case, by=by, data={"fields": sorted(set(values) & set(TYPED))})
    return motion


@transaction.atomic
def note_step(motion: Motion, *, note: str, by, expected: int | None = None) -> Motion:
    """Record a step that is no meeting (a suggestion, the filing with the township) and go on."""
    motion = locked(motion)
    allow(by, "decisions.guide" if _is_filing(motion) else "decisions.keep", motion)
    if not spec_of(motion).records:
        raise Conflict(_("This step is done by a meeting or a publication, not by a note."))
    if not note.strip():
        raise Invalid(_("Write in a sentence what was done."), field="note")
    _free(motion)
    return _moved(motion, "pass", by, note=note.strip(), expected=expected)


@transaction.atomic
def withdraw(motion: Motion, *, note: str, by, expected: int | None = None) -> Motion:
    """Take a motion back before it is decided."""
    return _end(motion, "withdraw", note, by, expected)


@transaction.atomic
def drop(motion: Motion, *, note: str, by, expected: int | None = None) -> Motion:
    """End a motion that did not pass and is not put to the vote again."""
    return _end(motion, "drop", note, by, expected)


@transaction.atomic
def execute(motion: Motion, values: Mapping, *, by) -> Execution:
    """Note something done on this motion: on, what, amount_cents, winner, reference. Facts are taken as they are."""
    motion = locked(motion)
    action = "decisions.keep" if motion.case.step == "carrying" else "decisions.supervise"
    person = allow(by, action, motion)
    if not values.get("what", "").strip():
        raise Invalid(_("Write in a sentence what was done."), field="what")
    if values["on"] > today():
        raise Invalid(_("This day has not come yet."), field="on")
    amount = values.get("amount_cents")
    if amount is not None and amount < 0:
        raise Invalid(_("An amount is not below nothing."), field="amount_cents")
    done = Execution.objects.create(
        motion=motion, on=values["on"], what=values["what"].strip(), amount_cents=amount, entered_by=person,
        winner=values.get("winner", "").strip(), winner_norm=norm(values.get("winner", "")),
        reference=values.get("reference", "").strip(),
    )  # fmt: skip
    record("decisions.execute", motion.case, by=by, data={"what": done.what, "cents": amount})
    touch([int(motion.place.code)])
    return done


@transaction.atomic
def carried(motion: Motion, *, by, expected: int | None = None) -> Motion:
    """Say that the decision is carried out; not before its publication has hung out for its days."""
    motion = locked(motion)
    allow(by, "decisions.keep", motion)
    if not spec_of(motion).carries:
        raise Conflict(_("This motion is not being carried out now."))
    _free(motion)
    hung = announced(motion, "decision")
    if hung and hung.until > today():
        raise Conflict(_("The decision hangs out until %(day)s; it is carried out after that.") % {"day": hung.until})
    if not motion.executions.exists():
        raise Invalid(_("Enter first what was done, when, with whom and for how much."))
    return _moved(motion, "carried", by, expected=expected)


def settle(motion: Motion, by) -> Motion:
    """Take the motion on where its step is done and signed; called after each act that may have been the last one."""
    spec = spec_of(motion)
    if objection_to(motion) or not is_done(motion, spec) or (spec.sign_off and not is_signed(motion)):
        return motion
    if spec.decides:
        _decide(motion, passed_at(motion, motion.case.step), by)
    verb = {"decision": "announce", "result": "announce_result"}.get(spec.publishes, "pass")
    return _moved(motion, verb, by)


def _decide(motion: Motion, item: AgendaItem, by) -> None:
    """The number, given once all that belongs to the vote is there; a decision it replaces stands no longer."""
    motion.decided_on = item.held_on
    motion.number = next_number(NUMBER, on=motion.decided_on)
    motion.save(update_fields=["decided_on", "number"])
    if motion.replaces_id:
        Motion.objects.filter(pk=motion.replaces_id).update(is_replaced=True)
    record("decisions.decide", motion.case, by=by, data={"number": motion.number})


def _fill(motion: Motion, values: Mapping) -> None:
    for name in TYPED:
        if name in values:
            value = values[name]
            setattr(motion, name, value.strip() if isinstance(value, str) else value)
    matter, day = motion.matter, today()
    if matter.valid_from > day or (matter.valid_to and matter.valid_to < day):
        raise Invalid(
            _("“%(matter)s” is no longer in force. Choose another kind.") % {"matter": matter}, field="matter"
        )
    for name, words in (("title", _("Name the motion.")), ("text", _("Write what is to be decided."))):
        if not getattr(motion, name):
            raise Invalid(words, field=name)
    if motion.amount_cents is not None and motion.amount_cents < 0:
        raise Invalid(_("An amount is not below nothing."), field="amount_cents")
    if matter.from_cents is not None and not motion.amount_cents:
        raise Invalid(_("“%(matter)s” needs the amount.") % {"matter": matter}, field="amount_cents")
    motion.winner_norm = norm(motion.winner)
    motion.winner_named_on = (motion.winner_named_on or day) if motion.winner else None


def _end(motion: Motion, verb: str, note: str, by, expected: int | None) -> Motion:
    motion = locked(motion)
    allow(by, "decisions.keep", motion)
    if not note.strip():
        raise Invalid(_("Give the reason in a sentence."), field="note")
    _free(motion, stopped=False)
    return _moved(motion, verb, by, note=note.strip(), expected=expected)


def _free(motion: Motion, *, stopped: bool = True) -> None:
    """Raise Conflict where an agenda or an objection holds the motion."""
    if item := motion.items.filter(outcome="").select_related("meeting").first():
        raise Conflict(
            _("It stands on the agenda of %(number)s. Close that meeting or call it off first.")
            % {"number": item.meeting.number}
        )
    if stopped and objection_to(motion):
        raise Conflict(_("The supervision committee objects. Answer it; until it has signed nothing goes on."))


def _is_filing(motion: Motion) -> bool:
    return "decision_office" in motion.case.definition.step(motion.case.step).roles


def _moved(motion: Motion, verb: str, by, **more) -> Motion:
    motion.case = cases.move(motion.case, verb, by=by, **more)
    touch([int(motion.place.code)])
    return motion
