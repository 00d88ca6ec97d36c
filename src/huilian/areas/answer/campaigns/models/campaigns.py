"""A campaign, what it works on, what it measures, whom it reminds."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case
from huilian.foundation.holidays import HOLIDAYS


class Field(models.TextChoices):
    """Fields of people's livelihood; the same codes in every area."""

    ASSETS = "assets", _("funds, assets and resources of villages")
    LAND = "land", _("land acquisition and relocation")
    SUBSIDY = "subsidy", _("farm subsidies")
    WORKS = "works", pgettext_lazy("field", "works")
    RELIEF = "relief", _("social relief")
    HOMESTEAD = "homestead", _("homesteads")
    ELECTION = "election", pgettext_lazy("field", "elections")
    ENFORCEMENT = "enforcement", _("law enforcement")
    SCHOOLS_HEALTH = "schools_health", _("schools and health")
    FOUR_WINDS = "four_winds", _("four winds")
    GANGS = "gangs", _("gangs and evil forces")
    MARKET = "market", _("market supervision")
    OTHER = "other", pgettext_lazy("field", "other")


class CampaignKind(models.Model):
    """「整治类别」 A kind of campaign as the county lists it; what it is about stands in its aspects."""

    key = models.SlugField(_("key"), max_length=24, unique=True)
    name = models.CharField(_("name of the kind"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("kind of campaign")
        verbose_name_plural = _("kinds of campaigns")
        ordering = ["pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Aspect(models.Model):
    """「整治重点」 One of the things a kind of campaign is about: one of the four winds, one of three effects."""

    kind = models.ForeignKey(CampaignKind, models.PROTECT, related_name="aspects", verbose_name=_("kind of campaign"))
    key = models.SlugField(_("key"), max_length=24)
    name = models.CharField(_("name of the aspect"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("aspect of a campaign")
        verbose_name_plural = _("aspects of campaigns")
        ordering = ["kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="campaign_aspect_once")]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class Campaign(models.Model):
    """「专项整治」 One campaign (or one year of it) led by a unit together with others, from a day to a day."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a campaign", "planned")
        RUNNING = "running", pgettext_lazy("a campaign", "running")
        CLOSED = "closed", pgettext_lazy("a campaign", "closed")

    number = models.CharField(_("number of the campaign"), max_length=32, unique=True)
    title = models.CharField(_("title"), max_length=120)
    kind = models.ForeignKey(CampaignKind, models.PROTECT, related_name="+", verbose_name=_("kind of campaign"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("led by"))
    joint = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("joint departments"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    objectives = models.TextField(_("objectives"), blank=True)
    document = models.CharField(_("document"), max_length=120, blank=True)
    field = models.CharField(_("field"), max_length=16, choices=Field, blank=True)
    rules = models.CharField(_("rules whose alerts it takes up"), max_length=200, blank=True)  # "ZJ01 HT02"
    matters = models.CharField(_("matters of the hotline it takes up"), max_length=200, blank=True)  # topics or codes
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PLANNED)
    published_on = models.DateField(_("figures published on"), null=True)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after")]

    def __str__(self) -> str:
        return self.title


class Problem(models.Model):
    """「整治问题」 One line of a campaign's problem base. What a source proposes counts once a person accepted it; from
    then on it is a case of the unit concerned."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("a problem", "proposed")
        ACCEPTED = "accepted", pgettext_lazy("a problem", "accepted")
        REFUSED = "refused", pgettext_lazy("a problem", "not taken up")

    number = models.CharField(_("number of the problem"), max_length=32, unique=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="problems", verbose_name=_("campaign"))
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="campaign_problem")
    aspect = models.ForeignKey(
        Aspect, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("aspect of a campaign")
    )
    field = models.CharField(_("field"), max_length=16, choices=Field, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit concerned"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("township"))
    fact = models.TextField(_("fact"))
    amount_cents = models.BigIntegerField(_("amount concerned"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=16, default="hand")
    source_ref = models.CharField(_("number of the source"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PROPOSED)
    noted_on = models.DateField(_("noted on"))
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))
    decided_on = models.DateField(_("decision made on"), null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    reason = models.CharField(_("reason of the decision"), max_length=300, blank=True)
    measures = models.TextField(_("measures promised"), blank=True)
    responsible = models.CharField(_("who answers for it"), max_length=64, blank=True)
    promised_for = models.DateField(_("promised for"), null=True)
    result = models.TextField(_("what was done about it"), blank=True)
    handed_in_at = models.DateTimeField(_("handed in"), null=True)
    verified = models.TextField(_("how it was verified"), blank=True)
    effect = models.TextField(_("effect"), blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("signed off by"))

    class Meta:
        verbose_name = _("problem of a campaign")
        verbose_name_plural = _("problems of campaigns")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "source", "source_ref"], condition=~Q(source_ref=""), name="campaign_problem_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.fact[:40]}"

    @property
    def step(self) -> dict[str, str]:
        """Where it stands, in words of the procedure."""
        return self.case.definition.step(self.case.step).name if self.case else {"zh": ""}


class Measure(models.Model):
    """「成效指标」 One thing a campaign counts: checks made, goods seized, money relieved, cases, people warned."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="measures", verbose_name=_("campaign"))
    name = models.CharField(_("what is counted"), max_length=60)
    word = models.CharField(_("unit of counting"), max_length=12, blank=True)
    is_money = models.BooleanField(_("counted in money"), default=False)

    class Meta:
        verbose_name = _("measure of a campaign")
        verbose_name_plural = _("measures of campaigns")
        ordering = ["campaign", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "name"], name="campaign_measure_once")]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """「成效登记」 One amount of a measure, with the paper it stands on. Never changed: a wrong one is struck out."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="entries", verbose_name=_("measure"))
    day = models.DateField(_("day it was done"))
    amount = models.BigIntegerField(_("amount"))  # cents where the measure is money
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("reported by"))
    paper = models.CharField(_("paper it stands on"), max_length=120)
    struck = models.CharField(_("why it was struck out"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("entry of a measure")
        verbose_name_plural = _("entries of measures")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.measure} {self.amount}"


class Fund(models.Model):
    """「资金清单」 One fund a livelihood campaign looks through."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="funds", verbose_name=_("campaign"))
    name = models.CharField(_("name of the fund"), max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit in charge"))
    year = models.PositiveSmallIntegerField(_("year"))
    given_cents = models.BigIntegerField(_("amount given"))
    paid_cents = models.BigIntegerField(_("amount paid out"), null=True, blank=True)
    paper = models.CharField(_("paper it stands on"), max_length=120)

    class Meta:
        verbose_name = _("fund of a campaign")
        verbose_name_plural = _("funds of campaigns")
        ordering = ["campaign", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "name", "year"], name="campaign_fund_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class Comparison(models.Model):
    """「数据比对」 A task to compare two lists by a key. Of the lists only counts and keyed digests stay."""

    class Wrong(models.TextChoices):
        BOTH = "both", _("stands in both lists")
        LEFT = "left", _("stands in the first list only")
        RIGHT = "right", _("stands in the second list only")

    number = models.CharField(_("number of the comparison"), max_length=32, unique=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="comparisons", verbose_name=_("campaign"))
    title = models.CharField(_("what is looked for"), max_length=120)
    left = models.CharField(_("first list"), max_length=120)
    right = models.CharField(_("second list"), max_length=120)
    wrong = models.CharField(_("what counts as a difference"), max_length=8, choices=Wrong)
    due_on = models.DateField(_("to be done by"))
    done_on = models.DateField(_("compared on"), null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("compared by"))
    left_rows = models.PositiveIntegerField(_("rows of the first list"), default=0)
    right_rows = models.PositiveIntegerField(_("rows of the second list"), default=0)
    unread = models.PositiveIntegerField(_("rows without a readable number"), default=0)
    both = models.PositiveIntegerField(_("in both lists"), default=0)

    class Meta:
        verbose_name = _("comparison of two lists")
        verbose_name_plural = _("comparisons of lists")
        ordering = ["campaign", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Difference(models.Model):
    """「比对差异」 What should not be so, by its rows in the two lists and a keyed digest: no number, no name."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="differences", verbose_name=_("comparison"))
    digest = models.CharField(max_length=64)
    left_row = models.PositiveIntegerField(_("row in the first list"), null=True)
    right_row = models.PositiveIntegerField(_("row in the second list"), null=True)
    problem = models.ForeignKey(
        Problem, models.PROTECT, null=True, related_name="differences", verbose_name=_("problem of a campaign")
    )

    class Meta:
        verbose_name = _("difference between lists")
        verbose_name_plural = _("differences between lists")
        ordering = ["comparison", "pk"]
        constraints = [models.UniqueConstraint(fields=["comparison", "digest"], name="campaign_difference_once")]

    def __str__(self) -> str:
        return f"{self.left_row or '—'} / {self.right_row or '—'}"


class Reminder(models.Model):
    """「节点提醒」 What units are reminded of so many working days before a holiday begins."""

    holiday = models.CharField(
        _("holiday"), max_length=20, unique=True, choices=[(key, words["zh"]) for key, words in HOLIDAYS.items()]
    )
    days_before = models.PositiveSmallIntegerField(_("working days before"), default=5)
    text = models.CharField(_("text of the reminder"), max_length=300)
    is_active = models.BooleanField(_("in use"), default=True)
    sent_for = models.DateField(_("last sent for the holiday from"), null=True)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("reminder before a holiday")
        verbose_name_plural = _("reminders before holidays")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_holiday_display()
