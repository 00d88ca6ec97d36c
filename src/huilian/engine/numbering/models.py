"""The counters behind the numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """「编号器」 The last number taken for a prefix on a day. Its row lock makes numbers gap-free."""

    prefix = models.CharField(_("prefix"), max_length=16)
    day = models.DateField(_("day"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = [models.UniqueConstraint(fields=["prefix", "day"], name="one_counter_per_prefix_and_day")]

    def __str__(self) -> str:
        return f"{self.prefix}{self.day:%Y%m%d}: {self.last}"
