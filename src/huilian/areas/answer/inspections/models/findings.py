"""What was found, and its way to being put right: promise, proof, what people say, letters."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.documents.models import Attachment
from huilian.engine.procedures.models import Case

from .rounds import Target
from .sheets import CheckItem


class Finding(models.Model):
    """「问题」 One thing that is wrong, and who puts it right. Its steps are those of its case, which opens when the
    unit is told: until then nobody of the unit sees it."""

    class Source(models.TextChoices):
        CHECK = "check", _("a check")
        AUDIT = "audit", _("an audit of a village head")
        CAMPAIGN = "campaign", _("a campaign")
        WATCHER = "watcher", _("a people's supervisor")
        SPLIT = "split", _("part of a problem of township and villages")
        SPREAD = "spread", _("a problem found elsewhere")

    number = models.CharField(_("number of the finding"), max_length=32, unique=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="finding", verbose_name=_("case"))
    source = models.CharField(_("found by"), max_length=10, choices=Source, default=Source.CHECK)
    source_ref = models.CharField(_("number of the source"), max_length=40, blank=True)
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("target of a round")
    )
    item = models.ForeignKey(
        CheckItem, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("check item")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit concerned"))
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that puts it right"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("township"))
    field = models.CharField(_("field"), max_length=16, blank=True)
    fact = models.TextField(_("what was found"))
    amount_cents = models.BigIntegerField(_("amount concerned"), null=True, blank=True)
    is_immediate = models.BooleanField(_("to be put right at once"), default=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("comes from")
    )
    repeat_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("was put right before as")
    )
    noted_on = models.DateField(_("noted on"))
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))
    told_on = models.DateField(_("told to the unit on"), null=True)
    measures = models.TextField(_("measures promised"), blank=True)
    responsible = models.CharField(_("who answers for it"), max_length=64, blank=True)
    promised_for = models.DateField(_("promised for"), null=True)
    result = models.TextField(_("what was done about it"), blank=True)
    handed_in_at = models.DateTimeField(_("handed in"), null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("signed off by"))
    closed_minute = models.BigIntegerField(null=True)  # counted from 1970: databases subtract moments in different ways
    public_text = models.TextField(_("as everybody may read it"), blank=True)
    published_on = models.DateField(_("published on"), null=True)

    class Meta:
        verbose_name = _("problem found")
        verbose_name_plural = _("problems found")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "item", "-id"], name="inspection_finding_of_unit")]

    def __str__(self) -> str:
        return f"{self.number} {self.fact[:40]}"

    @property
    def step(self) -> dict[str, str]:
        """Where the repair stands, in words of the procedure."""
        return self.case.definition.step(self.case.step).name if self.case else {"zh": ""}


class Proof(models.Model):
    """「整改佐证」 A paper or photograph that shows what was done."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="proofs", verbose_name=_("problem found"))
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    kept_at = models.DateTimeField(_("handed in"))

    class Meta:
        verbose_name = _("proof of a repair")
        verbose_name_plural = _("proofs of repairs")
        ordering = ["pk"]


class Voice(models.Model):
    """「群众评价」 Whether people say it was put right: by a one-time code on a slip, or asked at a visit. No name."""

    class Way(models.TextChoices):
        CODE = "code", _("by a code on a slip")
        VISIT = "visit", _("asked at a visit")

    class Verdict(models.TextChoices):
        YES = "yes", pgettext_lazy("put right", "yes")
        PARTLY = "partly", pgettext_lazy("put right", "partly")
        NO = "no", pgettext_lazy("put right", "no")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="voices", verbose_name=_("problem found"))
    way = models.CharField(_("way"), max_length=8, choices=Way)
    digest = models.CharField(max_length=64, unique=True, null=True)
    verdict = models.CharField(_("was it put right"), max_length=8, choices=Verdict, blank=True)
    text = models.CharField(_("in their words"), max_length=300, blank=True)
    said_at = models.DateTimeField(_("said at"), null=True)

    class Meta:
        verbose_name = _("people's word on a repair")
        verbose_name_plural = _("people's words on repairs")
        ordering = ["pk"]


class Letter(models.Model):
    """「监督建议书、督办函」 A letter that must be answered by a day."""

    class Kind(models.TextChoices):
        ADVICE = "advice", _("supervision advice")
        SUPERVISE = "supervise", _("letter of supervision")
        NOTICE = "notice", _("notice to put right")

    class Outcome(models.TextChoices):
        DONE = "done", _("carried out")
        PARTLY = "partly", _("carried out in part")
        NOT = "not", _("not carried out")

    number = models.CharField(_("number of the letter"), max_length=32, unique=True)
    kind = models.CharField(_("kind of letter"), max_length=10, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("letter goes to"))
    sender = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("from the unit"))
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("problem found")
    )
    facts = models.TextField(_("facts"))
    advice = models.TextField(_("what is asked for"))
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    sent_on = models.DateField(_("sent on"))
    due_on = models.DateField(_("answer due"))
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True)
    reminded = models.PositiveSmallIntegerField(_("reminders"), default=0)
    outcome = models.CharField(_("result of the follow-up"), max_length=8, choices=Outcome, blank=True)
    follow_up = models.TextField(_("seen when checked again"), blank=True)
    followed_on = models.DateField(_("follow-up seen on"), null=True)

    class Meta:
        verbose_name = _("supervision letter")
        verbose_name_plural = _("supervision letters")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"
