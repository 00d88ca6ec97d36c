"""The actions every case has: handler, co-handlers, more time, pauses, supervision, cards."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may
from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.look.text import say
from huilian.foundation.now import today

from . import services
from .definition import Definition, Move
from .guards import may_act, units_of
from .kinds import Action, ActionForm, kinds
from .models import Card, Case, CoHandler, Extension, Supervision


class HandlerForm(ActionForm):
    handler = forms.ModelChoiceField(label=_("Handler"), queryset=Person.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = Appointment.objects.filter(in_office(today()), post__unit=self.case.unit_id).values("person")
        self.fields["handler"].queryset = Person.objects.filter(pk__in=people)


class CoHandlerForm(ActionForm):
    unit = forms.ModelChoiceField(label=_("Co-handling unit"), queryset=Unit.objects.none())
    duty = forms.CharField(label=_("What it is to do"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(valid_to=None).exclude(pk=self.case.unit_id)


class OpinionForm(ActionForm):
    opinion = forms.CharField(label=_("What your unit found"), widget=forms.Textarea)


class ExtensionForm(ActionForm):
    workdays = forms.IntegerField(label=_("Further working days"), min_value=1)
    reason = forms.CharField(label=_("Reason (the citizen will read it)"), widget=forms.Textarea)


class DecisionForm(ActionForm):
    approve = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("approve")), ("no", _("refuse"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label=_("Remark"), widget=forms.Textarea, required=False)


class PauseForm(ActionForm):
    reason = forms.CharField(label=_("Reason"), max_length=120)
    basis = forms.CharField(label=_("Provision it rests on"), max_length=120)


class SuperviseForm(ActionForm):
    level = forms.TypedChoiceField(label=_("Level"), coerce=int)
    demand = forms.CharField(label=_("What is demanded"), widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        lowest = max(self.case.supervision, 1)
        self.fields["level"].choices = [c for c in Supervision.Level.choices if c[0] >= lowest]
        self.fields["level"].initial = min(self.case.supervision + 1, Supervision.Level.INVESTIGATE)


class ReplyForm(ActionForm):
    reply = forms.CharField(label=_("Reply"), widget=forms.Textarea)


class CardDecisionForm(ActionForm):
    uphold = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("the card stands")), ("no", _("the card is lifted"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label=_("Remark"), widget=forms.Textarea, required=False)


def _holds(case: Case, user) -> bool:
    """Whether the case lies with `user` now."""
    return case.is_open and may_act(case, user)


def _clock(case: Case) -> str:
    return case.clock.state if case.clock_id else ""


def _asked_extension(case: Case) -> Extension | None:
    return Extension.objects.filter(case=case, approved=None).first()


def _open_supervision(case: Case, user) -> Supervision | None:
    return Supervision.objects.filter(case=case, replied_at=None, unit__in=units_of(user)).first()


def _open_card(case: Case) -> Card | None:
    return Card.objects.filter(case=case, upheld=None).first()


def _own_card(case: Case, user) -> Card | None:
    return Card.objects.filter(case=case, upheld=None, replied_at=None, unit__in=units_of(user)).first()


def _asked_opinion(case: Case, user) -> CoHandler | None:
    return CoHandler.objects.filter(case=case, answered_at=None, unit__in=units_of(user)).first()


COMMON = (
    Action(
        "assign_handler",
        _("Name the handler"),
        "user",
        lambda case, data, by, expected: services.assign_handler(case, data["handler"], by=by, expected=expected),
        HandlerForm,
        offered=lambda case, user: bool(case.unit_id) and _holds(case, user) and case.unit_id in units_of(user),
    ),
    Action(
        "co_handler",
        _("Add a co-handling unit"),
        "users",
        lambda case, data, by, expected: services.assign_co_handler(case, data["unit"], duty=data["duty"], by=by),
        CoHandlerForm,
        offered=lambda case, user: bool(case.unit_id) and _holds(case, user),
    ),
    Action(
        "opinion",
        _("Give our opinion"),
        "message-square-warning",
        lambda case, data, by, expected: services.give_opinion(_asked_opinion(case, by), data["opinion"], by=by),
        OpinionForm,
        offered=lambda case, user: _asked_opinion(case, user) is not None,
        primary=True,
    ),
    Action(
        "ask_extension",
        _("Ask for more time"),
        "calendar-clock",
        lambda case, data, by, expected: services.ask_extension(
            case, workdays=data["workdays"], reason=data["reason"], by=by
        ),
        ExtensionForm,
        offered=lambda case, user: (
            _holds(case, user)
            and _clock(case) == "running"
            and case.unit_id in units_of(user)
            and not Extension.objects.filter(case=case, round=case.round).exclude(approved=False).exists()
        ),
    ),
    Action(
        "decide_extension",
        _("Decide on more time"),
        "calendar-clock",
        lambda case, data, by, expected: services.decide_extension(
            _asked_extension(case), approve=data["approve"], remark=data["remark"], by=by
        ),
        DecisionForm,
        offered=lambda case, user: may(user, "case.extend") and _asked_extension(case) is not None,
        primary=True,
    ),
    Action(
        "pause",
        _("Pause the clock"),
        "timer",
        lambda case, data, by, expected: services.pause(case, reason=data["reason"], basis=data["basis"], by=by),
        PauseForm,
        offered=lambda case, user: _holds(case, user) and _clock(case) == "running",
    ),
    Action(
        "resume",
        _("Let the clock run on"),
        "timer",
        lambda case, data, by, expected: services.resume(case, by=by),
        offered=lambda case, user: _holds(case, user) and _clock(case) == "paused",
        primary=True,
    ),
    Action(
        "supervise",
        _("Remind or supervise"),
        "siren",
        lambda case, data, by, expected: services.supervise(case, demand=data["demand"], level=data["level"], by=by),
        SuperviseForm,
        offered=lambda case, user: case.is_open and bool(case.unit_id) and may(user, "case.supervise"),
    ),
    Action(
        "answer_supervision",
        _("Answer the supervision"),
        "send",
        lambda case, data, by, expected: services.answer_supervision(_open_supervision(case, by), data["reply"], by=by),
        ReplyForm,
        offered=lambda case, user: _open_supervision(case, user) is not None,
        primary=True,
    ),
    Action(
        "answer_card",
        _("Answer the card"),
        "flag",
        lambda case, data, by, expected: services.answer_card(_own_card(case, by), data["reply"], by=by),
        ReplyForm,
        offered=lambda case, user: _own_card(case, user) is not None,
    ),
    Action(
        "decide_card",
        _("Decide on the card"),
        "flag",
        lambda case, data, by, expected: services.decide_card(
            _open_card(case), uphold=data["uphold"], remark=data["remark"], by=by
        ),
        CardDecisionForm,
        offered=lambda case, user: (
            may(user, "case.supervise")
            and (card := _open_card(case)) is not None
            and card.unit_id not in units_of(user)
        ),
    ),
)


class MoveForm(ActionForm):
    """What a move of a drawn procedure asks for: a note always, the rest as the move needs it."""

    move: Move

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        needs, classes = self.move.needs, self.case.definition.classes
        if "unit" in needs:
            units = Unit.objects.filter(valid_to=None)
            self.fields["unit"] = forms.ModelChoiceField(label=_("Unit that takes over"), queryset=units)
        if "handler" in needs:
            people = Appointment.objects.filter(in_office(today()), post__unit=self.case.unit_id).values("person")
            self.fields["handler"] = forms.ModelChoiceField(
                label=_("Handler"), queryset=Person.objects.filter(pk__in=people)
            )
        if "class" in needs and classes:
            self.fields["class_key"] = forms.ChoiceField(
                label=_("Class"), choices=[(c.key, say(c.name)) for c in classes], initial=self.case.class_key
            )
        self.fields["note"] = forms.CharField(label=_("Note"), widget=forms.Textarea, required="note" in needs)


def action_of_move(move: Move, definition: Definition, make: Callable[..., Case] = services.move) -> Action:
    """A move of a drawn procedure as an action; what its step must produce stands above the form."""
    step = definition.step(move.sources[0])
    papers = gettext(", ").join(say(paper) for paper in step.produces)
    ends = bool(move.target) and definition.is_end(move.target)
    return Action(
        move.verb,
        say(move.name),
        "undo-2" if move.drawn == "back" else "check" if ends else "arrow-right",
        lambda case, data, by, expected: make(case, move.verb, by=by, expected=expected, **data),
        type("MoveForm", (MoveForm,), {"move": move}),
        verb=move.verb,
        intro=gettext("To be produced at this step: %(papers)s.") % {"papers": papers} if papers else "",
        primary=move.drawn == "line" and not move.outcome,
        danger=move.outcome == "refused",
    )


def _own(case: Case) -> tuple[Action, ...]:
    kind = kinds().get(case.kind)
    if kind is None:
        return ()
    own = {action.verb for action in kind.actions}  # what the kind makes itself takes the place of a drawn move
    drawn = [move for move in case.definition.moves_from(case.step) if move.verb not in own] if kind.family else ()
    return (*(action_of_move(move, case.definition, kind.move or services.move) for move in drawn), *kind.actions)


def _all(case: Case) -> tuple[Action, ...]:
    """The kind's own actions, then those every case has and the kind does not replace."""
    kind = kinds().get(case.kind)
    return (*_own(case), *(a for a in COMMON if kind is None or a.key not in kind.replaces))


def actions_for(case: Case, user) -> list[Action]:
    """What `user` can do on `case` now."""
    return [action for action in _all(case) if action.is_offered(case, user)]


def action_of(case: Case, key: str) -> Action | None:
    return next((action for action in _all(case) if action.key == key), None)
