"""「经济合同」 From a draft to its end: the terms, the schedule, what was amended, who was told."""

from datetime import date, timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.documents.models import Attachment
from huilian.engine.documents.services import attach
from huilian.engine.numbering.services import next_number
from huilian.engine.procedures import grounds
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.names import norm
from huilian.foundation.now import today

from ..models import AccountSet, Asset, AssetEvent, Contract, Due
from ..rules import schedules
from .keeping import apply, fresh, keeper, not_later, note, party_key, written

Status = Contract.Status
RUNNING = (Status.DRAFT, Status.ACTIVE)
TERMS = ("starts_on", "ends_on", "cycle", "pay_day", "yearly_cents", "rise_permille", "total_cents")
TYPED = frozenset(
    [
        "title",
        "direction",
        "kind",
        "asset",
        "party",
        "party_phone",
        "signed_on",
        "starts_on",
        "ends_on",
        "cycle",
        "pay_day",
        "yearly_cents",
        "rise_permille",
        "total_cents",
        "deposit_cents",
        "area_mu",
        "mode",
        "decision_no",
        "decided_on",
        "deal_no",
        "has_repricing",
        "is_oral",
        "land_term_ends",
        "text",
    ]
)
SCAN = "collective_contract"


def check_terms(values: dict[str, Any]) -> list[schedules.Line]:
    """Put the terms in order and give the schedule they mean; fills in the whole amount. Raises Invalid."""
    written(values.get("title", ""), "title", _("A contract needs a title."))
    written(values.get("party", ""), "party", _("A contract has another party. Write who it is."))
    for name in ("starts_on", "ends_on", "signed_on"):
        if values.get(name) is None:
            raise Invalid(_("A contract has this day. Look it up in the text."), field=name)
    if values["signed_on"] > today():
        raise Invalid(
            _("%(day)s lies in the future. Enter it when it has happened.") % {"day": values["signed_on"]},
            field="signed_on",
        )
    asset, set_ = values.get("asset"), values.get("set")
    if asset is not None and set_ is not None and asset.set_id != set_.pk:
        raise Invalid(_("%(asset)s belongs to another village.") % {"asset": asset}, field="asset")
    values["pay_day"] = schedules.check_pay_day(values.get("pay_day") or "")
    lines = schedules.schedule(
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        cycle=values.get("cycle") or Contract.Cycle.YEAR,
        yearly_cents=values.get("yearly_cents") or 0,
        rise_permille=values.get("rise_permille") or 0,
        pay_day=values["pay_day"],
        total_cents=values.get("total_cents") or None,
    )
    values["total_cents"] = sum(line.amount_cents for line in lines)
    if not values["total_cents"]:
        raise Invalid(_("Write what is paid: the amount a year, or the whole amount."), field="yearly_cents")
    return lines


@transaction.atomic
def draft_contract(*, set: AccountSet, by: Any, number: str = "", party_identity: str = "", **values: Any) -> Contract:
    """Enter a contract as a draft, with its schedule. Nothing is due under a draft."""
    keeper(set, by)
    unknown = values.keys() - TYPED
    if unknown:
        raise TypeError(f"no fields of a contract: {sorted(unknown)}")
    if number and Contract.objects.filter(number=number).exists():
        raise Conflict(_("There is a contract %(number)s already.") % {"number": number}, field="number")
    values["set"] = set
    lines = check_terms(values)
    contract = Contract.objects.create(
        number=number or next_number("HT", on=values["signed_on"]),
        party_norm=norm(values["party"]),
        party_key=party_key(party_identity),
        status=Status.DRAFT,
        **values,
    )
    lay_out(contract, lines)
    note("collective.draft_contract", contract, by=by, title=contract.title, amount=contract.total_cents)
    return contract


