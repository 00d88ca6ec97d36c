"""Bank accounts and what moved on them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

from ..models import BankAccount
from .common import SCOPE, SET, VILLAGE

BANK_ACCOUNT = Dataset(
    "bank_account",
    title=_("Bank accounts of collectives"),
    about=_("Accounts on the register, and those that were found without being on it."),
    key="bank_account_id",
    dated="opened_on",
    order=8,
    columns=(
        Column("bank_account_id", "BIGINT", _("the bank account")),
        VILLAGE,
        SET,
        Column("number", "VARCHAR", _("number of the bank account"), default="6210990000000001"),
        Column(
            "kind", "VARCHAR", _("kind of account: basic, special or term"), default="basic", values=BankAccount.Kind
        ),
        Column("registered", "BOOLEAN", _("whether it stands on the register"), default=True),
        Column("opened_on", "DATE", _("day the account was opened"), default=date(2020, 1, 1)),
        Column("closed_on", "DATE", _("day the account was closed")),
        Column("holder", "VARCHAR", _("in whose name it is"), default="柳河村股份经济合作社"),
    ),
    sql="""SELECT b.id AS bank_account_id, s.village_code, b.set_id, b.number, b.kind, b.is_registered AS registered,
        b.opened_on, b.closed_on, b.holder
        FROM collective_bankaccount b JOIN collective_accountset s ON s.id = b.set_id WHERE {scope}""",
    scope=SCOPE,
)

BANK_LINE = Dataset(
    "bank_line",
    title=_("Entries of bank statements"),
    about=_("What the bank says moved: money in is positive, money out negative."),
    key="bank_line_id",
    dated="line_date",
    order=9,
    columns=(
        Column("bank_line_id", "BIGINT", _("the entry of the statement")),
        VILLAGE,
        SET,
        Column("bank_account_id", "BIGINT", _("the bank account it moved on"), default=1),
        Column("line_date", "DATE", _("day the bank booked it"), default=date(2026, 6, 10)),
        Column("amount_cents", "BIGINT", _("amount; out is negative"), "cents", -50_000),
        Column("balance_cents", "BIGINT", _("balance after it"), "cents", 0),
        Column("counter_name", "VARCHAR", _("name of the other side"), default="云溪文具店", personal=True),
        Column(
            "counter_norm",
            "VARCHAR",
            _("the same name without spaces, brackets and points"),
            default="云溪文具店",
            personal=True,
        ),
        Column("counter_key", "VARCHAR", _("keyed digest of the other side; empty if unknown"), default=""),
        Column("counter_account", "VARCHAR", _("account number of the other side"), default="", personal=True),
        Column("summary", "VARCHAR", _("summary the bank gives"), default=""),
        Column("voucher_id", "BIGINT", _("the voucher it was matched to")),
        Column("matched_at", "TIMESTAMP", _("when it was matched")),
    ),
    sql="""SELECT l.id AS bank_line_id, s.village_code, b.set_id, l.bank_account_id, l.date AS line_date,
        l.amount_cents, l.balance_cents, l.counter_name, l.counter_norm, l.counter_key, l.counter_account, l.summary,
        l.voucher_id, l.matched_at
        FROM collective_bankline l JOIN collective_bankaccount b ON b.id = l.bank_account_id
        JOIN collective_accountset s ON s.id = b.set_id WHERE {scope}""",
    scope=SCOPE,
    follows={"voucher": "voucher_id"},
)

BANK = [BANK_ACCOUNT, BANK_LINE]
