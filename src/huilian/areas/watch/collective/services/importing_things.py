"""Registers taken over as a whole: assets, contracts with what was paid, debts, members with their shares.

All or nothing. The same checks as one by one; one event for each village with the number of rows and their digest.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.access.queries import require, scope_of
from huilian.engine.numbering.services import take_numbers
from huilian.engine.trail.services import Act, record_many
from huilian.foundation.errors import Conflict, Invalid, NotAllowed, Refused
from huilian.foundation.hashing import digest, dump
from huilian.foundation.names import norm
from huilian.foundation.now import today

from ..models import AccountSet, Asset, AssetEvent, Contract, Debt, Member, Receipt, Share, ShareChange
from .assets import check_card
from .contracts import check_terms, due_of
from .debts import check_debt
from .keeping import changed, party_key
from .members import identity_of

Rows = Iterable[Mapping[str, Any]]


@transaction.atomic
def import_assets(rows: Rows, *, by: Any) -> list[Asset]:
    """Take over asset cards. A row: `set` and the fields of an asset; `number` and `status` may be given."""
    rows = _allowed(rows, by)
    for at, row in enumerate(rows, 1):
        _checked(lambda row=row: check_card(row), at)
        row.setdefault("status_since", row.get("acquired_on") or today())
        row["is_resource"] = bool(row.get("is_resource")) or row["class_key"] in ("land", "resource")
    _number(rows, "ZC")
    assets = bulk.insert([Asset(**row) for row in rows])
    bulk.insert(
        [
            AssetEvent(
                asset=a, kind=AssetEvent.Kind.REGISTERED, on=a.acquired_on or a.status_since, reference=a.voucher_no
            )
            for a in assets
        ]
    )
    _told("collective.import_assets", assets, by)
    return assets


@transaction.atomic
def import_contracts(rows: Rows, *, by: Any) -> list[Contract]:
    """Take over contracts with their schedules. A row: `set`, the fields of a contract, and

    `paid`: (position, cents, day, payer, voucher or None) for each payment; `renews`: the number of the contract
    before it, in the same file or kept already; `party_identity`: an identity number or a credit code.
    """
    rows = _allowed(rows, by)
    contracts, dues, receipts, before = [], [], [], {}
    _number(rows, "HT", "signed_on")
    for at, row in enumerate(rows, 1):
        paid, renews = row.pop("paid", ()), row.pop("renews", None)
        row["party_key"] = party_key(row.pop("party_identity", "")) or row.get("party_key", "")
        row["party_norm"] = norm(row.get("party", ""))
        lines = _checked(lambda row=row: check_terms(row), at)
        contract = Contract(**row)
        contracts.append(contract)
        if renews:
            before[contract.number] = renews
        mine = {line.position: due_of(contract, line) for line in lines}
        for position, cents, day, payer, voucher in paid:
            due = mine.get(position)
            if due is None or not 0 < cents <= due.amount_cents - due.paid_cents:
                raise Invalid(
                    _("Row %(row)s: more was paid than was due, or nothing was due.") % {"row": at},
                    field="paid",
                    row=at,
                )
            due.paid_cents, due.paid_on = due.paid_cents + cents, max(day, due.paid_on or day)
            due.payer, due.payer_norm = payer, norm(payer)
            if voucher is not None:
                receipts.append(Receipt(due=due, voucher=voucher, amount_cents=cents, on=day, payer=payer))
        dues += mine.values()
    _new(Contract, contracts)
    bulk.insert(contracts)
    bulk.insert(dues)
    bulk.insert(receipts)
    if before:
        known = dict(Contract.objects.filter(number__in=before.values()).values_list("number", "pk"))
        later = [c for c in contracts if before.get(c.number) in known]
        for contract in later:
            contract.renews_id = known[before[contract.number]]
        Contract.objects.bulk_update(later, ["renews"], batch_size=300)
    _told("collective.import_contracts", contracts, by)
    return contracts


@transaction.atomic
def import_debts(rows: Rows, *, by: Any) -> list[Debt]:
    """Take over debts and claims. A row: `set`, the fields of a debt; `balance_cents` where part of it is settled."""
    rows = _allowed(rows, by)
    _number(rows, "ZQ", "began_on")
    for at, row in enumerate(rows, 1):
        row["counterpart_key"] = party_key(row.pop("party_identity", "")) or row.get("counterpart_key", "")
        row["counterpart_norm"] = norm(row.get("counterpart", ""))
        row.setdefault("balance_cents", row.get("principal_cents"))
        _checked(lambda row=row: check_debt(row), at)
        if not 0 <= row["balance_cents"] <= row["principal_cents"]:
            raise Invalid(_("Row %(row)s: more is open than was owed.") % {"row": at}, field="balance_cents", row=at)
    debts = bulk.insert(_new(Debt, [Debt(**row) for row in rows]))
    _told("collective.import_debts", debts, by)
    return debts


@transaction.atomic
def import_members(rows: Rows, *, by: Any) -> tuple[list[Member], list[Share]]:
    """Take over rolls and shares. A row: `set`, `household`, `name`, `joined_on`, `decision_no`, and where known
    `identity_number` (checked, kept as a digest only), `is_head`, `left_on`, `ground`.

    The row of a head may carry `shares` with `published_on`: what the household holds, set up by that decision.
    """
    rows = _allowed(rows, by)
    members, shares, set_up = [], [], []
    seen: set[tuple[int, str]] = set()
    for at, row in enumerate(rows, 1):
        held, published = row.pop("shares", None), row.pop("published_on", None)
        numbers = _checked(lambda row=row: identity_of(row.pop("identity_number", "")), at)
        row["identity_digest"], row["identity_tail"] = (
            numbers if numbers[0] else (row.get("identity_digest", ""), row.get("identity_tail", ""))
        )
        if not row.get("name") or not row.get("household") or not row.get("decision_no"):
            raise Invalid(_("Row %(row)s: name, household and decision are needed.") % {"row": at}, row=at)
        mark = (row["set"].pk, row["identity_digest"])
        if row["identity_digest"] and not row.get("left_on"):
            if mark in seen:
                raise Conflict(_("Row %(row)s: this person stands in the file twice.") % {"row": at}, row=at)
            seen.add(mark)
        member = Member(**row)
        members.append(member)
        if held is not None:
            share = Share(set=member.set, household=member.household, holder=member.name, shares=Decimal(held))
            shares.append(share)
            set_up.append((share, member, published))
    bulk.insert(members)
    bulk.insert(shares)
    bulk.insert(
        [
            ShareChange(
                share=share,
                kind=ShareChange.Kind.SET_UP,
                on=member.joined_on,
                before=Decimal(0),
                after=share.shares,
                decision_no=member.decision_no,
                published_on=published,
            )
            for share, member, published in set_up
        ]
    )
    counts: dict[int, int] = {}
    for set_id in {m.set_id for m in members}:
        counts[set_id] = Member.objects.filter(set=set_id, left_on=None).count()
    for set_id, n in counts.items():
        AccountSet.objects.filter(pk=set_id).update(members=n)
    _told("collective.import_members", members, by)
    return members, shares


def _allowed(rows: Rows, by: Any) -> list[dict[str, Any]]:
    """The rows as they may be changed here, once it is sure that `by` keeps each village."""
    require(by, "collective.keep")
    found = [dict(row) for row in rows]
    reach = scope_of(by, "collective.keep")
    for set_ in {row["set"].pk: row["set"] for row in found}.values():
        if not reach.holds_place(set_.place):
            raise NotAllowed(
                _("%(village)s is not among the villages you keep. Ask its bookkeeping agency.")
                % {"village": set_.place.name}
            )
    return found


def _checked(check: Any, at: int) -> Any:
    try:
        return check()
    except Refused as refusal:
        raise type(refusal)(refusal.message, field=refusal.field, row=at) from refusal


def _number(rows: Sequence[dict[str, Any]], prefix: str, day: str = "") -> None:
    """Numbers for the rows that bring none."""
    by_day: dict[date, list[dict[str, Any]]] = {}
    for row in rows:
        if not row.get("number"):
            by_day.setdefault((day and row.get(day)) or today(), []).append(row)
    for on, some in sorted(by_day.items(), key=lambda pair: pair[0]):
        for row, number in zip(some, take_numbers(prefix, on, len(some)), strict=True):
            row["number"] = number


def _new(model: Any, rows: list[Any]) -> list[Any]:
    """`rows`, unless a number among them is taken already."""
    numbers = [row.number for row in rows]
    if len(set(numbers)) < len(numbers):
        double = next(n for n in numbers if numbers.count(n) > 1)
        raise Conflict(_("The number %(number)s stands in the file twice.") % {"number": double}, field="number")
    for start in range(0, len(numbers), 500):
        taken = model.objects.filter(number__in=numbers[start : start + 500]).values_list("number", flat=True).first()
        if taken:
            raise Conflict(_("The number %(number)s is taken already.") % {"number": taken}, field="number")
    return rows


def _told(verb: str, made: Sequence[Any], by: Any) -> None:
    by_set: dict[int, list[Any]] = {}
    for one in made:
        by_set.setdefault(one.set_id, []).append(one)
    sets = {one.set_id: one.set for one in made}
    acts = []
    for set_id, some in by_set.items():
        marks = [str(getattr(one, "number", "") or one.pk) for one in some]
        data = {"rows": len(some), "digest": digest(dump(marks)).hex()[:16]}
        acts.append(Act(verb, sets[set_id], data, place=sets[set_id].place))
    record_many(acts, by=by)
    changed(*sets.values())
