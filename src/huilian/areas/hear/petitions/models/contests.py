"""Targets for old and new matters; townships without visits that skip a level."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Place, Unit


class StockTarget(models.Model):
    """「减存遏增目标」 How many matters a township may have unsettled at the end of a year and how many new ones."""

    township = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("township with the target"))
    year = models.PositiveSmallIntegerField(_("year"))
    stock = models.PositiveSmallIntegerField(_("unsettled at the end of the year, at most"))
    new = models.PositiveSmallIntegerField(_("new in the year, at most"))

    class Meta:
        verbose_name = _("target for stock and increase")
        verbose_name_plural = _("targets for stock and increase")
        ordering = ["-year", "township__code"]
        constraints = [models.UniqueConstraint(fields=["township", "year"], name="stock_target_once")]


class Contest(models.Model):
    """「无越级访乡镇创建」 The campaign of a year; `most` skip-level visits are borne, none as a rule."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    title = models.CharField(_("title of the campaign"), max_length=80)
    criteria = models.TextField(_("criteria, one a line"))
    most = models.PositiveSmallIntegerField(_("visits that skip a level, at most"), default=0)
    most_overdue = models.PositiveSmallIntegerField(_("overdue matters, at most"), default=0)
    apply_until = models.DateField(_("applications until"))

    class Meta:
        verbose_name = _("campaign against skipped levels")
        verbose_name_plural = _("campaigns against skipped levels")
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


class Entry(models.Model):
    """「创建申报」 A township in the campaign: applied, verified against the counts, awarded, withdrawn."""

    class State(models.TextChoices):
        APPLIED = "applied", _("applied")
        REFUSED = "refused", _("not awarded")
        AWARDED = "awarded", _("awarded")
        WITHDRAWN = "withdrawn", _("award withdrawn")

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="entries", verbose_name=_("campaign"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("township government"))
    statement = models.TextField(_("what was done"))
    applied_on = models.DateField(_("applied on"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.APPLIED)
    counted = models.JSONField(_("counts at the decision"), default=dict)
    decided_on = models.DateField(_("decided"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("entry in the campaign")
        verbose_name_plural = _("entries in the campaign")
        ordering = ["contest", "unit__name"]
        constraints = [models.UniqueConstraint(fields=["contest", "unit"], name="contest_entry_once")]

    def __str__(self) -> str:
        return f"{self.contest} {self.unit}"
