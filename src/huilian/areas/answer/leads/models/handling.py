"""What is done about a lead: proposed, approved, asked, verified, handed over, decided."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .catalogue import Sanction
from .lead import Lead

USER = settings.AUTH_USER_MODEL


class Proposal(models.Model):
    """「处置呈批」 One proposal of what to do, with the approvals it runs through. Its words are a sealed note."""

    class Way(models.TextChoices):
        INTERVIEW = "interview", _("talk or written inquiry")
        VERIFY = "verify", _("initial verification")
        HOLD = "hold", _("hold and look again")
        CLOSE = "close", _("close")
        FILE = "file", _("file a case")
        REMIND = "remind", _("talk of reminder, criticism, admonition")
        PARTY = "party", _("hand over to the party organisation")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("leads", "before an approver")
        APPROVED = "approved", pgettext_lazy("leads", "approved")
        REFUSED = "refused", pgettext_lazy("leads", "sent back")

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="proposals", verbose_name=_("lead"))
    way = models.CharField(_("way of disposal"), max_length=10, choices=Way)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    level = models.PositiveSmallIntegerField(_("level that decides now"), default=1)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    at = models.DateTimeField(_("proposed at"))
    note = models.CharField(_("part"), max_length=20)

    class Meta:
        verbose_name = _("proposal on a lead")
        verbose_name_plural = _("proposals on leads")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lead"], condition=models.Q(state="waiting"), name="leads_one_waiting_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.lead} {self.get_way_display()}"


class Decision(models.Model):
    """「审批意见」 What one level said to a proposal."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="decisions", verbose_name=_("proposal of a disposal")
    )
    level = models.PositiveSmallIntegerField(_("level"))
    agreed = models.BooleanField(_("agreed"))
    by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(_("at"))
    late = models.BooleanField(_("after the limit"), default=False)

    class Meta:
        verbose_name = _("decision of one level")
        verbose_name_plural = _("decisions of levels")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "level"], name="leads_one_decision_a_level")]

    def __str__(self) -> str:
        return f"{self.proposal} {self.level}"


class Inquiry(models.Model):
    """「谈话函询」 One talk or letter. The letter goes in the office's name, copied to the head of the party committee;
    the answer is signed by the secretary; a report follows within a month (监督执纪工作规则)."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk")
        LETTER = "letter", _("letter of inquiry")

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="inquiries", verbose_name=_("lead"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    held_on = models.DateField(_("talked or sent on"))
    copied_to_head = models.BooleanField(_("copied to the head of the party committee"), default=False)
    answered_on = models.DateField(_("answered on"), null=True)
    signed_by_secretary = models.BooleanField(_("signed by the secretary of the party committee"), default=False)
    reported_on = models.DateField(_("reported on"), null=True)
    rechecked_on = models.DateField(_("checked again on"), null=True)
    truthful = models.BooleanField(_("the answer held good"), null=True)

    class Meta:
        verbose_name = _("talk or inquiry")
        verbose_name_plural = _("talks and inquiries")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.lead} {self.get_kind_display()}"


class Verification(models.Model):
    """「初步核实」 Plan, team, report signed by all of it. What was found lies in sealed notes."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="verifications", verbose_name=_("lead"))
    planned_at = models.DateTimeField(_("planned at"))
    reported_at = models.DateTimeField(_("reported at"), null=True)
    ended_at = models.DateTimeField(_("signed by all at"), null=True)

    class Meta:
        verbose_name = _("initial verification")
        verbose_name_plural = _("initial verifications")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.lead} {self.planned_at:%Y-%m-%d}"


class Signature(models.Model):
    """「签字」 One member of the team stands for the report."""

    verification = models.ForeignKey(
        Verification, models.CASCADE, related_name="signatures", verbose_name=_("verification")
    )
    user = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("who signs"))
    at = models.DateTimeField(_("at"), null=True)

    class Meta:
        verbose_name = _("signature under a report")
        verbose_name_plural = _("signatures under reports")
        constraints = [models.UniqueConstraint(fields=["verification", "user"], name="leads_one_signature")]

    def __str__(self) -> str:
        return f"{self.verification} {self.user}"


class Handover(models.Model):
    """「线索移交」 From one handler to another, signed by both."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="handovers", verbose_name=_("lead"))
    giver = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("handed over by"))
    taker = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("taken over by"))
    boxes = models.PositiveSmallIntegerField(_("sealed boxes handed over"))
    given_at = models.DateTimeField(_("signed by who gives at"))
    taken_at = models.DateTimeField(_("signed by who takes at"), null=True)

    class Meta:
        verbose_name = _("hand-over of a lead")
        verbose_name_plural = _("hand-overs of leads")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["lead"], condition=models.Q(taken_at=None), name="leads_one_open_handover")
        ]

    def __str__(self) -> str:
        return f"{self.lead} → {self.taker}"


class Outcome(models.Model):
    """「处理结果」 What was done to one of the persons of a lead, told by its number in the sealed list."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="outcomes", verbose_name=_("lead"))
    no = models.PositiveSmallIntegerField(_("which of the persons"))
    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="+", verbose_name=_("sanction"))
    decided_on = models.DateField(_("sanction decided on"))
    announced_on = models.DateField(_("announced on"), null=True)
    effect_until = models.DateField(_("in effect until"), null=True)

    class Meta:
        verbose_name = _("outcome for a person")
        verbose_name_plural = _("outcomes for persons")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["lead", "no", "sanction"], name="leads_one_outcome_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.lead} {self.no} {self.sanction}"
