"""The talk with a reporter, copies asked for, and visits over video."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Place

from .tips import Tip


class Message(models.Model):
    """「对话」 One message between reporter and team; its words are in the box "talk-<n>"."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="messages", verbose_name=_("tip"))
    n = models.PositiveSmallIntegerField(_("which message"))
    from_reporter = models.BooleanField(_("from the reporter"))
    at = models.DateTimeField(_("at"))
    for_reporter = models.BinaryField(_("sealed for the reporter"))  # opens with the receipt code alone
    objection = models.BooleanField(_("objection to the result"), default=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["tip", "n"], name="tip_message_number_once")]

    def __str__(self) -> str:
        return f"{self.tip} {self.n}"

    @property
    def part(self) -> str:
        return f"talk-{self.n}"


class Copy(models.Model):
    """「打印导出审批」 That a member asked for a copy of a tip on paper, and what the head decided."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="copies", verbose_name=_("tip"))
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    purpose = models.CharField(pgettext_lazy("tips", "purpose"), max_length=200)
    asked_at = models.DateTimeField(pgettext_lazy("tips", "asked at"))
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    is_allowed = models.BooleanField(_("allowed"), null=True)
    made_at = models.DateTimeField(_("copy made"), null=True)

    class Meta:
        verbose_name = _("copy of a tip")
        verbose_name_plural = _("copies of tips")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.tip} {self.asked_at:%Y-%m-%d}"


class Visit(models.Model):
    """「远程视频接访」 A time at which an officer listens over video in a township's room. The picture is the business
    of the rooms' equipment and is not kept here; the record is typed in and becomes a tip."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer"))
    room = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("room in"))
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes of a visit"), default=30)
    booked_at = models.DateTimeField(_("booked at"), null=True)
    code_digest = models.CharField(max_length=64, blank=True, editable=False)
    tip = models.OneToOneField(Tip, models.PROTECT, null=True, related_name="visit", verbose_name=_("tip"))
    is_missed = models.BooleanField(_("nobody came"), default=False)

    class Meta:
        verbose_name = _("video visit")
        verbose_name_plural = _("video visits")
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["officer", "starts_at"], name="tip_visit_once_an_officer")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.room}"

    @property
    def subject(self) -> str:
        """What the box of a booking belongs to: what it will be about, for the officer alone and until it is held."""
        return f"visit:{self.pk}"
