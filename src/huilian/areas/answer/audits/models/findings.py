"""What auditors saw and found, what the audited person says, and how it is put right."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person

from .audits import Audit


class Matter(models.TextChoices):
    """「审计事项」 The six matters that 村民委员会组织法 (2025-10-28 修订) names for such an audit."""

    ACCOUNTS = "accounts", _("income and spending")
    DEBTS = "debts", _("debts and claims")
    GRANTS = "grants", _("grants and donations, money and goods")
    WORKS = "works", _("contracting out, works and their tenders")
    ASSETS = "assets", _("collective assets let, pledged or sold; compensation for land")
    ASKED = "asked", _("what a fifth of the villagers asked for")


class Evidence(models.Model):
    """「审计取证记录」 One fact with where it was seen. Papers lie with it as attachments."""

    number = models.CharField(_("number of the record"), max_length=40, unique=True)
    audit = models.ForeignKey(Audit, models.PROTECT, related_name="evidence", verbose_name=_("audit"))
    matter = models.CharField(_("matter"), max_length=8, choices=Matter)
    fact = models.TextField(pgettext_lazy("audits", "what was seen"))
    source = models.CharField(_("where it was seen"), max_length=200)
    taken_on = models.DateField(pgettext_lazy("audits", "taken on"))
    taken_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("audits", "taken by")
    )

    class Meta:
        verbose_name = _("record of evidence")
        verbose_name_plural = _("records of evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.fact[:40]}"


class Finding(models.Model):
    """「审计发现问题」 One thing that is wrong: how much, whose responsibility, by which rule, on what evidence.

    The audited person's answer stands beside it for good. Who is responsible in which way follows 直接责任, 主管责任,
    领导责任; it is said of an act, and never added up for a person.
    """

    class Responsibility(models.TextChoices):
        DIRECT = "direct", _("direct responsibility")
        MAIN = "main", _("responsibility of who is in charge")
        LEADING = "leading", _("responsibility of who leads")

    class State(models.TextChoices):
        NOTED = "noted", pgettext_lazy("finding of an audit", "noted")
        SENT = "sent", pgettext_lazy("finding of an audit", "waits for the answer")
        ANSWERED = "answered", pgettext_lazy("finding of an audit", "answered")
        UPHELD = "upheld", pgettext_lazy("finding of an audit", "upheld")
        DROPPED = "dropped", pgettext_lazy("finding of an audit", "dropped")
        REPAIR = "repair", pgettext_lazy("finding of an audit", "to be put right")
        HANDED_IN = "handed_in", pgettext_lazy("finding of an audit", "repair handed in")
        DONE = "done", pgettext_lazy("finding of an audit", "put right")

    class Way(models.TextChoices):
        SELF = "self", _("by themselves")
        PAPER = "paper", _("entered from a signed paper")
        NONE = "none", _("no answer by the day")

    number = models.CharField(_("number of the finding"), max_length=40, unique=True)
    audit = models.ForeignKey(Audit, models.PROTECT, related_name="findings", verbose_name=_("audit"))
    matter = models.CharField(_("matter"), max_length=8, choices=Matter)
    fact = models.TextField(pgettext_lazy("audits", "what was found"))
    amount_cents = models.BigIntegerField(_("amount concerned"), default=0)
    back_cents = models.BigIntegerField(_("to be paid back"), default=0)
    responsibility = models.CharField(_("responsibility"), max_length=8, choices=Responsibility)
    basis = models.CharField(_("rule that was broken"), max_length=300)
    evidence = models.ManyToManyField(Evidence, related_name="findings", verbose_name=_("records of evidence"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NOTED)
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))
    answer = models.TextField(_("answer of the audited person"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True)
    answered_how = models.CharField(_("how they answered"), max_length=8, choices=Way, blank=True)
    opinion = models.TextField(_("what the auditors say to it"), blank=True)
    due_on = models.DateField(_("to be put right by"), null=True)
    measures = models.TextField(_("measures promised"), blank=True)
    responsible = models.CharField(_("who answers for the repair"), max_length=64, blank=True)
    promised_for = models.DateField(_("promised for"), null=True)
    result = models.TextField(_("what was done about it"), blank=True)
    paid_back_cents = models.BigIntegerField(_("paid back"), default=0)
    paid_back_on = models.DateField(_("paid back on"), null=True, blank=True)
    handed_in_on = models.DateField(_("handed in on"), null=True)
    handed_in_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("handed in by")
    )
    verified_on = models.DateField(pgettext_lazy("audits", "verified on"), null=True)
    verified_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("audits", "verified by")
    )
    verified_how = models.CharField(pgettext_lazy("audits", "how it was verified"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("finding of an audit")
        verbose_name_plural = _("findings of audits")
        ordering = ["audit", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.fact[:40]}"

    @property
    def stands(self) -> bool:
        return self.state != self.State.DROPPED
