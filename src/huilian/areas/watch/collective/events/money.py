"""How the acts on bank, budget and payments read in the history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.text import money
from huilian.engine.trail.verbs import Sentence

from ..models import Limit

AMOUNT = {"cents": lambda cents: money(int(cents))}
CLOSING = {"closing": lambda cents: money(int(cents))}

EVENTS = {
    "collective.bank_account": Sentence(_("entered the account …{last} at {bank}")),
    "collective.bank_account_change": Sentence(_("changed the account …{last} at {bank}")),
    "collective.bank_statement": Sentence(
        _("read a statement of the account …{account} with {rows} entries up to {upto}, closing with {closing}"),
        CLOSING,
    ),
    "collective.bank_statements": Sentence(_("read {statements} statements of the account …{account}, {rows} entries")),
    "collective.bank_withdraw": Sentence(_("took back the last statement of the account …{account}, {rows} entries")),
    "collective.bank_match": Sentence(_("matched {cents} of the account …{account} with its vouchers"), AMOUNT),
    "collective.bank_unmatch": Sentence(_("undid a match of the account …{account}")),
    "collective.bank_match_open": Sentence(_("matched {entries} entries of the account …{account} by rule")),
}
EVENTS |= {
    "collective.budget": Sentence(
        _("entered version {version} of the budget of {year} by decision {decision}, {count} lines")
    ),
    "payment.submit": Sentence(_("asked for {cents}"), AMOUNT),
    "payment.resubmit": Sentence(_("asked again, now for {cents}"), AMOUNT),
    "payment.withdraw": Sentence(_("withdrew the request: {note}")),
    "payment.agree": Sentence(_("agreed for the village")),
    "payment.stamp": Sentence(_("stamped it for the supervision committee")),
    "payment.stamp_up": Sentence(_("stamped it for the supervision committee and sent it to the township")),
    "payment.approve": Sentence(_("approved it for the township")),
    "payment.return": Sentence(_("sent it back to be corrected: {note}")),
    "payment.refuse": Sentence(_("refused the payment: {note}")),
    "payment.book": Sentence(_("entered the voucher")),
    "payment.unbook": Sentence(_("the voucher was thrown away; to be entered again")),
    "payment.post": Sentence(_("posted as voucher {voucher}")),
}
EVENTS |= {
    "collective.tier": Sentence(_("set the tier of approval “{tier}” from {from} on")),
    "collective.limit": Sentence(_("set “{limit}” to {value} from {from} on"), {"limit": lambda k: Limit.Key(k).label}),
    "collective.county_account": Sentence(_("kept the account {account} {name} in the chart of the county")),
    "collective.template": Sentence(_("kept the voucher template “{name}”")),
}
