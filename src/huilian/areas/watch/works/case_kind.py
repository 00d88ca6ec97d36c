"""What the case page offers for a work or a purchase."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.procedures.kinds import Action, CaseKind, Panel

from . import forms, panels, services
from .models import Acceptance, Change, Pay
from .services import guards
from .services.accepting import SIGNS


def _w(case):
    return case.work


def _noted(verb):
    return lambda case, data, by, expected: verb(_w(case), note=data["note"], by=by, expected=expected)


def _plain(verb):
    return lambda case, data, by, expected: verb(_w(case), by=by, expected=expected)


def _here(action, *steps, when=lambda work: True):
    """Offered to whoever may `action` while the case stands at one of `steps` (any, if none) and `when` holds."""

    def offered(case, user):
        return (not steps or case.step in steps) and not case.is_paused and may(user, action) and when(_w(case))

    return offered


def _files(data):
    return [(file, file.name) for file in data["files"]]


def _signs(case, user):
    return case.step == "accepting" and _sheet(case) is not None and any(may(user, action) for action, _role in SIGNS)


def _sheet(case):
    return _w(case).acceptances.filter(result=Acceptance.Result.OPEN).first()


def _asked(work):
    return work.changes.filter(state=Change.State.ASKED).exists()


def _decides(case, user):
    upper = _w(case).limit_class.needs_decision
    return case.step == "building" and may(user, "works.review" if upper else "works.decide") and _asked(_w(case))


def _move(case, verb, *, by, expected=None, **given):
    """A move that the county has drawn itself."""
    return guards.move(guards.locked(_w(case)), verb, by, expected=expected, **given).case


OPEN_PAY = _here("works.pay", when=lambda w: w.pays.filter(state=Pay.State.ASKED).exists())
ACTIONS = (
    Action("items", _("Write the budget"), "table", lambda case, data, by, expected: None, page="works-items",
           primary=True, offered=_here("works.propose", "budget", "awarding", when=lambda w: (
               w.stage == "budget" or w.limit_class.is_purchase))),
    Action("send_budget", _("Send the budget"), "send", _plain(services.send_budget), verb="send_budget",
           primary=True, offered=lambda case, user: _w(case).budget_cents > 0),
    Action("approve_budget", _("Approve the budget"), "badge-check", lambda case, data, by, expected: (
           services.approve_budget(_w(case), by=by, expected=expected)), verb="approve_budget", primary=True),
    Action("return_budget", _("Send the budget back"), "undo-2", _noted(services.return_budget), forms.GroundForm,
           verb="return_budget"),
    Action("quote", _("Enter a quotation"), "file-text", lambda case, data, by, expected: services.quote(
           _w(case), by=by, **data), forms.QuoteForm, offered=_here("works.propose", "awarding")),
    Action("award", _("Choose who builds"), "circle-check", lambda case, data, by, expected: services.award(
           data.pop("quote"), by=by, expected=expected, **data), forms.AwardForm, verb="award", primary=True,
           offered=lambda case, user: _w(case).quotes.exists()),
    Action("confirm", _("Publication is over"), "check", _plain(services.confirm), verb="confirm", primary=True),
    Action("award_again", _("Choose again after an objection"), "undo-2", _noted(services.award_again),
           forms.GroundForm, verb="award_again"),
    Action("sign", _("Enter the signed contract"), "file-text", lambda case, data, by, expected: services.sign(
           _w(case), data, by=by, expected=expected), forms.SignForm, verb="sign", primary=True),
    Action("event", _("Note what happened on the site"), "image", lambda case, data, by, expected: (
           services.note_event(_w(case), data["kind"], on=data["on"], text=data["text"], progress=data["progress"],
                               files=_files(data), by=by)), forms.EventForm, primary=True,
           offered=lambda case, user: _here("works.record", "building", "warranty")(case, user)
           or _here("works.inspect", "building")(case, user)),
    Action("finish", _("The work is finished"), "flag", lambda case, data, by, expected: services.finish(
           _w(case), on=data["on"], text=data["text"], files=_files(data), by=by, expected=expected),
           forms.FinishForm, verb="finish"),
    Action("ask_change", _("Ask for a change"), "arrow-right-left", lambda case, data, by, expected: (
           services.ask_change(_w(case), by=by, **data)), forms.ChangeForm, offered=_here("works.propose", "building")),
    Action("decide_change", _("Decide on a change"), "circle-check", lambda case, data, by, expected: (
           services.decide_change(data.pop("change"), by=by, **data)), forms.DecideForm, primary=True,
           offered=_decides),
    Action("ask_pay", _("Ask for money of the work"), "wallet", lambda case, data, by, expected: services.ask_pay(
           _w(case), data.pop("kind"), by=by, **data), forms.PayForm,
           offered=_here("works.pay", when=lambda w: w.contract_cents is not None)),
    Action("note_paid", _("Note that it was paid"), "check", lambda case, data, by, expected: services.note_paid(
           data.pop("pay"), by=by, **data), forms.PaidForm, offered=OPEN_PAY),
    Action("drop_pay", _("Nothing is paid on a request"), "x", lambda case, data, by, expected: services.drop_pay(
           data["pay"], note=data["note"], by=by), forms.DropForm, offered=OPEN_PAY),
    Action("open_acceptance", _("Open a sheet of signatures"), "clipboard-list", lambda case, data, by, expected: (
           services.open_acceptance(_w(case), held_on=data["held_on"], by=by)), forms.LookForm, primary=True,
           offered=lambda case, user: _here("works.propose", "accepting")(case, user) and _sheet(case) is None),
    Action("sign_acceptance", _("Sign the sheet"), "pencil", lambda case, data, by, expected: (
           services.sign_acceptance(_sheet(case), by=by, **data)), forms.SignatureForm, primary=True,
           offered=_signs),
    Action("signatures", _("Enter signatures from paper"), "users", lambda case, data, by, expected: (
           services.enter_signatures(_sheet(case), role=data["role"], names=data["names"].splitlines(),
                                     file=data["sheet"], file_name=data["sheet"].name, by=by)), forms.SheetForm,
           offered=lambda case, user: _here("works.propose", "accepting")(case, user) and _sheet(case) is not None),
    Action("accept", _("The work is good"), "badge-check", lambda case, data, by, expected: services.accept(
           _w(case), quality=data["quality"], by=by, expected=expected), forms.AcceptForm, verb="accept",
           primary=True, offered=lambda case, user: _sheet(case) is not None),
    Action("mend", _("Have it mended"), "undo-2", lambda case, data, by, expected: services.mend(
           _w(case), note=data["note"], mend_by=data["mend_by"], by=by, expected=expected), forms.MendForm,
           verb="mend", offered=lambda case, user: _sheet(case) is not None),
    Action("claim", _("Ask for the settlement"), "send", lambda case, data, by, expected: services.claim(
           _w(case), amount_cents=data.pop("amount_cents"), by=by, expected=expected,
           measured={int(key.removeprefix("measured_")): n for key, n in data.items()}),
           forms.ClaimForm, verb="claim", primary=True),
    Action("settle", _("Settle the work"), "badge-check", lambda case, data, by, expected: services.settle(
           _w(case), amount_cents=data["amount_cents"], note=data["note"], by=by, expected=expected),
           forms.SettleForm, verb="settle", primary=True),
    Action("return_claim", _("Send the account back"), "undo-2", _noted(services.return_claim), forms.GroundForm,
           verb="return_claim"),
    Action("release", _("Release and archive"), "check", _plain(services.release), verb="release", primary=True),
    Action("withdraw", pgettext_lazy("works", "Give the work up"), "trash-2", _noted(services.withdraw),
           forms.GroundForm, verb="withdraw", danger=True),
)  # fmt: skip

KIND = CaseKind(
    key="work",
    name=_("Village work or purchase"),
    actions=ACTIONS,
    matter=lambda case: _w(case).scope,
    panels=(
        Panel("works/panels/money.html", panels.money),
        Panel("works/panels/facts.html", panels.facts),
    ),
    family=True,
    move=_move,
)