@transaction.atomic
def change_draft(contract: Contract, *, by: Any, party_identity: str = "", **values: Any) -> Contract:
    """Change a draft. A running contract is changed by `amend`, its papers by `note_papers`."""
    contract = fresh(contract, by)
    if contract.status != Status.DRAFT:
        raise Conflict(_("%(contract)s is in force. Change it by a supplementary agreement.") % {"contract": contract})
    whole = {name: getattr(contract, name) for name in TYPED} | {k: v for k, v in values.items() if k in TYPED}
    if not values.get("total_cents") and values.keys() & set(TERMS):
        whole["total_cents"] = None  # worked out anew from the changed terms
    whole["set"] = contract.set
    lines = check_terms(whole)
    different = apply(contract, whole)
    if party_identity:
        contract.party_key = party_key(party_identity)
    contract.party_norm = norm(contract.party)
    _save(contract)
    contract.dues.all().delete()
    lay_out(contract, lines)
    note("collective.change_contract", contract, by=by, fields=sorted(different))
    return contract


@transaction.atomic
def activate(contract: Contract, *, by: Any) -> Contract:
    """Put a draft in force: what falls due under it is due from now on, and the thing it lets counts as let."""
    contract = fresh(contract, by)
    if contract.status != Status.DRAFT:
        raise Conflict(_("%(contract)s is no draft any more.") % {"contract": contract})
    if contract.decision_no:
        _rests_on(contract, contract.decision_no)
    if contract.deal_no:
        _came_of(contract, contract.deal_no)
    contract.status = Status.ACTIVE
    _save(contract)
    _let(contract)
    note("collective.activate_contract", contract, by=by, dues=contract.dues.count(), amount=contract.total_cents)
    return contract


@transaction.atomic
def note_papers(
    contract: Contract,
    *,
    published_on: date | None = None,
    filed_on: date | None = None,
    deal_no: str = "",
    decision_no: str = "",
    decided_on: date | None = None,
    by: Any,
) -> Contract:
    """Note when it was published and filed, the number of the deal and of the decision. What is empty stays."""
    contract = fresh(contract, by)
    given = {
        "published_on": published_on,
        "filed_on": filed_on,
        "deal_no": deal_no.strip(),
        "decision_no": decision_no.strip(),
        "decided_on": decided_on,
    }
    for name in ("published_on", "filed_on", "decided_on"):
        if given[name]:
            not_later(given[name], name)
    if given["decision_no"] not in ("", contract.decision_no):
        _rests_on(contract, decision_no)
    if given["deal_no"] not in ("", contract.deal_no):
        _came_of(contract, deal_no)
    different = apply(contract, {k: v for k, v in given.items() if v})
    if different:
        _save(contract)
        note("collective.contract_papers", contract, by=by, fields=sorted(different))
    return contract


@transaction.atomic
def keep_scan(contract: Contract, upload: BinaryIO, name: str, *, by: Any) -> Attachment:
    """Keep a scan of the signed contract, or of a supplementary agreement, with it."""
    contract = fresh(contract, by)
    kept = attach(upload, name, contract, kind=SCAN, by=by, accepted=frozenset({"pdf", "jpg", "png"}))
    contract.has_scan = True
    _save(contract)
    note("collective.contract_scan", contract, by=by, file=kept.name)
    return kept


