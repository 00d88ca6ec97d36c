"""What people give back and take part in: ratings, postings and sign-ups, volunteers; and checklists of the points."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Place
from huilian.engine.look.text import say

from .applications import Application
from .catalogue import Item
from .points import Point

USER = settings.AUTH_USER_MODEL


class Rating(models.Model):
    """「好差评」 Five grades, given once by who applied. A bad one is called back always, and corrected on a clock."""

    class Stars(models.IntegerChoices):
        VERY_BAD = 1, _("very dissatisfied")
        BAD = 2, _("dissatisfied")
        BASIC = 3, _("basically satisfied")
        GOOD = 4, _("satisfied")
        VERY_GOOD = 5, _("very satisfied")

    class State(models.TextChoices):
        GOOD = "good", _("nothing to correct")
        CALL = "call", _("to be called back")
        APPEAL = "appeal", _("said to be a slip, to be decided")
        CORRECT = "correct", _("to be corrected")
        CHECK = "check", _("corrected, to be confirmed")
        CLOSED = "closed", pgettext_lazy("rating", "closed")
        SLIP = "slip", _("a slip, not counted")

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField(_("grade"), choices=Stars)
    words = models.TextField(_("in their own words"), blank=True)
    rated_at = models.DateTimeField(_("rated"))
    state = models.CharField(_("state"), max_length=8, choices=State)
    clock = models.ForeignKey(Clock, null=True, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(_("called back"), null=True)
    called_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    call_note = models.TextField(_("what the applicant said"), blank=True)
    appeal_note = models.TextField(_("why it is a slip"), blank=True)
    appealed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decision_note = models.TextField(_("decision"), blank=True)
    correction = models.TextField(_("what was corrected"), blank=True)
    corrected_at = models.DateTimeField(_("corrected at"), null=True)
    closed_at = models.DateTimeField(pgettext_lazy("rating", "closed at"), null=True)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "rated_at"], name="service_rating_state")]
        constraints = [models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="service_rating_five_grades")]

    def __str__(self) -> str:
        return f"{self.application} {self.stars}"

    @property
    def is_bad(self) -> bool:
        return self.stars <= self.Stars.BAD


class Posting(models.Model):
    """「信息发布」 A job, a loan, a training, a policy to ask about, with a list of who signed up (S3-40)."""

    class Kind(models.TextChoices):
        JOB = "job", _("work")
        PLACEMENT = "placement", _("placement")
        POLICY = "policy", _("policies and law")
        LOAN = "loan", _("small loan")
        TRAINING = "training", _("farming course")

    number = models.CharField(_("number"), max_length=32, unique=True)
    kind = models.CharField(pgettext_lazy("posting", "kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="postings", verbose_name=_("service point"))
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["-opens_on", "-id"]

    def __str__(self) -> str:
        return self.title


class SignUp(models.Model):
    """「报名」 Somebody wants to take part."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="sign_ups", verbose_name=_("posting"))
    name = models.CharField(_("who signed up"), max_length=60)
    phone = models.CharField(_("telephone"), max_length=32)
    note = models.CharField(_("note"), max_length=200, blank=True)
    signed_at = models.DateTimeField(_("signed up"))
    outcome = models.CharField(_("what came of it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["posting", "signed_at"]
        constraints = [models.UniqueConstraint(fields=["posting", "name", "phone"], name="service_sign_up_once")]

    def __str__(self) -> str:
        return f"{self.posting_id}:{self.pk}"  # never a name: this string ends up in logs


class Volunteer(models.Model):
    """「代办志愿者」 A villager who goes along or goes instead, for nothing."""

    name = models.CharField(_("volunteer"), max_length=60)
    phone = models.CharField(_("telephone"), max_length=32)
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, related_name="volunteers", verbose_name=_("service point")
    )
    helps_with = models.CharField(_("helps with"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")
        ordering = ["point", "starts_on"]
        constraints = [models.UniqueConstraint(fields=["point", "name", "phone"], name="service_volunteer_once")]

    def __str__(self) -> str:
        return f"volunteer:{self.pk}"


class Checklist(models.Model):
    """「设施标准」 六有, 十个一, 五统一: what a point must have. The contents are the county's (origin default)."""

    key = models.CharField(_("key"), max_length=24, unique=True)
    name = models.CharField(pgettext_lazy("checklist", "name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    lines = models.JSONField(_("lines of the list"), default=list)  # [{zh, en}]
    level = models.PositiveSmallIntegerField(
        _("for points of level"), choices=Place.Level.choices, null=True, blank=True
    )
    origin = models.CharField(_("origin"), max_length=12, default="county")

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["key"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en})


class SelfCheck(models.Model):
    """「达标自查」 What a point found about itself, line by line, on a day."""

    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, related_name="self_checks", verbose_name=_("service point")
    )
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="self_checks")
    on = models.DateField(_("day"))
    met = models.JSONField(_("lines met"))  # [true, false, …] in the order of the lines as they were
    lines = models.JSONField(_("lines of the list"), default=list)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("self-check of a point")
        verbose_name_plural = _("self-checks of points")
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint(fields=["point", "checklist", "on"], name="service_self_check_once")]

    def __str__(self) -> str:
        return f"{self.point} {self.checklist} {self.on}"
