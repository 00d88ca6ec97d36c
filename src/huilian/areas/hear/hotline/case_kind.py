"""What the case page offers for a citizen's matter."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.procedures.kinds import Action, CaseKind, Panel, acts_on

from . import forms, panels, rules, services
from .models import Channel, Objection

OPEN_TALK = ("sorting", "assigned", "working", "reporting")


def _order(case):
    return case.hotline_order


def _objection(case) -> Objection:
    return Objection.objects.filter(order=_order(case), upheld=None).latest("id")


act = acts_on(_order)
ACTIONS = (
    Action("accept", _("Accept"), "circle-check", act(services.accept), verb="accept", primary=True),
    Action(
        "dispatch",
        _("Dispatch"),
        "send",
        lambda case, data, by, expected: services.dispatch(
            _order(case),
            unit=data["unit"],
            class_key=data["class_key"],
            matter=data["matter"],
            co_units=list(data["co_units"]),
            note=data["note"],
            by=by,
            expected=expected,
        ),
        forms.DispatchForm,
        verb="dispatch",
        primary=True,
        page="hotline-dispatch",
    ),
    Action(
        "answer_now",
        _("Answer at once"),
        "phone-call",
        lambda case, data, by, expected: services.answer_at_once(
            _order(case), data["answer"], by=by, expected=expected
        ),
        forms.AnswerAtOnceForm,
        verb="answer_now",
        intro=_("Somebody else will still call the citizen back before the matter is closed."),
    ),
    Action(
        "three_way_call",
        _("Three-way call"),
        "users",
        lambda case, data, by, expected: services.record_three_way_call(
            _order(case),
            unit=data["unit"],
            officer=data["officer"],
            started_at=data["started_at"],
            ended_at=data["ended_at"],
            conclusion=data["conclusion"],
            citizen_agrees=data["agrees"] == "yes",
            by=by,
        ),
        forms.ThreeWayForm,
        offered=lambda case, user: case.step == "sorting" and panels.takes_calls(user),
    ),
    Action("merge", _("Merge into the first"), "git-merge", act(services.merge), forms.MergeForm, verb="merge"),
    Action(
        "refuse",
        _("Propose not to accept"),
        "x",
        act(services.propose_refusal),
        forms.RefuseForm,
        verb="refuse",
        intro=_("Only on a listed legal ground. A second reader decides, and the citizen is told where to go instead."),
        danger=True,
    ),
    Action(
        "confirm_refusal",
        _("Agree not to accept"),
        "circle-check",
        act(services.confirm_refusal),
        verb="confirm_refusal",
        primary=True,
    ),
    Action(
        "reject_refusal",
        _("Send back to be accepted"),
        "undo-2",
        act(services.reject_refusal),
        forms.NoteForm,
        verb="reject_refusal",
    ),
    Action("sign", _("Sign for it"), "badge-check", act(services.sign), verb="sign", primary=True),
    Action(
        "object",
        _("Not ours: object"),
        "undo-2",
        act(services.object_to_dispatch),
        forms.ObjectForm,
        verb="object",
        offered=lambda case, user: not rules.answers_first(_order(case).returns),
        intro=_("The duty head rules within four office hours. The time limit runs on meanwhile."),
    ),
    Action(
        "rule",
        _("Rule on the objection"),
        "scale",
        lambda case, data, by, expected: services.rule_on_objection(
            _objection(case), uphold=data["uphold"], ruling=data["ruling"], by=by, expected=expected
        ),
        forms.RulingForm,
        verb="uphold_objection",
        primary=True,
    ),
    Action(
        "answer",
        _("Answer the citizen"),
        "send",
        act(services.answer, answer="text"),
        forms.AnswerForm,
        verb="answer",
        intro=_("This answer goes to the citizen. Only its delivery stops the clock."),
        primary=True,
    ),
    Action(
        "contact",
        _("Note a contact"),
        "phone",
        act(services.contact),
        forms.ContactForm,
        offered=lambda case, user: case.step in OPEN_TALK and panels.holds(case, user),
    ),
    Action(
        "report",
        _("Report to the centre"),
        "file-check",
        act(services.report, report="text"),
        forms.ReportForm,
        verb="report",
        primary=True,
    ),
    Action(
        "check",
        _("Check the report"),
        "file-check",
        act(services.check_report),
        forms.CheckForm,
        verb="accept_report",
        primary=True,
    ),
    Action(
        "call_back",
        _("Call back"),
        "phone-call",
        act(services.call_back),
        forms.CallBackForm,
        verb="close",
        intro=_("Ask openly, do not persuade. The citizen may give no grade; that is not satisfaction."),
        primary=True,
    ),
    Action(
        "close_explained",
        _("Close as lawfully explained"),
        "scroll-text",
        act(services.close_explained),
        forms.NoteForm,
        verb="close_explained",
    ),
    Action(
        "tell_extension",
        _("Tell the citizen of the extension"),
        "phone",
        act(services.tell_extension),
        forms.ToldForm,
        offered=lambda case, user: panels.has_untold_extension(case) and panels.holds(case, user),
        intro=_("More time was approved. The citizen is told the new day and the reason; note what was said."),
    ),
    Action(
        "name_party",
        _("Name whom it is about"),
        "shield-alert",
        lambda case, data, by, expected: services.name_party(
            _order(case), unit=data["unit"], person=data["person"], by=by
        ),
        forms.PartyForm,
        offered=lambda case, user: case.step in ("raised", "sorting") and panels.takes_calls(user),
        intro=_("They, their kin and the head of the unit will not see it, and it is never sent there."),
    ),
    Action(
        "reopen",
        _("Reopen"),
        "rotate-ccw",
        act(services.reopen),
        forms.NoteForm,
        offered=lambda case, user: case.step == "closed" and bool(case.unit_id) and panels.takes_calls(user),
    ),
    Action(
        "reconsider", _("Look at it again"), "rotate-ccw", act(services.reconsider), forms.NoteForm, verb="reconsider"
    ),
)

KIND = CaseKind(
    key="hotline",
    name=_("Citizen's matter"),
    actions=ACTIONS,
    sources=lambda: {channel.key: str(channel) for channel in Channel.objects.all()},
    matter=lambda case: _order(case).text,
    panels=(
        Panel("hotline/panels/matter.html", panels.matter),
        Panel("hotline/panels/answer.html", panels.answer),
        Panel("hotline/panels/talks.html", panels.talks),
        Panel("hotline/panels/checklist.html", panels.checklist, side=True),
        Panel("hotline/panels/similar.html", panels.similar),
        Panel("hotline/panels/caller.html", panels.caller, side=True),
        Panel("hotline/panels/promises.html", panels.promises, side=True),
    ),
)
