"""The vouchers that end a year.

Source: 农村集体经济组织会计制度 (财会〔2023〕14号): income and expense go to 321 本年收益, and 321, with what was
distributed on 322-01, to 322-02 未分配收益. Accounts of the balance sheet run on into the new year by themselves.
"""

from collections.abc import Mapping

from .vouchers import Entry

RESULT, DISTRIBUTED, UNDISTRIBUTED = "321", "322-01", "322-02"
RESULT_ACCOUNTS = range(500, 600)  # 501–504 income, 511–521 expense
NEVER_DEBIT, NEVER_CREDIT = (231, 241), (101,)


def result_entries(balances: Mapping[str, int]) -> list[Entry]:
    """Every account of income and expense emptied into 321. `balances`: code -> cents, debit positive."""
    rows = [(code, cents) for code, cents in sorted(balances.items()) if int(code[:3]) in RESULT_ACCOUNTS and cents]
    entries = [_emptied(code, cents) for code, cents in rows]
    result = -sum(cents for _code, cents in rows)
    # Income and expense stand in 321 each on its own side, so that its turnover tells both.
    income = -sum(cents for code, cents in rows if int(code[:3]) < 510)
    expense = income - result
    if income:
        entries.append(_side(RESULT, credit=income))
    if expense:
        entries.append(_side(RESULT, debit=expense))
    return entries


def undistributed_entries(balances: Mapping[str, int], result: int) -> list[Entry]:
    """321 and 322-01 emptied into 322-02. `result` is the year's net result just carried to 321."""
    held = -balances.get(RESULT, 0) + result  # credit positive
    distributed = balances.get(DISTRIBUTED, 0)  # debit positive
    entries = []
    if held:
        entries += [_side(RESULT, debit=held), _side(UNDISTRIBUTED, credit=held)]
    if distributed:
        entries += [_side(UNDISTRIBUTED, debit=distributed), _side(DISTRIBUTED, credit=distributed)]
    return entries


def _emptied(code: str, cents: int) -> Entry:
    return _side(code, credit=cents)


def _side(code: str, debit: int = 0, credit: int = 0) -> Entry:
    """One line; a negative amount moves to the other side."""
    amount = debit - credit
    return Entry(code, debit=amount) if amount > 0 else Entry(code, credit=-amount)
