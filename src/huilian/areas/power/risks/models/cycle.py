"""「年度防控」 A unit's yearly round through its stages, and what a new post-holder confirms."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Post, Unit

from .catalogue import Scheme


class Cycle(models.Model):
    """One round of one unit: in full every year, in part when duties, flows or people change."""

    class Kind(models.TextChoices):
        FULL = "full", pgettext_lazy("a cycle", "yearly, in full")
        PARTIAL = "partial", pgettext_lazy("a cycle", "in part, after a change")

    number = models.CharField(_("number"), max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="risk_cycles", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind of cycle"), max_length=8, choices=Kind, default=Kind.FULL)
    cause = models.CharField(_("what has changed"), max_length=200, blank=True)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+", verbose_name=_("scheme of stages"))
    stages = models.JSONField(_("stages"), default=list)  # those of the scheme when it began: later changes leave it be
    step = models.SlugField(_("stage of prevention"), max_length=24)  # empty when it is over
    started_on = models.DateField(_("began"))
    closed_on = models.DateField(_("ended"), null=True)

    class Meta:
        verbose_name = _("cycle of prevention")
        verbose_name_plural = _("cycles of prevention")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], condition=Q(kind="full"), name="risk_cycle_yearly"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    @property
    def keys(self) -> list[str]:
        return [stage["key"] for stage in self.stages]

    def stage_called(self, key: str) -> dict:
        return next(stage for stage in self.stages if stage["key"] == key)


class Stage(models.Model):
    """One stage of a cycle: what came in, what came out, who handed it in and who signed."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="done")
    key = models.SlugField(_("stage of prevention"), max_length=24)
    inputs = models.TextField(_("what it rests on"), blank=True)
    outputs = models.TextField(_("what came of it"), blank=True)
    entered_at = models.DateTimeField(_("entered"))
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("time it was handed in"), null=True)
    returned = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(_("time of the signature"), null=True)

    class Meta:
        verbose_name = _("stage of a cycle")
        verbose_name_plural = _("stages of cycles")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "key"], name="risk_stage_once")]


class Confirmation(models.Model):
    """「新任确认」 A new post-holder reads the risks of the post and signs within thirty days."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("post"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("post-holder"))
    since = models.DateField(_("in the post since"))
    due_on = models.DateField(_("to be confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    promise = models.CharField(_("promise in own words"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("confirmation of a post's risks")
        verbose_name_plural = _("confirmations of posts' risks")
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "person", "since"], name="risk_confirmed_once")]
