"""「风险防控管理报告」 A quarter in figures and sentences, reviewed, issued; its proposals are tracked."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Unit


class Report(models.Model):
    """Figures are counted when it is drafted and kept; the sentences may be corrected until it is reviewed."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("report", "draft")
        REVIEWED = "reviewed", pgettext_lazy("report", "reviewed")
        ISSUED = "issued", pgettext_lazy("report", "issued")

    number = models.CharField(_("number"), max_length=32, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    figures = models.JSONField(_("figures"), default=dict)
    text = models.TextField(_("text"))
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(_("drafted"))
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    issued_on = models.DateField(_("issued"), null=True)

    class Meta:
        verbose_name = _("report on risks")
        verbose_name_plural = _("reports on risks")
        ordering = ["-year", "-quarter"]
        constraints = [models.UniqueConstraint(fields=["year", "quarter"], name="risk_report_once")]

    def __str__(self) -> str:
        return f"{self.year} Q{self.quarter}"


class Proposal(models.Model):
    """「改进建议」 What a report proposes to a unit, by when, and what came of it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    text = models.CharField(_("proposal"), max_length=300)
    due_on = models.DateField(_("due"))
    result = models.CharField(_("what the unit did"), max_length=300, blank=True)
    done_on = models.DateField(_("done on"), null=True)

    class Meta:
        verbose_name = _("proposal of a report")
        verbose_name_plural = _("proposals of reports")
        ordering = ["due_on", "pk"]
