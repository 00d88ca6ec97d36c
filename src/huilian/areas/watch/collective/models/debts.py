"""「债权债务」 What the collective owes, is owed outside contracts, has advanced, and has guaranteed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .books import AccountSet


class Debt(models.Model):
    """「债权债务」 One open sum with one other side. `rate_bp` is the yearly interest in hundredths of a per cent."""

    class Direction(models.TextChoices):
        BORROWED = "borrowed", _("owed by the collective")
        LENT = "lent", _("owed to the collective")
        ADVANCE = "advance", _("advance to a person")
        GUARANTEE = "guarantee", _("guarantee given")

    class Side(models.TextChoices):
        BANK = "bank", _("bank")
        FIRM = "firm", _("firm or organisation")
        PERSON = "person", _("private person")
        CADRE = "cadre", _("official of the village")
        MEMBER = "member", _("member of the collective")
        PUBLIC = "public", _("public body")

    set = models.ForeignKey(AccountSet, models.PROTECT, related_name="debts", verbose_name=_("account set"))
    number = models.CharField(_("number of the debt"), max_length=32, unique=True)
    direction = models.CharField(_("direction of the debt"), max_length=9, choices=Direction)
    counterpart = models.CharField(_("other side of the debt"), max_length=80)
    counterpart_norm = models.CharField(max_length=80, blank=True, editable=False)
    counterpart_key = models.CharField(max_length=64, blank=True, editable=False)
    counterpart_kind = models.CharField(_("kind of the other side"), max_length=6, choices=Side)
    principal_cents = models.BigIntegerField(_("principal"))
    balance_cents = models.BigIntegerField(_("still open"))
    rate_bp = models.PositiveIntegerField(_("yearly interest, hundredths of a per cent"), default=0)
    began_on = models.DateField(_("began on"))
    due_on = models.DateField(_("to be settled by"), null=True, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    purpose = models.CharField(_("purpose of the debt"), max_length=120, blank=True)
    decision_no = models.CharField(_("decision number"), max_length=40, blank=True)
    approval_no = models.CharField(_("approval of the township"), max_length=40, blank=True)
    voucher_no = models.CharField(_("voucher number"), max_length=32, blank=True)
    plan = models.CharField(_("how it is to be settled"), max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("debt or claim")
        verbose_name_plural = _("debts and claims")
        ordering = ["set", "direction", "began_on"]

    def __str__(self) -> str:
        return f"{self.number} {self.counterpart}"
