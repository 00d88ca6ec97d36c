"""Clocks and what happened to them. Never a counter: every field below `place` follows from the events."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.foundation.clock import DEFAULT_LADDER, ClockState, Ladder, Pause
from huilian.foundation.now import moment


class Clock(models.Model):
    """「时限」 One time limit of one thing. `subject` is "kind:id", written as the trail writes it.

    A colour holds from its moment on: yellow from `yellow_at`, orange from `orange_at`, red from `red_at` (all null
    unless the clock runs). `next_at` is the next of these, so that a sweep is one comparison on one index.
    """

    class Unit(models.TextChoices):
        WORKDAY = "workday", _("working days")
        DAY = "day", _("natural days")
        MONTH = "month", _("months")
        HOUR = "hour", _("hours")
        WORKHOUR = "workhour", _("office hours")
        WORKMINUTE = "workminute", _("minutes of office time")

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        PAUSED = "paused", _("paused")
        STOPPED = "stopped", _("stopped")

    class Colour(models.IntegerChoices):
        OK = 0, _("In time")
        YELLOW = 1, _("Yellow alert")
        ORANGE = 2, _("Orange alert")
        RED = 3, _("Red alert")

    subject = models.CharField(_("subject of the limit"), max_length=120)
    kind = models.CharField(_("kind of limit"), max_length=60)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices)
    length = models.PositiveIntegerField(_("length"))  # in `unit`, without the extension
    basis = models.CharField(_("legal basis"), max_length=120, blank=True)
    rule = models.CharField(_("version of the rule"), max_length=60, blank=True)
    ladder = models.JSONField(_("colour ladder"), null=True, blank=True)  # null: the county's default
    place = models.CharField(_("place code"), max_length=12, blank=True)

    started_at = models.DateTimeField(_("started at"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.RUNNING)
    extension = models.PositiveIntegerField(_("extension"), default=0)
    pauses = models.JSONField(_("pauses"), default=list, blank=True)  # [[since, until or null, reason], …]
    due_on = models.DateField(_("due on"))
    due_at = models.DateTimeField(_("due"))
    yellow_at = models.DateTimeField(null=True, blank=True)
    orange_at = models.DateTimeField(null=True, blank=True)
    red_at = models.DateTimeField(null=True, blank=True)
    colour = models.PositiveSmallIntegerField(_("colour"), choices=Colour.choices, default=Colour.OK)
    next_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"], condition=~Q(state="stopped"), name="clocks_one_open_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="stopped", stopped_at__isnull=False) | ~Q(state="stopped") & Q(stopped_at=None),
                name="clocks_stopped_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["subject"], name="clocks_subject"),
            models.Index(fields=["next_at"], name="clocks_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["due_on"], name="clocks_open_due", condition=~Q(state="stopped")),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.state != self.State.STOPPED

    @property
    def is_late(self) -> bool:
        """Stopped after the limit. An open clock past its limit is red instead."""
        return self.stopped_at is not None and self.stopped_at > self.due_at

    def ladder_used(self) -> Ladder:
        return Ladder(**self.ladder) if self.ladder else DEFAULT_LADDER

    def as_state(self) -> ClockState:
        """The stored result of the events, for reading without asking the database again."""
        return ClockState(
            unit=self.unit,
            state=self.state,
            limit=self.length + self.extension,
            extension=self.extension,
            started_at=moment(self.started_at),
            stopped_at=moment(self.stopped_at) if self.stopped_at else None,
            pauses=tuple(Pause(_at(since), _at(until) if until else None, why) for since, until, why in self.pauses),
            due_on=self.due_on,
            due_at=moment(self.due_at),
            yellow_at=self.yellow_at,
            orange_at=self.orange_at,
            red_at=self.red_at,
            provisional=self.provisional,
        )


class ClockEvent(models.Model):
    """「时限事件」 Something that happened to a clock. Written once, never changed."""

    class Kind(models.TextChoices):
        START = "start", pgettext_lazy("clock", "started")
        PAUSE = "pause", _("paused")
        RESUME = "resume", _("resumed")
        EXTEND = "extend", _("extended")
        STOP = "stop", _("stopped")
        REOPEN = "reopen", _("reopened")
        RESTART = "restart", _("started anew")
        RECOMPUTE = "recompute", _("recomputed")

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="events", verbose_name=_("clock"))
    kind = models.CharField(_("kind of event"), max_length=9, choices=Kind.choices)
    at = models.DateTimeField(_("moment"))
    length = models.PositiveIntegerField(_("length"), default=0)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    basis = models.CharField(_("legal basis"), max_length=120, blank=True)
    approver = models.CharField(_("approved by"), max_length=64, blank=True)
    data = models.JSONField(default=dict, blank=True)
    by = models.CharField(_("by"), max_length=64)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("event of a clock")
        verbose_name_plural = _("events of clocks")

    def __str__(self) -> str:
        return f"{self.clock_id} {self.kind} {self.at}"


def _at(text: str) -> datetime:
    return moment(datetime.fromisoformat(text))
