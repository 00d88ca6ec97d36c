"""Rows of draws."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Draw(models.Model):
    """「随机抽取」 Some of a list, drawn by lot. `candidates`: [{key, label}]; `excluded`: [{key, label, reason}]."""

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("list published")
        DRAWN = "drawn", pgettext_lazy("draw", "drawn")
        CANCELLED = "cancelled", pgettext_lazy("draw", "given up")

    number = models.CharField(_("number"), max_length=32, unique=True)
    purpose = models.CharField(_("purpose of the draw"), max_length=200)
    place = models.CharField(_("division code"), max_length=12, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.ANNOUNCED)
    candidates = models.JSONField(_("candidates"))
    excluded = models.JSONField(_("left out, with the reason"), default=list)
    names_shown = models.BooleanField(_("names may be shown"), default=True)  # of some nobody may know who they are yet
    wanted = models.PositiveSmallIntegerField(_("how many"))
    commitment = models.CharField(_("digest of seed and list"), max_length=64)
    announced_at = models.DateTimeField(_("list published at"))
    seed = models.BinaryField(_("seed"), max_length=32)  # secret until it is drawn: no page, export or event has it
    words = models.CharField(_("words of the witnesses"), max_length=200, blank=True)
    result = models.JSONField(pgettext_lazy("draw", "drawn"), default=list)
    revealed_at = models.DateTimeField(_("drawn at"), null=True)

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")

    def __str__(self) -> str:
        return f"{self.number} {self.purpose}"
