"""Talks with the responsible post of a unit: why, what was asked for, what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Post, Unit
from huilian.engine.look.text import say


class Talk(models.Model):
    """「约谈」 One talk: invited with an occasion that can be opened, held, answered by the unit, then ended."""

    class Why(models.TextChoices):
        ALERT = "alert", _("an alert")
        OVERDUE = "overdue", _("a matter overdue")
        FINDING = "finding", _("a finding not put right")
        RATE = "rate", _("a low rate of matters on time")
        ZEROS = "zeros", _("nothing found, filed or reported in a quarter")

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("a talk", "invited")
        HELD = "held", pgettext_lazy("a talk", "held")
        FOLLOWED = "followed", pgettext_lazy("a talk", "unit has answered")
        ENDED = "ended", pgettext_lazy("a talk", "ended")

    number = models.CharField(_("number of the talk"), max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit talked to"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("responsible post"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("who held it when invited")
    )
    sender = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("talk asked for by"))
    kind = models.CharField(_("occasion"), max_length=8, choices=Why)
    source = models.CharField(_("number of the occasion"), max_length=40)
    why = models.TextField(_("why"))
    demand = models.TextField(_("what the talk asks for"))
    invited_on = models.DateField(_("invited on"))
    meet_on = models.DateField(_("day of the talk"))
    due_on = models.DateField(_("to be finished by"))
    held_on = models.DateField(_("talk held on"), null=True)
    record = models.TextField(pgettext_lazy("a talk", "what was said"), blank=True)
    follow_up = models.TextField(_("what the unit did"), blank=True)
    followed_on = models.DateField(_("unit answered on"), null=True)
    end_note = models.TextField(_("what came of it"), blank=True)
    ended_on = models.DateField(_("talk ended on"), null=True)
    before = models.JSONField(default=list)  # of three zeros: figures of the quarter, [{key, zh, en, n}]
    after = models.JSONField(default=list)  # the same of the next quarter

    class Meta:
        verbose_name = pgettext_lazy("inspections", "talk")
        verbose_name_plural = pgettext_lazy("inspections", "talks")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"

    @property
    def state(self) -> str:
        if self.ended_on:
            return self.State.ENDED
        if self.followed_on:
            return self.State.FOLLOWED
        return self.State.HELD if self.held_on else self.State.INVITED

    def get_state_display(self):
        return self.State(self.state).label


class Measure(models.Model):
    """「三零指标」 One of the figures by which a quarter without any result is seen; `most` still counts as none."""

    key = models.SlugField(_("key"), max_length=16, unique=True)
    name = models.CharField(_("name of the figure"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    most = models.PositiveSmallIntegerField(_("up to this it counts as none"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("figure of the three zeros")
        verbose_name_plural = _("figures of the three zeros")
        ordering = ["pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})
