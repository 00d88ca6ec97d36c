"""「专栏」「现场答疑」 Hot matters with the unit that answers, and what it promised."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Unit
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import Feature, FeatureAnswer
from ..sealing import WHAT


@transaction.atomic
def open_feature(*, title: str, about: str, unit: Unit, held_on: date, spot: str = "", guest: str = "", by) -> Feature:
    """Announce a column and the day on which its unit answers on the spot."""
    require(by, "disclosure.feature")
    if not title.strip() or not about.strip():
        raise Invalid(_("Give the column a title and say what it is about."), field="title")
    feature = Feature.objects.create(
        title=title.strip(), about=about.strip(), unit=unit, held_on=held_on, spot=spot.strip(), guest=guest.strip()
    )
    record("disclosure.feature", feature, by=by, data={"title": feature.title, "unit": unit.name})
    return feature


@transaction.atomic
def add_answer(
    feature: Feature, question: str, answer: str, *, promise: str = "", due_on: date | None = None, by
) -> FeatureAnswer:
    """Write down a question of the day, its answer, and what was promised by when."""
    require(by, "disclosure.feature")
    question, answer, promise = question.strip(), answer.strip(), promise.strip()
    if not question or not answer:
        raise Invalid(_("Write both the question and the answer."), field="question")
    if promise and (due_on is None or due_on < feature.held_on):
        raise Invalid(_("A promise needs a day that lies after the answer."), field="due_on")
    found = rules.leaks((), (), question, answer, promise)
    if found:
        raise Invalid(_("This holds %(what)s, which may not be published.") % {"what": WHAT[found[0].what]()})
    row = FeatureAnswer.objects.create(
        feature=feature, question=question, answer=answer, promise=promise[:200], due_on=due_on if promise else None
    )
    record("disclosure.answer_there", feature, by=by, data={"promise": row.promise, "due": due_on})
    return row


@transaction.atomic
def keep_promise(row: FeatureAnswer, proof: str, *, by) -> FeatureAnswer:
    """Note a promise as kept, with what shows it."""
    require(by, "disclosure.feature")
    row = FeatureAnswer.objects.select_for_update(of=("self",)).select_related("feature").get(pk=row.pk)
    if not row.promise or row.kept_on:
        raise Conflict(_("There is no open promise here."))
    if not proof.strip():
        raise Invalid(_("Say what shows that it was kept."), field="proof")
    row.kept_on, row.proof = today(), proof.strip()[:200]
    row.save(update_fields=["kept_on", "proof"])
    record("disclosure.kept", row.feature, by=by, data={"proof": row.proof})
    return row
