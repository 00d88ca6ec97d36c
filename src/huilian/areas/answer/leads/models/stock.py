"""「大起底」 Taking stock: leads of a stretch of time looked at again one by one and signed off."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .lead import Lead

USER = settings.AUTH_USER_MODEL


class Stocktake(models.Model):
    """「线索大起底」 One round: which leads, since when."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80)
    since = models.DateField(_("received since"))
    until = models.DateField(_("received until"))
    rank = models.CharField(_("person concerned"), max_length=10, choices=Lead.Rank, blank=True)
    began_on = models.DateField(_("round began on"))
    due_on = models.DateField(_("due on"))

    class Meta:
        verbose_name = _("stock-taking")
        verbose_name_plural = _("stock-takings")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class StockItem(models.Model):
    """「逐条复核」 One lead looked at again by one officer and signed off by another."""

    class Verdict(models.TextChoices):
        KEEP = "keep", _("the disposal stands")
        AGAIN = "again", _("dispose of it anew")
        GOING = "going", _("still being handled")

    stocktake = models.ForeignKey(Stocktake, models.CASCADE, related_name="items", verbose_name=_("stock-taking"))
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="+", verbose_name=_("lead"))
    checker = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("leads", "looked at by")
    )
    checked_on = models.DateField(pgettext_lazy("leads", "looked at on"), null=True)
    verdict = models.CharField(pgettext_lazy("leads", "verdict"), max_length=6, choices=Verdict, blank=True)
    signer = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("signed off by"))
    signed_on = models.DateField(_("signed off on"), null=True)

    class Meta:
        verbose_name = _("lead looked at again")
        verbose_name_plural = _("leads looked at again")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["stocktake", "lead"], name="leads_once_a_stocktake")]

    def __str__(self) -> str:
        return f"{self.stocktake} {self.lead}"
