"""What the case page offers for complaints about acts and for penalties."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.procedures.kinds import Action, CaseKind, Panel, acts_on

from . import forms, panels, services


def _c(case):
    return case.act_complaint


def _p(case):
    return case.penalty


def _noted(verb: str):
    return lambda case, data, by, expected: services.move_penalty(
        _p(case), verb, note=data["note"], by=by, expected=expected
    )


on_complaint, on_penalty = acts_on(_c), acts_on(_p)
COMPLAINT = CaseKind(
    key="act_complaint",
    name=_("Complaint about an act"),
    actions=(
        Action("accept", _("Take it up; the unit explains first"), "circle-check",
               on_complaint(services.take_up),
               verb="accept", primary=True),
        Action("refuse", _("Do not take it up"), "x",
               on_complaint(services.refuse_complaint),
               forms.NoteForm, verb="refuse", danger=True, intro=_("With the ground, and where to turn to instead.")),
        Action("explain", _("Explain how it was handled"), "message-square-warning",
               on_complaint(services.explain),
               forms.NoteForm, verb="explain", primary=True),
        Action("decide", _("Decide and answer"), "send",
               on_complaint(services.decide_complaint),
               forms.DecideForm, verb="decide", primary=True),
    ),
    matter=lambda case: _c(case).text,
    panels=(Panel("monitoring/panels/complaint.html", panels.complaint),),
)  # fmt: skip

PENALTY = CaseKind(
    key="penalty",
    name=_("Administrative penalty"),
    actions=(
        Action("file", _("File the case"), "check",
               on_penalty(services.file_penalty),
               verb="file", primary=True, intro=_("The ninety days begin.")),
        Action("investigated", _("Evidence is taken"), "check", _noted("investigated"), forms.NoteForm,
               verb="investigated", primary=True, intro=_("Write down the facts and what proves them.")),
        Action("propose", _("Propose a fine"), "scale",
               on_penalty(services.propose, amount="amount_cents"),
               forms.ProposeForm, verb="propose", primary=True),
        Action("pass_review", _("The proposal is in order"), "badge-check",
               on_penalty(services.review),
               verb="pass_review", primary=True),
        Action("return", pgettext_lazy("penalty", "Send back"), "undo-2", _noted("return"), forms.NoteForm,
               verb="return"),
        Action("heard", _("Notice given, party heard"), "check", _noted("heard"), forms.NoteForm,
               verb="heard", primary=True),
        Action("decide", _("Decide on the penalty"), "badge-check",
               on_penalty(services.decide_penalty),
               verb="decide", primary=True),
        Action("executed", _("Carried out"), "check", _noted("executed"), forms.NoteForm,
               verb="executed", primary=True),
        Action("drop", _("No penalty"), "x", _noted("drop"), forms.NoteForm, verb="drop", danger=True),
    ),
    matter=lambda case: _p(case).facts or _p(case).source,
    panels=(Panel("monitoring/panels/penalty.html", panels.penalty),),
)  # fmt: skip

KINDS = (COMPLAINT, PENALTY)
