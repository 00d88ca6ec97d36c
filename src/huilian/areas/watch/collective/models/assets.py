"""「资产」「资源」 What the collective owns: buildings, machines, land, water, woods; each with its card."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .books import Account, AccountSet, Voucher


class Asset(models.Model):
    """「资产卡片」「资源登记」 One thing or one parcel. Money in cents, land in mu."""

    class Class(models.TextChoices):
        BUILDING = "building", _("building")
        LAND = "land", _("land")
        MACHINE = "machine", _("machine")
        VEHICLE = "vehicle", _("vehicle")
        INFRASTRUCTURE = "infrastructure", _("infrastructure")
        WELFARE = "welfare", _("public facility")
        BIOLOGICAL = "biological", _("plants and animals")
        INTANGIBLE = "intangible", _("intangible asset")
        RESOURCE = "resource", _("natural resource")
        OTHER = "other", pgettext_lazy("class of an asset", "other")

    class Status(models.TextChoices):
        IN_USE = "in_use", _("used by the collective")
        IDLE = "idle", _("idle")
        LET = "let", _("let out")
        LENT = "lent", _("lent free of charge")
        SCRAPPED = "scrapped", _("scrapped")
        SOLD = "sold", _("sold")

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="assets", verbose_name=_("account set"))
    number = models.CharField(_("number of the asset"), max_length=32, unique=True)
    name = models.CharField(_("name of the asset"), max_length=80)
    class_key = models.CharField(_("class of the asset"), max_length=16, choices=Class)
    is_resource = models.BooleanField(_("resource"), default=False)
    land_kind = models.CharField(_("kind of land"), max_length=40, blank=True)  # 耕地, 林地, 水面, 四荒, 建设用地 …
    location = models.CharField(_("where it lies"), max_length=120, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, default=1)
    measure = models.CharField(_("unit of measure"), max_length=12, blank=True)
    area_mu = models.DecimalField(
        _("area on the certificate, mu"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    measured_mu = models.DecimalField(_("area as measured, mu"), max_digits=12, decimal_places=3, null=True, blank=True)
    area_reason = models.CharField(_("why the area differs"), max_length=120, blank=True)
    registered_use = models.CharField(_("registered use"), max_length=40, blank=True)
    actual_use = models.CharField(_("actual use"), max_length=40, blank=True)
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account in the books")
    )
    original_cents = models.BigIntegerField(_("original value"), default=0)
    depreciated_cents = models.BigIntegerField(_("depreciated so far"), default=0)
    life_months = models.PositiveSmallIntegerField(_("useful life in months"), null=True, blank=True)
    salvage_cents = models.BigIntegerField(_("value at the end"), default=0)
    fund = models.CharField(_("paid from"), max_length=60, blank=True)
    acquired_on = models.DateField(_("acquired on"), null=True, blank=True)
    acquired_by = models.CharField(_("how acquired"), max_length=60, blank=True)
    voucher_no = models.CharField(_("voucher number"), max_length=32, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.IN_USE)
    status_since = models.DateField(_("in this status since"))
    holder = models.CharField(_("used by"), max_length=80, blank=True)
    holder_key = models.CharField(max_length=64, blank=True, editable=False)
    keeper = models.CharField(_("kept by"), max_length=40, blank=True)
    counted_on = models.DateField(_("last counted"), null=True, blank=True)
    valuation_cents = models.BigIntegerField(_("valuation"), null=True, blank=True)
    valued_on = models.DateField(_("valued on"), null=True, blank=True)
    disposed_on = models.DateField(_("disposed of on"), null=True, blank=True)
    disposal_cents = models.BigIntegerField(_("price got"), null=True, blank=True)
    decision_no = models.CharField(_("decision number"), max_length=40, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("asset or resource")
        verbose_name_plural = _("assets and resources")
        ordering = ["set", "number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["scrapped", "sold"]) | Q(disposed_on__isnull=False), name="asset_end_has_a_day"
            )
        ]
        indexes = [models.Index(fields=["set", "is_resource", "status"], name="asset_of_set")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class AssetEvent(models.Model):
    """「资产变动」 What happened to an asset, from its beginning to its end. Never edited."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("registered")
        CHANGED = "changed", _("card changed")
        COUNTED = "counted", _("counted")
        LET = "let", _("let out")
        LENT = "lent", _("lent free of charge")
        RETURNED = "returned", _("given back")
        VALUED = "valued", _("valued")
        DEPRECIATED = "depreciated", _("depreciated")
        SOLD = "sold", _("sold")
        SCRAPPED = "scrapped", _("scrapped")

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="events", verbose_name=_("asset or resource"))
    kind = models.CharField(pgettext_lazy("collective", "kind of event"), max_length=12, choices=Kind)
    on = models.DateField(_("on"))
    note = models.CharField(pgettext_lazy("collective", "note"), max_length=200, blank=True)
    reference = models.CharField(_("paper"), max_length=40, blank=True)  # contract, decision or voucher number
    amount_cents = models.BigIntegerField(_("amount"), null=True, blank=True)
    voucher = models.ForeignKey(  # of a month's depreciation: discarding the draft takes the event along
        Voucher, models.CASCADE, null=True, blank=True, related_name="asset_events", verbose_name=_("voucher")
    )

    class Meta:
        verbose_name = _("event of an asset")
        verbose_name_plural = _("events of assets")
        ordering = ["asset", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.asset_id}/{self.kind}/{self.on}"
