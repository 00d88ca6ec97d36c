"""A petition, those who handed it in, and its reviews."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Place, Unit
from huilian.engine.procedures.models import Case

from .catalogue import Ground, Path


class Field(models.TextChoices):
    """Fields of petitions, by the county's common codes."""

    ASSETS = "assets", _("collective funds, assets and resources")
    LAND = "land", _("land taken and houses pulled down")
    SUBSIDY = "subsidy", _("farm subsidies")
    WORKS = "works", pgettext_lazy("field of petitions", "works")
    RELIEF = "relief", _("minimum living and relief")
    HOMESTEAD = "homestead", _("homesteads")
    ELECTION = "election", _("elections")
    ENFORCEMENT = "enforcement", _("law enforcement")
    SCHOOLS_HEALTH = "schools_health", _("schools and health")
    FOUR_WINDS = "four_winds", _("conduct of officials")
    GANGS = "gangs", _("gangs and bullies")
    MARKET = "market", _("market supervision")
    OTHER = "other", pgettext_lazy("field of petitions", "other")


class Petition(models.Model):
    """「信访事项」 An open matter. Its number, steps and clocks are those of its case.

    Who handed it in stands apart (`Petitioner`) and takes part in no list, count or rule. `answered_at` is the day the
    answer was signed, `delivered_at` the day the person had it in hand: only that stops the clock.
    """

    class Kind(models.TextChoices):
        SUGGESTION = "suggestion", _("suggestion or opinion")
        DEMAND = "demand", _("appeal or demand")

    class Channel(models.TextChoices):
        LETTER = "letter", pgettext_lazy("channel of petitions", "letter")
        VISIT = "visit", pgettext_lazy("channel of petitions", "visit")
        WEB = "web", pgettext_lazy("channel of petitions", "web")
        PHONE = "phone", pgettext_lazy("channel of petitions", "telephone")
        HOTLINE = "hotline", pgettext_lazy("channel of petitions", "passed on by the hotline")

    class Way(models.TextChoices):
        HANDED = "handed", _("handed over and signed for")
        POST = "post", _("registered post")
        ONLINE = "online", _("read on the page with the code")

    class Grade(models.IntegerChoices):
        BEST = 5, _("very satisfied")
        GOOD = 4, _("satisfied")
        FAIR = 3, _("basically satisfied")
        POOR = 2, _("dissatisfied")
        BAD = 1, _("very dissatisfied")

    case = models.OneToOneField(Case, models.PROTECT, related_name="petition", verbose_name=_("case"))
    kind = models.CharField(_("kind of petition"), max_length=12, choices=Kind)
    channel = models.CharField(pgettext_lazy("of a petition", "channel"), max_length=8, choices=Channel)
    source_no = models.CharField(_("number where it comes from"), max_length=40, blank=True)
    field = models.CharField(pgettext_lazy("of a petition", "field"), max_length=16, choices=Field, default=Field.OTHER)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place concerned"))
    about = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit it is about")
    )
    text = models.TextField(_("text of the petition"))
    people = models.PositiveIntegerField(_("number of people"), default=1)
    visited_level = models.PositiveSmallIntegerField(
        _("level visited"), choices=Place.Level.choices, null=True, blank=True
    )
    is_skip = models.BooleanField(_("skipped a level"), default=False)
    repeat_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeats", verbose_name=_("repeat of")
    )
    is_simple = models.BooleanField(_("simple handling"), default=False)
    path = models.ForeignKey(Path, models.PROTECT, null=True, related_name="+", verbose_name=_("lawful way"))
    ground = models.ForeignKey(Ground, models.PROTECT, null=True, related_name="+", verbose_name=_("legal ground"))
    told_text = models.TextField(_("what was told"), blank=True)
    told_at = models.DateTimeField(_("told in writing"), null=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    claim = models.TextField(_("claim"), blank=True)
    facts = models.TextField(_("facts found"), blank=True)
    law = models.TextField(_("legal grounds"), blank=True)
    opinion = models.TextField(_("opinion on handling"), blank=True)
    remedy = models.TextField(_("remedy and period"), blank=True)
    answered_at = models.DateTimeField(_("answer signed"), null=True)
    delivered_at = models.DateTimeField(_("answer delivered"), null=True)
    is_late = models.BooleanField(_("delivered late"), default=False)
    delivered_way = models.CharField(_("how delivered"), max_length=8, choices=Way, blank=True)
    proof = models.CharField(_("proof of delivery"), max_length=120, blank=True)
    ask_until = models.DateField(_("review can be asked until"), null=True)
    plan = models.TextField(_("plan for old matters"), blank=True)
    plan_due_on = models.DateField(_("to be settled by"), null=True)
    stars = models.PositiveSmallIntegerField(_("grade of the petitioner"), choices=Grade, null=True)
    words = models.CharField(_("words of the petitioner"), max_length=500, blank=True)
    code_digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(channel="visit") | Q(visited_level__isnull=False), name="petition_visit_has_level"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case.number} {self.case.title}"


class Petitioner(models.Model):
    """「信访人」 One of those who handed it in: known to those who must answer them, opened for a purpose each time."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="petitioners")
    name = models.CharField(_("name of petitioner"), max_length=40)
    phone = models.CharField(_("telephone of petitioner"), max_length=32, blank=True)
    address = models.CharField(_("address of petitioner"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("petitioner")
        verbose_name_plural = _("petitioners")
        ordering = ["pk"]


class Review(models.Model):
    """「复查·复核」 The answer looked at again by the organ above; the second time is the last."""

    class Stage(models.IntegerChoices):
        REVIEW = 1, _("review")
        FINAL = 2, _("final review")

    class Result(models.TextChoices):
        UPHELD = "upheld", _("the answer stands")
        CHANGED = "changed", _("the answer is changed")
        AGAIN = "again", _("to be handled again")

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="reviews", verbose_name=_("petition"))
    stage = models.PositiveSmallIntegerField(_("stage of review"), choices=Stage)
    reason = models.TextField(_("reason for asking"))
    asked_at = models.DateTimeField(_("asked for on"))
    organ = models.CharField(_("reviewing organ"), max_length=120, blank=True)
    result = models.CharField(_("result of review"), max_length=8, choices=Result, blank=True)
    text = models.TextField(_("opinion of review"), blank=True)
    delivered_at = models.DateTimeField(_("opinion delivered"), null=True)
    ask_until = models.DateField(_("final review can be asked until"), null=True)

    class Meta:
        verbose_name = _("review of a petition")
        verbose_name_plural = _("reviews of petitions")
        ordering = ["pk"]
