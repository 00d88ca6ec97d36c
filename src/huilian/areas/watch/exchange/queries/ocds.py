"""Lots as releases and records of the Open Contracting Data Standard 1.1: a release for each notice and the contract.

The standard speaks of buying. Where the owner sells or lets, its words stand for the same roles the other way round,
and `procurementMethodDetails` says so. Persons stand with a masked name and no identifier.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from django.conf import settings

from huilian.foundation.masking import mask_name
from huilian.foundation.now import CHINA, moment, now

from ..models import Deal, Lot, Notice, Registration
from .public import published_lots

PREFIX = "ocds-huilian"  # a county that publishes to the world registers its own with the Open Contracting Partnership
TAGS = {
    Notice.Kind.LISTING: "tender",
    Notice.Kind.RESULT: "award",
    Notice.Kind.TERMINATION: "tenderCancellation",
}
METHODS = {"timed": "open", "sealed": "open", "negotiation": "selective", "tender": "open"}
CATEGORIES = {"engineering": "works", "procurement": "goods"}
STATUS = {"notice": "active", "trade": "active", "unsold": "unsuccessful", "terminated": "cancelled"}  # else complete


def release_package(lots: Iterable[Lot] | None = None) -> dict:
    """Every release of the published lots, lot by lot."""
    releases = [release for lot in _lots(lots) for release in releases_of(lot)]
    return {**_package("releases"), "releases": releases}


def record_package(lots: Iterable[Lot] | None = None) -> dict:
    """Every published lot with its releases and what they come to."""
    return {**_package("records"), "records": [record_of(lot) for lot in _lots(lots)]}


def releases_of(lot: Lot) -> list[dict]:
    """What became known of one lot, as it became known."""
    found = []
    for notice in sorted(lot.notices.all(), key=lambda n: (n.published_at, n.pk)):
        tag = TAGS.get(Notice.Kind(notice.kind), "tenderAmendment")
        deal = _deal(lot, notice.facts.get("deal", "")) if tag == "award" else None
        found.append(_release(lot, notice.number, notice.published_at, [tag], notice=notice, deal=deal))
    deal = _standing(lot)
    if deal and deal.signed_on:
        found.append(_release(lot, deal.contract_no or deal.number, _at(deal.signed_on), ["contract"], deal=deal))
    return found


def record_of(lot: Lot) -> dict:
    """One lot: its releases, and all of them in one."""
    releases = releases_of(lot)
    whole = _release(lot, f"{lot.number}-compiled", _last(releases), ["compiled"], deal=_standing(lot))
    return {"ocid": _ocid(lot), "releases": releases, "compiledRelease": whole}


def _release(
    lot: Lot, key: str, at: datetime | str, tag: list[str], *, notice: Notice | None = None, deal=None
) -> dict:
    cents = notice.facts["start_cents"] if notice else lot.start_cents
    told = {
        "ocid": _ocid(lot),
        "id": key,
        "date": at if isinstance(at, str) else _iso(at),
        "tag": tag,
        "initiationType": "tender",
        "language": "zh",
        "parties": [_owner(lot), *([_supplier(deal.registration)] if deal else [])],
        "buyer": {"id": _owner_id(lot), "name": lot.owner.name},
        "tender": _tender(lot, cents, notice),
    }
    if deal:
        told["awards"] = [_award(lot, deal)]
        if deal.signed_on and tag != ["award"]:
            told["contracts"] = [_contract(lot, deal)]
    return told


def _tender(lot: Lot, cents: int, notice: Notice | None) -> dict:
    item = {"id": "1", "description": lot.description or lot.title}
    if lot.area_mu is not None:
        item |= {"quantity": float(lot.area_mu), "unit": {"name": "亩"}}
    way = f"{lot.board.name}；{lot.mode.name}；{lot.get_method_display()}"
    told = {
        "id": lot.number,
        "title": lot.title,
        "status": STATUS.get(lot.case.step, "complete"),
        "procuringEntity": {"id": _owner_id(lot), "name": lot.owner.name},
        "items": [item],
        "procurementMethod": METHODS[lot.method],
        "procurementMethodDetails": way if lot.buys else f"{way}（权属单位为出让方）",
        "value" if lot.buys else "minValue": _money(cents),
        "numberOfTenderers": sum(r.state == Registration.State.QUALIFIED for r in lot.registrations.all()),
    }
    if lot.board.key in CATEGORIES:
        told["mainProcurementCategory"] = CATEGORIES[lot.board.key]
    until = notice.until if notice and notice.kind != Notice.Kind.RESULT else lot.registers_until
    if lot.registers_from and until:
        told["tenderPeriod"] = {"startDate": _iso(lot.registers_from), "endDate": _iso(until)}
    return told


def _award(lot: Lot, deal: Deal) -> dict:
    broken = deal.state in (Deal.State.OVERTURNED, Deal.State.BROKEN)
    return {
        "id": deal.number,
        "title": lot.title,
        "status": "cancelled" if broken else "pending" if deal.state == Deal.State.ANNOUNCED else "active",
        "date": _iso(deal.made_at),
        "value": _money(deal.price_cents),
        "suppliers": [{"id": deal.registration.number, "name": _name(deal.registration)}],
    }


def _contract(lot: Lot, deal: Deal) -> dict:
    return {
        "id": deal.contract_no or deal.number,
        "awardID": deal.number,
        "title": lot.title,
        "status": "active",
        "value": _money(deal.price_cents),
        "dateSigned": _iso(_at(deal.signed_on)),
        "period": {"startDate": _iso(_at(deal.starts_on)), "endDate": _iso(_at(deal.ends_on))},
    }


def _owner(lot: Lot) -> dict:
    roles = ["buyer", "procuringEntity"]
    return {"id": _owner_id(lot), "name": lot.owner.name, "roles": roles}


def _supplier(registration: Registration) -> dict:
    return {"id": registration.number, "name": _name(registration), "roles": ["supplier", "tenderer"]}


def _name(registration: Registration) -> str:
    return mask_name(registration.name) if registration.kind == Registration.Kind.PERSON else registration.name


def _owner_id(lot: Lot) -> str:
    return f"CN-UNIT-{lot.owner_id}"


def _ocid(lot: Lot) -> str:
    return f"{PREFIX}-{lot.number}"


def _money(cents: int) -> dict:
    return {"amount": cents / 100, "currency": "CNY"}


def _deal(lot: Lot, number: str) -> Deal | None:
    return next((d for d in lot.deals.all() if d.number == number), None)


def _standing(lot: Lot) -> Deal | None:
    return next((d for d in lot.deals.all() if d.state not in (Deal.State.OVERTURNED, Deal.State.BROKEN)), None)


def _lots(lots: Iterable[Lot] | None) -> Iterator[Lot]:
    found = published_lots() if lots is None else lots
    yield from found.prefetch_related("notices", "registrations", "deals__registration")


def _package(name: str) -> dict:
    address = settings.SITE["address"].rstrip("/") or "https://example.invalid"
    return {
        "uri": f"{address}/ocds/{name}.json",
        "version": "1.1",
        "publishedDate": _iso(now()),
        "publisher": {"name": settings.SITE.get("name") or "农村产权交易机构"},
    }


def _last(releases: list[dict]) -> str:
    return max((r["date"] for r in releases), default=_iso(now()))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=CHINA)


def _iso(at: datetime) -> str:
    return moment(at).isoformat(timespec="seconds")
