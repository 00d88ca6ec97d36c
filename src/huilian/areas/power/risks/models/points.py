"""Risk points: where, of what kind, how they show, how high they stand, who found them, what stands against them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Post, Unit

from .catalogue import Field, Grade, Importance, Kind, Level
from .cycle import Cycle


class RiskPoint(models.Model):
    """「风险点」 `post` is set for the level post, `section` for post and section; the unit always."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("risk point", "found")
        GRADED = "graded", pgettext_lazy("risk point", "graded")
        FINAL = "final", pgettext_lazy("risk point", "in the directory")
        MERGED = "merged", pgettext_lazy("risk point", "merged into another")
        ENDED = "ended", pgettext_lazy("risk point", "no longer there")

    number = models.CharField(_("number"), max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="risk_points", verbose_name=_("unit"))
    level = models.CharField(_("level of the risk"), max_length=8, choices=Level)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("post"))
    section = models.CharField(_("section"), max_length=60, blank=True)
    kind = models.CharField(_("kind of risk"), max_length=8, choices=Kind)
    field = models.CharField(_("key field"), max_length=10, choices=Field, default=Field.OTHER)
    name = models.CharField(_("risk point"), max_length=80)
    manifestation = models.TextField(_("manifestation"))
    basis = models.CharField(_("basis of the power"), max_length=300, blank=True)
    bounds = models.CharField(_("bounds of the power"), max_length=300, blank=True)
    duty = models.CharField(_("responsibility"), max_length=300, blank=True)
    item_code = models.CharField(_("code of the power item"), max_length=12, blank=True)
    procedure_key = models.CharField(_("procedure"), max_length=40, blank=True)
    step = models.CharField(_("step of the procedure"), max_length=40, blank=True)
    rule = models.CharField(_("rule that watches it"), max_length=40, blank=True)
    importance = models.PositiveSmallIntegerField(_("importance of the power"), choices=Importance, null=True)
    used = models.PositiveIntegerField(_("cases in twelve months"), null=True)
    estimated = models.BooleanField(_("number of cases told by the unit"), default=False)
    suggested = models.PositiveSmallIntegerField(_("suggested grade"), choices=Grade, null=True)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade, null=True)
    deviation = models.CharField(_("why another grade than suggested"), max_length=300, blank=True)
    watcher = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who watches it")
    )
    registered_on = models.DateField(_("in the county's register since"), null=True)
    reviewed_on = models.DateField(_("last reviewed"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    ended_why = models.CharField(_("why it ended"), max_length=200, blank=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("risk point")
        verbose_name_plural = _("risk points")
        ordering = ["unit", "grade", "number"]
        indexes = [
            models.Index(fields=["unit", "state"], name="risk_point_unit"),
            models.Index(fields=["procedure_key", "step"], name="risk_point_flow"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Finding(models.Model):
    """「查找来源」 One way by which a point was found. A point keeps all, also those of points merged into it."""

    class Way(models.TextChoices):
        SELF = "self", _("found by the person")
        MASSES = "masses", _("raised by the public")
        MUTUAL = "mutual", _("found among colleagues")
        LEADER = "leader", _("pointed out by a leader")
        ORGANISATION = "organisation", _("assessed by the organisation")

    point = models.ForeignKey(RiskPoint, models.PROTECT, related_name="findings")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, related_name="findings")
    way = models.CharField(_("way of finding"), max_length=12, choices=Way)
    told = models.CharField(_("in their words"), max_length=300, blank=True)
    found_on = models.DateField(_("found on"))
    found_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by"))

    class Meta:
        verbose_name = _("finding of a risk")
        verbose_name_plural = _("findings of risks")
        ordering = ["found_on", "pk"]


class Measure(models.Model):
    """「防控措施」 What stands against a point: at the post, in the procedure, in the rules; before, during, after."""

    class Type(models.TextChoices):
        POST = "post", pgettext_lazy("measure", "at the post")
        PROCEDURE = "procedure", pgettext_lazy("measure", "in the procedure")
        SYSTEM = "system", pgettext_lazy("measure", "in the rules")

    class Phase(models.TextChoices):
        BEFORE = "before", pgettext_lazy("measure", "before: warning")
        DURING = "during", pgettext_lazy("measure", "during: supervision")
        AFTER = "after", pgettext_lazy("measure", "after: checking")

    point = models.ForeignKey(RiskPoint, models.PROTECT, related_name="measures")
    type = models.CharField(_("type of measure"), max_length=10, choices=Type)
    phase = models.CharField(_("phase"), max_length=8, choices=Phase)
    text = models.CharField(_("measure of prevention"), max_length=300)
    responsible = models.CharField(_("who is responsible"), max_length=60)
    due_on = models.DateField(_("in place by"), null=True, blank=True)
    ended_on = models.DateField(_("given up on"), null=True)

    class Meta:
        verbose_name = _("measure against a risk")
        verbose_name_plural = _("measures against risks")
        ordering = ["type", "phase", "pk"]
