"""What the case page offers for a citizen's matter."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.procedures.kinds import Action, CaseKind, Panel

from . import forms, panels, rules, services
from .models import Channel, Objection

OPEN_TALK = ("sorting", "assigned", "working", "reporting")


def _order(case):
    return case.hotline_order


def _objection(case) -> Objection:
    return Objection.objects.filter(order=_order(case), upheld=None).latest("id")


ACTIONS = (
    Action(
        "accept",
        _("Accept"),
        "circle-check",
        lambda case, data, by, expected: services.accept(_order(case), by=by, expected=expected),
        verb="accept",
        primary=True,
    ),
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
    Action(
        "merge",
        _("Merge into the first"),
        "git-merge",
        lambda case, data, by, expected: services.merge(_order(case), data["first"], by=by, expected=expected),
        forms.MergeForm,
        verb="merge",
    ),
    Action(
        "refuse",
        _("Propose not to accept"),
        "x",
        lambda case, data, by, expected: services.propose_refusal(
            _order(case), ground=data["ground"], note=data["note"], by=by, expected=expected
        ),
        forms.RefuseForm,
        verb="refuse",
        intro=_("Only on a listed legal ground. A second reader decides, and the citizen is told where to go instead."),
        danger=True,
    ),
    Action(
        "confirm_refusal",
        _("Agree not to accept"),
        "circle-check",
        lambda case, data, by, expected: services.confirm_refusal(_order(case), by=by, expected=expected),
        verb="confirm_refusal",
        primary=True,
    ),
    Action(
        "reject_refusal",
        _("Send back to be accepted"),
        "undo-2",
        lambda case, data, by, expected: services.reject_refusal(
            _order(case), note=data["note"], by=by, expected=expected
        ),
        forms.NoteForm,
        verb="reject_refusal",
    ),
    Action(
        "sign",
        _("Sign for it"),
        "badge-check",
        lambda case, data, by, expected: services.sign(_order(case), by=by, expected=expected),
        verb="sign",
        primary=True,
    ),
    Action(
        "object",
        _("Not ours: object"),
        "undo-2",
        lambda case, data, by, expected: services.object_to_dispatch(
            _order(case), ground=data["ground"], proposed=data["proposed"], by=by, expected=expected
        ),
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
        lambda case, data, by, expected: services.answer(_order(case), data["answer"], by=by, expected=expected),
        forms.AnswerForm,
        verb="answer",
        intro=_("This answer goes to the citizen. Only its delivery stops the clock."),
        primary=True,
    ),
    Action(
        "contact",
        _("Note a contact"),
        "phone",
        lambda case, data, by, expected: services.contact(
            _order(case), note=data["note"], reached=data["reached"], by=by
        ),
        forms.ContactForm,
        offered=lambda case, user: case.step in OPEN_TALK and panels.holds(case, user),
    ),
    Action(
        "report",
        _("Report to the centre"),
        "file-check",
        lambda case, data, by, expected: services.report(_order(case), data["report"], by=by, expected=expected),
        forms.ReportForm,
        verb="report",
        primary=True,
    ),
    Action(
        "check",
        _("Check the report"),
        "file-check",
        lambda case, data, by, expected: services.check_report(
            _order(case), passed=data["passed"], note=data["note"], by=by, expected=expected
        ),
        forms.CheckForm,
        verb="accept_report",
        primary=True,
    ),
    Action(
        "call_back",
        _("Call back"),
        "phone-call",
        lambda case, data, by, expected: services.call_back(
            _order(case),
            reached=data["reached"],
            solved=data["solved"],
            satisfaction=data["satisfaction"],
            note=data["note"],
            by=by,
            expected=expected,
        ),
        forms.CallBackForm,
        verb="close",
        intro=_("Ask openly, do not persuade. The citizen may give no grade; that is not satisfaction."),
        primary=True,
    ),
    Action(
        "close_explained",
        _("Close as lawfully explained"),
        "scroll-text",
        lambda case, data, by, expected: services.close_explained(
            _order(case), note=data["note"], by=by, expected=expected
        ),
        forms.NoteForm,
        verb="close_explained",
    ),
    Action(
        "tell_extension",
        _("Tell the citizen of the extension"),
        "phone",
        lambda case, data, by, expected: services.tell_extension(_order(case), note=data["note"], by=by),
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
        lambda case, data, by, expected: services.reopen(_order(case), note=data["note"], by=by),
        forms.NoteForm,
        offered=lambda case, user: case.step == "closed" and bool(case.unit_id) and panels.takes_calls(user),
    ),
    Action(
        "reconsider",
        _("Look at it again"),
        "rotate-ccw",
        lambda case, data, by, expected: services.reconsider(_order(case), note=data["note"], by=by, expected=expected),
        forms.NoteForm,
        verb="reconsider",
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
