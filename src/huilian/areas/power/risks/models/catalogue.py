"""County data: the schemes of stages, the scale of grades, starter points with their manifestations, indicators."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.look.text import say

from .. import rules


class Kind(models.TextChoices):
    """「五个方面」"""

    ETHICS = "ethics", _("ethics and character")
    DUTY = "duty", _("duties of the post")
    PROCESS = "process", _("course of business")
    SYSTEM = "system", _("rules and mechanisms")
    OUTSIDE = "outside", _("outside surroundings")


class Level(models.TextChoices):
    """「三个层次」"""

    POST = "post", pgettext_lazy("level of a risk", "post")
    SECTION = "section", pgettext_lazy("level of a risk", "section")
    UNIT = "unit", pgettext_lazy("level of a risk", "unit")


class Field(models.TextChoices):
    """「重点领域」 The key fields of the county's scheme (S0-82); `other` is outside them."""

    APPROVAL = "approval", _("approval")
    PERSONNEL = "personnel", _("personnel")
    MONEY = "money", _("money")
    GOODS = "goods", _("goods")
    OTHER = "other", pgettext_lazy("field of a risk", "other")


class Grade(models.IntegerChoices):
    """「等级」 Grade of a risk point. It belongs to the post; an alert's colour is another thing."""

    FIRST = 1, _("grade one")
    SECOND = 2, _("grade two")
    THIRD = 3, _("grade three")


class Importance(models.IntegerChoices):
    """「权力重要性」 S3-11 to S3-13."""

    DECIDES = 3, _("decides, enforces, licenses, manages a department")
    CARRIES_OUT = 2, _("handles and carries out")
    COORDINATES = 1, _("coordinates")


class Scheme(models.Model):
    """「环节方案」 The stages of a cycle in order. A stage names which of the six it is part of (`of`)."""

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("name of the scheme"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    lines = models.TextField(
        _("stages"),
        help_text=_(
            "A stage a line: key | which of the six | name | English | rests on | English | what comes of it | English"
        ),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("scheme of stages")
        verbose_name_plural = _("schemes of stages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})

    @property
    def stages(self) -> list[dict]:
        return rules.stages_of(self.lines)


class GradeScale(models.Model):
    """「分级标准」 From how many cases a year a power is used often, and from which score a grade counts."""

    valid_from = models.DateField(_("in force from"), unique=True)
    often = models.PositiveIntegerField(_("often: cases in twelve months from"))
    sometimes = models.PositiveIntegerField(_("sometimes: cases in twelve months from"))
    first = models.PositiveSmallIntegerField(_("grade one from the score"))
    second = models.PositiveSmallIntegerField(_("grade two from the score"))
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("scale of grades")
        verbose_name_plural = _("scales of grades")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d}"


class Starter(models.Model):
    """「风险点示例库」 A known point with its manifestation, to be taken over into a post."""

    class Body(models.TextChoices):
        VILLAGE = "village", _("village")
        DEPARTMENT = "department", _("department")

    body = models.CharField(_("body"), max_length=12, choices=Body)
    post = models.CharField(_("post it is known from"), max_length=40)
    name = models.CharField(_("risk point"), max_length=80)
    manifestation = models.CharField(_("manifestation"), max_length=300)
    kind = models.CharField(_("kind of risk"), max_length=8, choices=Kind)
    field = models.CharField(_("key field"), max_length=10, choices=Field)
    grade = models.PositiveSmallIntegerField(_("usual grade"), choices=Grade)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("known risk point")
        verbose_name_plural = _("known risk points")
        ordering = ["body", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "post", "name"], name="risk_starter_once")]

    def __str__(self) -> str:
        return f"{self.post}：{self.name}"


class Indicator(models.Model):
    """「监测指标」 A figure counted for a post or a unit each month, with the thresholds of its three colours."""

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("indicator"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    yellow = models.FloatField(_("yellow from"))
    orange = models.FloatField(_("orange from"))
    red = models.FloatField(_("red from"))
    least = models.PositiveIntegerField(_("counted from so many things"), default=1)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("indicator of risk")
        verbose_name_plural = _("indicators of risk")
        ordering = ["pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})
