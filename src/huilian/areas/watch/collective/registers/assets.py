"""「资产台账」「资源台账」 Things, and land, water and woods. The columns are those of the usual printed registers."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.registers import Column, Verb, register
from huilian.foundation.errors import Invalid

from ..models import Account, Asset
from ..queries.reach import KEEP
from ..queries.things import assets_of, net_cents
from ..rules.assets import area_needs_reason
from ..services import assets as services
from .columns import VILLAGE, Kept, amount, day, decision, text, typed_amount, yuan

HELD = ("let", "lent")
GONE = ("scrapped", "sold")


def _let_now(asset: Asset) -> str:
    """The running contract that lets it."""
    found = [c.number for c in asset.contracts.all() if c.status == "active" and c.direction == "income"]
    return "、".join(found)


CONTRACT = Column("contract_now", _("contract number"), value=_let_now)
HOLDER_ID = lambda: forms.CharField(label=_("Identity number or credit code"), required=False, max_length=32)  # noqa: E731
TYPED = (
    "set",
    "name",
    "class_key",
    "is_resource",
    "land_kind",
    "location",
    "quantity",
    "measure",
    "area_mu",
    "measured_mu",
    "area_reason",
    "registered_use",
    "actual_use",
    "account",
    typed_amount("original_cents"),
    typed_amount("depreciated_cents"),
    "life_months",
    typed_amount("salvage_cents"),
    "fund",
    "acquired_on",
    "acquired_by",
    "voucher_no",
    "keeper",
    "decision_no",
    "latitude",
    "longitude",
)
VERBS = (
    Verb(
        "let",
        _("Let out"),
        services.let_asset,
        KEEP,
        {
            "to": text(_("Who has it")),
            "on": day(_("From")),
            "contract_no": text(_("Contract number")),
            "identity": HOLDER_ID,
        },
        when=lambda a: a.status not in (*HELD, *GONE),
        icon="handshake",
    ),
    Verb(
        "lend",
        _("Lend"),
        services.lend_asset,
        KEEP,
        {"to": text(_("Who has it")), "on": day(_("From")), "decision_no": decision(), "identity": HOLDER_ID},
        when=lambda a: a.status not in (*HELD, *GONE),
        icon="arrow-right-left",
    ),
    Verb(
        "back",
        _("Take back"),
        services.take_back,
        KEEP,
        {
            "on": day(_("Given back on")),
            "used": lambda: forms.BooleanField(label=_("The collective uses it itself from now on"), required=False),
            "remark": text(_("Remark"), required=False),
        },
        when=lambda a: a.status in HELD,
        icon="undo-2",
    ),
    Verb(
        "use",
        _("Used or idle"),
        services.note_use,
        KEEP,
        {
            "used": lambda: forms.TypedChoiceField(
                label=_("It is"),
                choices=(("", _("idle")), ("1", _("used by the collective"))),
                coerce=bool,
                required=False,
                empty_value=False,
            ),
            "on": day(_("Since")),
            "remark": text(_("Remark"), required=False),
        },
        when=lambda a: a.status not in (*HELD, *GONE),
        icon="house",
    ),
    Verb(
        "value",
        _("Enter a valuation"),
        services.value_asset,
        KEEP,
        {"valuation_cents": yuan(_("Valuation")), "on": day(_("Valued on")), "appraiser": text(_("Valued by"))},
        when=lambda a: a.status not in GONE,
        icon="scale",
    ),
    Verb(
        "dispose",
        _("Sold or scrapped"),
        lambda asset, *, by, how, price_cents=None, **values: services.dispose(
            asset, sold=how == "sold", price_cents=price_cents or 0, by=by, **values
        ),
        KEEP,
        {
            "how": lambda: forms.ChoiceField(
                label=_("It was"), choices=(("sold", _("sold")), ("scrapped", _("scrapped")))
            ),
            "on": day(_("Date")),
            "price_cents": yuan(_("Price got"), required=False),
            "decision_no": decision(),
            "remark": text(_("Remark"), required=False),
        },
        _("It leaves the register of what there is. It needs a decision and a valuation."),
        when=lambda a: a.status not in GONE,
        danger=True,
        icon="trash-2",
    ),
)


class Things(Kept):
    model = Asset
    fields = TYPED
    fixed = ("set",)
    import_key = ("set", "name", "location")
    search = ("number", "name", "location", "holder")
    ordering = ("set", "number")
    save_with = (services.register_asset, services.change_asset)
    verbs = VERBS
    resources = False

    def visible_to(self, user: Any):
        rows = assets_of(user).filter(is_resource=self.resources)
        return rows.select_related("set__place", "account").prefetch_related("contracts")

    def choices_for(self, name: str, user: Any):
        if name == "account":
            return Account.objects.filter(set=None, element=Account.Element.ASSET, is_active=True)
        return super().choices_for(name, user)

    def check(self, values: dict, row: Any) -> None:
        if area_needs_reason(values.get("area_mu"), values.get("measured_mu"), values.get("area_reason") or ""):
            raise Invalid(
                _("The measured area differs from the certificate by more than 2 %. Say why."), field="area_reason"
            )

    def link(self, row: Asset) -> str:
        return reverse("collective-life", args=["asset", row.pk])


@register
class Assets(Things):
    key, title, icon = "collective-assets", _("Register of assets"), "building-2"
    about = _("What the collectives own: from the day it came to the day it goes, each with its card.")
    columns = (
        "number",
        "name",
        VILLAGE,
        "class_key",
        "location",
        amount("original_cents"),
        amount("net", _("net value"), net_cents),
        "acquired_by",
        "status",
        "status_since",
        "holder",
        CONTRACT,
        "keeper",
        "counted_on",
    )
    filters = ("set__place", "class_key", "status", "counted_on")
    sections = (
        (_("What it is"), ("number", "name", "set", "class_key", "location", "quantity", "measure")),
        (
            _("Value"),
            ("original_cents", "depreciated_cents", "net", "life_months", "salvage_cents", "account", "fund"),
        ),
        (_("Where it came from"), ("acquired_on", "acquired_by", "voucher_no", "decision_no")),
        (_("Present state"), ("status", "status_since", "holder", "contract_now", "keeper", "counted_on")),
    )


@register
class Resources(Things):
    key, title, icon = "collective-resources", _("Register of resources"), "map"
    about = _("Land, water, woods and other parcels: certified area, area as measured, who uses it for what.")
    resources = True
    columns = (
        "number",
        "name",
        VILLAGE,
        "land_kind",
        "location",
        "area_mu",
        "measured_mu",
        "registered_use",
        "actual_use",
        "status",
        "status_since",
        "holder",
        CONTRACT,
        "keeper",
        "counted_on",
    )
    filters = ("set__place", "land_kind", "status", "counted_on")
    sections = (
        (_("What it is"), ("number", "name", "set", "class_key", "land_kind", "location")),
        (_("Area"), ("area_mu", "measured_mu", "area_reason", "registered_use", "actual_use")),
        (_("Present state"), ("status", "status_since", "holder", "contract_now", "keeper", "counted_on")),
    )
