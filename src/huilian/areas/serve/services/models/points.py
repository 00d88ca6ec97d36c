"""Where people are served: points on up to five levels, windows and their staff, tickets, and who was asked first."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit

from .catalogue import Item

USER = settings.AUTH_USER_MODEL


class Point(models.Model):
    """「服务点」 便民服务室、便民服务中心、政务服务中心: one a unit, of its place's level; `parent` is next up."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(pgettext_lazy("service point", "name"), max_length=80)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))
    township = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="below", verbose_name=_("next point up")
    )
    address = models.CharField(_("address"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    hours = models.CharField(_("hours of service"), max_length=80, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("service point")
        verbose_name_plural = _("service points")
        ordering = ["place__path", "name"]
        indexes = [models.Index(fields=["township"], name="service_point_township")]

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> int:
        return self.place.level


class PointItem(models.Model):
    """「服务点事项」 What a point may do with an item: accept it, answer it, pass it up (S0-61, S3-37)."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="offers", verbose_name=_("service point"))
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="offers", verbose_name=_("item"))
    may_accept = models.BooleanField(_("accepts"), default=True)
    may_answer = models.BooleanField(_("gives the result"), default=False)
    may_forward = models.BooleanField(_("passes up"), default=True)

    class Meta:
        verbose_name = _("item at a point")
        verbose_name_plural = _("items at points")
        ordering = ["point", "item"]
        constraints = [models.UniqueConstraint(fields=["point", "item"], name="service_offer_once")]

    def __str__(self) -> str:
        return f"{self.point} {self.item}"


class Window(models.Model):
    """「窗口」 A counter of a hall, kept by a department (S3-36)."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="windows", verbose_name=_("service point"))
    number = models.CharField(_("window number"), max_length=12)
    name = models.CharField(pgettext_lazy("window", "name"), max_length=60)
    department = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("department")
    )
    items = models.ManyToManyField(Item, blank=True, related_name="windows", verbose_name=_("items"))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("window")
        verbose_name_plural = _("windows")
        ordering = ["point", "number"]
        constraints = [models.UniqueConstraint(fields=["point", "number"], name="service_window_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class WindowStaff(models.Model):
    """「窗口人员」 Who serves at a window, from a day to a day."""

    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="staff", verbose_name=_("window"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    is_chief = models.BooleanField(_("chief representative"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("window staff")
        verbose_name_plural = _("window staff")
        ordering = ["window", "-is_chief", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["window", "person"], condition=Q(ends_on=None), name="service_staff_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.window} {self.person}"


class Ticket(models.Model):
    """「排队号」 A number drawn at a hall; who was called in which order is kept."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="tickets", verbose_name=_("service point"))
    on = models.DateField(_("day"))
    number = models.PositiveSmallIntegerField(_("ticket"))
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("drawn"))
    called_at = models.DateTimeField(_("called"), null=True)

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["point", "on", "number"]
        constraints = [models.UniqueConstraint(fields=["point", "on", "number"], name="service_ticket_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.number}"


class Inquiry(models.Model):
    """「首问登记」 Who was asked first answers, or hands the person over to somebody who can (首问负责, S3-55)."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, related_name="inquiries", verbose_name=_("service point")
    )
    township = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    item = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("item")
    )
    matter = models.CharField(_("what was asked"), max_length=300)
    name = models.CharField(_("who asked"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    receiver = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("first asked"))
    asked_at = models.DateTimeField(_("asked at"))
    answer = models.TextField(_("what was answered"), blank=True)
    handed_to = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("handed over to")
    )
    handed_contact = models.CharField(_("whom to see there"), max_length=80, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    case_number = models.CharField(_("became the case"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-id"]
        indexes = [models.Index(fields=["point", "settled_at", "asked_at"], name="service_inquiry_open")]

    def __str__(self) -> str:
        return self.number
