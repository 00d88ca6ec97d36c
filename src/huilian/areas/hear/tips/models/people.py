"""Who is named (as digests), who may open a tip, and who must not."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .tips import Tip


class Mark(models.Model):
    """「人员摘要」 A keyed digest of somebody in a tip: for stepping back and for linking repeats, never to be read."""

    class Kind(models.TextChoices):
        NAME = "name", _("name of a person concerned")
        IDENTITY = "identity", _("identity number of a person concerned")
        UNIT = "unit", pgettext_lazy("tips", "unit concerned")
        REPORTER = "reporter", _("reporter")

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="marks", verbose_name=_("tip"))
    kind = models.CharField(_("kind of mark"), max_length=8, choices=Kind)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("mark of a person")
        verbose_name_plural = _("marks of persons")
        constraints = [models.UniqueConstraint(fields=["digest", "kind", "tip"], name="tip_mark_once")]

    def __str__(self) -> str:
        return f"{self.tip} {self.kind}"


class Member(models.Model):
    """「专案授权」 That somebody may open a tip: for a purpose and until a day (一事一授权)."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="members", verbose_name=_("tip"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer"))
    purpose = models.CharField(pgettext_lazy("tips", "purpose"), max_length=200)
    given_at = models.DateTimeField(_("given at"))
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("access to a tip")
        verbose_name_plural = _("access to tips")
        constraints = [
            models.UniqueConstraint(fields=["tip", "user"], condition=models.Q(ended_at=None), name="tip_member_once")
        ]
        indexes = [models.Index(fields=["user", "ended_at", "until"], name="tips_of_a_member")]

    def __str__(self) -> str:
        return f"{self.tip} → {self.user}"


class Interest(models.Model):
    """「利害关系」 That an officer declared an interest, or was found to have one: they step back from the tip."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="interests", verbose_name=_("tip"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer"))
    declared_at = models.DateTimeField(_("declared at"))

    class Meta:
        verbose_name = _("declared interest")
        verbose_name_plural = _("declared interests")
        constraints = [models.UniqueConstraint(fields=["tip", "user"], name="tip_interest_once")]

    def __str__(self) -> str:
        return f"{self.tip} ≠ {self.user}"


class Pledge(models.Model):
    """「保密承诺」 An operator's pledge of secrecy for a year; without one nobody takes a tip by telephone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer"))
    signed_at = models.DateTimeField(_("signed at"))
    until = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("pledge of secrecy")
        verbose_name_plural = _("pledges of secrecy")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.until}"
