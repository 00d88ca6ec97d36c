"""The two prescribed statements, line by line, over plain balances (code -> cents, debit positive).

Source: 农村集体经济组织会计制度 (财会〔2023〕14号), annex: 资产负债表, 收益及收益分配表. Which sub-accounts of 513 are
运转支出 the annex leaves open; here they are what keeps the office running, without pay and depreciation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huilian.foundation.wording import Wording, _

INCOME, EXPENSE = range(500, 510), range(510, 600)
RUNNING = ("513-02", "513-03", "513-04", "513-05", "513-06")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a statement. `indent` 0 is a heading or a total; `kind`: line, part (of the line above), total."""

    key: str
    label: Wording
    kind: str = "line"
    indent: int = 1


ASSET_ROWS = (
    Row("current", _("Current assets"), "heading", 0),
    Row("money", _("Monetary funds")),
    Row("short_investments", _("Short-term investments")),
    Row("receivables", _("Receivables")),
    Row("stocks", _("Stocks")),
    Row("consumable", _("Consumable biological assets")),
    Row("current_total", _("Total current assets"), "total", 0),
    Row("long", _("Non-current assets"), "heading", 0),
    Row("long_investments", _("Long-term investments")),
    Row("bearer_cost", _("Bearer biological assets, at cost")),
    Row("bearer_worn", _("Less: depreciation of bearer biological assets")),
    Row("bearer_net", _("Bearer biological assets, net")),
    Row("fixed_cost", _("Fixed assets, at cost")),
    Row("fixed_worn", _("Less: accumulated depreciation")),
    Row("fixed_net", _("Fixed assets, net")),
    Row("works", _("Works in progress")),
    Row("clearing", _("Fixed assets being disposed of")),
    Row("intangible_cost", _("Intangible assets, at cost")),
    Row("intangible_worn", _("Less: accumulated amortisation")),
    Row("intangible_net", _("Intangible assets, net")),
    Row("public_biological", _("Biological assets for public benefit")),
    Row("deferred", _("Long-term deferred costs")),
    Row("pending", _("Property losses and gains pending")),
    Row("long_total", _("Total non-current assets"), "total", 0),
    Row("assets", _("Total assets"), "grand", 0),
)
CLAIM_ROWS = (
    Row("owed", _("Current liabilities"), "heading", 0),
    Row("short_loans", _("Short-term loans")),
    Row("payables", _("Payables")),
    Row("wages", _("Wages payable")),
    Row("labour", _("Labour fees payable")),
    Row("taxes", _("Taxes payable")),
    Row("owed_total", _("Total current liabilities"), "total", 0),
    Row("owed_long", _("Non-current liabilities"), "heading", 0),
    Row("long_loans", _("Long-term loans and payables")),
    Row("levies", _("Funds raised case by case")),
    Row("earmarked", _("Earmarked funds")),
    Row("owed_long_total", _("Total non-current liabilities"), "total", 0),
    Row("liabilities", _("Total liabilities"), "total", 0),
    Row("own", _("Owners' equity"), "heading", 0),
    Row("capital", _("Capital")),
    Row("reserve", _("Reserve and welfare fund")),
    Row("undistributed", _("Undistributed result")),
    Row("equity", _("Total owners' equity"), "total", 0),
    Row("claims", _("Total liabilities and owners' equity"), "grand", 0),
)
RESULT_ROWS = (
    Row("operating_income", _("I. Operating income"), "line", 0),
    Row("investment_income", _("Plus: income from investments")),
    Row("operating_expense", _("Less: operating expense")),
    Row("surcharges", _("Taxes and surcharges")),
    Row("administration", _("Administrative expense")),
    Row("running", _("of which: running the village organisation"), "part", 2),
    Row("operating_result", _("II. Operating result"), "total", 0),
    Row("grants", _("Plus: grants")),
    Row("other_income", _("Other income")),
    Row("public_expense", _("Less: expense for public benefit")),
    Row("other_expense", _("Other expense")),
    Row("total_result", _("III. Total result"), "total", 0),
    Row("income_tax", _("Less: income tax")),
    Row("net_result", _("IV. Net result"), "total", 0),
)
DISTRIBUTION_ROWS = (
    Row("brought_forward", _("Plus: undistributed result at the beginning of the year")),
    Row("transferred_in", _("Other transfers in")),
    Row("distributable", _("V. Result to be distributed"), "total", 0),
    Row("to_reserve", _("Less: set aside for the reserve and welfare fund")),
    Row("to_members", _("Distributed to members")),
    Row("otherwise", _("Other distributions")),
    Row("undistributed", _("VI. Undistributed result at the end"), "grand", 0),
)


