"""How the acts on the books read in the history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.text import money
from huilian.engine.trail.verbs import Sentence

AMOUNT = {"cents": lambda cents: money(int(cents))}

EVENTS = {
    "collective.seed": Sentence(_("entered the default chart of {accounts} accounts and {templates} templates")),
    "collective.open_books": Sentence(_("opened the books from {from} on")),
    "collective.add_opening": Sentence(_("entered opening balances of {cents} in {lines} lines"), AMOUNT),
    "collective.add_account": Sentence(_("added the account {account}")),
    "collective.draft": Sentence(_("entered the voucher, {cents}"), AMOUNT),
    "collective.change": Sentence(_("changed the voucher, now {cents}"), AMOUNT),
    "collective.discard": Sentence(_("threw the voucher away, {cents}"), AMOUNT),
    "collective.submit": Sentence(_("handed the voucher over for review")),
    "collective.send_back": Sentence(_("took the voucher back: {reason}")),
    "collective.reviewed": Sentence(_("reviewed the voucher and found it right")),
    "collective.approved": Sentence(_("approved the voucher")),
    "collective.stamped": Sentence(_("stamped the voucher for the supervision committee")),
    "collective.post": Sentence(_("posted the voucher as number {number} of {month}, {cents}"), AMOUNT),
    "collective.reverse": Sentence(_("reversed the voucher by {number}: {reason}")),
    "collective.import_vouchers": Sentence(_("took over {vouchers} posted vouchers, digest {digest}")),
    "collective.enter_file": Sentence(_("entered {vouchers} vouchers from the file {file}")),
    "collective.close_months": Sentence(_("closed and sealed the months {first} to {last}")),
    "collective.export_ledger": Sentence(_("took the books out as {form} text")),
    "collective.hand_in": Sentence(_("handed in the papers of {month}")),
    "collective.close_month": Sentence(_("closed and sealed {month} with {vouchers} vouchers")),
    "collective.close_year": Sentence(_("closed the year {year} with a result of {cents}"), AMOUNT),
    "collective.merge": Sentence(_("handed the books over to {into} on {day}")),
    "collective.take_over": Sentence(_("took over the books of {from} on {day}")),
}
