"""Family occasions that people in office report, and official cars."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.look.text import say


class OccasionKind(models.Model):
    """「事项类别」 A kind of family occasion with its day counts and limits, all of the county. Empty: no limit set."""

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("name of the occasion"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    days_before = models.PositiveSmallIntegerField(_("to be reported so many days before"), default=0)
    days_after = models.PositiveSmallIntegerField(_("to be reported so many days after"), default=10)
    tables = models.PositiveSmallIntegerField(_("most tables"), null=True, blank=True)
    guests = models.PositiveSmallIntegerField(_("most guests"), null=True, blank=True)
    gifts_cents = models.BigIntegerField(_("most gift money"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("kind of family occasion")
        verbose_name_plural = _("kinds of family occasions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Occasion(models.Model):
    """「婚丧喜庆事项申报」 Reported by the person before and after; read by nobody but the person and who checks it."""

    class State(models.TextChoices):
        DECLARED = "declared", pgettext_lazy("an occasion", "reported before")
        CHECKED = "checked", pgettext_lazy("an occasion", "checked")
        REPORTED = "reported", pgettext_lazy("an occasion", "reported after")
        CLOSED = "closed", pgettext_lazy("an occasion", "closed")

    number = models.CharField(_("number of the report"), max_length=32, unique=True)
    kind = models.ForeignKey(OccasionKind, models.PROTECT, related_name="+", verbose_name=_("kind of family occasion"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person in office"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit of the person"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("township"))
    day = models.DateField(_("day of the occasion"))
    venue = models.CharField(_("venue"), max_length=120)
    invited = models.CharField(_("who is invited"), max_length=300)
    tables = models.PositiveSmallIntegerField(_("tables planned"))
    guests = models.PositiveSmallIntegerField(_("guests planned"))
    declared_on = models.DateField(_("reported on"))
    opinion = models.TextField(_("opinion of the checker"), blank=True)
    checker = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by"))
    after_due = models.DateField(_("report after it due"))
    reported_on = models.DateField(_("reported after it on"), null=True)
    tables_held = models.PositiveSmallIntegerField(_("tables held"), null=True)
    guests_held = models.PositiveSmallIntegerField(_("guests who came"), null=True)
    gifts_cents = models.BigIntegerField(_("gift money taken"), null=True)
    over = models.JSONField(_("over or late"), default=list)  # codes of rules.faults
    told_late = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DECLARED)
    is_confirmed = models.BooleanField(_("overrun confirmed"), default=False)
    conclusion = models.TextField(_("conclusion"), blank=True)
    closed_on = models.DateField(_("closed on"), null=True)

    class Meta:
        verbose_name = _("report of a family occasion")
        verbose_name_plural = _("reports of family occasions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number


class Car(models.Model):
    """「公车」 An official car."""

    number = models.CharField(_("plate"), max_length=12, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("kept by the unit"))
    tank_litres = models.PositiveSmallIntegerField(_("litres its tank holds"))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("official car")
        verbose_name_plural = _("official cars")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class Trip(models.Model):
    """「派车单」 An order to drive: purpose, where, when, who drives, who agreed."""

    number = models.CharField(_("number of the order"), max_length=32, unique=True)
    car = models.ForeignKey(Car, models.PROTECT, related_name="trips", verbose_name=_("official car"))
    purpose = models.CharField(_("purpose"), max_length=200)
    goes_to = models.CharField(_("drives to"), max_length=120)
    driver = models.CharField(_("driver"), max_length=40)
    leaves_at = models.DateTimeField(_("leaves"))
    returns_at = models.DateTimeField(_("returns"))
    agreed_by = models.CharField(_("agreed by"), max_length=40)
    kilometres = models.PositiveIntegerField(_("kilometres driven"), null=True, blank=True)
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("order to drive")
        verbose_name_plural = _("orders to drive")
        ordering = ["-leaves_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(returns_at__gt=F("leaves_at")), name="trip_returns_after_it_leaves")
        ]

    def __str__(self) -> str:
        return self.number


class Fuelling(models.Model):
    """「加油记录」 Fuel filled into a car."""

    car = models.ForeignKey(Car, models.PROTECT, related_name="fuellings", verbose_name=_("official car"))
    at = models.DateTimeField(_("filled at"))
    minute = models.BigIntegerField()  # counted from 1970: databases subtract moments in different ways
    litres = models.DecimalField(_("litres"), max_digits=6, decimal_places=2)
    amount_cents = models.BigIntegerField(_("paid for it"))
    paper = models.CharField(_("paper it stands on"), max_length=120)

    class Meta:
        verbose_name = _("filling of a car")
        verbose_name_plural = _("fillings of cars")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["car", "at"], name="campaign_fuelling_once")]

    def __str__(self) -> str:
        return f"{self.car} {self.litres}"


class Sighting(models.Model):
    """「车辆轨迹」 A car seen on the road: by its device, a toll, a camera, a check."""

    class Source(models.TextChoices):
        DEVICE = "device", _("device in the car")
        TOLL = "toll", _("toll")
        CAMERA = "camera", _("camera")
        CHECK = "check", _("unannounced check")

    car = models.ForeignKey(Car, models.PROTECT, related_name="sightings", verbose_name=_("official car"))
    at = models.DateTimeField(_("seen at"))
    minute = models.BigIntegerField()
    where = models.CharField(_("spot where it was seen"), max_length=120)
    source = models.CharField(_("seen by"), max_length=8, choices=Source)
    off_duty = models.BooleanField(_("outside of office hours"))

    class Meta:
        verbose_name = _("sighting of a car")
        verbose_name_plural = _("sightings of cars")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["car", "at"], name="campaign_sighting_once")]

    def __str__(self) -> str:
        return f"{self.car} {self.where}"
