"""How those who serve bind themselves: norms and their signatures, checks, duty, the people's diary, cards."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place
from huilian.engine.look.text import say

from .points import Point

USER = settings.AUTH_USER_MODEL


class Norm(models.Model):
    """「制度文本」 One of the eight rules, a code of conduct or a pledge. A new text is a new version."""

    class Kind(models.TextChoices):
        RULE = "rule", _("one of the eight rules")
        CONDUCT = "conduct", _("code of conduct")
        PLEDGE = "pledge", _("pledge")

    kind = models.CharField(pgettext_lazy("norm", "kind"), max_length=8, choices=Kind)
    key = models.CharField(_("key"), max_length=24)
    name = models.CharField(pgettext_lazy("norm", "name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    text = models.TextField(_("text"))
    text_en = models.TextField(_("English text"), blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    is_current = models.BooleanField(_("in force"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        ordering = ["kind", "position", "key"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="service_norm_version")]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en})

    @property
    def words(self) -> str:
        return say({"zh": self.text, "en": self.text_en})


class Signature(models.Model):
    """「签署」 Somebody of a point has signed a norm in this very version."""

    norm = models.ForeignKey(Norm, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("norm"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("service point")
    )
    promise = models.CharField(_("own promise"), max_length=200, blank=True)  # stands on the page of promises
    digest = models.CharField(_("digest of the text"), max_length=64)
    signed_at = models.DateTimeField(_("signature date"))

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["norm", "signed_at"]
        constraints = [models.UniqueConstraint(fields=["norm", "person"], name="service_signature_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.norm}"


class NormCheck(models.Model):
    """「制度检查」 What the eight rules gave at a point on a day, as it was counted then, with the head's remark."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="checks", verbose_name=_("service point"))
    on = models.DateField(_("day"))
    findings = models.JSONField(_("what was counted"))  # [{key, good, counted, failing}]
    remark = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("check of the rules")
        verbose_name_plural = _("checks of the rules")
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint(fields=["point", "on"], name="service_check_once_a_day")]

    def __str__(self) -> str:
        return f"{self.point} {self.on}"


class Shift(models.Model):
    """「干部值班」 Who is on duty at a point on a day, and whether they were there (S3-56)."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="shifts", verbose_name=_("service point"))
    on = models.DateField(_("day"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    signed_in_at = models.DateTimeField(_("signed in"), null=True)
    spot = models.CharField(_("where"), max_length=80, blank=True)
    absence = models.CharField(_("reason of the absence"), max_length=200, blank=True)
    stand_in = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("stand-in")
    )

    class Meta:
        verbose_name = _("day on duty")
        verbose_name_plural = _("duty rota")
        ordering = ["on", "point", "pk"]
        constraints = [models.UniqueConstraint(fields=["point", "on", "person"], name="service_shift_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.person}"


class DiaryEntry(models.Model):
    """「民情日志」 What somebody heard in a household and what came of it. Names of villagers are shown masked."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("noted by"))
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="diary", verbose_name=_("service point"))
    place = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("village visited")
    )
    on = models.DateField(_("day"))
    household = models.CharField(_("household"), max_length=60, blank=True)
    heard = models.TextField(_("what was heard"))
    done = models.TextField(_("what was done"), blank=True)
    follow_on = models.DateField(_("come back on"), null=True, blank=True)
    settled_on = models.DateField(_("settled day"), null=True, blank=True)
    case_number = models.CharField(_("became the case"), max_length=32, blank=True)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("entry of the people's diary")
        verbose_name_plural = _("people's diary")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.person}"


class SupervisionCard(models.Model):
    """「监督卡」 A card with a code that leads people to who serves them, and to rating or complaining about it."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="cards", verbose_name=_("service point"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    issued_on = models.DateField(_("issued"))
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("supervision card")
        verbose_name_plural = _("supervision cards")
        ordering = ["-issued_on", "code"]

    def __str__(self) -> str:
        return self.code
