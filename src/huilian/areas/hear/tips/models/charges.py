"""A leader of the commission leads a tip that is worth it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .tips import Tip


class Charge(models.Model):
    """「检举件包案」 A leader leads a tip to its end, chosen by what it is worth; that alone chooses nobody. Why,
    visits, steps and result are in the boxes of its notes."""

    tip = models.ForeignKey(Tip, models.PROTECT, related_name="charges", verbose_name=_("tip"))
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("leader"))
    points = models.PositiveSmallIntegerField(_("points"))
    marks = models.JSONField(_("points one by one"), default=dict)
    since = models.DateField(pgettext_lazy("of a charge", "since"))
    due_on = models.DateField(_("to be settled by"))
    asked_close_on = models.DateField(_("closing proposed"), null=True)
    signed_on = models.DateField(_("closed by signature"), null=True)
    ended_on = models.DateField(_("ended without signature"), null=True)  # the leader's access ended before

    class Meta:
        verbose_name = _("tip led by a leader")
        verbose_name_plural = _("tips led by leaders")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["tip"], condition=models.Q(ended_on=None), name="tip_led_by_one")
        ]

    def __str__(self) -> str:
        return f"{self.tip} → {self.leader}"


class ChargeNote(models.Model):
    """「检举件包案记录」 One entry of a led tip; its words are in the box "led-<n>"."""

    class Kind(models.TextChoices):
        REASON = "reason", _("reason for the choice")
        VISIT = "visit", _("visit to the people")
        STEP = "step", _("step forward")
        RESULT = "result", pgettext_lazy("of a charge", "result")

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="notes", verbose_name=_("tip led by a leader"))
    n = models.PositiveSmallIntegerField(_("which note"))
    kind = models.CharField(_("kind of note"), max_length=8, choices=Kind)
    on = models.DateField(_("day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by"))

    class Meta:
        verbose_name = _("note of a led tip")
        verbose_name_plural = _("notes of led tips")
        ordering = ["n"]

    def __str__(self) -> str:
        return f"{self.charge} {self.n}"

    @property
    def part(self) -> str:
        return f"led-{self.n}"
