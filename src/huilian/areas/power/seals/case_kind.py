"""What the case page offers for a request for a seal."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.procedures.kinds import Action, CaseKind, Panel, acts_on

from . import forms, panels, services
from .models import Seal
from .queries.reach import kept_by


def _r(case):
    return case.seal_request


def _again(case, data, by, expected):
    files = [(file, file.name) for file in data.pop("files") or []]
    return services.ask_again(_r(case), data, files, by=by, expected=expected)


def _keeps(case, user) -> bool:
    return kept_by(user).filter(pk=_r(case).seal_id, state=Seal.State.IN_USE).exists()


act = acts_on(_r)
SEEN = _("Look at the pages below before you agree.")
ACTIONS = (
    Action("agree", pgettext_lazy("seals", "Agree to the use"), "circle-check", act(services.agree), verb="agree",
           intro=SEEN, primary=True, offered=lambda case, user: _r(case).document_class.way != "township"),
    Action("send_up", _("Agree and send up to the township"), "circle-check", act(services.agree), verb="send_up",
           intro=SEEN, primary=True, offered=lambda case, user: _r(case).document_class.way == "township"),
    Action("approve", _("Approve the use"), "badge-check", act(services.approve), verb="approve", intro=SEEN,
           primary=True),
    Action("let_out", _("Let the seal out"), "stamp", lambda case, data, by, expected: None, page="seals-stamp",
           primary=True, offered=lambda case, user: case.step == "release" and _keeps(case, user)),
    Action("close", _("Enter in the book of use"), "check", act(services.close), verb="close",
           offered=lambda case, user: _r(case).prints.exists()),
    Action("resubmit", _("Correct and ask again"), "send", _again, forms.AgainForm, verb="resubmit", primary=True),
    Action("return", pgettext_lazy("seals", "Send back to be corrected"), "undo-2", act(services.send_back),
           forms.GroundForm, verb="return"),
    Action("refuse", _("Refuse the seal"), "x", act(services.refuse), forms.GroundForm, verb="refuse", danger=True),
    Action("withdraw", pgettext_lazy("seals", "Give the request up"), "trash-2", act(services.withdraw),
           forms.GroundForm, verb="withdraw", offered=lambda case, user: not _r(case).prints.exists()),
)  # fmt: skip

KIND = CaseKind(
    key="seal",
    name=_("Use of a seal"),
    actions=ACTIONS,
    matter=lambda case: _r(case).purpose,
    panels=(
        Panel("seals/panels/facts.html", panels.facts),
        Panel("seals/panels/marks.html", panels.marks, side=True),
    ),
)
