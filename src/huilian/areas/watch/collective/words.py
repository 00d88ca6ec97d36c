"""What a key means, in words and as a drawing."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import Contract
from .queries.things import gaps_of

STAGE_ICONS = {
    "budget": "wallet",
    "decision": "vote",
    "contract": "file-check",
    "approved": "user-check",
    "stamped": "stamp",
    "voucher": "receipt-text",
    "bank": "landmark",
    "cash": "banknote",
    "board": "megaphone",
    "deal": "handshake",
    "signed": "pencil",
    "published": "megaphone",
    "filed": "folder-open",
    "due": "calendar-clock",
    "received": "banknote",
    "let": "handshake",
    "lent": "arrow-right-left",
    "returned": "undo-2",
    "valued": "scale",
    "counted": "list-checks",
    "count": "list-checks",
    "sold": "hand-coins",
    "scrapped": "trash-2",
    "changed": "pencil",
    "registered": "plus",
    "bought": "receipt-text",
    "depreciated": "trending-down",
    "idle": "circle-pause",
}


def stage(kind: str) -> str:
    """The name of a station in the life of a payment, a contract or a thing."""
    return {
        "budget": _("Budget"),
        "decision": pgettext("a stage", "Decision"),
        "contract": _("Contract"),
        "approved": _("Approval"),
        "stamped": _("Stamp of the supervision committee"),
        "voucher": _("In the books"),
        "bank": _("Bank"),
        "cash": _("Cash"),
        "board": pgettext("a stage", "On the board"),
        "deal": _("Deal on the exchange"),
        "signed": _("Signed"),
        "published": pgettext("a stage", "Published"),
        "filed": _("Filed with the township"),
        "due": pgettext("a stage", "Due"),
        "received": pgettext("a stage", "Paid"),
        "let": _("Let out"),
        "lent": _("Lent"),
        "returned": _("Given back"),
        "valued": _("Valued"),
        "counted": pgettext("a stage", "Counted"),
        "count": _("Next count"),
        "sold": pgettext("a stage", "Sold"),
        "scrapped": pgettext("a stage", "Scrapped"),
        "changed": _("Card changed"),
        "registered": _("Entered into the register"),
        "bought": _("Voucher of the purchase"),
        "depreciated": _("Written off so far"),
        "idle": pgettext("a stage", "Idle"),
        "end": _("End of the contract"),
        "ended": pgettext("a stage", "Ended"),
        "terminated": _("Ended early"),
    }[kind]


def gap(key: str) -> str:
    """What a contract or a payment lacks."""
    return {
        "double": _("another contract lets the same thing at the same time"),
        "no_deal": _("no deal number although it is above the limit"),
        "no_decision": _("no decision number"),
        "no_publication": _("not published"),
        "no_filing": _("not filed with the township"),
        "oral": _("only by word of mouth"),
        "no_scan": _("no scan"),
        "no_budget": _("no budget for it"),
        "decided_after": _("decided only afterwards"),
        "unknown_contract": _("there is no such contract"),
        "no_approval": _("posted without approval"),
        "no_stamp": _("posted without the committee's stamp"),
        "reversed": _("reversed"),
        "no_bank": _("no bank entry matches it"),
        "not_on_board": _("not on the board"),
        "late_booked": _("late, booked as receivable"),
        "late_not_booked": _("late, and not in the books"),
        "other_payer": _("paid by somebody else than the other party"),
        "reversed_receipt": _("settled by a voucher that was reversed"),
        "over_not_closed": _("over and neither closed nor renewed"),
        "no_voucher": _("no voucher of how it was acquired"),
        "let_without_contract": _("let out, but no contract is known"),
        "low_price": _("sold below nine tenths of the valuation"),
        "idle_long": _("idle for more than half a year"),
        "not_counted": _("not counted for more than a year"),
    }[key]


def gap_words(contract: Contract) -> list[str]:
    """All that a contract's file lacks."""
    return [gap(key) for key in gaps_of(contract)]
