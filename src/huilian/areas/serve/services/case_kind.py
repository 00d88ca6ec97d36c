"""What the case page offers for an application."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.kinds import Action, CaseKind, Panel, acts_on

from . import forms, panels
from .models import Application, Feedback, Leg
from .panels import of
from .services import handling, papers, telling


def _leg(case, user) -> Leg | None:
    return handling.open_legs(units_of(user)).filter(application__case=case).first()


def _finish(case, data, by, expected):
    done = handling.finish_now(of(case), result=data["result"], text=data["text"], by=by, expected=expected)
    if data["proof"]:
        telling.tell(done, way=Feedback.Way.HANDED, proof=data["proof"], by=by)


def _serves_here(case, user) -> bool:
    return case.is_open and of(case).point.unit_id in units_of(user)


act = acts_on(of)
ACTIONS = (
    Action("receive", _("Receive it"), "inbox", act(handling.receive), verb="receive", primary=True),
    Action(
        "accept",
        _("Accept with a promise"),
        "file-check",
        act(handling.accept),
        forms.AcceptForm,
        verb="accept",
        intro=_("All papers are there. The slip of the promise is printed from the case."),
        primary=True,
    ),
    Action(
        "finish_now",
        _("Do it at once"),
        "circle-check",
        _finish,
        forms.FinishForm,
        verb="finish_now",
        offered=lambda case, user: panels.decides_here(case),
    ),
    Action(
        "ask_papers",
        _("Tell what is missing"),
        "list-checks",
        lambda case, data, by, expected: papers.ask_papers(
            of(case), wrong=data["wrong"], waits=data["waits"], new_fact=data["new_fact"], by=by, expected=expected
        ),
        forms.AskPapersForm,
        verb="ask_papers",
        intro=_("Once, and everything: papers that are not there are listed by themselves."),
    ),
    Action(
        "note_papers",
        _("Tick papers shown"),
        "check",
        act(papers.note_papers),
        forms.SeenForm,
        offered=lambda case, user: case.step == "receive" and case.unit_id in units_of(user),
    ),
    Action(
        "hand_in",
        _("Papers were brought"),
        "inbox",
        lambda case, data, by, expected: papers.hand_in(of(case), seen=[p.pk for p in data["seen"]], by=by),
        forms.SeenForm,
        offered=lambda case, user: case.step == "completing" and case.unit_id in units_of(user),
        primary=True,
    ),
    Action("advise", _("Answer on the spot"), "message-circle", act(handling.advise), forms.AnswerForm, verb="advise"),
    Action(
        "refuse",
        _("Do not accept"),
        "x",
        act(handling.refuse, note="ground"),
        forms.NoteForm,
        verb="refuse",
        intro=_("Only on a legal ground; say where the applicant can go instead."),
        danger=True,
    ),
    Action(
        "decide",
        _("Give the decision"),
        "badge-check",
        act(handling.decide),
        forms.ResultForm,
        verb="decide",
        offered=lambda case, user: panels.decides_here(case),
        primary=True,
    ),
    Action(
        "joint",
        _("Handle jointly"),
        "users",
        lambda case, data, by, expected: handling.joint(
            of(case), [handling.Task(*task) for task in data["tasks"]], by=by, expected=expected
        ),
        forms.JointForm,
        verb="joint",
    ),
    Action(
        "report",
        _("Pass it up"),
        "arrow-right",
        act(handling.report),
        verb="report",
        offered=lambda case, user: not panels.decides_here(case),
        intro=_("It goes to the next level; the agent stays with it and brings the result home."),
        primary=True,
    ),
    Action(
        "leg",
        _("Answer for your unit"),
        "message-square-warning",
        lambda case, data, by, expected: handling.answer_leg(_leg(case, by), by=by, **data),
        forms.LegForm,
        offered=lambda case, user: case.step == "cohandle" and _leg(case, user) is not None,
        primary=True,
    ),
    Action(
        "decide_above",
        _("Give the decision"),
        "badge-check",
        act(handling.decide),
        forms.ResultForm,
        verb="decide_above",
        offered=lambda case, user: panels.decides_here(case) and not panels.awaits_answers(case),
        primary=True,
    ),
    Action("send_down", _("Send it back down"), "undo-2", act(handling.send_down), forms.NoteForm, verb="send_down"),
    Action("confirm", _("The result is complete"), "check", act(handling.confirm), verb="confirm", primary=True),
    Action("again", _("Back for more"), "undo-2", act(handling.again), forms.NoteForm, verb="again"),
    Action(
        "tell",
        _("Tell the applicant"),
        "phone",
        act(telling.tell),
        forms.TellForm,
        verb="tell",
        intro=_("Only this closes the matter. Whoever was not reached is tried again."),
        primary=True,
    ),
    Action("agent", _("Name the agent"), "user-check", act(telling.name_agent), forms.AgentForm, offered=_serves_here),
    Action(
        "trip",
        _("Note a trip"),
        "route",
        act(telling.note_trip),
        forms.TripForm,
        offered=lambda case, user: case.is_open and panels.is_agent(case, user),
    ),
    Action(
        "withdraw",
        _("The applicant gives it up"),
        "trash-2",
        act(handling.withdraw),
        forms.NoteForm,
        offered=lambda case, user: (
            case.definition.move("withdraw", case.step) is not None and case.unit_id in units_of(user)
        ),
    ),
    Action(
        "fee",
        _("Note a fee that was taken"),
        "banknote",
        act(telling.note_fee, yuan="cents"),
        forms.FeeForm,
        offered=lambda case, user: may(user, "service.oversee"),
        danger=True,
    ),
)

KIND = CaseKind(
    key="service",
    name=_("Service by proxy"),
    actions=ACTIONS,
    sources=lambda: {key: str(label) for key, label in Application.Channel.choices},
    matter=lambda case: str(case.service_application.item),
    panels=(
        Panel("services/panels/application.html", panels.application),
        Panel("services/panels/papers.html", panels.papers),
        Panel("services/panels/legs.html", panels.legs),
        Panel("services/panels/prints.html", panels.prints, side=True),
        Panel("services/panels/agent.html", panels.agent, side=True),
        Panel("services/panels/rating.html", panels.rating, side=True),
    ),
    replaces=frozenset({"opinion", "co_handler"}),
)
