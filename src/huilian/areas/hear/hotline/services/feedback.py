"""The citizen's word: call-back, rating, closing, reopening. Nothing closes and nothing becomes satisfied by itself."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Supervision
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from .. import rules
from ..models import CallBack, Order, Satisfaction
from .intake import _fresh, _locked


@transaction.atomic
def call_back(
    order: Order,
    *,
    reached: bool,
    solved: str = "",
    satisfaction: int | None = None,
    note: str = "",
    by,
    expected: int | None = None,
) -> CallBack:
    """One call-back by somebody who neither took, answered nor reported the matter.

    Content: closed. Not content: back to work, and from the second time on under supervision. Not reached: the
    attempt is kept and the case stays open; after calls on three different days it is closed as “not reached”,
    which counts as neither satisfied nor dissatisfied.
    """
    order = _fresh(order)
    if rules.same_person(by.pk, order.answered_by_id, order.case.handler and order.case.handler.user_id):
        raise NotAllowed(_("Who answered the matter cannot make the call-back. Somebody else must."))
    if reached and not solved:
        raise Invalid(_("Ask whether the matter is solved, and note what the citizen said."), field="solved")
    order = _locked(order)
    if not reached:
        solved, satisfaction = "", None
    content = reached and rules.is_content(solved=solved, satisfaction=satisfaction)
    discontent = reached and rules.is_discontent(solved=solved, satisfaction=satisfaction)
    if discontent and not note.strip():
        raise Invalid(_("Write what the citizen is not satisfied with; the unit will need it."), field="note")
    call = CallBack.objects.create(
        order=order,
        round=order.case.round,
        at=now(),
        by=by,
        reached=reached,
        solved=solved,
        satisfaction=satisfaction,
        note=note.strip(),
    )
    if reached:
        order.solved, order.satisfaction, order.rated_at = solved, satisfaction, call.at
        order.save(update_fields=["solved", "satisfaction", "rated_at"])
    said = {"solved": solved, "satisfaction": satisfaction}
    if discontent:
        _send_back(order, note, by=by, expected=expected, data=said)
    elif content or (reached and solved == "yes"):
        cases.move(order.case, "close", by=by, note=note, expected=expected, data=said)
    elif rules.counts_as_unreached(_failed_days(order)):
        reason = note.strip() or _("not reached on three different days")
        cases.move(order.case, "close_unreached", by=by, note=reason, expected=expected)
    else:
        cases.act(order.case, "call_back", by=by, data={"reached": reached})
    return call


def _failed_days(order: Order):
    calls = CallBack.objects.filter(order=order, round=order.case.round, reached=False)
    return [moment(call.at).date() for call in calls]


def _send_back(order: Order, note: str, *, by, expected, data) -> None:
    repeated = order.case.round > 1
    verb = "take_back" if order.at_once and order.case.unit_id is None else "send_back"
    case = cases.move(order.case, verb, by=by, note=note.strip(), expected=expected, data=data)
    if repeated and case.supervision < Supervision.Level.SUPERVISE:
        demand = _("The citizen is not satisfied for the second time: %(note)s") % {"note": note.strip()}
        # By rule, not by the operator, whose post does not supervise.
        cases.supervise(case, demand=demand, level=Supervision.Level.SUPERVISE, by=SYSTEM)


@transaction.atomic
def close_explained(order: Order, *, note: str, by, expected: int | None = None) -> Order:
    """A second reader closes a matter whose wish the law does not grant; counted apart, never as satisfied."""
    order = _fresh(order)
    if rules.same_person(by.pk, order.answered_by_id):
        raise NotAllowed(_("The second reader must be somebody else than who answered."))
    cases.move(order.case, "close_explained", by=by, note=note, expected=expected)
    return _fresh(order)


@transaction.atomic
def rate(order: Order, *, solved: str, satisfaction: int | None, note: str = "", by: Actor) -> Order:
    """The citizen rates the answer themselves. It closes nothing; the person who calls back sees it."""
    order = _locked(order)
    if order.answered_at is None:
        raise Conflict(_("There is no answer to rate yet."))
    if satisfaction is not None and satisfaction not in Satisfaction.values:
        raise Invalid(_("Choose one of the five grades."), field="satisfaction")
    order.solved, order.satisfaction, order.rated_at = solved, satisfaction, now()
    order.save(update_fields=["solved", "satisfaction", "rated_at"])
    cases.act(
        order.case,
        "rate",
        by=by,
        holder="anyone",
        data={"solved": solved, "satisfaction": satisfaction, "note": note.strip()},
    )
    return _fresh(order)


@transaction.atomic
def reopen(order: Order, *, note: str, by) -> Order:
    """Work on a closed matter again, at the citizen's wish within 15 days or by the centre at any time."""
    case = _fresh(order).case
    if case.closed_at is None:
        raise Conflict(_("The matter is not closed; say what is missing and the unit will see it."))
    if isinstance(by, Actor) and not rules.may_reopen(case.closed_at, now()):
        raise Conflict(
            _("The matter was closed more than %(days)s days ago. Raise it anew and name this number.")
            % {"days": rules.REOPEN_DAYS}
        )
    if case.unit_id is None:
        raise Conflict(_("No unit worked on this matter. Raise it anew and name this number."))
    cases.move(case, "reopen", by=by, note=note.strip())
    return _fresh(order)


@transaction.atomic
def reconsider(order: Order, *, note: str, by, expected: int | None = None) -> Order:
    """Sort a matter again that was not accepted, because the citizen or a reader showed that it should be."""
    cases.move(order.case, "reconsider", by=by, note=note, expected=expected)
    order = _locked(order)
    order.refusal_ground = order.refused_by = order.answered_at = order.answered_by = None
    order.answer = ""
    order.save(update_fields=["refusal_ground", "refused_by", "answer", "answered_at", "answered_by"])
    return _fresh(order)
