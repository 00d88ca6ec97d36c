"""The county's own tables: classes by amount, reference prices, and who may be asked to build or supply."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Organisation, Place
from huilian.engine.look.text import say


class Mode(models.TextChoices):
    """「发包方式」 How the one who builds or supplies is found."""

    DIRECT = "direct", _("given directly")
    QUOTES = "quotes", _("three quotations")
    COMPARISON = "comparison", _("compared in the open")
    EXCHANGE = "exchange", _("tendered on the exchange")


class LimitClass(models.Model):
    """「限额类别」 Up to which amount a work or purchase is found in which way, and the shares of its money.

    Shares are per thousand. A county may set each of them; what a higher rule bounds stands in `seeds/classes.yaml`.
    """

    key = models.SlugField(_("key"), max_length=16, unique=True)
    procedure = models.CharField(_("procedure it follows"), max_length=40)  # a key of the family: work.small
    name = models.CharField(_("class by amount"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    is_purchase = models.BooleanField(_("purchase"), default=False)
    above_cents = models.BigIntegerField(_("from above"), default=0)
    up_to_cents = models.BigIntegerField(pgettext_lazy("works", "up to"), null=True, blank=True)
    modes = models.CharField(_("ways allowed"), max_length=60)  # keys of Mode, separated by blanks
    public_days = models.PositiveSmallIntegerField(_("days the choice is published"), default=3)
    needs_decision = models.BooleanField(_("needs a decision number"), default=True)
    advance_permille = models.PositiveSmallIntegerField(_("advance at most, per thousand"), default=300)
    progress_permille = models.PositiveSmallIntegerField(_("paid before settlement at most, per thousand"), default=900)
    change_permille = models.PositiveSmallIntegerField(_("changes without a new decision, per thousand"), default=100)
    retention_permille = models.PositiveSmallIntegerField(_("kept back at most, per thousand"), default=30)
    warranty_months = models.PositiveSmallIntegerField(_("months of warranty"), default=12)
    representatives = models.PositiveSmallIntegerField(_("villagers' representatives at acceptance"), default=2)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(pgettext_lazy("works", "position"), default=0)
    origin = models.CharField(_("origin"), max_length=12, default="county", editable=False)

    class Meta:
        verbose_name = _("class of works by amount")
        verbose_name_plural = _("classes of works by amount")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Price(models.Model):
    """「造价库」 The reference price of one procedure of a trade from a day on, in one place or everywhere."""

    trade = models.CharField(_("trade"), max_length=40)
    name = models.CharField(_("procedure of work"), max_length=80)
    spec = models.CharField(_("specification"), max_length=80, blank=True)
    measure = models.CharField(_("unit of measure"), max_length=12)
    price_cents = models.BigIntegerField(_("reference price"))
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only in this place")
    )
    valid_from = models.DateField(pgettext_lazy("works", "valid from"))
    source = models.CharField(_("where the price is from"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("reference price")
        verbose_name_plural = _("reference prices")
        ordering = ["trade", "name", "spec", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["trade", "name", "spec", "place", "valid_from"], name="works_price_once_a_place"
            ),
            models.UniqueConstraint(
                fields=["trade", "name", "spec", "valid_from"], condition=Q(place=None), name="works_price_once"
            ),
            models.CheckConstraint(condition=Q(price_cents__gt=0), name="works_price_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.trade} {self.name} {self.spec}".strip()


class Contractor(models.Model):
    """「承包人库」「工匠库」 A firm, or a craftsman with a certificate, that may be asked to build or supply."""

    class Kind(models.TextChoices):
        FIRM = "firm", pgettext_lazy("works", "firm")
        CRAFTSMAN = "craftsman", _("craftsman")

    class State(models.TextChoices):
        ACTIVE = "active", _("may be asked")
        SUSPENDED = "suspended", _("not asked for now")

    number = models.CharField(_("number in the pool"), max_length=32, unique=True)
    kind = models.CharField(_("firm or craftsman"), max_length=10, choices=Kind)
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, null=True, blank=True, related_name="contractor", verbose_name=_("organisation")
    )
    name = models.CharField(_("name in the pool"), max_length=120, db_index=True)
    name_norm = models.CharField(max_length=120, editable=False, db_index=True)
    key_digest = models.CharField(max_length=64, blank=True, editable=False)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    trades = models.CharField(_("trades"), max_length=120, blank=True)
    certificates = models.CharField(_("certificates"), max_length=200, blank=True)
    certified_until = models.DateField(_("certified until"), null=True, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    insured = models.PositiveIntegerField(_("people insured"), null=True, blank=True)
    state = models.CharField(_("state in the pool"), max_length=10, choices=State, default=State.ACTIVE)
    state_note = models.CharField(_("why not asked"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("contractor")
        verbose_name_plural = _("contractors")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["key_digest"], condition=~Q(key_digest=""), name="works_contractor_once"),
            models.CheckConstraint(
                condition=(Q(kind="firm") & ~Q(organisation=None)) | (Q(kind="craftsman") & Q(organisation=None)),
                name="works_firm_is_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.name
