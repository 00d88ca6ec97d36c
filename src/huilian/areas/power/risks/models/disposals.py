"""「五种处置」 By severity, approved by somebody else, served, answered, checked."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Unit

from .points import RiskPoint


class Disposal(models.Model):
    """One disposal. Handing over keeps the number of the sealed paper only, never what stands in it."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("risk notice")
        CRITICISM = "criticism", _("criticism and education")
        ADMONITION = "admonition", _("admonishing talk")
        ORDER = "order", _("order to correct")
        HANDOVER = "handover", _("handling under discipline and law")

    class Severity(models.IntegerChoices):
        """Which disposals are proposed for it: see `services.disposals.FITTING`."""

        SIGN = 1, _("a first sign, nothing done yet")
        SLIGHT = 2, _("slight, put right at once")
        REPEATED = 3, _("repeated or with consequences")
        BREACH = 4, _("a breach that goes on")
        SUSPECTED = 5, _("suspected breach of discipline or law")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("disposal", "proposed")
        REFUSED = "refused", pgettext_lazy("disposal", "refused")
        APPROVED = "approved", pgettext_lazy("disposal", "approved")
        SERVED = "served", pgettext_lazy("disposal", "served")
        REPLIED = "replied", pgettext_lazy("disposal", "answered")
        DONE = "done", pgettext_lazy("disposal", "checked")

    number = models.CharField(_("number"), max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    point = models.ForeignKey(RiskPoint, models.PROTECT, null=True, related_name="disposals")
    signal = models.ForeignKey("risks.Signal", models.PROTECT, null=True, related_name="disposals")
    kind = models.CharField(_("disposal"), max_length=10, choices=Kind)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity)
    deviation = models.CharField(_("why another than fits the severity"), max_length=300, blank=True)
    facts = models.TextField(_("facts"), blank=True)
    demand = models.TextField(_("what the person must do"), blank=True)
    sealed_no = models.CharField(_("number of the sealed paper"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField(_("proposed on"))
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(_("approved or refused on"), null=True)
    ground = models.CharField(_("ground of a refusal"), max_length=300, blank=True)
    served_on = models.DateField(_("served on"), null=True)
    reply_due_on = models.DateField(_("answer due"), null=True)
    replied_on = models.DateField(_("answered on"), null=True)
    reply = models.TextField(_("answer"), blank=True)
    effect_until = models.DateField(_("in effect until"), null=True)
    checked_on = models.DateField(_("effect checked on"), null=True)
    effective = models.BooleanField(_("put right"), null=True)
    effect = models.TextField(_("what the check found"), blank=True)

    class Meta:
        verbose_name = _("disposal of a risk")
        verbose_name_plural = _("disposals of risks")
        ordering = ["-asked_on", "-pk"]

    def __str__(self) -> str:
        return self.number
