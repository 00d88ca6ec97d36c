"""What the case page offers for a request to pay."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.procedures.kinds import Action, CaseKind, Panel, acts_on

from . import forms, panels
from .services import payments


def _payment(case):
    return case.payment


act = acts_on(_payment)
ACTIONS = (
    Action("agree", pgettext_lazy("payment", "Agree"), "circle-check", act(payments.agree), verb="agree", primary=True),
    Action(
        "stamp",
        _("Stamp for the committee"),
        "stamp",
        act(payments.stamp),
        verb="stamp",
        intro=_("Only after you have seen the papers themselves."),
        primary=True,
    ),
    Action(
        "approve", _("Approve for the township"), "badge-check", act(payments.approve), verb="approve", primary=True
    ),
    Action(
        "book",
        _("Enter the voucher"),
        "receipt-text",
        act(payments.book),
        forms.BookForm,
        verb="book",
        intro=_("The voucher carries everybody's marks and goes to review; the request closes when it is posted."),
        primary=True,
    ),
    Action(
        "resubmit",
        _("Correct and send again"),
        "send",
        lambda case, data, by, expected: payments.resubmit(
            _payment(case), {k: v for k, v in data.items() if k != "set"}, by=by, expected=expected
        ),
        forms.ResubmitForm,
        verb="resubmit",
        primary=True,
    ),
    Action(
        "return", _("Send back to be corrected"), "undo-2", act(payments.send_back), forms.GroundForm, verb="return"
    ),
    Action("refuse", _("Refuse the payment"), "x", act(payments.refuse), forms.GroundForm, verb="refuse", danger=True),
    Action("withdraw", _("Give the request up"), "trash-2", act(payments.withdraw), forms.GroundForm, verb="withdraw"),
)

KIND = CaseKind(
    key="payment",
    name=_("Request to pay"),
    actions=ACTIONS,
    matter=lambda case: _payment(case).purpose,
    panels=(
        Panel("collective/panels/notices.html", panels.warnings),
        Panel("collective/panels/payment.html", panels.facts),
        Panel("collective/panels/marks.html", panels.marks, side=True),
    ),
)
