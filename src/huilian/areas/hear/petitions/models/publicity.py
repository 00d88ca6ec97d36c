"""Matters that are talked of online, and who is on duty for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.procedures.models import Case

from .catalogue import Heat


class OnlineMatter(models.Model):
    """「网络舆情」 What is said in public about a unit: verified, answered in public within hours, looked back on."""

    class Found(models.TextChoices):
        TRUE = "true", _("true")
        PARTLY = "partly", _("partly true")
        UNTRUE = "untrue", _("not true")

    case = models.OneToOneField(Case, models.PROTECT, related_name="online_matter", verbose_name=_("case"))
    source = models.CharField(_("where it appeared"), max_length=120)
    link = models.URLField(_("link to it"), blank=True, max_length=300)
    appeared_at = models.DateTimeField(_("appeared"))
    heat = models.ForeignKey(Heat, models.PROTECT, related_name="+", verbose_name=_("heat"))
    reads = models.PositiveIntegerField(_("reads"), default=0)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place concerned"))
    text = models.TextField(_("what is said"))
    found = models.CharField(_("what was found"), max_length=8, choices=Found, blank=True)
    facts = models.TextField(_("facts found"), blank=True)
    answer = models.TextField(_("text of the answer"), blank=True)
    published_at = models.DateTimeField(_("answer published"), null=True)
    published_where = models.CharField(_("where published"), max_length=200, blank=True)
    lesson = models.TextField(_("looked back on"), blank=True)

    class Meta:
        verbose_name = _("matter of public opinion")
        verbose_name_plural = _("matters of public opinion")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.case.number} {self.case.title}"


class Shift(models.Model):
    """「舆情值班」 Who watches public opinion on a day."""

    on = models.DateField(_("day"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that watches"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("on duty"))
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("leader on duty"))

    class Meta:
        verbose_name = _("shift for public opinion")
        verbose_name_plural = _("shifts for public opinion")
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["on", "unit"], name="opinion_shift_once")]
