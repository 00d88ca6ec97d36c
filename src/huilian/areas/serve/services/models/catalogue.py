"""What the county does for people: items with their papers, and the numbers a county may change."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Place
from huilian.engine.documents.models import Attachment
from huilian.engine.look.text import say


class Category(models.TextChoices):
    """「五大类」 S3-38."""

    PARTY = "party", _("Party affairs")
    GOVERNMENT = "government", _("government affairs")
    ECONOMY = "economy", _("economic development")
    SOCIAL = "social", _("social life")
    OTHER = "other", pgettext_lazy("class of services", "other services")


class Item(models.Model):
    """「服务事项」 One thing people come for, with its guide. `decided_at` is the level that gives the result.

    Days are working days at each level, 2 / 3–5 / 5–10 at most (S3-47); the whole promise is the sum of the levels the
    matter has to pass. A service costs nothing: the database refuses any other fee (S3-43 无偿代理).
    """

    class Kind(models.TextChoices):
        CASE = "case", _("handled as a case")
        CONSULTATION = "consultation", _("consultation")
        POSTING = "posting", _("jobs, loans, training")

    code = models.CharField(_("code"), max_length=24, unique=True)
    category = models.CharField(_("class of services"), max_length=12, choices=Category)
    name = models.CharField(pgettext_lazy("service item", "name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    kind = models.CharField(_("kind of item"), max_length=12, choices=Kind, default=Kind.CASE)
    about = models.TextField(_("conditions"), blank=True)
    about_en = models.TextField(_("conditions in English"), blank=True)
    fields = models.JSONField(_("what is asked"), default=list, blank=True)  # [{key, zh, en, kind, required}]
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    department = models.CharField(_("department that decides"), max_length=40, blank=True)
    helpers = models.CharField(_("departments that help"), max_length=120, blank=True)  # separated by 、
    decided_at = models.PositiveSmallIntegerField(
        _("decided at level"), choices=Place.Level.choices, default=Place.Level.COUNTY
    )
    days_village = models.PositiveSmallIntegerField(_("days in the village"), default=2)
    days_township = models.PositiveSmallIntegerField(_("days in the township"), default=5)
    days_county = models.PositiveSmallIntegerField(_("days in the county"), default=10)
    legal_days = models.PositiveSmallIntegerField(_("legal limit in working days"), null=True, blank=True)
    fee_cents = models.PositiveIntegerField(_("fee"), default=0)
    trips = models.PositiveSmallIntegerField(_("trips promised"), default=1)
    delivery = models.CharField(_("how the result is handed over"), max_length=120, blank=True)
    is_instant = models.BooleanField(_("can be done at once"), default=False)
    needs_identity = models.BooleanField(_("needs the identity number"), default=False)
    in_hall = models.BooleanField(_("in the service hall"), default=True)
    not_in_hall_reason = models.CharField(_("why it is not in the hall"), max_length=200, blank=True)
    subsidy_code = models.CharField(_("line of the subsidy catalogue"), max_length=24, blank=True)
    power_code = models.CharField(_("power item"), max_length=24, blank=True)
    is_active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("service item")
        verbose_name_plural = _("service items")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(fee_cents=0), name="service_item_is_free"),
            models.CheckConstraint(
                condition=Q(in_hall=True) | ~Q(not_in_hall_reason=""), name="service_item_outside_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(days_village__range=(1, 2), days_township__range=(1, 5), days_county__range=(1, 10)),
                name="service_item_within_the_limits",
            ),
        ]

    def __str__(self) -> str:
        return say(self.names)

    @property
    def names(self) -> dict[str, str]:
        return {"zh": self.name, "en": self.name_en}

    @property
    def conditions(self) -> str:
        return say({"zh": self.about, "en": self.about_en})


class Material(models.Model):
    """「申请材料」 One paper an item asks for; each has its own slot when people hand in photographs."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="materials", verbose_name=_("item"))
    key = models.CharField(_("key"), max_length=24)
    name = models.CharField(pgettext_lazy("paper", "name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    note = models.CharField(_("what to mind"), max_length=200, blank=True)
    note_en = models.CharField(_("what to mind, in English"), max_length=200, blank=True)
    is_required = models.BooleanField(_("must be handed in"), default=True)
    can_wait = models.BooleanField(_("may follow later"), default=False)
    form = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("blank form")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("paper of an item")
        verbose_name_plural = _("papers of items")
        ordering = ["item", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "key"], name="service_material_once")]

    def __str__(self) -> str:
        return say(self.names)

    @property
    def names(self) -> dict[str, str]:
        return {"zh": self.name, "en": self.name_en}

    @property
    def hint(self) -> str:
        """What to mind, in the language of the reader."""
        return say({"zh": self.note, "en": self.note_en})


class Setting(models.Model):
    """「服务参数」 A number the county may change: days to correct a bad rating, longest draft, and the like."""

    key = models.CharField(_("key"), max_length=32, unique=True)
    name = models.CharField(pgettext_lazy("setting", "name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    value = models.PositiveIntegerField(_("value"))
    unit = models.CharField(pgettext_lazy("of a number", "unit"), max_length=12)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("number of the services")
        verbose_name_plural = _("numbers of the services")
        ordering = ["key"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en})
