"""Meetings with figures and conclusions, sessions of a small class, checks by frequency, and the tasks they give."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Unit
from huilian.engine.look.text import say
from huilian.foundation.now import today

from .rounds import Round


class Meeting(models.Model):
    """「分析会商」 A meeting over the figures of a period. `pack` is frozen when it is called; `digest` proves it."""

    number = models.CharField(_("number of the meeting"), max_length=32, unique=True)
    title = models.CharField(_("title"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("called by"))
    starts_on = models.DateField(_("figures from"))
    ends_on = models.DateField(_("figures up to"))
    meet_on = models.DateField(_("day of the meeting"))
    pack = models.JSONField(default=list)  # [{key, zh, en, n, url}]
    digest = models.CharField(_("digest of the figures"), max_length=64)
    attended = models.CharField(_("who came"), max_length=300, blank=True)
    minutes = models.TextField(_("conclusions"), blank=True)
    held_on = models.DateField(_("meeting held on"), null=True)

    class Meta:
        verbose_name = _("meeting over figures")
        verbose_name_plural = _("meetings over figures")
        ordering = ["-meet_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """「小班课」 One session of a small supervision class: its subject, who taught, who came."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sessions", verbose_name=_("round of checks"))
    held_on = models.DateField(_("session held on"))
    subject = models.CharField(_("subject of the session"), max_length=200)
    teacher = models.CharField(_("taught by"), max_length=100)
    attended = models.CharField(_("who came"), max_length=300)

    class Meta:
        verbose_name = _("session of a small class")
        verbose_name_plural = _("sessions of small classes")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return self.subject


class Routine(models.Model):
    """「四个一」 A check that comes again by itself: how often, and which kind of unit does it."""

    class Every(models.TextChoices):
        MONTH = "month", _("every month")
        QUARTER = "quarter", _("every quarter")
        HALF = "half", _("every half-year")
        YEAR = "year", _("every year")

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("check that comes again"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    every = models.CharField(_("frequency"), max_length=8, choices=Every)
    who = models.CharField(_("kind of unit"), max_length=24, choices=Unit.Kind)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("check by frequency")
        verbose_name_plural = _("checks by frequency")
        ordering = ["pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Task(models.Model):
    """「任务」 What a unit does by a day and proves: given by a meeting, as homework of a class, or by a frequency."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("a task", "to be done")
        LATE = "late", pgettext_lazy("a task", "overdue")
        DONE = "done", pgettext_lazy("a task", "handed in")
        ACCEPTED = "accepted", pgettext_lazy("a task", "accepted")

    number = models.CharField(_("number of the task"), max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that does it"))
    sender = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit that gave it"))
    what = models.TextField(_("what the task is"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, related_name="tasks", verbose_name=_("meeting over figures")
    )
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, related_name="homework", verbose_name=_("session of a small class")
    )
    routine = models.ForeignKey(
        Routine, models.PROTECT, null=True, related_name="tasks", verbose_name=_("check by frequency")
    )
    period = models.CharField(_("period"), max_length=8, blank=True)
    given_on = models.DateField(_("task given on"))
    due_on = models.DateField(_("to be finished by"))
    result = models.TextField(_("what the unit did"), blank=True)
    done_on = models.DateField(_("handed in on"), null=True)
    note = models.TextField(_("what the check of it gave"), blank=True)
    accepted_on = models.DateField(_("task accepted on"), null=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("accepted by"))

    class Meta:
        verbose_name = _("task of a unit")
        verbose_name_plural = _("tasks of units")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["routine", "unit", "period"], condition=~Q(routine=None), name="inspection_routine_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.what[:40]}"

    @property
    def state(self) -> str:
        if self.accepted_on:
            return self.State.ACCEPTED
        if self.done_on:
            return self.State.DONE
        return self.State.LATE if self.due_on < today() else self.State.OPEN

    def get_state_display(self):
        return self.State(self.state).label

    @property
    def is_late(self) -> bool:
        """Whether its day passed before it was handed in."""
        return (self.done_on or today()) > self.due_on
