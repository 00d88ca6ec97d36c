"""What the case page offers for a motion. Meetings have pages of their own."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.procedures.kinds import Action, CaseKind, Panel

from . import forms, panels, services
from .panels import motion_of
from .queries.chain import announced, is_done, is_signed, objection_to, spec_of


def _noted(verb):
    return lambda case, data, by, expected: verb(motion_of(case), note=data["note"], by=by, expected=expected)


def _keeps(case, user) -> bool:
    return case.is_open and may(user, "decisions.keep")


def _waits_for_signature(case, user) -> bool:
    motion = motion_of(case)
    spec, objection = spec_of(motion), objection_to(motion)
    answered = objection is None or objection.answered_at is not None
    done = case.is_open and spec.sign_off and is_done(motion, spec) and not is_signed(motion)
    return may(user, "decisions.supervise") and done and answered


def _objected(case) -> bool:
    objection = objection_to(motion_of(case))
    return objection is not None and objection.answered_at is None


def _to_publish(case, user) -> bool:
    motion = motion_of(case)
    kind = spec_of(motion).publishes
    return _keeps(case, user) and bool(kind) and announced(motion, kind) is None


def _may_rule(case, user) -> bool:
    objection = objection_to(motion_of(case))
    return may(user, "decisions.guide") and objection is not None and objection.answered_at is not None


def _announce(case, data, by, expected):
    photo = (data["photo"], data["photo"].name) if data["photo"] else None
    return services.announce(motion_of(case), text=data["text"], photo=photo, by=by)


ACTIONS = (
    Action("call", _("Call a meeting"), "users", lambda case, data, by, expected: None, page="decisions-call-for",
           primary=True, offered=lambda case, user: _keeps(case, user) and panels.may_be_called(motion_of(case))),
    Action("note_step", _("Record this step"), "check", _noted(services.note_step), forms.NoteForm, verb="pass",
           primary=True, offered=lambda case, user: spec_of(motion_of(case)).records),
    Action("sign_off", _("Sign or object"), "badge-check",
           lambda case, data, by, expected: services.sign_off(motion_of(case), **data, by=by), forms.SignForm,
           offered=_waits_for_signature, primary=True,
           intro=_("Look at minutes, signing sheet and count first. An objection stops the motion.")),
    Action("answer", _("Answer the objection"), "send",
           lambda case, data, by, expected: services.answer(motion_of(case), **data, by=by), forms.AnswerForm,
           offered=lambda case, user: _keeps(case, user) and _objected(case), primary=True),
    Action("rule", _("Rule on the objection"), "scale",
           lambda case, data, by, expected: services.rule(motion_of(case), words=data["note"], by=by), forms.NoteForm,
           offered=_may_rule),
    Action("announce", pgettext_lazy("decisions", "Publish"), "megaphone", _announce, forms.AnnounceForm,
           offered=_to_publish, primary=True, intro=_("In words everybody understands; the public page shows it.")),
    Action("execute", _("Note what was done"), "clipboard-list",
           lambda case, data, by, expected: services.execute(motion_of(case), data, by=by), forms.ExecuteForm,
           offered=lambda case, user: (
               _keeps(case, user) if case.step == "carrying" else may(user, "decisions.supervise")
           )),
    Action("carried", _("All is carried out"), "check",
           lambda case, data, by, expected: services.carried(motion_of(case), by=by, expected=expected), verb="carried",
           offered=_keeps),
    Action("drop", _("End as not passed"), "x", _noted(services.drop), forms.NoteForm, verb="drop", danger=True,
           offered=lambda case, user: motion_of(case).items.filter(outcome__in=["not_passed", "no_quorum"]).exists()),
    Action("withdraw", pgettext_lazy("decisions", "Take the motion back"), "trash-2", _noted(services.withdraw),
           forms.NoteForm, verb="withdraw"),
)  # fmt: skip

KIND = CaseKind(
    key="decision",
    name=pgettext_lazy("decisions", "Decision"),
    actions=ACTIONS,
    matter=lambda case: motion_of(case).text,
    sources=lambda: {"desk": str(_("brought up at the desk"))},
    panels=(
        Panel("decisions/panels/facts.html", panels.facts),
        Panel("decisions/panels/marks.html", panels.marks, side=True),
    ),
)