@transaction.atomic
def amend(contract: Contract, *, agreement_no: str, on: date, decision_no: str = "", by: Any, **terms: Any) -> Contract:
    """「补充协议」 Change the terms from a day on. What was paid or began before stays; the rest is laid out anew.

    `terms`: ends_on, yearly_cents, rise_permille, cycle, pay_day. The history keeps each version with its agreement.
    """
    agreement_no = written(agreement_no, "agreement_no", _("Write the number of the supplementary agreement."))
    if unknown := terms.keys() - set(TERMS) - {"total_cents", "starts_on"}:
        raise TypeError(f"not amended: {sorted(unknown)}")
    contract = fresh(contract, by)
    _running(contract)
    if not contract.starts_on <= on <= contract.ends_on:
        raise Invalid(
            _("The new terms begin within the contract: from %(a)s to %(b)s.")
            % {"a": contract.starts_on, "b": contract.ends_on},
            field="on",
        )
    different = apply(contract, {k: v for k, v in terms.items() if v not in (None, "")})
    if not different:
        raise Invalid(_("The agreement changes nothing. Write what is new."), field="yearly_cents")
    if contract.ends_on < on:
        raise Invalid(_("The contract would end before the new terms begin."), field="ends_on")
    kept = list(contract.dues.filter(covers_from__lt=on).order_by("position"))
    later = contract.dues.filter(covers_from__gte=on)
    if later.filter(paid_cents__gt=0).exists():
        raise Conflict(
            _("Amounts due after that day are paid already. Undo that first, or choose a later day."), field="on"
        )
    begins = kept[-1].covers_to + timedelta(days=1) if kept else contract.starts_on
    later.delete()
    if different.keys() & {"yearly_cents", "rise_permille"}:
        contract.priced_from = begins
    lines = []
    if begins <= contract.ends_on:
        lines = schedules.schedule(
            starts_on=begins,
            ends_on=contract.ends_on,
            cycle=contract.cycle,
            yearly_cents=contract.yearly_cents,
            rise_permille=contract.rise_permille,
            pay_day=contract.pay_day or f"{contract.starts_on:%m-%d}",
            priced_from=contract.priced_from or contract.starts_on,
        )
    elif kept[-1].covers_to > contract.ends_on and not kept[-1].paid_cents:
        _shorten(kept[-1], contract.ends_on)
    lay_out(contract, lines, after=kept[-1].position if kept else 0)
    contract.total_cents = sum(contract.dues.values_list("amount_cents", flat=True))
    _save(contract)
    versions = [f"{name} {a} → {b}" for name, (a, b) in different.items()]
    note(
        "collective.amend_contract",
        contract,
        by=by,
        agreement=agreement_no,
        on=on,
        decision=decision_no,
        changes=versions,
    )
    return contract


@transaction.atomic
def terminate(contract: Contract, *, on: date, reason: str, by: Any) -> Contract:
    """「解除」 End it before its time: nothing falls due after that day, and the thing is given back."""
    reason = written(reason, "reason", _("Write why it ends early."))
    contract = fresh(contract, by)
    _running(contract)
    not_later(on)
    if not contract.starts_on <= on < contract.ends_on:
        raise Invalid(_("It ends early on a day before %(day)s, its last day.") % {"day": contract.ends_on}, field="on")
    contract.dues.filter(covers_from__gt=on, paid_cents=0, receipts=None).delete()
    contract.status, contract.ended_on = Status.TERMINATED, on
    _save(contract)
    _given_back(contract, on)
    note("collective.terminate_contract", contract, by=by, on=on, reason=reason)
    return contract


@transaction.atomic
def end(contract: Contract, *, on: date | None = None, by: Any) -> Contract:
    """Close a contract whose time is over; `on` is when the thing was really given back. What is owed stays owed."""
    contract = fresh(contract, by)
    _running(contract)
    day = not_later(on or today())
    if day < contract.ends_on:
        raise Invalid(
            _("It runs until %(day)s. To end it before, terminate it with a reason.") % {"day": contract.ends_on},
            field="on",
        )
    contract.status, contract.ended_on = Status.ENDED, day
    _save(contract)
    _given_back(contract, day)
    note("collective.end_contract", contract, by=by, on=day)
    return contract


@transaction.atomic
def renew(contract: Contract, *, number: str = "", by: Any, **terms: Any) -> Contract:
    """Draft the contract that follows this one, with the same party and thing; `terms` are what is new."""
    contract = fresh(contract, by)
    if contract.status == Status.DRAFT:
        raise Conflict(_("A draft cannot be renewed."))
    if contract.renewed_by.exists():
        raise Conflict(_("%(contract)s has been renewed already.") % {"contract": contract})
    same = {
        n: getattr(contract, n)
        for n in (
            "title",
            "direction",
            "kind",
            "asset",
            "party",
            "party_phone",
            "cycle",
            "pay_day",
            "yearly_cents",
            "area_mu",
        )
    }
    begins = contract.ends_on + timedelta(days=1)
    lasts = (contract.ends_on - contract.starts_on).days
    new = draft_contract(
        set=contract.set,
        number=number,
        by=by,
        **{
            **same,
            "mode": Contract.Mode.RENEWAL,
            "signed_on": today(),
            "starts_on": begins,
            "ends_on": begins + timedelta(days=lasts),
            **{k: v for k, v in terms.items() if v not in (None, "")},
        },
    )
    new.renews, new.party_key = contract, contract.party_key
    new.save(update_fields=["renews", "party_key"])
    note("collective.renew_contract", contract, by=by, number=new.number)
    return new


