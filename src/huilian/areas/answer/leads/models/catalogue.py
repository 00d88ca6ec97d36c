"""What a county sets for itself: limits of time, sanctions with their effect, members of the joint conference."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Unit

ORIGINS = [
    ("law", _("set by a higher rule")),
    ("default", _("default of the house, set by no higher rule")),
    ("county", _("set by the county")),
]


class Origin(models.Model):
    """A row that came with the product or that the county set."""

    origin = models.CharField(_("origin"), max_length=8, choices=ORIGINS, default="county", editable=False)

    class Meta:
        abstract = True


class Term(Origin):
    """「办理时限」 How long one act on a lead may take."""

    key = models.SlugField(_("key"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("counted in"), max_length=12, choices=Clock.Unit.choices, default=Clock.Unit.WORKDAY)
    basis = models.CharField(_("legal basis"), max_length=120, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("leads", "limit of time")
        verbose_name_plural = pgettext_lazy("leads", "limits of time")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Sanction(Origin):
    """「处理种类」 What can be done to a person, which of the four forms it is, how long it has effect (影响期)."""

    key = models.SlugField(_("key"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    form = models.PositiveSmallIntegerField(_("which of the four forms"), choices=[(n, str(n)) for n in (1, 2, 3, 4)])
    months = models.PositiveSmallIntegerField(_("months of effect"), default=0)
    basis = models.CharField(_("legal basis"), max_length=120, blank=True)
    is_active = models.BooleanField(pgettext_lazy("leads", "in use"), default=True)

    class Meta:
        verbose_name = _("kind of sanction")
        verbose_name_plural = _("kinds of sanctions")
        ordering = ["form", "pk"]

    def __str__(self) -> str:
        return self.name


class Ally(models.Model):
    """「联席会议成员」 A unit of the joint conference on cases, who speaks for it, what it helps with."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    duty = models.CharField(pgettext_lazy("leads", "helps with"), max_length=200)
    contact = models.CharField(pgettext_lazy("leads", "who speaks for it"), max_length=60)
    since = models.DateField(_("member since"))
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of the joint conference")
        verbose_name_plural = _("members of the joint conference")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.unit)
