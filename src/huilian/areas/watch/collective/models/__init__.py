"""What a village's collective economy keeps: books, bank, budget, payments, assets, contracts, debts, members."""

from .assets import Asset, AssetEvent
from .bank import BankAccount, BankLine, BankStatement
from .books import (
    Account,
    AccountSet,
    Balance,
    Invoice,
    Limit,
    Line,
    Month,
    Voucher,
    VoucherTemplate,
    Year,
)
from .contracts import Contract, Due, Receipt
from .debts import Debt
from .members import Distribution, DistributionRow, Member, Share, ShareChange
from .payments import ApprovalTier, Budget, BudgetLine, EntryDraft, Payment

__all__ = [
    "Account",
    "AccountSet",
    "ApprovalTier",
    "Asset",
    "AssetEvent",
    "Balance",
    "BankAccount",
    "BankLine",
    "BankStatement",
    "Budget",
    "BudgetLine",
    "Contract",
    "Debt",
    "Distribution",
    "DistributionRow",
    "Due",
    "EntryDraft",
    "Invoice",
    "Limit",
    "Line",
    "Member",
    "Month",
    "Payment",
    "Receipt",
    "Share",
    "ShareChange",
    "Voucher",
    "VoucherTemplate",
    "Year",
]
