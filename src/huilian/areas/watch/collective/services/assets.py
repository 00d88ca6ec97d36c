"""「资产」「资源」 What happens to things and parcels: from the day they are registered to the day they go."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.numbering.services import next_number
from huilian.engine.procedures import grounds
from huilian.foundation import money
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import Account, AccountSet, Asset, AssetEvent
from ..rules import assets as rules
from .keeping import apply, decision, fresh, keeper, names_of, not_later, note, party_key, written
from .writing import in_chinese

Status, Kind = Asset.Status, AssetEvent.Kind
GONE = (Status.SCRAPPED, Status.SOLD)
TYPED = frozenset(
    [
        "name",
        "class_key",
        "is_resource",
        "land_kind",
        "location",
        "latitude",
        "longitude",
        "quantity",
        "measure",
        "area_mu",
        "measured_mu",
        "area_reason",
        "registered_use",
        "actual_use",
        "account",
        "original_cents",
        "depreciated_cents",
        "life_months",
        "salvage_cents",
        "fund",
        "acquired_on",
        "acquired_by",
        "voucher_no",
        "holder",
        "keeper",
        "decision_no",
    ]
)


def check_card(values: Mapping[str, Any]) -> None:
    """What the fields of a card must hold together. Raises Invalid."""
    written(values.get("name", ""), "name", _("An asset needs a name."))
    if values.get("class_key") not in Asset.Class.values:
        raise Invalid(_("“%(key)s” is not a class of assets.") % {"key": values.get("class_key")}, field="class_key")
    original, salvage = values.get("original_cents") or 0, values.get("salvage_cents") or 0
    if min(original, salvage, values.get("depreciated_cents") or 0) < 0:
        raise Invalid(_("A value of an asset is not below zero."), field="original_cents")
    if salvage > original or (values.get("depreciated_cents") or 0) > original:
        raise Invalid(
            _("An asset is worth %(value)s at first; it cannot lose or keep more.") % {"value": money.text(original)},
            field="salvage_cents",
        )
    for name in ("area_mu", "measured_mu", "quantity"):
        if values.get(name) is not None and values[name] < 0:
            raise Invalid(_("An area or a quantity is not below zero."), field=name)
    if (acquired := values.get("acquired_on")) and acquired > today():
        raise Invalid(
            _("%(day)s lies in the future. Enter it when it has happened.") % {"day": acquired}, field="acquired_on"
        )
    account = values.get("account")
    if isinstance(account, Account) and account.element != Account.Element.ASSET:
        raise Invalid(_("%(account)s is no account of assets.") % {"account": account}, field="account")


@transaction.atomic
def register_asset(*, set: AccountSet, by: Any, on: date | None = None, number: str = "", **values: Any) -> Asset:
    """Enter a thing or a parcel into the register, with its card."""
    keeper(set, by)
    unknown = values.keys() - TYPED
    if unknown:
        raise TypeError(f"no fields of an asset card: {sorted(unknown)}")
    check_card(values)
    day = not_later(on or values.get("acquired_on") or today())
    values["is_resource"] = bool(values.get("is_resource")) or values["class_key"] in (
        Asset.Class.LAND,
        Asset.Class.RESOURCE,
    )
    asset = Asset.objects.create(set=set, number=number or next_number("ZC", on=day), status_since=day, **values)
    _happened(asset, Kind.REGISTERED, day, reference=asset.voucher_no, amount=asset.original_cents or None)
    note("collective.register_asset", asset, by=by, name=asset.name, amount=asset.original_cents)
    return asset


@transaction.atomic
def change_asset(asset: Asset, *, by: Any, **values: Any) -> Asset:
    """Change what stands on the card; the history keeps which fields."""
    asset = _standing(asset, by)
    values.pop("set", None)
    check_card({name: values.get(name, getattr(asset, name)) for name in TYPED})
    different = apply(asset, {k: v for k, v in values.items() if k in TYPED})
    if not different:
        return asset
    _save(asset)
    _happened(asset, Kind.CHANGED, today(), text=names_of(Asset, different))
    note("collective.change_asset", asset, by=by, fields=sorted(different))
    return asset


@transaction.atomic
def let_asset(asset: Asset, *, to: str, on: date, contract_no: str, identity: str = "", by: Any) -> Asset:
    """Note that it is let out, under which contract."""
    contract_no = written(contract_no, "contract_no", _("Write the number of the contract it is let under."))
    asset = _standing(asset, by)
    return _hand_over(asset, Status.LET, Kind.LET, to, on, contract_no, party_key(identity), by)


@transaction.atomic
def lend_asset(asset: Asset, *, to: str, on: date, decision_no: str, identity: str = "", by: Any) -> Asset:
    """Note that it is lent free of charge: only by a decision."""
    number = decision(decision_no)
    asset = _standing(asset, by)
    return _hand_over(asset, Status.LENT, Kind.LENT, to, on, number, party_key(identity), by)


@transaction.atomic
def take_back(asset: Asset, *, on: date, used: bool = False, remark: str = "", by: Any) -> Asset:
    """Note that it was given back; it is idle from that day unless the collective uses it itself."""
    asset = _standing(asset, by)
    if asset.status not in (Status.LET, Status.LENT):
        raise Conflict(_("%(asset)s is neither let nor lent, so it cannot be given back.") % {"asset": asset})
    _turn(asset, Status.IN_USE if used else Status.IDLE, on)
    asset.holder = asset.holder_key = ""
    _save(asset)
    _happened(asset, Kind.RETURNED, on, text=remark)
    note("collective.take_back", asset, by=by, on=on, used=used)
    return asset


@transaction.atomic
def note_use(asset: Asset, *, used: bool, on: date, remark: str = "", by: Any) -> Asset:
    """Note that the collective uses it, or that it lies idle, since a day."""
    asset = _standing(asset, by)
    wanted = Status.IN_USE if used else Status.IDLE
    if asset.status in (Status.LET, Status.LENT):
        raise Conflict(_("%(asset)s is let or lent. Take it back first.") % {"asset": asset})
    if asset.status == wanted:
        raise Conflict(_("The register says so already."))
    _turn(asset, wanted, on)
    _save(asset)
    _happened(asset, Kind.CHANGED, on, text=f"{in_chinese(Status(wanted).label)} {remark}")
    note("collective.note_use", asset, by=by, status=wanted, on=on)
    return asset


@transaction.atomic
def value_asset(asset: Asset, *, valuation_cents: int, on: date, appraiser: str, by: Any) -> Asset:
    """Enter a valuation, and who made it."""
    asset = _standing(asset, by)
    if valuation_cents <= 0:
        raise Invalid(_("A valuation is above zero."), field="valuation_cents")
    appraiser = written(appraiser, "appraiser", _("Write who made the valuation."))
    asset.valuation_cents, asset.valued_on = valuation_cents, not_later(on)
    _save(asset)
    _happened(asset, Kind.VALUED, on, text=appraiser, amount=valuation_cents)
    note("collective.value_asset", asset, by=by, amount=valuation_cents, on=on)
    return asset


@transaction.atomic
def dispose(
    asset: Asset, *, sold: bool, on: date, decision_no: str, price_cents: int = 0, remark: str = "", by: Any
) -> Asset:
    """Sell or scrap it. It needs a decision and a valuation; a price below nine tenths of it is marked, not refused."""
    number = decision(decision_no)
    asset = _standing(asset, by)
    grounds.require("decision", number, place=asset.set.place, purpose="disposal", about=asset.name)
    if asset.valuation_cents is None:
        raise Invalid(_("Nothing goes without a valuation. Enter it first."), field="valuation_cents")
    if asset.status in (Status.LET, Status.LENT):
        raise Conflict(_("%(asset)s is let or lent. Take it back first.") % {"asset": asset})
    if price_cents < 0 or (sold and not price_cents):
        raise Invalid(_("Write the price it was sold for."), field="price_cents")
    _turn(asset, Status.SOLD if sold else Status.SCRAPPED, on)
    asset.disposed_on, asset.disposal_cents, asset.decision_no = on, price_cents, number
    _save(asset)
    _happened(asset, Kind.SOLD if sold else Kind.SCRAPPED, on, text=remark, reference=number, amount=price_cents)
    low = rules.price_is_low(price_cents, asset.valuation_cents) if sold else False
    verb = "collective.sell_asset_low" if low else "collective.sell_asset" if sold else "collective.scrap_asset"
    note(verb, asset, by=by, amount=price_cents, valuation=asset.valuation_cents, decision=number)
    return asset


@transaction.atomic
def count_assets(
    set: AccountSet, found: Mapping[str, Mapping[str, str]], *, on: date, by: Any
) -> list[rules.Difference]:
    """「盘点」 Enter a count: what was found, by number. What was found gets its day; differences are kept.

    `found` gives for each number what was seen: `status`, `holder`, `use`, `area`; empty where it was as registered.
    The register itself is put right afterwards, by its own acts. Returns the differences.
    """
    keeper(set, by)
    not_later(on)
    rows = {a.number: a for a in Asset.objects.select_for_update().filter(set=set).exclude(status__in=GONE)}
    before = {
        number: {
            "name": a.name,
            "status": a.status,
            "holder": a.holder,
            "use": a.actual_use,
            "area": f"{(a.measured_mu or a.area_mu or 0):f}",
        }
        for number, a in rows.items()
    }
    differences = rules.count_differences(before, {number: dict(row) for number, row in found.items()})
    said: dict[str, list[str]] = {}
    for one in differences:
        said.setdefault(one.number, []).append(_told(one))
    for number, asset in rows.items():
        if number in found:
            asset.counted_on = on
        _happened(asset, Kind.COUNTED, on, text="；".join(said.get(number, ()))[:200])
    Asset.objects.bulk_update(rows.values(), ["counted_on"])
    note("collective.count_assets", set, by=by, set_=set, on=on, counted=len(found), differences=len(differences))
    return differences


DIFFERENCES = {
    "missing": gettext_lazy("not found"),
    "surplus": gettext_lazy("not on the register"),
    "status": gettext_lazy("status"),
    "holder": gettext_lazy("used by"),
    "use": gettext_lazy("actual use"),
    "area": gettext_lazy("area, mu"),
}


def _told(one: rules.Difference) -> str:
    """A difference as it is kept, in Chinese."""
    before, found = (
        in_chinese(Status(value).label) if one.what == "status" and value in Status.values else value
        for value in (one.before, one.found)
    )
    return f"{in_chinese(DIFFERENCES[one.what])}：{before or '—'} → {found or '—'}"


def _hand_over(asset: Asset, status: str, kind: str, to: str, on: date, paper: str, key: str, by: Any) -> Asset:
    if asset.status in (Status.LET, Status.LENT):
        raise Conflict(
            _("%(asset)s is in the hands of %(holder)s already. Take it back first.")
            % {"asset": asset, "holder": asset.holder}
        )
    _turn(asset, status, on)
    asset.holder, asset.holder_key = written(to, "to", _("Write who has it now.")), key
    _save(asset)
    _happened(asset, kind, on, reference=paper)
    note("collective.let_asset" if kind == Kind.LET else "collective.lend_asset", asset, by=by, paper=paper, on=on)
    return asset


def _standing(asset: Asset, by: Any) -> Asset:
    found: Asset = fresh(asset, by)
    if found.status in GONE:
        raise Conflict(_("%(asset)s was disposed of on %(day)s.") % {"asset": found, "day": found.disposed_on})
    return found


def _turn(asset: Asset, status: str, on: date) -> None:
    not_later(on)
    if on < asset.status_since:
        raise Invalid(
            _("Its present state began on %(day)s; the new one cannot begin before.") % {"day": asset.status_since},
            field="on",
        )
    asset.status, asset.status_since = status, on


def _save(asset: Asset) -> None:
    asset.revision += 1
    asset.save()


def _happened(
    asset: Asset, kind: str, on: date, *, text: str = "", reference: str = "", amount: int | None = None
) -> AssetEvent:
    return AssetEvent.objects.create(
        asset=asset, kind=kind, on=on, note=text.strip()[:200], reference=reference[:40], amount_cents=amount
    )
