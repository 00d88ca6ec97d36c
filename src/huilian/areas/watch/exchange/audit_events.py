"""How the acts on lots read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence
from huilian.foundation.money import text as money

from .models import Deposit, Settlement

EVENTS = {
    "lot.submit": Sentence(_("applied; it is with the township")),
    "lot.submit_direct": Sentence(_("applied; it is with the exchange")),
    "lot.opine": Sentence(_("gave the opinion of the township")),
    "lot.accept": Sentence(_("found the papers in order")),
    "lot.publish": Sentence(_("published the notice of the trade")),
    "lot.extend": Sentence(_("let the notice run on until {until}")),
    "lot.lower": Sentence(_("went on at another price on a new decision, until {until}: {note}")),
    "lot.correct": Sentence(_("corrected the notice, until {until}: {note}")),
    "lot.close_registration": Sentence(_("ended registration with {bidders} bidders")),
    "lot.award": Sentence(_("named the winner: deal {deal}")),
    "lot.confirm": Sentence(_("confirmed the deal")),
    "lot.overturn": Sentence(_("struck out the deal after an objection: {note}")),
    "lot.sign": Sentence(_("noted the signed contract {contract}")),
    "lot.settle": Sentence(_("noted that the price is in")),
    "lot.certify": Sentence(_("issued the certificate {certificate}")),
    "lot.archive": Sentence(_("filed the papers")),
    "lot.return": Sentence(_("sent the application back: {note}")),
    "lot.refuse": Sentence(_("refused to trade it: {note}")),
    "lot.withdraw": Sentence(_("took the lot back: {note}")),
    "lot.fail": Sentence(_("ended it without a taker: {note}")),
    "lot.break_off": Sentence(_("noted that the winner backed out: {note}")),
    "lot.suspend": Sentence(_("suspended the trade: {note}")),
    "lot.resume": Sentence(_("let the trade go on")),
    "lot.terminate": Sentence(_("terminated the trade: {note}")),
    "exchange.seed": Sentence(_("entered the default boards, periods and rights of the exchange")),
    "exchange.catalogue": Sentence(_("changed “{what}” in the tables of the exchange")),
    "exchange.posted": Sentence(_("noted that notice {notice} hangs on the village board since {on}")),
    "exchange.asked": Sentence(_("asked about the lot")),
    "exchange.answered": Sentence(_("answered a question")),
    "exchange.registered": Sentence(_("registered as a bidder: {registration}")),
    "exchange.examined": Sentence(_("examined registration {registration}")),
    "exchange.gave_up": Sentence(_("withdrew registration {registration}")),
    "exchange.deposit": Sentence(
        _("noted the deposit of {registration}: {state}"), {"state": lambda key: Deposit.State(key).label}
    ),
    "exchange.forfeited": Sentence(_("kept the deposit of {registration} as forfeited")),
    "exchange.money": Sentence(
        _("noted money of deal {deal}: {kind}, {amount} yuan"),
        {"kind": lambda key: Settlement.Kind(key).label, "amount": money},
    ),
    "exchange.price": Sentence(_("entered a price of {registration}, round {round}")),
    "exchange.draw": Sentence(_("published the list from which experts are drawn: {draw}")),
    "exchange.undrawn": Sentence(_("gave up the published list of experts {draw}: {reason}")),
    "exchange.seated": Sentence(_("seated {experts} experts by draw {draw}")),
    "exchange.marked": Sentence(_("entered an expert's marks for {registration}")),
    "exchange.bidding": Sentence(_("opened the online bidding {auction}")),
    "exchange.key": Sentence(_("took a key of the sealed reserve")),
    "exchange.reserve": Sentence(_("sealed the reserve to two keys")),
    "exchange.paddle": Sentence(_("took the paddle of {registration}")),
    "exchange.objected": Sentence(_("objected; the clock stands still")),
    "exchange.objection_answered": Sentence(_("answered an objection")),
    "exchange.attended": Sentence(_("attended “{step}” for the supervision")),
    "exchange.put_right": Sentence(_("noted what was done about a finding of the supervision")),
}
