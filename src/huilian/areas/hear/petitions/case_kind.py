"""What the case page offers for petitions, public opinion and papers of supervision."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.kinds import Action, CaseKind, Panel, acts_on
from huilian.engine.procedures.models import Extension

from . import forms, panels, rules, services
from .acts import buttons
from .models import Charge, Petition
from .panels import matter_of, paper_of, petition_of


def _asked(case) -> bool:
    return Extension.objects.filter(case=case, approved=None).exists()


def _may_ask(case, user) -> bool:
    if case.step not in ("working", "delivering") or case.class_key == "simple" or case.unit_id not in units_of(user):
        return False
    return not Extension.objects.filter(case=case, round=case.round).exclude(approved=False).exists()


def _untold(case, user) -> bool:
    granted = Extension.objects.filter(case=case, approved=True, told_at=None)
    return case.unit_id in units_of(user) and granted.exists()


def _lead(case, data, by, expected):
    marks = {name: data.pop(name) for name in rules.WORTH}
    return services.put_in_charge(petition_of(case), data.pop("leader"), marks=marks, **data, by=by)


def _charge(case, user) -> dict:
    words = panels.charge(case, user)
    return {**words, "acts": buttons("charge", words["charge"], user) if words["charge"] else []}


act = acts_on(petition_of)
ACTIONS = (
    Action("forward", _("Pass it on"), "send", act(services.forward), forms.ForwardForm, verb="forward", primary=True,
           intro=_("To the organ that is competent, within fifteen days of receipt. A demand that has its own way by "
                   "law is led there instead.")),
    Action("accept", _("Accept it"), "circle-check", act(services.accept), forms.AcceptForm, verb="accept",
           primary=True, intro=_("The notice is printed from the case and handed over within fifteen days. The time "
                                 "for the answer counts from today.")),
    Action("route", _("Lead it to its lawful way"), "route", act(services.route), forms.RouteForm, verb="route",
           intro=_("Litigation, arbitration, reconsideration and others come before the petition."),
           offered=lambda case, user: petition_of(case).kind == Petition.Kind.DEMAND),
    Action("return", _("Not ours: send it back"), "undo-2", act(services.send_back), forms.NoteForm, verb="return"),
    Action("hand_back", _("No petition: hand it back"), "undo-2", act(services.hand_back), forms.NoteForm,
           verb="hand_back", offered=lambda case, user: petition_of(case).channel in services.BACK,
           intro=_("To the hotline it came from, which sorts it anew. The person reads the reason under the same "
                   "code.")),
    Action("refuse", _("Do not accept it"), "x", act(services.refuse), forms.RefuseForm, verb="refuse", danger=True,
           intro=_("Only on a listed ground, in writing, with what is left to the person.")),
    Action("answer", _("Sign the answer"), "file-check",
           lambda case, data, by, expected: services.answer(petition_of(case), data, by=by, expected=expected),
           forms.AnswerForm, verb="answer", primary=True,
           intro=_("Claim, facts, grounds, opinion, remedy: without one of them it is no answer.")),
    Action("deliver", _("Note the delivery"), "mail", act(services.deliver), forms.DeliverForm, verb="deliver",
           primary=True, intro=_("Only delivery stops the clock.")),
    Action("more_time", _("Ask for more days"), "calendar-clock", act(services.ask_more_time), forms.MoreTimeForm,
           offered=_may_ask, intro=_("At most thirty, once, approved by the head of the organ; the reason is told.")),
    Action("decide_more_time", _("Decide on more days"), "calendar-clock", act(services.decide_more_time),
           forms.DecideForm, primary=True,
           offered=lambda case, user: _asked(case) and case.unit_id in units_of(user, ("unit_head",))),
    Action("tell_more_time", _("The new day was told"), "phone", act(services.tell_more_time), offered=_untold,
           primary=True),
    Action("ask_review", _("A review is asked for"), "scale", act(services.ask_review), forms.AskReviewForm,
           offered=lambda case, user: case.step in ("answered", "reviewed") and may(user, "petitions.take")),
    Action("decide_review", _("Deliver the opinion of the review"), "gavel", act(services.decide_review),
           forms.ReviewForm, primary=True,
           offered=lambda case, user: case.step in ("review", "final") and may(user, "petitions.review")),
    Action("begin_hearing", _("A hearing begins"), "circle-pause", act(services.begin_hearing),
           intro=_("Its time is not counted."),
           offered=lambda case, user: case.step == "final" and not case.is_paused and may(user, "petitions.review")),
    Action("end_hearing", _("The hearing is over"), "circle-play", act(services.end_hearing), primary=True,
           offered=lambda case, user: case.is_paused and may(user, "petitions.review")),
    Action("close", pgettext_lazy("petitions", "Close it"), "check", act(services.close), verb="close"),
    Action("link", _("It repeats another"), "link", act(services.link_repeat), forms.LinkForm,
           offered=lambda case, user: may(user, "petitions.take") and petition_of(case).repeat_of_id is None),
    Action("plan", _("Set a plan"), "list-checks", act(services.plan), forms.PlanForm,
           offered=lambda case, user: case.is_open and case.unit_id in units_of(user)),
    Action("charge", _("Let a leader lead it"), "user-check", _lead, forms.ChargeForm,
           intro=_("Chosen by what the matter is worth. Five points of ten propose it; below, the reason says more."),
           offered=lambda case, user: case.is_open and may(user, "petitions.charge")
           and not Charge.objects.filter(petition__case=case).exists()),
    Action("withdraw", _("The petitioner gives it up"), "trash-2", act(services.withdraw), forms.NoteForm,
           offered=lambda case, user: case.definition.move("withdraw", case.step) is not None
           and may(user, "petitions.take")),
)  # fmt: skip

on = acts_on(matter_of)
MATTER = (
    Action("send", _("Have it verified"), "send", on(services.send_matter), forms.UnitForm, verb="send", primary=True),
    Action("tell_facts", _("Tell the facts"), "file-text", on(services.tell_facts), forms.FactsForm,
           verb="tell_facts", primary=True),
    Action("again", _("Verify again"), "undo-2", on(services.verify_again), forms.NoteForm, verb="again"),
    Action("publish", _("Publish the answer"), "megaphone", on(services.publish_answer), forms.PublishForm,
           verb="publish", primary=True),
    Action("look_back", _("Look back"), "history", on(services.look_back), forms.LessonForm, verb="close",
           primary=True),
    Action("heat", _("Correct the heat"), "gauge", on(services.raise_heat), forms.HeatForm,
           offered=lambda case, user: case.is_open and may(user, "petitions.opinion")),
)  # fmt: skip

of = acts_on(paper_of)
PAPER = (
    Action("propose", _("Lay it before the approver"), "send", of(services.propose_paper), verb="propose",
           primary=True),
    Action("serve", _("Approve and serve"), "stamp", of(services.serve_paper), verb="serve", primary=True),
    Action("drop", _("Do not issue it"), "x", of(services.drop_paper), forms.NoteForm, verb="drop", danger=True),
    Action("reply", pgettext_lazy("petitions", "Reply to it"), "send", of(services.reply_paper), forms.ReplyForm,
           verb="reply", primary=True),
    Action("check", _("Check the effect"), "file-check", of(services.check_paper), forms.EffectForm, verb="close",
           primary=True),
)  # fmt: skip

COMMON = frozenset({"pause", "resume"})  # only a hearing lets time stand still here
KINDS = (
    CaseKind(
        key="petition",
        name=_("Petition"),
        actions=ACTIONS,
        sources=lambda: {key: str(label) for key, label in Petition.Channel.choices},
        panels=(
            Panel("petitions/panels/petition.html", panels.petition),
            Panel("petitions/panels/people.html", panels.people, side=True),
            Panel("petitions/panels/charge.html", _charge, side=True),
            Panel("petitions/panels/papers.html", panels.papers, side=True),
        ),
        replaces=COMMON | {"ask_extension", "decide_extension"},
    ),
    CaseKind(
        key="online_matter",
        name=_("Public opinion"),
        actions=MATTER,
        panels=(Panel("petitions/panels/matter.html", panels.matter),),
        replaces=COMMON,
    ),
    CaseKind(
        key="supervision_paper",
        name=_("Paper of supervision"),
        actions=PAPER,
        panels=(Panel("petitions/panels/paper.html", panels.paper),),
        replaces=COMMON,
    ),
)