def total(balances: Mapping[str, int], *accounts: int) -> int:
    """What the accounts stand at together with all their sub-accounts, debit positive."""
    return sum(cents for code, cents in balances.items() if int(code[:3]) in accounts)


def balance_sheet(balances: Mapping[str, int], households: Iterable[int]) -> dict[str, int]:
    """Every line of 资产负债表. `households`: the balance of each household on 113; those that owe stand among the
    receivables, those that are owed among the payables. Income and expense not yet carried forward count as
    undistributed, so the sheet balances on every day of the year."""

    def debit(*accounts: int) -> int:
        return total(balances, *accounts)

    def credit(*accounts: int) -> int:
        return -total(balances, *accounts)

    households = list(households)
    owing = sum(c for c in households if c > 0)
    v = {
        "money": debit(101, 102),
        "short_investments": debit(111),
        "receivables": debit(112) + owing,
        "stocks": debit(121, 401),
        "consumable": debit(131),
        "long_investments": debit(141),
        "bearer_cost": debit(132),
        "bearer_worn": credit(133),
        "bearer_net": debit(132, 133),
        "fixed_cost": debit(151),
        "fixed_worn": credit(152),
        "fixed_net": debit(151, 152),
        "works": debit(153),
        "clearing": debit(154),
        "intangible_cost": debit(161),
        "intangible_worn": credit(162),
        "intangible_net": debit(161, 162),
        "public_biological": debit(134),
        "deferred": debit(171),
        "pending": debit(181),
        "short_loans": credit(201),
        "payables": credit(211) + owing - debit(113),
        "wages": credit(212),
        "labour": credit(213),
        "taxes": credit(214),
        "long_loans": credit(221),
        "levies": credit(231),
        "earmarked": credit(241),
        "capital": credit(301),
        "reserve": credit(311),
        "undistributed": credit(321, 322, *INCOME, *EXPENSE),
    }
    v["current_total"] = sum(v[k] for k in ("money", "short_investments", "receivables", "stocks", "consumable"))
    v["long_total"] = sum(
        v[k]
        for k in (
            "long_investments",
            "bearer_net",
            "fixed_net",
            "works",
            "clearing",
            "intangible_net",
            "public_biological",
            "deferred",
            "pending",
        )
    )
    v["assets"] = v["current_total"] + v["long_total"]
    v["owed_total"] = sum(v[k] for k in ("short_loans", "payables", "wages", "labour", "taxes"))
    v["owed_long_total"] = v["long_loans"] + v["levies"] + v["earmarked"]
    v["liabilities"] = v["owed_total"] + v["owed_long_total"]
    v["equity"] = v["capital"] + v["reserve"] + v["undistributed"]
    v["claims"] = v["liabilities"] + v["equity"]
    return v


def result(moved: Mapping[str, int]) -> dict[str, int]:
    """The upper part of 收益及收益分配表 from what income and expense moved (code -> cents, debit positive)."""
    v = {
        "operating_income": -total(moved, 501),
        "investment_income": -total(moved, 502),
        "operating_expense": total(moved, 511),
        "surcharges": total(moved, 512),
        "administration": total(moved, 513),
        "running": sum(moved.get(code, 0) for code in RUNNING),
        "grants": -total(moved, 503),
        "other_income": -total(moved, 504),
        "public_expense": total(moved, 514),
        "other_expense": total(moved, 515),
        "income_tax": total(moved, 521),
    }
    v["operating_result"] = (
        v["operating_income"] + v["investment_income"] - v["operating_expense"] - v["surcharges"] - v["administration"]
    )
    v["total_result"] = (
        v["operating_result"] + v["grants"] + v["other_income"] - v["public_expense"] - v["other_expense"]
    )
    v["net_result"] = v["total_result"] - v["income_tax"]
    return v


def distribution(net: int, brought_forward: int, transferred_in: int, given: Mapping[str, int]) -> dict[str, int]:
    """The lower part. `given`: to_reserve, to_members, otherwise."""
    v = {"brought_forward": brought_forward, "transferred_in": transferred_in, **given}
    v["distributable"] = net + brought_forward + transferred_in
    v["undistributed"] = v["distributable"] - v["to_reserve"] - v["to_members"] - v["otherwise"]
    return v


def given_to(account: int) -> str:
    """What a distribution was for, by the account that received it."""
    return {311: "to_reserve", 113: "to_members"}.get(account, "otherwise")
