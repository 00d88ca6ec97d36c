"""What an alert of a rule is about: the voucher, contract or account behind its subject, and who answers for it."""

from collections.abc import Callable, Sequence

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Person
from huilian.engine.screening.subjects import Subject, register

from .models import AccountSet, Asset, BankAccount, BankLine, BudgetLine, Contract, Debt, Due, Line, Voucher

Row = Model


class Kind:
    """One kind of subject: its model, the way from a row to its account set, its name, its page, and who is named.

    Only an official to whom money went or a thing was let is named. Whoever prepared or approved a voucher in the
    course of the work explains it, and steps back from nothing.
    """

    def __init__(
        self,
        model: type[Model],
        label: Callable[..., str],
        *,
        to_set: str = "set",
        keys: Callable[..., Sequence[str]] = lambda row: (),
        page: Callable[..., tuple[str, list]],
    ) -> None:
        self.model, self.label, self.to_set, self.keys, self.page = model, label, to_set, keys, page

    def __call__(self, ids: Sequence[str]) -> dict[str, Subject]:
        path = self.to_set.replace(".", "__")
        joined = [f"{path}__{name}" if path else name for name in ("unit", "place", "township", "agency")]
        rows = self.model._default_manager.select_related(*joined).filter(pk__in=[i for i in ids if i.isdigit()])
        rows = list(rows)
        named = {key for row in rows for key in self.keys(row) if key}
        people = {p.identity_digest: p for p in Person.objects.filter(identity_digest__in=named)} if named else {}
        found = {}
        for row in rows:
            accounts = self._set_of(row)
            found[str(row.pk)] = Subject(
                unit=accounts.unit,
                place=accounts.place,
                township=accounts.township,
                persons=[people[key] for key in self.keys(row) if key in people],
                label=self.label(row),
                url=self._url(row),
                data_owner=accounts.agency or accounts.unit,
            )
        return found

    def _url(self, row: Row) -> str:
        name, args = self.page(row)
        return reverse(name, args=args)

    def _set_of(self, row: Row) -> AccountSet:
        for name in filter(None, self.to_set.split(".")):
            row = getattr(row, name)
        return row


def _voucher(row: Voucher) -> str:
    return _("Voucher %(number)s of %(set)s") % {"number": row, "set": row.set.name}


KINDS = {
    "set": Kind(AccountSet, lambda a: a.name, to_set="", page=lambda a: ("collective-books-of", [a.pk])),
    "account_set": Kind(AccountSet, lambda a: a.name, to_set="", page=lambda a: ("collective-books-of", [a.pk])),
    "voucher": Kind(
        Voucher, _voucher, keys=lambda v: [v.payee_key], page=lambda v: ("collective-voucher", [v.pk])
    ),
    "voucher_line": Kind(
        Line,
        lambda e: _voucher(e.voucher),
        to_set="voucher.set",
        page=lambda e: ("collective-voucher", [e.voucher_id]),
    ),
    "bank_account": Kind(
        BankAccount, str, page=lambda b: ("collective-bank-account", [b.pk])
    ),
    "bank_line": Kind(
        BankLine,
        lambda e: _("Bank entry of %(date)s, %(account)s") % {"date": e.date, "account": e.bank_account},
        to_set="bank_account.set",
        keys=lambda e: [e.counter_key],
        page=lambda e: ("collective-bank-account", [e.bank_account_id]),
    ),
    "budget_line": Kind(
        BudgetLine,
        lambda b: _("Budget %(year)s, %(account)s") % {"year": b.budget.year, "account": b.account},
        to_set="budget.set",
        page=lambda b: ("collective-budget", [b.budget.set_id]),
    ),
    "asset": Kind(Asset, str, keys=lambda a: [a.holder_key], page=lambda a: ("collective-life", ["asset", a.pk])),
    "contract": Kind(
        Contract, str, keys=lambda c: [c.party_key], page=lambda c: ("collective-life", ["contract", c.pk])
    ),
    "due": Kind(
        Due,
        lambda d: _("%(contract)s, due on %(date)s") % {"contract": d.contract, "date": d.due_on},
        to_set="contract.set",
        keys=lambda d: [d.contract.party_key],
        page=lambda d: ("collective-life", ["contract", d.contract_id]),
    ),
    "debt": Kind(Debt, lambda d: d.number, keys=lambda d: [d.counterpart_key],
                 page=lambda d: ("register-row", ["collective-debts", d.pk])),
}  # fmt: skip

for _name, _kind in KINDS.items():
    register(_name, _kind)
