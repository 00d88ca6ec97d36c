"""What the books said when the audit began, and again at its report."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .audits import Audit


class Taking(models.Model):
    """「账目取数」 Figures drawn from the books, frozen with their SHA-256. Never changed.

    `body`: [{key, title {zh, en}, count, cents, rows [{key, label, cents, was, day, ref, href}]}]; cents may be None.
    """

    class Stage(models.TextChoices):
        BEGIN = "begin", _("when the audit began")
        REPORT = "report", _("at the report")

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="takings", verbose_name=_("audit"))
    stage = models.CharField(_("when"), max_length=8, choices=Stage)
    taken_at = models.DateTimeField(pgettext_lazy("audits", "taken at"))
    body = models.JSONField(_("figures"))
    digest = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("figures taken from the books")
        verbose_name_plural = _("figures taken from the books")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["audit", "stage"], name="audit_taken_once_a_stage")]

    def __str__(self) -> str:
        return f"{self.audit_id}/{self.stage}"
