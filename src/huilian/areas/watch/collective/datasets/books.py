"""Account sets, vouchers, lines, papers, balances, months and budgets."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

from ..models import AccountSet, Invoice, Voucher
from .common import ACCOUNT, ACCOUNTS, SCOPE, SET, SUB, VILLAGE, plain_name

DAY = date(2026, 6, 10)
MONTH = Column("month", "INTEGER", _("month of the books, yyyymm"), default=202606)

VOUCHER = Dataset(
    "voucher",
    title=_("Posted vouchers"),
    about=_("Every posted voucher with its first paper, its payee and the people who stand behind it."),
    key="voucher_id",
    dated="voucher_date",
    order=1,
    columns=(
        Column("voucher_id", "BIGINT", _("the voucher")),
        VILLAGE,
        SET,
        Column("number", "VARCHAR", _("month and number of the voucher: 202606-12"), default="202606-12"),
        Column("voucher_date", "DATE", _("date of the voucher"), default=DAY),
        MONTH,
        Column("entered_at", "TIMESTAMP", _("when it was entered"), default=datetime(2026, 6, 10, 9, 0)),
        Column("posted_at", "TIMESTAMP", _("when it was posted"), default=datetime(2026, 6, 12, 9, 0)),
        Column("summary", "VARCHAR", _("summary of the voucher"), default="购办公室打印纸"),
        Column("total_cents", "BIGINT", _("total of one side"), "cents", 50_000),
        Column(
            "kind",
            "VARCHAR",
            _("kind of voucher: receipt, payment, transfer, carry or opening"),
            default="payment",
            values=Voucher.Kind,
        ),
        Column("method", "VARCHAR", _("how it was paid: cash, bank or none"), default="bank", values=Voucher.Method),
        Column("payee", "VARCHAR", _("who got or gave the money"), default="云溪文具店", personal=True),
        Column(
            "payee_norm",
            "VARCHAR",
            _("the same name without spaces, brackets and points"),
            default="云溪文具店",
            personal=True,
        ),
        Column("payee_key", "VARCHAR", _("keyed digest of the identity or credit code; empty if unknown"), default=""),
        Column("payee_account", "VARCHAR", _("account number of the payee"), default="", personal=True),
        Column(
            "payee_kind",
            "VARCHAR",
            _("kind of payee: person, firm, public, member, or empty"),
            default="firm",
            values=Voucher.PayeeKind,
        ),
        Column("invoice_no", "VARCHAR", _("number of the first paper"), default="26012345"),
        Column(
            "invoice_kind",
            "VARCHAR",
            _("kind of the first paper: invoice, receipt, list, none, or empty if no paper is kept"),
            default="invoice",
            values=Invoice.Kind,
        ),
        Column("invoice_date", "DATE", _("date of the first paper"), default=DAY),
        Column("seller", "VARCHAR", _("seller on the first paper"), default="云溪文具店", personal=True),
        Column("attachments", "INTEGER", _("sheets attached"), default=1),
        Column("preparer_id", "BIGINT", _("person who prepared it"), default=1, refers="person"),
        Column("reviewer_id", "BIGINT", _("person who reviewed it"), default=2, refers="person"),
        Column("approver_id", "BIGINT", _("person who approved it"), default=3, refers="person"),
        Column(
            "stamper_id", "BIGINT", _("member of the supervision committee who stamped it"), default=4, refers="person"
        ),
        Column(
            "handler_id",
            "BIGINT",
            _("person who handled it, where that is somebody of the directory"),
            default=5,
            refers="person",
        ),
        Column("handler", "VARCHAR", _("name of whoever handled it"), default="", personal=True),
        Column("approved_at", "TIMESTAMP", _("when it was approved"), default=datetime(2026, 6, 9, 9, 0)),
        Column("stamped_at", "TIMESTAMP", _("when the committee stamped it"), default=datetime(2026, 6, 9, 15, 0)),
        Column("paid_on", "DATE", _("day the money was paid"), default=DAY),
        Column("decision_no", "VARCHAR", _("number of the decision; empty if none is given"), default=""),
        Column("decided_on", "DATE", _("day of the decision")),
        Column("contract_no", "VARCHAR", _("number of the contract; empty if none is given"), default=""),
        Column("fund", "VARCHAR", _("fund the money is earmarked for; empty if none"), default=""),
        Column("reverses_id", "BIGINT", _("the voucher it reverses")),
        Column("is_reversed", "BOOLEAN", _("whether a later voucher reversed it"), default=False),
        Column(
            "source",
            "VARCHAR",
            _("where it came from: empty for entry by hand, import, bank, payment, close"),
            default="",
        ),
    ),
    sql="""SELECT v.id AS voucher_id, s.village_code, v.set_id,
        CAST(v.month AS VARCHAR(6)) || '-' || CAST(v.number AS VARCHAR(10)) AS number, v.date AS voucher_date, v.month,
        v.entered_at, v.posted_at, v.summary, v.total_cents, v.kind, v.method, v.payee, v.payee_norm, v.payee_key,
        v.payee_account, v.payee_kind, COALESCE(i.number, '') AS invoice_no, COALESCE(i.kind, '') AS invoice_kind,
        i.date AS invoice_date, COALESCE(i.seller, '') AS seller, v.attachments, v.prepared_by_id AS preparer_id,
        v.reviewed_by_id AS reviewer_id, v.approved_by_id AS approver_id, v.stamped_by_id AS stamper_id,
        v.handled_by_id AS handler_id, v.handler, v.approved_at, v.stamped_at, v.paid_on, v.decision_no, v.decided_on,
        v.contract_no, v.fund, v.reverses_id, v.is_reversed, v.source
        FROM collective_voucher v JOIN collective_accountset s ON s.id = v.set_id
        LEFT JOIN collective_invoice i ON i.id = (SELECT MIN(f.id) FROM collective_invoice f WHERE f.voucher_id = v.id)
        WHERE v.state = 'posted' AND {scope}""",
    scope=SCOPE,
)

LINE = Dataset(
    "voucher_line",
    title=_("Lines of posted vouchers"),
    about=_("One line on one account. A reversal has negative amounts."),
    key="line_id",
    dated="voucher_date",
    order=2,
    columns=(
        Column("line_id", "BIGINT", _("the line of a voucher")),
        Column("voucher_id", "BIGINT", _("the voucher"), default=1),
        VILLAGE,
        SET,
        Column("voucher_date", "DATE", _("date of the voucher"), default=DAY),
        MONTH,
        *ACCOUNTS,
        Column("debit_cents", "BIGINT", _("amount on the debit side"), "cents", 0),
        Column("credit_cents", "BIGINT", _("amount on the credit side"), "cents", 0),
        Column("party", "VARCHAR", _("other party, household or fund the line is kept by"), default="", personal=True),
        Column("party_key", "VARCHAR", _("keyed digest of that party; empty if unknown"), default=""),
        Column("summary", "VARCHAR", _("summary of the line"), default=""),
    ),
    sql=f"""SELECT l.id AS line_id, l.voucher_id, s.village_code, v.set_id, v.date AS voucher_date, v.month,
        {ACCOUNT} AS account, {SUB} AS sub, l.debit_cents, l.credit_cents, l.party, l.party_key, l.summary
        FROM collective_line l JOIN collective_voucher v ON v.id = l.voucher_id
        JOIN collective_accountset s ON s.id = v.set_id JOIN collective_account a ON a.id = l.account_id
        WHERE v.state = 'posted' AND {{scope}}""",
    scope=SCOPE,
    follows={"voucher": "voucher_id"},
)

INVOICE = Dataset(
    "invoice",
    title=_("Papers behind vouchers"),
    about=_("Every invoice, receipt or signed list kept with a posted voucher."),
    key="invoice_id",
    dated="invoice_date",
    order=3,
    columns=(
        Column("invoice_id", "BIGINT", _("the paper")),
        Column("voucher_id", "BIGINT", _("the voucher it stands behind"), default=1),
        VILLAGE,
        SET,
        Column(
            "kind",
            "VARCHAR",
            _("kind of paper: invoice, receipt, list or none"),
            default="invoice",
            values=Invoice.Kind,
        ),
        Column("number", "VARCHAR", _("number of the paper, in capitals and without spaces"), default=""),
        Column("seller", "VARCHAR", _("seller on the paper"), default="云溪文具店", personal=True),
        Column(
            "seller_norm",
            "VARCHAR",
            _("the same name without spaces, brackets and points"),
            default="云溪文具店",
            personal=True,
        ),
        Column("invoice_date", "DATE", _("date of the paper"), default=DAY),
        Column("amount_cents", "BIGINT", _("amount of the paper"), "cents", 50_000),
    ),
    sql=f"""SELECT i.id AS invoice_id, i.voucher_id, s.village_code, v.set_id, i.kind,
        UPPER(REPLACE(i.number, ' ', '')) AS number, i.seller, {plain_name("i.seller")} AS seller_norm,
        i.date AS invoice_date, i.amount_cents
        FROM collective_invoice i JOIN collective_voucher v ON v.id = i.voucher_id
        JOIN collective_accountset s ON s.id = v.set_id WHERE v.state = 'posted' AND {{scope}}""",
    scope=SCOPE,
    follows={"voucher": "voucher_id"},
)

BALANCE = Dataset(
    "account_month",
    title=_("Balances of accounts by month"),
    about=_(
        "What one account moved in one month. Rows exist for the first month of the books and for months in which "
        "the account moved."
    ),
    key="row_id",
    dated="MAKE_DATE(month // 100, month % 100, 1)",
    order=4,
    columns=(
        Column("row_id", "BIGINT", _("the row")),
        VILLAGE,
        SET,
        *ACCOUNTS,
        MONTH,
        Column("opening_cents", "BIGINT", _("balance before the month, debit positive"), "cents", 0),
        Column("debit_cents", "BIGINT", _("debit of the month"), "cents", 0),
        Column("credit_cents", "BIGINT", _("credit of the month"), "cents", 0),
    ),
    sql=f"""SELECT b.id AS row_id, s.village_code, b.set_id, {ACCOUNT} AS account, {SUB} AS sub, b.month,
        b.opening_cents, b.debit_cents, b.credit_cents
        FROM collective_balance b JOIN collective_accountset s ON s.id = b.set_id
        JOIN collective_account a ON a.id = b.account_id WHERE {{scope}}""",
    scope=SCOPE,
    follows={"voucher": "village_code"},
)

_LAST_DAY = """CASE WHEN s.closed_month % 100 IN (4, 6, 9, 11) THEN '-30' WHEN s.closed_month % 100 <> 2 THEN '-31'
        WHEN (s.closed_month / 100) % 4 = 0 AND ((s.closed_month / 100) % 100 <> 0 OR (s.closed_month / 100) % 400 = 0)
        THEN '-29' ELSE '-28' END"""
ACCOUNT_SET = Dataset(
    "account_set",
    title=_("Account sets"),
    about=_("The books of one organisation, and the limits of money that hold for it."),
    key="set_id",
    dated="starts_on",
    order=5,
    columns=(
        Column("set_id", "BIGINT", _("the account set"), default=1),
        VILLAGE,
        Column(
            "township_code", "BIGINT", _("the township, by its statistical code of 12 digits"), default=999901101000
        ),
        Column("unit_id", "BIGINT", _("the organisation whose books they are"), default=1, refers="unit"),
        Column("name", "VARCHAR", _("name of the account set"), default="柳河村股份经济合作社"),
        Column("starts_on", "DATE", _("first day of the books"), default=date(2024, 1, 1)),
        Column("closed_on", "DATE", _("last day of the books, if they have ended")),
        Column("closed_through", "DATE", _("last day of the last closed month"), default=date(2026, 5, 31)),
        Column("mode", "VARCHAR", _("who keeps the books: agency or own"), default="agency", values=AccountSet.Mode),
        Column("cash_limit_cents", "BIGINT", _("most cash kept overnight; 0: the county's limit"), "cents", 0),
        Column("decision_limit_cents", "BIGINT", _("amount that needs a decision; 0: the county's limit"), "cents", 0),
        Column(
            "exchange_limit_cents",
            "BIGINT",
            _("contract value that must be traded in the open; 0: the county's limit"),
            "cents",
            0,
        ),
        Column("population", "INTEGER", _("inhabitants of the village"), default=1200),
    ),
    sql=f"""SELECT s.id AS set_id, s.village_code, CAST(t.code AS BIGINT) AS township_code, s.unit_id, s.name,
        s.starts_on, s.closed_on, CASE WHEN s.closed_month > 0 THEN CAST(s.closed_month / 100 AS VARCHAR(4)) || '-' ||
        CASE WHEN s.closed_month % 100 < 10 THEN '0' ELSE '' END || CAST(s.closed_month % 100 AS VARCHAR(2)) ||
        {_LAST_DAY} END AS closed_through, s.mode, s.cash_limit_cents, s.decision_limit_cents, s.exchange_limit_cents,
        s.population
        FROM collective_accountset s JOIN directory_place t ON t.id = s.township_id WHERE {{scope}}""",
    scope=SCOPE,
)

MONTH_CLOSE = Dataset(
    "month_close",
    title=_("Months of the books"),
    about=_("When a month's papers were handed in, and when it was closed."),
    key="row_id",
    order=6,
    columns=(
        Column("row_id", "BIGINT", _("the row")),
        VILLAGE,
        SET,
        MONTH,
        Column("state", "VARCHAR", _("state: open or closed"), default="closed"),
        Column("closed_at", "TIMESTAMP", _("when it was closed"), default=datetime(2026, 7, 10, 9, 0)),
        Column(
            "submitted_at", "TIMESTAMP", _("when the village handed in its papers"), default=datetime(2026, 7, 5, 9, 0)
        ),
    ),
    sql="""SELECT m.id AS row_id, s.village_code, m.set_id, m.month,
        CASE WHEN m.closed_at IS NULL THEN 'open' ELSE 'closed' END AS state, m.closed_at, m.submitted_at
        FROM collective_month m JOIN collective_accountset s ON s.id = m.set_id WHERE {scope}""",
    scope=SCOPE,
)

BUDGET_LINE = Dataset(
    "budget_line",
    title=_("Budgets in force"),
    about=_("What the budget in force plans for one account and year."),
    key="budget_line_id",
    order=7,
    columns=(
        Column("budget_line_id", "BIGINT", _("the line of the budget")),
        VILLAGE,
        SET,
        Column("year", "INTEGER", _("year of the budget"), default=2026),
        *ACCOUNTS,
        Column("amount_cents", "BIGINT", _("planned amount of the year"), "cents", 1_000_000),
    ),
    sql=f"""SELECT l.id AS budget_line_id, s.village_code, b.set_id, b.year, {ACCOUNT} AS account, {SUB} AS sub,
        l.amount_cents
        FROM collective_budgetline l JOIN collective_budget b ON b.id = l.budget_id
        JOIN collective_accountset s ON s.id = b.set_id JOIN collective_account a ON a.id = l.account_id
        WHERE b.is_current AND {{scope}}""",
    scope=SCOPE,
)

BOOKS = [VOUCHER, LINE, INVOICE, BALANCE, ACCOUNT_SET, MONTH_CLOSE, BUDGET_LINE]
