"""Who is audited, for which stretch, by whom; what is due; the county's figures."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Appointment, Person, Place, Unit
from huilian.engine.procedures.models import Case


class Setting(models.Model):
    """「审计参数」 A figure of the county. `basis` says where it comes from; empty for a default."""

    class Key(models.TextChoices):
        TERM = "term_months", _("months of a term")
        AHEAD = "ahead_days", _("days ahead in which an audit is proposed")
        BEFORE = "before_months", _("months that an audit before office looks back")
        REPAIR = "repair_days", _("days to put a finding right")

    key = models.CharField(_("figure"), max_length=16, choices=Key, unique=True)
    value = models.PositiveIntegerField(_("its value"))
    basis = models.CharField(pgettext_lazy("audits", "where it comes from"), max_length=120, blank=True)
    origin = models.CharField(_("origin"), max_length=12, default="default")

    class Meta:
        verbose_name = _("figure for audits")
        verbose_name_plural = _("figures for audits")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_key_display()


class Audit(models.Model):
    """「经济责任审计」 What a village head answers for over a stretch of time. Its steps are those of its case."""

    class Phase(models.TextChoices):
        BEFORE = "before", _("before office")
        DURING = "during", _("in office")
        LEAVING = "leaving", _("on leaving")

    number = models.CharField(_("number of the audit"), max_length=32, unique=True)
    case = models.OneToOneField(Case, models.PROTECT, related_name="audit", verbose_name=_("case"))
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("appointment")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who is audited"))
    office = models.CharField(_("offices held"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit audited"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("township"))
    phase = models.CharField(pgettext_lazy("audits", "phase"), max_length=8, choices=Phase)
    starts_on = models.DateField(_("first day audited"))
    ends_on = models.DateField(_("last day audited"))
    due_on = models.DateField(_("report wanted by"))
    auditor = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("audited by"))
    scope = models.JSONField(pgettext_lazy("audits", "what is looked at"), default=list)  # keys of findings.Matter
    asked = models.TextField(_("what villagers asked to be audited"), blank=True)
    told_on = models.DateField(_("notice served on"), null=True)
    draft = models.TextField(_("draft of the report"), blank=True)
    consulted_on = models.DateField(_("draft sent to the audited person on"), null=True)
    conclusion = models.TextField(pgettext_lazy("audits", "conclusion"), blank=True)
    report_on = models.DateField(_("report issued on"), null=True)
    advice = models.TextField(_("how the result should be used"), blank=True)
    copied_to = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("result goes to the appointing unit")
    )
    copied_on = models.DateField(_("result sent on"), null=True)
    public_text = models.TextField(_("as everybody may read it"), blank=True)
    published_on = models.DateField(pgettext_lazy("audits", "published on"), null=True)

    class Meta:
        verbose_name = _("audit of a village head")
        verbose_name_plural = _("audits of village heads")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="audit_ends_after_it_starts")
        ]
        indexes = [models.Index(fields=["place", "published_on"], name="audit_of_place")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def title(self) -> str:
        """「柳河村村民委员会主任离任经济责任审计」 The paper's name is Chinese in every language."""
        return f"{self.place.name}{self.office}{PHASES[self.phase]}经济责任审计"

    @property
    def step(self) -> dict[str, str]:
        return self.case.definition.step(self.case.step).name


PHASES = {"before": "任前", "during": "任中", "leaving": "离任"}


class Member(models.Model):
    """「审计组成员」 Somebody of the team; whoever left it stays in the record with the reason."""

    class Duty(models.TextChoices):
        HEAD = "head", _("head of the audit")
        LEAD = "lead", _("lead auditor")
        MEMBER = "member", pgettext_lazy("audits", "auditor")

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="members", verbose_name=_("audit"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    duty = models.CharField(pgettext_lazy("audits", "duty"), max_length=8, choices=Duty, default=Duty.MEMBER)
    since = models.DateField(_("since"))
    left_on = models.DateField(_("left on"), null=True)
    reason = models.CharField(_("why they left"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("member of an audit team")
        verbose_name_plural = _("members of audit teams")
        ordering = ["audit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "person"], condition=Q(left_on=None), name="audit_member_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.get_duty_display()}）"


class Proposal(models.Model):
    """「应审提醒」 An audit that a term makes due. It becomes a plan by one click, or is put aside with a reason."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("appointment"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    phase = models.CharField(pgettext_lazy("audits", "phase"), max_length=8, choices=Audit.Phase)
    office = models.CharField(_("offices held"), max_length=120)
    starts_on = models.DateField(_("first day audited"))
    ends_on = models.DateField(_("last day audited"))
    due_on = models.DateField(_("report wanted by"))
    proposed_on = models.DateField(_("proposed on"))
    audit = models.ForeignKey(Audit, models.PROTECT, null=True, related_name="proposals", verbose_name=_("audit"))
    put_aside = models.CharField(_("why it is put aside"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("audit that is due")
        verbose_name_plural = _("audits that are due")
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["appointment", "phase"], name="audit_proposed_once")]

    def __str__(self) -> str:
        return f"{self.place.name}{self.office}{PHASES[self.phase]}"
