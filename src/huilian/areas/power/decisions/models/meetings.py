"""Meetings: called, opened, closed; who came, who said what, how the vote went."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.documents.models import Attachment

from .catalogue import Quorum, Seat
from .motions import Motion


class Meeting(models.Model):
    """「会议」 One meeting of one body. From the call on nothing can be added to its agenda."""

    class State(models.TextChoices):
        CALLED = "called", pgettext_lazy("decisions", "called")
        OPEN = "open", _("open now")
        CLOSED = "closed", pgettext_lazy("decisions", "closed")
        CANCELLED = "cancelled", _("called off")

    class Mode(models.TextChoices):
        ROOM = "room", _("in the room")
        MIXED = "mixed", _("in the room and online")
        ONLINE = "online", _("online")

    number = models.CharField(_("number"), max_length=32, unique=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("township"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("called by"))
    body = models.ForeignKey(Quorum, models.PROTECT, related_name="+", verbose_name=_("body that meets"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CALLED)
    mode = models.CharField(_("how it meets"), max_length=8, choices=Mode, default=Mode.ROOM)
    starts_at = models.DateTimeField(_("begins"))
    venue = models.CharField(_("venue"), max_length=80)
    noticed_on = models.DateField(_("notice given on"), null=True)
    is_from_paper = models.BooleanField(_("entered from paper afterwards"), default=False)
    chair = models.CharField(_("chaired by"), max_length=40, blank=True)
    guests = models.CharField(_("others who came"), max_length=200, blank=True)
    due = models.PositiveIntegerField(pgettext_lazy("decisions", "due"), null=True)
    present = models.PositiveIntegerField(_("present"), null=True)
    opened_at = models.DateTimeField(_("opened"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    minutes = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("minutes"))
    minutes_at = models.DateTimeField(_("minutes kept"), null=True)
    recorder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["place", "-starts_at"], name="meeting_of_place")]

    def __str__(self) -> str:
        return f"{self.number} {self.body}"


class AgendaItem(models.Model):
    """「议程」 One motion on the agenda of one meeting, at one step of its chain, with its count and outcome."""

    class Outcome(models.TextChoices):
        OPEN = "", pgettext_lazy("decisions", "open")
        PASSED = "passed", pgettext_lazy("decisions", "passed")
        NOT_PASSED = "not_passed", pgettext_lazy("decisions", "not passed")
        NO_QUORUM = "no_quorum", _("too few came")
        POSTPONED = "postponed", _("not voted on")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    motion = models.ForeignKey(Motion, models.PROTECT, related_name="items", verbose_name=_("motion"))
    ordinal = models.PositiveSmallIntegerField(_("on the agenda"))
    step = models.CharField(_("step"), max_length=40)
    is_secret = models.BooleanField(_("secret ballot"), default=False)
    is_decisive = models.BooleanField(_("decides"), default=False)
    held_on = models.DateField(_("day of the meeting"))
    previous_on = models.DateField(_("day of the step before"), null=True)
    breaches = models.JSONField(default=list)
    yes = models.PositiveIntegerField(_("yes"), null=True)
    no = models.PositiveIntegerField(_("no"), null=True)
    abstain = models.PositiveIntegerField(_("abstained"), null=True)
    tellers = models.CharField(_("counted by"), max_length=80, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        ordering = ["ordinal", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "motion"], name="agenda_once"),
            models.UniqueConstraint(fields=["motion"], condition=Q(outcome=""), name="agenda_open_once"),
        ]


class Attendance(models.Model):
    """「到会」 Who was due at a meeting, and how they were there."""

    class How(models.TextChoices):
        ABSENT = "", _("absent")
        SIGNED = "signed", _("signed here")
        SHEET = "sheet", _("signed on paper")
        ONLINE = "online", _("online")
        PROXY = "proxy", _("represented")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name=_("seat in a body"))
    how = models.CharField(_("way of attending"), max_length=8, choices=How, blank=True)
    at = models.DateTimeField(_("time"), null=True)
    carrier = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="carried", verbose_name=_("votes for them")
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["-seat__is_head", "seat__group", "seat__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="attends_once")]


class StepBack(models.Model):
    """「表决回避」 Somebody present who is concerned by an item: neither speaks nor votes nor counts on it."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="backs")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="+")
    reason = models.CharField(_("why they step back"), max_length=120)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("stepping back")
        verbose_name_plural = _("steppings back")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "attendance"], name="steps_back_once")]


class Opinion(models.Model):
    """「逐一发言」 What one person said on one item, in the order they spoke."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="opinions")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="+")
    words = models.CharField(_("opinion"), max_length=500)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("opinion in a meeting")
        verbose_name_plural = _("opinions in meetings")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "attendance"], name="speaks_once")]


class Vote(models.Model):
    """「表决票」 One named vote. Of a secret ballot only the count is kept."""

    class Choice(models.TextChoices):
        YES = "yes", _("for it")
        NO = "no", _("against it")
        ABSTAIN = "abstain", _("abstains")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="votes")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="+")
    choice = models.CharField(_("vote"), max_length=8, choices=Choice)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["item", "attendance"], name="votes_once")]


class Sheet(models.Model):
    """「签到表、照片」 A scan or photograph kept with a meeting; a signing sheet says which page by the code on it."""

    class Kind(models.TextChoices):
        SIGNING = "signing", _("signing sheet")
        PHOTO = "photo", _("photograph of the meeting")
        PAPER = "paper", _("other paper")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sheets")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    page = models.PositiveSmallIntegerField(_("page"), null=True)
    was_read = models.BooleanField(_("code read from the picture"), default=False)

    class Meta:
        verbose_name = _("paper of a meeting")
        verbose_name_plural = _("papers of meetings")
        ordering = ["kind", "page", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "page"], condition=Q(kind="signing"), name="signing_page_once")
        ]
