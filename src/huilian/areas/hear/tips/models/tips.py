"""The register. One numbering for every way in."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Place, Unit
from huilian.engine.procedures.models import Case
from huilian.engine.procedures.sealed import seal_kind

from .. import rules

KIND = "tip"
seal_kind(KIND)


class Tip(models.Model):
    """「检举控告件」 One tip: number, way in, dates, field, place and unit concerned; its steps are its case's. What it
    says, and who said it, lie in the vault under "tip:<number>"."""

    class Channel(models.TextChoices):
        LETTER = "letter", pgettext_lazy("way in of a tip", "letter")
        VISIT = "visit", pgettext_lazy("way in of a tip", "visit")
        PHONE = "phone", pgettext_lazy("way in of a tip", "telephone 12388")
        WEB = "web", pgettext_lazy("way in of a tip", "web")
        SMS = "sms", pgettext_lazy("way in of a tip", "text message")
        VIDEO = "video", pgettext_lazy("way in of a tip", "video visit")
        POST = "post", pgettext_lazy("way in of a tip", "people's supervision post")

    class Named(models.TextChoices):
        ANONYMOUS = "anonymous", _("anonymous")
        NAMED = "named", _("real name")
        JOINT = "joint", _("joint names")

    class Sort(models.TextChoices):
        ACCUSATION = "accusation", _("accusation")
        APPEAL = "appeal", pgettext_lazy("sort of a tip", "appeal against a disciplinary decision")
        SUGGESTION = "suggestion", _("suggestion or criticism")
        OTHER = "other", pgettext_lazy("sort of a tip", "not a matter of discipline")

    class Level(models.TextChoices):
        OWN = rules.OWN, _("within own competence")
        LOWER = rules.LOWER, _("of a lower level")
        HIGHER = rules.HIGHER, _("cadre of a higher level")
        OWN_HEAD = rules.OWN_HEAD, _("head of this commission")
        OUTSIDE = rules.OUTSIDE, _("outside discipline")

    class Field(models.TextChoices):
        ASSETS = "assets", _("village money and assets")
        LAND = "land", _("land taking and demolition")
        SUBSIDY = "subsidy", _("farm subsidies")
        WORKS = "works", _("construction")
        RELIEF = "relief", _("minimum allowance and relief")
        HOMESTEAD = "homestead", _("homesteads")
        ELECTION = "election", _("elections")
        ENFORCEMENT = "enforcement", _("law enforcement")
        SCHOOLS_HEALTH = "schools_health", _("schools and health")
        FOUR_WINDS = "four_winds", _("four winds")
        GANGS = "gangs", _("gangs and their umbrellas")
        MARKET = "market", _("market management")
        OTHER = "other", pgettext_lazy("field of a tip", "other")

    class Micro(models.TextChoices):
        EMBEZZLE = "embezzle", _("embezzlement")
        FALSE_CLAIM = "false_claim", _("false claims")
        SHAKEDOWN = "shakedown", _("shaking people down")
        FAVOUR = "favour", _("favouring kin and friends")

    case = models.OneToOneField(Case, models.PROTECT, related_name="tip", verbose_name=_("case"))
    number = models.CharField(_("number"), max_length=32, unique=True)
    channel = models.CharField(_("way in"), max_length=8, choices=Channel)
    named = models.CharField(_("by name or not"), max_length=10, choices=Named)
    sort = models.CharField(_("sort of tip"), max_length=12, choices=Sort, default=Sort.ACCUSATION)
    level = models.CharField(_("whom it concerns"), max_length=10, choices=Level, default=Level.OWN)
    field = models.CharField(_("field of power"), max_length=16, choices=Field, blank=True)
    micro = models.CharField(_("type of micro-corruption"), max_length=12, choices=Micro, blank=True)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("tips", "unit concerned"),
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place concerned")
    )
    received_at = models.DateTimeField(pgettext_lazy("tips", "received"))
    repeat_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeats", verbose_name=_("repeats")
    )
    fast_lane = models.BooleanField(_("fast lane"), default=False)
    code_digest = models.CharField(max_length=64, editable=False)
    reporter_public = models.BinaryField(_("public key of the receipt code"))  # its secret is the code itself
    recording = models.CharField(_("reference of the recording"), max_length=64, blank=True)
    is_canary = models.BooleanField(_("planted"), default=False)
    passed_to = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("passed to the lower level")
    )
    told_at = models.DateTimeField(_("acceptance told"), null=True)
    result_told_at = models.DateTimeField(_("result told"), null=True)
    lead = models.CharField(_("number of the lead"), max_length=32, blank=True)
    carrier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("carried by")
    )
    receipt = models.CharField(_("receipt of the hand-over"), max_length=100, blank=True)
    destroyed_at = models.DateTimeField(_("content destroyed"), null=True)

    class Meta:
        verbose_name = _("tip")
        verbose_name_plural = _("tips")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "field"], name="tip_of_unit_and_field")]

    def __str__(self) -> str:
        return self.number

    @cached_property
    def led(self):
        """「包案」 Who leads it, if a leader does or did; None after one whose access ended unsigned."""
        return next((charge for charge in self.charges.all() if charge.ended_on is None), None)

    @property
    def subject(self) -> str:
        """What its boxes belong to."""
        return f"{KIND}:{self.number}"
