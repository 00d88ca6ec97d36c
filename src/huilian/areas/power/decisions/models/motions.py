"""A motion on its way to a decision, the supervision of each step, what was published and carried out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.documents.models import Attachment
from huilian.engine.procedures.models import Case

from .catalogue import Matter


class Motion(models.Model):
    """「议题」 What is to be decided. Its steps are those of its case; `number` is given when it has passed."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="motion", verbose_name=_("case"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("township"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that decides"))
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+", verbose_name=_("kind of matter"))
    title = models.CharField(_("motion"), max_length=120)
    text = models.TextField(_("what is to be decided"))
    reason = models.CharField(_("why it is brought up"), max_length=200, blank=True)
    amount_cents = models.BigIntegerField(_("amount"), null=True)
    winner = models.CharField(_("whom it names"), max_length=120, blank=True)
    winner_norm = models.CharField(max_length=120, blank=True, editable=False)
    winner_named_on = models.DateField(_("named on"), null=True)
    proposer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by"))
    proposed_on = models.DateField(_("brought up on"))
    number = models.CharField(_("number of the decision"), max_length=32, unique=True, null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    is_replaced = models.BooleanField(_("replaced by a later decision"), default=False)

    class Meta:
        verbose_name = _("decision of a body")
        verbose_name_plural = _("decisions of bodies")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["place", "-id"], name="motion_of_place")]

    def __str__(self) -> str:
        return f"{self.number or self.case.number} {self.title}"


class SignOff(models.Model):
    """「村监会监督意见」 What the supervision committee says of one step. An objection stops the motion."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="sign_offs")
    item = models.ForeignKey("decisions.AgendaItem", models.PROTECT, null=True, related_name="sign_offs")
    step = models.CharField(_("step"), max_length=40)
    agrees = models.BooleanField(_("no objection"))
    words = models.CharField(_("opinion"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("signed by"))
    at = models.DateTimeField(_("time"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("sign-off of the supervision committee")
        verbose_name_plural = _("sign-offs of the supervision committee")
        ordering = ["pk"]


class Announcement(models.Model):
    """「公示」 What hangs out: the decision, later its results. Open to everybody from `published_on` to `until`."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("the decision")
        RESULT = "result", _("the results")

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="announcements")
    kind = models.CharField(_("what is published"), max_length=8, choices=Kind)
    text = models.TextField(_("words"))
    published_on = models.DateField(_("published"))
    until = models.DateField(_("hangs out until"))
    photo = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("photograph"))

    class Meta:
        verbose_name = _("publication of a decision")
        verbose_name_plural = _("publications of decisions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["motion", "kind"], name="announced_once_a_kind")]


class Execution(models.Model):
    """「执行情况」 One thing done on a decision: to whom, for how much, under which number."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="executions")
    on = models.DateField(_("date"))
    what = models.CharField(_("what was carried out"), max_length=200)
    amount_cents = models.BigIntegerField(_("amount"), null=True)
    winner = models.CharField(_("with whom"), max_length=120, blank=True)
    winner_norm = models.CharField(max_length=120, blank=True, editable=False)
    reference = models.CharField(_("number of the contract or payment"), max_length=40, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by"))

    class Meta:
        verbose_name = _("execution of a decision")
        verbose_name_plural = _("executions of decisions")
        ordering = ["on", "pk"]
