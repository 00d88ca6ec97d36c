"""「绩效评估」 Units evaluated by the quarter on nine contents, each a figure counted from cases."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Person, Unit
from huilian.engine.look.text import say


class Criterion(models.Model):
    """「评估内容」 One content of the evaluation: a measure that is counted, and what it weighs. County data, dated."""

    key = models.SlugField(_("measure"), max_length=24)  # one of queries.measures.MEASURES
    name = models.CharField(_("content"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    weight = models.PositiveSmallIntegerField(_("points"))
    valid_from = models.DateField(_("from this day"))
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("content of the evaluation")
        verbose_name_plural = _("contents of the evaluation")
        ordering = ["position", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="criterion_once_a_day")]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Evaluation(models.Model):
    """「季度评估」 One unit in one quarter. It counts only after the unit could object."""

    class State(models.TextChoices):
        TOLD = "told", _("told to the unit")
        OBJECTED = "objected", _("the unit objects")
        FINAL = "final", _("final")

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", _("excellent")
        GOOD = "good", _("good")
        PASS = "pass", _("passed")
        FAIL = "fail", _("not passed")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    cases = models.PositiveIntegerField(_("cases counted"))
    scores = models.JSONField(_("scores"))  # [{key, zh, en, weight, part, whole, points}]
    total = models.DecimalField(_("points in all"), max_digits=5, decimal_places=1)
    grade = models.CharField(_("grade of the quarter"), max_length=12, choices=Grade)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.TOLD)
    made_at = models.DateTimeField(_("evaluated"))
    objection = models.TextField(_("objection"), blank=True)
    answer = models.TextField(_("answer to the objection"), blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    final_at = models.DateTimeField(_("final since"), null=True)

    class Meta:
        verbose_name = _("quarterly evaluation")
        verbose_name_plural = _("quarterly evaluations")
        ordering = ["-year", "-quarter", "-total"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "quarter"], name="evaluation_once")]

    def __str__(self) -> str:
        return _("%(unit)s, %(year)s, quarter %(quarter)s") % {
            "unit": self.unit, "year": self.year, "quarter": self.quarter,
        }  # fmt: skip