def lay_out(contract: Contract, lines: list[schedules.Line], after: int = 0) -> None:
    """Write the lines of a schedule as amounts due."""
    bulk.insert([due_of(contract, line, after) for line in lines])


def due_of(contract: Contract, line: schedules.Line, after: int = 0) -> Due:
    return Due(
        contract=contract,
        position=after + line.position,
        due_on=line.due_on,
        covers_from=line.covers_from,
        covers_to=line.covers_to,
        amount_cents=line.amount_cents,
    )


def _running(contract: Contract) -> None:
    if contract.status != Status.ACTIVE:
        raise Conflict(
            _("%(contract)s is not in force: %(state)s.")
            % {"contract": contract, "state": contract.get_status_display()}
        )


def _shorten(due: Due, ends_on: date) -> None:
    """A period that the new last day cuts through is due in part."""
    days, left = (due.covers_to - due.covers_from).days + 1, (ends_on - due.covers_from).days + 1
    due.amount_cents, due.covers_to = (2 * due.amount_cents * left + days) // (2 * days), ends_on
    due.save(update_fields=["amount_cents", "covers_to"])


def _let(contract: Contract) -> None:
    """The thing that a contract lets is in other hands from the day it starts, if that has come."""
    asset = contract.asset
    if asset is None or contract.direction != Contract.Direction.INCOME or contract.kind == Contract.Kind.SALE:
        return
    if asset.status in (Asset.Status.SCRAPPED, Asset.Status.SOLD):
        raise Conflict(
            _("%(asset)s was disposed of on %(day)s.") % {"asset": asset, "day": asset.disposed_on}, field="asset"
        )
    if contract.starts_on > today() or contract.ends_on < today() or asset.status == Asset.Status.LET:
        return
    asset.status, asset.status_since = Asset.Status.LET, contract.starts_on
    asset.holder, asset.holder_key = contract.party, contract.party_key
    asset.revision += 1
    asset.save()
    AssetEvent.objects.create(asset=asset, kind=AssetEvent.Kind.LET, on=contract.starts_on, reference=contract.number)


def _given_back(contract: Contract, on: date) -> None:
    asset = contract.asset
    if asset is None or asset.status != Asset.Status.LET or asset.holder != contract.party:
        return
    if Contract.objects.filter(asset=asset, status=Status.ACTIVE, party_norm=contract.party_norm).exists():
        return
    asset.status, asset.status_since, asset.holder, asset.holder_key = Asset.Status.IDLE, on, "", ""
    asset.revision += 1
    asset.save()
    AssetEvent.objects.create(asset=asset, kind=AssetEvent.Kind.RETURNED, on=on, reference=contract.number)


def _save(contract: Contract) -> None:
    contract.revision += 1
    contract.save()


def _rests_on(contract: Contract, number: str) -> None:
    """Refuse a decision that is not good for this contract. More income than was decided is nobody's harm."""
    spends = contract.direction == Contract.Direction.EXPENSE
    grounds.require(
        "decision", number, place=contract.set.place, purpose="contract", about=contract.title,
        amount_cents=contract.total_cents if spends else None,
    )  # fmt: skip


def _came_of(contract: Contract, number: str) -> None:
    """Refuse a deal of the exchange that is another's, or was struck at a better price for the village."""
    grounds.require(
        "deal", number, place=contract.set.place, purpose="contract", about=contract.title, party=contract.party,
        amount_cents=contract.total_cents, yearly_cents=contract.yearly_cents, on=contract.signed_on,
    )  # fmt: skip
