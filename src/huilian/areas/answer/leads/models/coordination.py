"""Between organs and in meetings: letters with an answer due, meetings with tasks."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Unit

from .lead import Lead

USER = settings.AUTH_USER_MODEL


class Letter(models.Model):
    """「移送函、协助函、上报」 One letter about a lead to another organ. Its words are a sealed note."""

    class Kind(models.TextChoices):
        TRANSFER = "transfer", _("transfer to the competent organ")
        ASSIST = "assist", _("request for assistance")
        UPWARD = "upward", _("report to the organ above")

    number = models.CharField(_("number"), max_length=32, unique=True)
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="letters", verbose_name=_("lead"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    to = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit written to"))
    to_name = models.CharField(_("organ outside the county"), max_length=80, blank=True)
    sent_on = models.DateField(_("sent on"))
    answered_on = models.DateField(_("receipt or answer on"), null=True)
    receipt_no = models.CharField(_("number of the receipt"), max_length=40, blank=True)
    joint = models.BooleanField(_("followed together"), default=False)

    class Meta:
        verbose_name = _("letter about a lead")
        verbose_name_plural = _("letters about leads")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number


class Meeting(models.Model):
    """「线索分析会」 One meeting on leads. Conclusions are sealed notes of each lead."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    held_on = models.DateField(_("day of the meeting"))
    chair = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("chair"))
    present = models.ManyToManyField(USER, related_name="+", verbose_name=_("people at the meeting"))
    closed_at = models.DateTimeField(_("minutes closed at"), null=True)

    class Meta:
        verbose_name = _("meeting on leads")
        verbose_name_plural = _("meetings on leads")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.number


class MeetingItem(models.Model):
    """「会议研判」 One lead on the table, and the note with the conclusion."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name=_("meeting"))
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="+", verbose_name=_("lead"))
    part = models.CharField(_("part"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("lead before a meeting")
        verbose_name_plural = _("leads before meetings")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "lead"], name="leads_once_a_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting} {self.lead}"


class Task(models.Model):
    """「会议交办」 What a meeting gave somebody to do about a lead; a kind, never words."""

    class Kind(models.TextChoices):
        SCORE = "score", _("weigh it")
        PROPOSE = "propose", _("propose its disposal")
        REPORT = "report", _("report on progress")
        ASSIST = "assist", _("ask for assistance")
        TRANSFER = "transfer", _("transfer it")

    item = models.ForeignKey(MeetingItem, models.CASCADE, related_name="tasks", verbose_name=_("item"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    user = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("leads", "given to"))
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True)

    class Meta:
        verbose_name = _("task from a meeting")
        verbose_name_plural = _("tasks from meetings")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.item} {self.get_kind_display()}"
