"""Signals that come in, planned interventions, the two streams of checks, and readings of indicators."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Post, Unit

from .catalogue import Indicator
from .points import RiskPoint


class Signal(models.Model):
    """「风险信息」 Something that points to a risk. `colour` is the alert's, not the grade of the point."""

    class Source(models.TextChoices):
        PETITION = "petition", pgettext_lazy("source of a signal", "petition")
        HOTLINE = "hotline", pgettext_lazy("source of a signal", "hotline")
        AUDIT = "audit", pgettext_lazy("source of a signal", "audit")
        ALERT = "alert", pgettext_lazy("source of a signal", "alert")
        MEDIA = "media", pgettext_lazy("source of a signal", "media")
        BOOKS = "books", pgettext_lazy("source of a signal", "books")
        OPINION = "opinion", pgettext_lazy("source of a signal", "opinion on a directory")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("signal", "to be analysed")
        LINKED = "linked", pgettext_lazy("signal", "linked to a point")
        DISMISSED = "dismissed", pgettext_lazy("signal", "no risk")

    number = models.CharField(_("number"), max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="risk_signals", verbose_name=_("unit"))
    source = models.CharField(_("source"), max_length=8, choices=Source)
    ref = models.CharField(_("number at the source"), max_length=60, blank=True)
    text = models.CharField(_("what the signal says"), max_length=300)
    colour = models.PositiveSmallIntegerField(_("colour of the alert"), default=0)
    arose_on = models.DateField(_("arose on"))
    point = models.ForeignKey(RiskPoint, models.PROTECT, null=True, related_name="signals")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    analysis = models.CharField(_("analysis"), max_length=300, blank=True)
    analysed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noticed_on = models.DateField(_("unit told on"), null=True)
    corrected_on = models.DateField(_("put right on"), null=True)

    class Meta:
        verbose_name = _("signal of a risk")
        verbose_name_plural = _("signals of risks")
        ordering = ["-arose_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "ref"], condition=~models.Q(ref=""), name="risk_signal_once")
        ]

    def __str__(self) -> str:
        return self.number


class Intervention(models.Model):
    """「主动干预」 Planned before harm is done: reminded, talked to, moved to another post, audited."""

    class Kind(models.TextChoices):
        REMIND = "remind", pgettext_lazy("intervention", "reminder")
        TALK = "talk", pgettext_lazy("intervention", "talk")
        ROTATE = "rotate", pgettext_lazy("intervention", "change of post")
        AUDIT = "audit", pgettext_lazy("intervention", "audit")

    point = models.ForeignKey(RiskPoint, models.PROTECT, related_name="interventions")
    signal = models.ForeignKey(Signal, models.PROTECT, null=True, related_name="interventions")
    kind = models.CharField(_("intervention"), max_length=8, choices=Kind)
    plan = models.CharField(_("what is planned"), max_length=300)
    planned_on = models.DateField(_("planned for"))
    planned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(_("done on"), null=True)
    result = models.CharField(_("what came of it"), max_length=300, blank=True)
    check_on = models.DateField(_("effect to be checked on"), null=True)
    signals_before = models.PositiveIntegerField(_("signals before"), null=True)
    signals_after = models.PositiveIntegerField(_("signals after"), null=True)
    effective = models.BooleanField(_("effective"), null=True)
    effect = models.CharField(_("what the check found"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ["planned_on", "pk"]


class Check(models.Model):
    """「双线检查」 One look at a point, by the department itself or by monitoring."""

    class Stream(models.TextChoices):
        OWN = "own", pgettext_lazy("check", "department's own")
        MONITORING = "monitoring", pgettext_lazy("check", "monitoring's")

    point = models.ForeignKey(RiskPoint, models.PROTECT, related_name="checks")
    stream = models.CharField(_("stream"), max_length=10, choices=Stream)
    checked_on = models.DateField(_("day of the check"))
    looked_at = models.PositiveIntegerField(_("things looked at"))
    faults = models.PositiveIntegerField(_("faults found"))
    text = models.CharField(_("findings in words"), max_length=300, blank=True)
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("check of a risk point")
        verbose_name_plural = _("checks of risk points")
        ordering = ["-checked_on", "-pk"]


class Reading(models.Model):
    """「指标读数」 What an indicator showed in a month for a unit, or for one of its posts. Never of citizens."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="readings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("post"))
    month = models.DateField(_("month"))  # its first day
    part = models.PositiveIntegerField(_("part of the reading"))
    whole = models.PositiveIntegerField(_("whole of the reading"))
    colour = models.PositiveSmallIntegerField(_("colour"), default=0)
    made_at = models.DateTimeField(_("counted at"))

    class Meta:
        verbose_name = _("reading of an indicator")
        verbose_name_plural = _("readings of indicators")
        ordering = ["-month", "-colour", "pk"]
        indexes = [models.Index(fields=["unit", "month"], name="risk_reading_unit")]

    @property
    def percent(self) -> float | None:
        return 100 * self.part / self.whole if self.whole else None
