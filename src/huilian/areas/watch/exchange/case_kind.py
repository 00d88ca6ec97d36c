"""What the case page offers for a lot."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.procedures.kinds import Action, CaseKind, Panel, acts_on

from . import forms, panels, services
from .models import Board, Lot


def _lot(case) -> Lot:
    return case.lot


act = acts_on(_lot)


INTERRUPTED = ("ready", "notice", "trade", "result", "contract")  # steps at which the head may suspend or terminate


def _decides(case, user) -> bool:
    return case.step in INTERRUPTED and may(user, "exchange.decide")


def _online(state: str):
    def offered(case, user) -> bool:
        auction = _lot(case).auction
        return auction is not None and auction.state == state and _lot(case).has_reserve

    return offered


ACTIONS = (
    Action("submit", _("Correct the application and send it"), "send", lambda *a, **k: None, page="exchange-again",
           verb="submit", primary=True),
    Action("opine", _("Give the township's opinion"), "circle-check", act(services.opine),
           forms.OpinionForm, verb="opine",
           primary=True),
    Action("accept", _("Accept: the papers are in order"), "circle-check", act(services.accept),
           verb="accept", primary=True),
    Action("publish", _("Publish the notice"), "megaphone", act(services.publish), forms.PublishForm, verb="publish",
           primary=True),
    Action("close_registration", _("End registration"), "users", act(services.close_registration), forms.CloseForm,
           verb="close_registration", primary=True),
    Action("extend", _("Let the notice run on"), "calendar-clock", act(services.extend),
           forms.ExtendForm, verb="extend"),
    Action("lower", _("Go on at a lower price"), "trending-down", act(services.lower), forms.LowerForm, verb="lower"),
    Action("correct", _("Correct the notice"), "pencil", lambda case, data, by, expected: services.correct(
        _lot(case), data, note=data.pop("note"), by=by, expected=expected), forms.CorrectForm, verb="correct"),
    Action("award", _("Name the winner"), "gavel", act(services.award), verb="award", primary=True,
           offered=lambda case, user: _lot(case).auction_id is None),
    Action("seal_reserve", _("Seal the reserve price"), "lock", act(services.seal_reserve), forms.ReserveForm,
           offered=lambda case, user: _online("draft")(case, user) and may(user, "exchange.apply")),
    Action("hold_key", _("Take a key of the reserve"), "key-round", lambda *a, **k: None, page="exchange-key",
           offered=lambda case, user: _online("draft")(case, user) and may(user, "exchange.key")),
    Action("turn_key", _("Turn your key"), "key-round", act(services.turn_key), forms.KeyForm, primary=True,
           offered=lambda case, user: _online("waiting")(case, user) and may(user, "exchange.key")),
    Action("confirm", _("Confirm the deal"), "badge-check", act(services.confirm), verb="confirm", primary=True),
    Action("sign", _("Note the signed contract"), "file-check", act(services.sign), forms.SignForm,
           verb="sign", primary=True),
    Action("settle", _("The price is in"), "banknote", lambda case, data, by, expected: services.settle(
        panels.deal_of(_lot(case)), by=by, expected=expected), verb="settle", primary=True),
    Action("certify", _("Issue the certificate"), "stamp", act(services.certify), verb="certify", primary=True),
    Action("archive", _("File the papers"), "archive", act(services.archive), verb="archive", primary=True),
    Action("work", _("Bidders, money, marks"), "users", lambda *a, **k: None, page="exchange-work",
           offered=lambda case, user: may(user, "exchange.bidders")),
    Action("return", pgettext_lazy("exchange", "Send back"), "undo-2", act(services.send_back),
           forms.NoteForm, verb="return"),
    Action("refuse", pgettext_lazy("exchange", "Refuse"), "x", act(services.refuse), forms.NoteForm,
           verb="refuse", danger=True),
    Action("fail", _("End without a taker"), "x", act(services.fail), forms.NoteForm, verb="fail", danger=True),
    Action("overturn", _("Strike the deal out"), "rotate-ccw", act(services.overturn), forms.NoteForm, verb="overturn",
           danger=True),
    Action("break_off", _("The winner backs out"), "circle-x", act(services.break_off), forms.NoteForm,
           verb="break_off",
           danger=True),
    Action("suspend", _("Suspend the trade"), "circle-pause", act(services.suspend), forms.NoteForm,
           offered=lambda case, user: _decides(case, user) and _lot(case).suspended_at is None),
    Action("resume", _("Let the trade go on"), "circle-play", act(services.resume), primary=True,
           offered=lambda case, user: _decides(case, user) and _lot(case).suspended_at is not None),
    Action("terminate", _("Terminate the trade"), "circle-x", act(services.terminate), forms.NoteForm, danger=True,
           offered=_decides),
    Action("list_again", _("List it again"), "rotate-ccw", lambda case, data, by, expected: services.list_again(
        _lot(case), data, by=by), forms.ListAgainForm, primary=True,
           offered=lambda case, user: case.step in ("unsold", "broken", "terminated") and may(user, "exchange.apply")),
    Action("withdraw", _("Take the lot back"), "trash-2", act(services.withdraw), forms.NoteForm, verb="withdraw"),
)  # fmt: skip

KIND = CaseKind(
    key="lot",
    name=_("Trading of a lot"),
    actions=ACTIONS,
    matter=lambda case: _lot(case).description or _lot(case).title,
    sources=lambda: {board.key: str(board) for board in Board.objects.all()},
    panels=(
        Panel("exchange/panels/facts.html", panels.facts),
        Panel("exchange/panels/course.html", panels.course),
        Panel("exchange/panels/unities.html", panels.unities, side=True),
    ),
    replaces=frozenset({"pause", "resume"}),
)
