"""「经济合同」「应收」 Contracts of the collective, what is due under them, and what came in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .assets import Asset
from .books import AccountSet, Voucher


class Contract(models.Model):
    """「经济合同」 An agreement that brings in money or costs it. Its schedule stands line by line in `Due`."""

    class Direction(models.TextChoices):
        INCOME = "income", _("brings in money")
        EXPENSE = "expense", _("costs money")

    class Kind(models.TextChoices):
        LEASE = "lease", _("lease")
        CONTRACTING = "contracting", _("contracting out of land")
        SALE = "sale", _("sale")
        WORKS = "works", _("works")
        SERVICE = "service", _("service")
        OTHER = "other", pgettext_lazy("kind of a contract", "other")

    class Mode(models.TextChoices):
        EXCHANGE = "exchange", _("traded on the exchange")
        OPEN = "open", _("open bidding in the village")
        NEGOTIATED = "negotiated", _("negotiated")
        RENEWAL = "renewal", _("renewed")

    class Cycle(models.TextChoices):
        MONTH = "month", _("every month")
        QUARTER = "quarter", _("every quarter")
        HALF = "half", _("every half-year")
        YEAR = "year", _("every year")
        ONCE = "once", _("once")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("status of a contract", "draft")
        ACTIVE = "active", pgettext_lazy("status of a contract", "running")
        ENDED = "ended", pgettext_lazy("status of a contract", "ended")
        TERMINATED = "terminated", pgettext_lazy("status of a contract", "terminated early")

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="contracts", verbose_name=_("account set"))
    number = models.CharField(_("contract number"), max_length=40, unique=True)
    title = models.CharField(_("title of the contract"), max_length=120)
    direction = models.CharField(_("direction"), max_length=7, choices=Direction)
    kind = models.CharField(_("kind of contract"), max_length=12, choices=Kind)
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="contracts", verbose_name=_("asset or resource")
    )
    party = models.CharField(_("other party"), max_length=80)
    party_norm = models.CharField(max_length=80, blank=True, editable=False)
    party_key = models.CharField(max_length=64, blank=True, editable=False)
    party_phone = models.CharField(_("telephone of the other party"), max_length=32, blank=True)
    signed_on = models.DateField(_("signed on"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    ended_on = models.DateField(_("ended in fact on"), null=True, blank=True)
    cycle = models.CharField(_("paid how often"), max_length=7, choices=Cycle, default=Cycle.YEAR)
    pay_day = models.CharField(_("day of payment"), max_length=5, blank=True)  # MM-DD; empty: day of the start
    yearly_cents = models.BigIntegerField(_("amount a year"))
    rise_permille = models.IntegerField(_("rise a year, per thousand"), default=0)
    priced_from = models.DateField(_("amount a year agreed from"), null=True, blank=True)  # by a later agreement
    total_cents = models.BigIntegerField(_("whole amount"), blank=True)
    deposit_cents = models.BigIntegerField(_("deposit"), default=0)
    area_mu = models.DecimalField(_("area let, mu"), max_digits=12, decimal_places=3, null=True, blank=True)
    mode = models.CharField(_("how the party was chosen"), max_length=10, choices=Mode)
    decision_no = models.CharField(_("decision number"), max_length=40, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    deal_no = models.CharField(_("number of the deal on the exchange"), max_length=40, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    filed_on = models.DateField(_("filed with the township on"), null=True, blank=True)
    has_scan = models.BooleanField(_("scan kept"), default=False)
    has_repricing = models.BooleanField(_("price is looked at again"), default=False)
    is_oral = models.BooleanField(_("only by word of mouth"), default=False)
    land_term_ends = models.DateField(_("land term ends on"), null=True, blank=True)
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewed_by", verbose_name=_("renews")
    )
    text = models.TextField(_("text of the contract"), blank=True)
    status = models.CharField(_("status of the contract"), max_length=10, choices=Status, default=Status.ACTIVE)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["set", "-signed_on", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="contract_ends_after_it_starts")
        ]
        indexes = [
            models.Index(fields=["set", "status", "ends_on"], name="contract_of_set"),
            models.Index(fields=["party_norm"], name="contract_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Due(models.Model):
    """「应收应付计划」 One payment that falls due under a contract."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="dues", verbose_name=_("contract"))
    position = models.PositiveSmallIntegerField(pgettext_lazy("collective", "position"))
    due_on = models.DateField(pgettext_lazy("collective", "due on"))
    covers_from = models.DateField(_("for the time from"))
    covers_to = models.DateField(_("for the time up to"))
    amount_cents = models.BigIntegerField(_("amount due"))
    paid_cents = models.BigIntegerField(_("amount paid"), default=0)
    paid_on = models.DateField(_("last paid on"), null=True, blank=True)
    payer = models.CharField(_("paid by"), max_length=80, blank=True)
    payer_norm = models.CharField(max_length=80, blank=True, editable=False)
    accrued = models.ForeignKey(  # the voucher that books it as receivable; gone when that draft is discarded
        Voucher, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("booked as receivable by")
    )

    class Meta:
        verbose_name = _("amount due")
        verbose_name_plural = _("amounts due")
        ordering = ["contract", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "position"], name="due_once"),
            models.CheckConstraint(condition=Q(paid_cents__lte=F("amount_cents")), name="due_not_overpaid"),
        ]
        indexes = [models.Index(fields=["due_on"], name="due_open", condition=Q(paid_cents__lt=F("amount_cents")))]

    def __str__(self) -> str:
        return f"{self.contract_id}/{self.position}"


class Receipt(models.Model):
    """「收款核销」 How much of one voucher settled one amount due."""

    due = models.ForeignKey(Due, models.PROTECT, related_name="receipts", verbose_name=_("amount due"))
    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="receipts", verbose_name=_("voucher"))
    amount_cents = models.BigIntegerField(_("amount"))
    on = models.DateField(_("on"))
    payer = models.CharField(_("paid by"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("settlement of an amount due")
        verbose_name_plural = _("settlements of amounts due")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.due_id}/{self.voucher_id}"
