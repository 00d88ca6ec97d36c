"""What the case page offers for a case of an item. Its moves come from the flow the county has drawn."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may
from huilian.engine.procedures.kinds import Action, CaseKind, Panel

from . import forms, panels, services
from .queries.cases import item_case_of, open_marks


def _liftable(case, user):
    noted = item_case_of(case)
    return noted and open_marks(noted).exclude(marked_by=user).first()


ACTIONS = (
    Action(
        "mark_negative",
        _("Mark a forbidden act"),
        "shield-alert",
        lambda case, data, by, expected: services.mark(case, data["code"], fact=data["fact"], by=by),
        forms.MarkForm,
        offered=lambda case, user: case.is_open and may(user, "powers.mark") and item_case_of(case) is not None,
        intro=_("It raises a red alert at once. An act that stops cases stops this one until the mark is lifted."),
        danger=True,
    ),
    Action(
        "lift_mark",
        _("Lift the mark"),
        "shield-check",
        lambda case, data, by, expected: services.lift(data["mark"], why=data["why"], by=by),
        forms.LiftForm,
        offered=lambda case, user: may(user, "powers.lift") and bool(_liftable(case, user)),
    ),
)

KIND = CaseKind(
    key="item",
    name=_("Case of a power"),
    actions=ACTIONS,
    panels=(Panel("powers/panels/power.html", panels.power),),
    family=True,
    move=services.move,
)
