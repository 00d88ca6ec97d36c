"""How the acts on things, contracts, debts, members and distributions read in the history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.text import money
from huilian.engine.trail.verbs import Sentence

from ..models import Asset, Contract, Debt


def _money(*names: str):
    return {name: lambda cents: money(int(cents)) for name in names}


AMOUNT = _money("amount")


def _fields(model):
    """Names of fields, and changes that begin with one, in the words of the forms."""

    def words(names: list[str]) -> list[str]:
        told = []
        for name in names:
            field, _space, rest = name.partition(" ")
            told.append(f"{model._meta.get_field(field).verbose_name} {rest}".strip())
        return told

    return words


STATUS = {"status": lambda key: Asset.Status(key).label}
DIRECTION = {"direction": lambda key: Debt.Direction(key).label} | AMOUNT

EVENTS = {
    "collective.register_asset": Sentence(_("entered {name} into the register, worth {amount}"), AMOUNT),
    "collective.change_asset": Sentence(_("changed the card: {fields}"), {"fields": _fields(Asset)}),
    "collective.let_asset": Sentence(_("noted it as let under {paper} from {on}")),
    "collective.lend_asset": Sentence(_("noted it as lent by {paper} from {on}")),
    "collective.take_back": Sentence(_("noted that it was given back on {on}")),
    "collective.note_use": Sentence(_("noted it as {status} since {on}"), STATUS),
    "collective.value_asset": Sentence(_("entered a valuation of {amount}"), AMOUNT),
    "collective.sell_asset": Sentence(
        _("noted it as sold for {amount}, valued at {valuation}, by {decision}"), _money("amount", "valuation")
    ),
    "collective.sell_asset_low": Sentence(
        _("noted it as sold for {amount}, below nine tenths of the valuation of {valuation}, by {decision}"),
        _money("amount", "valuation"),
    ),
    "collective.scrap_asset": Sentence(_("noted it as scrapped, with {amount} got for it, by {decision}"), AMOUNT),
    "collective.count_assets": Sentence(_("entered a count of {counted} assets with {differences} differences")),
    "collective.import_assets": Sentence(_("took over {rows} asset cards (digest {digest})")),
    "collective.draft_depreciation": Sentence(_("drafted the depreciation of {month}: {amount}"), AMOUNT),
    "collective.draft_contract": Sentence(_("entered the contract as a draft over {amount}"), AMOUNT),
    "collective.change_contract": Sentence(_("changed the draft: {fields}"), {"fields": _fields(Contract)}),
    "collective.activate_contract": Sentence(_("put the contract in force: {dues} payments, {amount}"), AMOUNT),
    "collective.contract_papers": Sentence(_("noted papers of the contract: {fields}"), {"fields": _fields(Contract)}),
    "collective.contract_scan": Sentence(_("kept the scan {file}")),
    "collective.amend_contract": Sentence(
        _("amended it by {agreement} from {on}: {changes}"), {"changes": _fields(Contract)}
    ),
    "collective.terminate_contract": Sentence(_("ended it early on {on}: {reason}")),
    "collective.end_contract": Sentence(_("closed it after its time, on {on}")),
    "collective.renew_contract": Sentence(_("drafted {number}, which renews it")),
    "collective.import_contracts": Sentence(_("took over {rows} contracts (digest {digest})")),
    "collective.settle_due": Sentence(_("settled {amount} by voucher {voucher}"), AMOUNT),
    "collective.undo_settlement": Sentence(_("took {amount} of voucher {voucher} off again: {reason}"), AMOUNT),
    "collective.draft_receivables": Sentence(_("drafted {amount} of rent due and not received"), AMOUNT),
    "collective.enter_debt": Sentence(_("entered {amount} {direction}"), DIRECTION),
    "collective.change_debt": Sentence(_("changed the entry: {fields}"), {"fields": _fields(Debt)}),
    "collective.settle_debt": Sentence(
        _("settled {amount} by voucher {voucher}; {left} stay open"), _money("amount", "left")
    ),
    "collective.write_off_debt": Sentence(_("gave {amount} up by {decision}: {reason}"), AMOUNT),
    "collective.import_debts": Sentence(_("took over {rows} debts and claims (digest {digest})")),
    "collective.join": Sentence(_("entered a member of household {household} by {decision}")),
    "collective.leave": Sentence(_("took a member of household {household} off the roll by {decision}")),
    "collective.import_members": Sentence(_("took over a roll of {rows} members (digest {digest})")),
    "collective.share_set_up": Sentence(_("set up {after} shares for household {household} by {decision}")),
    "collective.share_changed": Sentence(_("changed the shares of {household} from {before} to {after} by {decision}")),
    "collective.share_inherited": Sentence(_("noted the heir of the {after} shares of {household} by {decision}")),
    "collective.share_transferred": Sentence(
        _("moved shares of household {household}: {before} before, {after} now, by {decision}")
    ),
    "collective.share_given_up": Sentence(
        _("noted that household {household} gave its {before} shares up by {decision}")
    ),
    "collective.plan_distribution": Sentence(
        _("planned the distribution of {year}: {reserve} to the reserve, {amount} to {households} households"),
        _money("reserve", "amount"),
    ),
    "collective.show_plan": Sentence(_("noted that the plan lies open to the members from {on}")),
    "collective.decide_distribution": Sentence(
        _("entered the members' decision {decision} to give out {amount}"), AMOUNT
    ),
    "collective.book_distribution": Sentence(_("drafted the voucher of the distribution, {amount}"), AMOUNT),
    "collective.draft_payout": Sentence(_("drafted the payment of {amount} to {households} households"), AMOUNT),
    "collective.distribution_paid": Sentence(_("noted {households} households as paid, {amount}"), AMOUNT),
}
