"""Talks: booked, agreed to, prepared, held, handed over and closed. Who is talked to lies in the vault."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .rooms import Room

USER = settings.AUTH_USER_MODEL


class Talk(models.Model):
    """「谈话」 The use of a room for a case. Name, age, health and plan lie in boxes of "talk:<number>"."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a talk", "asked for")
        AGREED = "agreed", pgettext_lazy("a talk", "agreed to")
        REFUSED = "refused", pgettext_lazy("a talk", "refused")
        CANCELLED = "cancelled", pgettext_lazy("a talk", "given up")
        INSIDE = "inside", pgettext_lazy("a talk", "person is there")
        ENDED = "ended", pgettext_lazy("a talk", "ended, person still there")
        CLOSED = "closed", pgettext_lazy("a talk", "person handed back")

    class Risk(models.IntegerChoices):
        LOW = 1, pgettext_lazy("risk of a talk", "low")
        MIDDLE = 2, pgettext_lazy("risk of a talk", "middle")
        HIGH = 3, pgettext_lazy("risk of a talk", "high")

    LIVE = (State.ASKED, State.AGREED, State.INSIDE, State.ENDED)

    number = models.CharField(_("number"), max_length=32, unique=True)
    room = models.ForeignKey(Room, models.PROTECT, related_name="talks", verbose_name=_("place of talks"))
    case_number = models.CharField(_("number of its lead"), max_length=32)
    begins_at = models.DateTimeField(_("planned from"))
    ends_at = models.DateTimeField(_("planned until"))
    people = models.PositiveSmallIntegerField(_("people in the room"))
    talker = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("talks"))
    second = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("second who talks"))
    guard = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("safety officer"))
    risk = models.PositiveSmallIntegerField(_("risk"), choices=Risk)
    needs_medical = models.BooleanField(_("medical check before the talk"))
    medical_at = models.DateTimeField(_("medical check at"), null=True)
    is_fit = models.BooleanField(_("fit to be talked to"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("asked for by"))
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))

    class Meta:
        verbose_name = _("talk in a place")
        verbose_name_plural = _("talks in places")
        ordering = ["-begins_at", "-pk"]
        indexes = [models.Index(fields=["room", "begins_at"], name="office_talks_of_a_room")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="office_talk_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(guard=F("talker")) & ~Q(guard=F("second")) & ~Q(talker=F("second")),
                name="office_talk_three_people",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """What the vault calls it."""
        return f"talk:{self.number}"


class Mark(models.Model):
    """「谈话时点」 One moment of a talk, or a warning that was given. Never changed."""

    class Kind(models.TextChoices):
        START = "start", pgettext_lazy("a talk", "begins")
        REST = "rest", pgettext_lazy("a talk", "rest begins")
        MEAL = "meal", pgettext_lazy("a talk", "meal begins")
        RESUME = "resume", pgettext_lazy("a talk", "goes on")
        LOOK = "look", pgettext_lazy("a talk", "safety officer looked in")
        END = "end", pgettext_lazy("a talk", "ends")
        WARNED = "warned", pgettext_lazy("a talk", "warning given")

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="marks", verbose_name=_("talk in a place"))
    kind = models.CharField(_("what happened"), max_length=8, choices=Kind)
    code = models.CharField(_("limit warned of"), max_length=20, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("moment of a talk")
        verbose_name_plural = _("moments of talks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.talk} {self.kind}"


class Handover(models.Model):
    """「人员交接」 The person handed in or back, signed by who gives and by who takes."""

    class Way(models.TextChoices):
        IN = "in", pgettext_lazy("a hand-over", "into the place")
        OUT = "out", pgettext_lazy("a hand-over", "out of the place")

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="handovers", verbose_name=_("talk in a place"))
    way = models.CharField(_("way of the hand-over"), max_length=3, choices=Way)
    giver = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("handed over by"))
    taker = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("taken by"))
    is_well = models.BooleanField(_("body and mood as before"))
    given_at = models.DateTimeField(_("signed by the giver at"))
    taken_at = models.DateTimeField(_("signed by the taker at"), null=True)

    class Meta:
        verbose_name = _("hand-over of a person")
        verbose_name_plural = _("hand-overs of persons")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "way"], name="office_handover_once_a_way"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="office_handover_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.talk} {self.get_way_display()}"


class Incident(models.Model):
    """「安全事故」 Something that went wrong in a talk, reported at once; what it was lies in the box `part`."""

    class Kind(models.TextChoices):
        ILL = "ill", _("illness")
        HARM = "harm", _("harm or attempt at it")
        ESCAPE = "escape", _("left without leave")
        CONFLICT = "conflict", _("quarrel")
        EQUIPMENT = "equipment", _("equipment failed")
        OTHER = "other", pgettext_lazy("an incident", "other")

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="incidents", verbose_name=_("talk in a place"))
    number = models.CharField(_("number"), max_length=32, unique=True)
    kind = models.CharField(_("kind of incident"), max_length=10, choices=Kind)
    happened_at = models.DateTimeField(_("happened at"))
    reported_at = models.DateTimeField(_("reported at"))
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("reported by"))
    follow_ups = models.PositiveSmallIntegerField(_("follow-ups"), default=0)
    closed_at = models.DateTimeField(_("incident closed at"), null=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by"))

    class Meta:
        verbose_name = _("incident in a talk")
        verbose_name_plural = _("incidents in talks")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def part(self) -> str:
        """The box in which its words begin; its follow-ups lie in inc-…-1, inc-…-2 and so on."""
        return f"inc-{self.pk}"
