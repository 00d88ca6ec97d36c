"""Papers by which the discipline organ supervises how petitions are handled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Person
from huilian.engine.procedures.models import Case


class SupervisionPaper(models.Model):
    """「信访监督」 A talk, an inquiry, a notice or a proposal to a unit, answered on a clock."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk on petitions")
        INQUIRY = "inquiry", _("inquiry by letter")
        NOTICE = "notice", _("notice of supervision")
        PROPOSAL = "proposal", _("proposal of supervision")

    case = models.OneToOneField(Case, models.PROTECT, related_name="supervision_paper", verbose_name=_("case"))
    kind = models.CharField(_("kind of supervision"), max_length=8, choices=Kind)
    about_no = models.CharField(_("number of the petition"), max_length=32, blank=True)
    facts = models.TextField(_("facts"))
    demand = models.TextField(_("demands"))
    days = models.PositiveSmallIntegerField(_("working days to answer"))
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("drafted by"))
    served_on = models.DateField(_("served"), null=True)
    reply = models.TextField(_("reply"), blank=True)
    effect = models.TextField(_("effect"), blank=True)

    class Meta:
        verbose_name = _("paper of supervision")
        verbose_name_plural = _("papers of supervision")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.case.number
