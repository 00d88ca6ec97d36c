"""「一监督」 The supervision committee signs each step or objects; an objection stops the motion."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..models import Motion, SignOff
from ..queries.chain import is_done, is_signed, objection_to, passed_at, spec_of
from .guards import allow, locked
from .motions import settle


@transaction.atomic
def sign_off(motion: Motion, *, agrees: bool, words: str = "", by) -> SignOff:
    """Sign the step that has been done, or object to it in words. Whoever brought the motion up does not sign."""
    motion = locked(motion)
    person = allow(by, "decisions.supervise", motion)
    if person and person == motion.proposer:
        raise NotAllowed(_("You brought this up yourself, so somebody else of the committee must sign."))
    if not agrees and not words.strip():
        raise Invalid(_("Say what you object to."), field="words")
    spec, objection = spec_of(motion), objection_to(motion)
    if not motion.case.is_open or not spec.sign_off or not is_done(motion, spec) or is_signed(motion):
        raise Conflict(_("There is no step that waits for the committee now; nothing was changed."))
    if objection and not objection.answered_at:
        raise Conflict(_("The objection has not been answered yet."))
    return _signed(motion, agrees, words, person, by)


@transaction.atomic
def answer(motion: Motion, *, text: str, by) -> SignOff:
    """Answer the objection. The committee then signs, or objects again."""
    motion = locked(motion)
    person = allow(by, "decisions.keep", motion)
    objection = objection_to(motion)
    if objection is None or objection.answered_at:
        raise Conflict(_("There is no objection that waits for an answer."))
    if not text.strip():
        raise Invalid(_("Write the answer."), field="text")
    objection.answer, objection.answered_by, objection.answered_at = text.strip(), person, now()
    objection.save(update_fields=["answer", "answered_by", "answered_at"])
    record("decisions.answer", motion.case, by=by, data={})
    return objection


@transaction.atomic
def rule(motion: Motion, *, words: str, by) -> SignOff:
    """The township rules, with its reason, that an answered objection no longer stops the motion."""
    motion = locked(motion)
    person = allow(by, "decisions.guide", motion)
    objection = objection_to(motion)
    if objection is None or not objection.answered_at:
        raise Conflict(_("There is no answered objection to rule on."))
    if not words.strip():
        raise Invalid(_("Give the reason in a sentence."), field="words")
    return _signed(motion, True, words, person, by)


def _signed(motion: Motion, agrees: bool, words: str, person, by) -> SignOff:
    step = motion.case.step
    signed = SignOff.objects.create(
        motion=motion, item=passed_at(motion, step), step=step, agrees=agrees, words=words.strip(), by=person, at=now()
    )
    record("decisions.sign_off" if agrees else "decisions.object", motion.case, by=by, data={"words": signed.words})
    settle(motion, by)
    return signed
