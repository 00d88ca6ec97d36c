"""Who is inspected when, and by whom: rounds of the year plan, their targets, the authority of each member."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Organisation, Person, Place, Unit
from huilian.engine.draws.models import Draw

from .sheets import SheetForm


class GreatDecision(models.Model):
    """「重大决策部署」 A decision from above whose carrying out is supervised: the topic of rounds."""

    code = models.CharField(_("code of the decision"), max_length=24, unique=True)
    title = models.CharField(_("decision to be carried out"), max_length=160)
    issuer = models.CharField(_("issued by"), max_length=80)
    document = models.CharField(_("document"), max_length=120, blank=True)
    decided_on = models.DateField(_("issued on"), null=True, blank=True)
    is_active = models.BooleanField(_("still to be supervised"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("great decision")
        verbose_name_plural = _("great decisions")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """「监督检查轮次」 One inspection, check or campaign of one of the four forces, over some targets."""

    class Kind(models.TextChoices):
        INSPECTION = "inspection", _("inspection round")
        PATROL = "patrol", _("patrol of diligence and honesty")
        SELF = "self", _("self-check of a unit")
        MUTUAL = "mutual", _("mutual check")
        FOCUSED = "focused", _("focused supervision by a department")
        UNANNOUNCED = "unannounced", _("unannounced visit")
        TOPIC = "topic", _("political supervision of a decision")
        ENFORCEMENT = "enforcement", _("check of law enforcement")
        POINTS = "points", _("check of service points")
        FIRMS = "firms", _("visits to firms")
        SMALL_CLASS = "class", _("small supervision class")
        CAMPAIGN = "campaign", _("check of a campaign")

    class Force(models.TextChoices):
        DISCIPLINE = "discipline", _("discipline supervision")
        SUPERVISION = "supervision", _("state supervision")
        STATIONED = "stationed", _("stationed supervision")
        INSPECTION = "inspection", _("inspection supervision")

    class Mode(models.TextChoices):
        PLAIN = "", _("ordinary")
        WITH_VILLAGES = "with_villages", _("township with its villages")
        EXTENDED = "extended", _("extended below an inspected body")
        CROSSED = "crossed", _("crossed: a team from elsewhere")
        JOINT = "joint", _("joint: two levels together")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a round", "planned")
        RUNNING = "running", pgettext_lazy("a round", "running")
        CLOSED = "closed", pgettext_lazy("a round", "closed")
        CANCELLED = "cancelled", pgettext_lazy("a round", "cancelled")

    number = models.CharField(_("number"), max_length=32, unique=True)
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind of check"), max_length=12, choices=Kind)
    force = models.CharField(_("force"), max_length=12, choices=Force, default=Force.INSPECTION)
    mode = models.CharField(_("mode"), max_length=16, choices=Mode, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("led by"))
    joint_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("led together with")
    )
    decision = models.ForeignKey(
        GreatDecision, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("great decision")
    )
    topic = models.CharField(_("decision or problem it is about"), max_length=200, blank=True)
    form = models.ForeignKey(SheetForm, models.PROTECT, related_name="+", verbose_name=_("check sheet"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    document = models.CharField(_("document"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PLANNED)
    draw = models.OneToOneField(
        Draw, models.PROTECT, null=True, related_name="inspection_round", verbose_name=_("draw of the team")
    )

    class Meta:
        verbose_name = _("round of checks")
        verbose_name_plural = _("rounds of checks")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="inspection_round_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.title


class Target(models.Model):
    """「被检查对象」 One unit (or one firm it answers for) that a round looks at; `reason` where it comes too soon."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="targets", verbose_name=_("round of checks"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit looked at"))
    firm = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("firm visited")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("township"))
    reason = models.CharField(_("why again within six months"), max_length=200, blank=True)
    checker = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checking unit")
    )
    told_on = models.DateField(_("feedback given on"), null=True)
    told_to = models.CharField(_("who attended the feedback"), max_length=200, blank=True)
    opinion = models.TextField(_("opinion given"), blank=True)

    class Meta:
        verbose_name = _("target of a round")
        verbose_name_plural = _("targets of rounds")
        ordering = ["round", "place__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit"], condition=Q(firm=None), name="inspection_target_once_a_round"
            ),
            models.UniqueConstraint(fields=["round", "unit", "firm"], name="inspection_firm_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}（{self.firm}）" if self.firm_id else str(self.unit)


class Member(models.Model):
    """「一事一授权」 The authority of one person for one round, from a day to a day; it ends by itself."""

    class Duty(models.TextChoices):
        HEAD = "head", _("head of the team")
        DEPUTY = "deputy", _("deputy head of the team")
        MEMBER = "member", _("member of this team")

    number = models.CharField(_("number of the authority"), max_length=32, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="members", verbose_name=_("round of checks"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    duty = models.CharField(_("duty"), max_length=8, choices=Duty, default=Duty.MEMBER)
    may_find = models.BooleanField(_("may enter findings"), default=True)
    is_drawn = models.BooleanField(_("drawn by lot"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))
    ended = models.CharField(_("why it ended early"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("authority for one round")
        verbose_name_plural = _("authorities for rounds")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="inspection_member_once_a_round"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="inspection_member_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.person}"
