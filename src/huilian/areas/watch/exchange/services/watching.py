"""「监督记录」 Who attended a step of a lot for the supervision, and what they found (S4-37, S4-38)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.look.text import say
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import moment, today

from ..models import Lot, Witness
from .guards import allow, locked, noted, written


@transaction.atomic
def attend(
    lot: Lot, *, step: str, on: date, opinion: str, how: str = Witness.How.SITE, is_wrong: bool = False, by
) -> Witness:
    """Note that one attended a step, with one's opinion."""
    lot = locked(lot, going=False)
    person = allow(by, "exchange.watch", lot.place)
    if person is None or not lot.case.steps.filter(step=step).exists():
        raise Invalid(_("The lot has not been at this step."), field="step")
    if not moment(lot.case.received_at).date() <= on <= today():
        raise Invalid(_("The day lies between the application and today."), field="on")
    opinion = written(opinion, "opinion", _("Write what you saw."))[:500]
    appointment = person.appointments.select_related("post__unit").order_by("-starts_on").first()
    made = Witness.objects.create(
        lot=lot, step=step, person=person, unit=appointment.post.unit if appointment else None, how=how, on=on,
        opinion=opinion, is_wrong=is_wrong,
    )  # fmt: skip
    noted("attended", lot, by, step=say(lot.case.definition.step(step).name), wrong=is_wrong)
    return made


@transaction.atomic
def put_right(witness: Witness, *, text: str, by) -> Witness:
    """The exchange says what it did about what the supervision found."""
    lot = locked(witness.lot, going=False)
    allow(by, "exchange.run", lot.place)
    witness = Witness.objects.select_for_update(of=("self",)).get(pk=witness.pk)
    if not witness.is_wrong or witness.put_right:
        raise Conflict(_("There is nothing to put right here."))
    witness.put_right = written(text, "text", _("Write what was done about it."))[:300]
    witness.save(update_fields=["put_right"])
    noted("put_right", lot, by)
    return witness
