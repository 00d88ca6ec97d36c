"""One application from the first visit to the result at home: papers, hand-overs, trips, feedback; and drafts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Person, Unit
from huilian.engine.documents.models import Attachment
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case

from .catalogue import Item, Material
from .points import Point

USER = settings.AUTH_USER_MODEL


class Application(models.Model):
    """「办件」 What somebody applied for at a point. The case holds step and clock; the code only as a keyed digest."""

    class Channel(models.TextChoices):
        WINDOW = "window", _("at the window")
        WEB = "web", _("by phone or computer")
        KIOSK = "kiosk", _("at the touch screen")
        VISIT = "visit", _("at the villager's home")
        PHONE = "phone", _("by telephone")

    class Mode(models.TextChoices):
        """「五种办理方式」 S3-49."""

        NOW = "now", _("done at once")
        GUIDED = "guided", _("guided")
        JOINT = "joint", _("handled jointly")
        AGENT = "agent", _("handled by an agent")
        ACTIVE = "active", _("served unasked")

    class Result(models.TextChoices):
        GRANTED = "granted", _("granted")
        DENIED = "denied", _("not granted")
        ADVISED = "advised", _("advised")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="service_application")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="applications", verbose_name=_("item"))
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="applications", verbose_name=_("taken at"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    applicant_name = models.CharField(_("applicant"), max_length=60)
    applicant_phone = models.CharField(_("telephone"), max_length=32, blank=True)
    identity_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    identity_masked = models.CharField(_("identity number"), max_length=24, blank=True)
    said = models.JSONField(_("what was filled in"), default=dict)
    request_key = models.CharField(max_length=64, unique=True, null=True, editable=False)
    code_digest = models.CharField(max_length=64, editable=False)
    first_asked = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("first asked")
    )
    mode = models.CharField(_("way of handling"), max_length=8, choices=Mode, blank=True)
    agent = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("agent"), blank=True
    )
    delegated_at = models.DateTimeField(_("letter of delegation signed"), null=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    promised_on = models.DateField(_("promised by"), null=True)
    promise_reason = models.TextField(_("why not at once"), blank=True)
    promise_conditions = models.TextField(_("what it depends on"), blank=True)
    legal_days = models.PositiveSmallIntegerField(_("legal limit in working days"), null=True)
    fee_cents = models.PositiveIntegerField(_("fee taken"), default=0)
    trips = models.PositiveSmallIntegerField(_("trips of the applicant"), default=0)
    result = models.CharField(_("result"), max_length=8, choices=Result, blank=True)
    result_text = models.TextField(_("result in words"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    deliver_to = models.CharField(_("where the result goes"), max_length=8, default="window")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["point", "-id"], name="service_app_point"),
            models.Index(fields=["item", "-id"], name="service_app_item"),
            models.Index(fields=["agent", "-id"], name="service_app_agent"),
        ]

    def __str__(self) -> str:
        return self.case.number

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def told(self) -> bool:
        """Whether the result may be shown: the case is over, or the answer on its way."""
        return bool(self.result) and self.case.step in ("feedback", "closed")


class Paper(models.Model):
    """「收件材料」 One listed paper of an application and what was handed in for it."""

    class State(models.TextChoices):
        MISSING = "missing", _("missing")
        GIVEN = "given", _("handed in")
        WRONG = "wrong", _("not usable")
        WAITS = "waits", _("follows later")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="papers")
    material = models.ForeignKey(Material, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(pgettext_lazy("paper", "name"), max_length=80)  # as it was called then
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    is_required = models.BooleanField(_("must be handed in"), default=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.MISSING)
    files = models.ManyToManyField(Attachment, blank=True, related_name="+")
    note = models.CharField(_("what is wrong with it"), max_length=200, blank=True)
    given_at = models.DateTimeField(_("handed in at"), null=True)

    class Meta:
        verbose_name = _("paper of an application")
        verbose_name_plural = _("papers of applications")
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en})


class PaperNotice(models.Model):
    """「一次性告知」 Everything that is missing, told once (行政许可法 §32). A second one needs a new fact."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notices")
    number = models.CharField(_("number"), max_length=32, unique=True)
    missing = models.JSONField(_("what is missing"))  # [{paper, zh, en, note}]
    new_fact = models.TextField(_("new fact"), blank=True)
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    met_at = models.DateTimeField(_("complete since"), null=True)

    class Meta:
        verbose_name = _("notice of missing papers")
        verbose_name_plural = _("notices of missing papers")
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(new_fact=""), name="service_notice_once_without_new_fact"
            )
        ]

    def __str__(self) -> str:
        return self.number


class Leg(models.Model):
    """「交接」 One stay of an application with a unit, on a clock of its own."""

    class Kind(models.TextChoices):
        OWN = "own", _("at the point that took it")
        CO = "co", _("a department that helps")
        UP = "up", _("the next level up")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="legs")
    kind = models.CharField(_("kind of hand-over"), max_length=4, choices=Kind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    level = models.PositiveSmallIntegerField(_("level"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)  # departments of one position work together
    task = models.CharField(_("what it is to do"), max_length=200, blank=True)
    days = models.PositiveSmallIntegerField(_("working days"))
    clock = models.ForeignKey(Clock, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("handed over"), null=True)  # none while departments before it still work
    ended_at = models.DateTimeField(_("finished"), null=True)
    opinion = models.TextField(_("what it found"), blank=True)
    agrees = models.BooleanField(_("agrees"), null=True)

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["application", "pk"]
        indexes = [models.Index(fields=["unit", "ended_at"], name="service_leg_unit")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.unit}"


class Trip(models.Model):
    """「代办行程」 A way the agent went for the applicant, until the result is there."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="travel")
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("agent"))
    on = models.DateField(_("day"))
    where = models.CharField(_("where to"), max_length=80)
    done = models.CharField(_("what was done"), max_length=300)
    noted_at = models.DateTimeField(_("noted"))

    class Meta:
        verbose_name = _("trip of the agent")
        verbose_name_plural = _("trips of agents")
        ordering = ["application", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.where}"


class Feedback(models.Model):
    """「结果反馈」 How the applicant was told of the result, and what shows it (S3-48)."""

    class Way(models.TextChoices):
        HANDED = "handed", _("handed over at the window")
        HOME = "home", _("brought home")
        SMS = "sms", _("by SMS")
        PHONE = "phone", _("by telephone")
        VISIT = "visit", _("by a visit")
        POST = "post", _("by post")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="feedbacks")
    way = models.CharField(_("way"), max_length=8, choices=Way)
    proof = models.CharField(_("what shows it"), max_length=200)
    reached = models.BooleanField(_("reached"), default=True)
    file = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("feedback of a result")
        verbose_name_plural = _("feedbacks of results")
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.way}"


class Draft(models.Model):
    """「草稿」 An application somebody has begun; known by a token of which only the digest is kept."""

    token_digest = models.CharField(max_length=64, unique=True)
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField(default=dict)
    step = models.CharField(max_length=24, blank=True)
    kept_at = models.DateTimeField(_("kept at"), db_index=True)

    class Meta:
        verbose_name = _("draft of an application")
        verbose_name_plural = _("drafts of applications")

    def __str__(self) -> str:
        return f"draft:{self.pk}"


class DraftFile(models.Model):
    """「草稿材料」 A file handed in for a paper of a draft; it moves to the application when that is sent."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="+")
    request_key = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("file of a draft")
        verbose_name_plural = _("files of drafts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "request_key"], condition=~Q(request_key=""), name="service_draft_file_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.attachment)
