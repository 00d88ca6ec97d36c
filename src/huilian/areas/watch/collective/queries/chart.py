"""The chart of accounts as one set of books uses it, and the limits of money that apply to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from huilian.foundation.errors import Invalid

from ..models import Account, AccountSet, ApprovalTier, Limit
from ..rules.money import Limits, Tier, tier_of


@dataclass
class Chart:
    """The accounts of the county and, beside them, those of one set."""

    accounts: list[Account]
    by_code: dict[str, Account] = field(default_factory=dict)
    by_pk: dict[int, Account] = field(default_factory=dict)
    divided: set[str] = field(default_factory=set)  # accounts that the county itself keeps by sub-accounts

    def __post_init__(self) -> None:
        for account in self.accounts:
            self.by_code[account.code] = account
            self.by_pk[account.pk] = account
            if account.set_id is None and account.is_active and "-" in account.code:
                self.divided.add(account.code[:3])

    def account(self, code: str, *, row: int | None = None) -> Account:
        """The account that `code` ("501-02" or "50102") means and that may be posted to. Raises Invalid."""
        account = self.find(code)
        if account is None:
            raise Invalid(
                _("There is no account %(code)s. Look it up in the chart of accounts.") % {"code": code or "—"},
                field="lines",
                row=row,
            )
        if not account.is_active:
            raise Invalid(
                _("The account %(account)s is no longer in use.") % {"account": account}, field="lines", row=row
            )
        if account.code in self.divided:
            raise Invalid(
                _("%(account)s is kept by sub-accounts. Choose one of them, such as %(example)s.")
                % {"account": account, "example": self._example(account)},
                field="lines",
                row=row,
            )
        return account

    def find(self, code: str) -> Account | None:
        """The account by its code, with or without the dash."""
        code = str(code).strip()
        return self.by_code.get(code) or (self.by_code.get(f"{code[:3]}-{code[3:]}") if len(code) == 5 else None)

    def _example(self, account: Account) -> Account:
        return next(a for a in self.accounts if a.parent_id == account.pk and a.is_active)


def chart_of(set: AccountSet | None) -> Chart:
    """The chart of one set, or with None the county's alone. Sorted by code."""
    return charts_of([set] if set else [])[set.pk if set else 0]


def charts_of(sets: Iterable[AccountSet]) -> dict[int, Chart]:
    """The charts of many sets by their key, and under 0 the county's; one query."""
    keys = [s.pk for s in sets]
    rows = list(Account.objects.filter(Q(set=None) | Q(set__in=keys)).order_by("code", "set"))
    common = [a for a in rows if a.set_id is None]
    own: dict[int, list[Account]] = {}
    for account in rows:
        if account.set_id is not None:
            own.setdefault(account.set_id, []).append(account)
    county = Chart(common)
    charts = {0: county}
    for key in keys:
        charts[key] = Chart(sorted(common + own[key], key=lambda a: a.code)) if key in own else county
    return charts


def limits_on(day: date) -> Limits:
    """The county's limits on `day`."""
    return Limits(**{key: row.value for key, row in limit_rows(day).items()})


def limit_rows(day: date) -> dict[str, Limit]:
    """The rows in force on `day`, by key."""
    return {row.key: row for row in Limit.objects.filter(valid_from__lte=day).order_by("valid_from")}


def limits_of(set: AccountSet, day: date) -> Limits:
    """The limits of one set on `day`: its own, else the county's."""
    county = limits_on(day)
    return Limits(
        cash=set.cash_limit_cents or county.cash,
        cash_payment=county.cash_payment,
        decision=set.decision_limit_cents or county.decision,
        exchange=set.exchange_limit_cents or county.exchange,
        reserve=county.reserve,
    )


def tiers_on(day: date) -> list[Tier]:
    """The tiers of approval that are in force on `day`."""
    rows = ApprovalTier.objects.filter(valid_from__lte=day).order_by("valid_from")
    newest = {r.key: r for r in rows}  # a tier that was changed keeps its key
    return [Tier(r.key, r.up_to_cents, r.needs_decision, r.needs_township) for r in newest.values()]


def tier_for(amount: int, day: date) -> Tier | None:
    return tier_of(amount, tiers_on(day))
