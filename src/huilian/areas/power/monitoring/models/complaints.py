"""「效能投诉」 A complaint about how an office handled a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.procedures.models import Case


class ActComplaint(models.Model):
    """「投诉」 Tied to the case it complains about. Who complains is known to those who handle it only."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="act_complaint", verbose_name=_("case"))
    about = models.ForeignKey(Case, models.PROTECT, related_name="complaints", verbose_name=_("about the case"))
    text = models.TextField(_("what is complained of"))
    name = models.CharField(_("who complains"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    code_digest = models.CharField(max_length=64)
    result = models.TextField(_("result"), blank=True)
    justified = models.BooleanField(_("justified"), null=True)

    class Meta:
        verbose_name = _("complaint about an act")
        verbose_name_plural = _("complaints about acts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.case.number
