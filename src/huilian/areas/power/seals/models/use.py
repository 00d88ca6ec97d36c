"""One use of a seal: asked for, released once, printed, photographed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Person
from huilian.engine.documents.models import Attachment
from huilian.engine.procedures.models import Case

from .catalogue import DocumentClass
from .seals import Seal


class Request(models.Model):
    """「用印申请」 What is to be sealed, for whom and why. Its steps are those of its case."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="seal_request", verbose_name=_("case"))
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="requests", verbose_name=_("official stamp"))
    document_class = models.ForeignKey(
        DocumentClass, models.PROTECT, related_name="+", verbose_name=_("class of papers")
    )
    title = models.CharField(_("title of the paper"), max_length=120)
    purpose = models.CharField(_("what it is for"), max_length=200)
    recipient = models.CharField(_("who receives the paper"), max_length=120)
    villager = models.CharField(_("for which villager"), max_length=40, blank=True)
    copies = models.PositiveSmallIntegerField(_("copies"))
    decision_no = models.CharField(_("number of the decision"), max_length=40, blank=True)
    contract_no = models.CharField(_("number of the contract"), max_length=40, blank=True)
    applicant = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("applicant"))
    reviewer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("reviewed by"))
    approver = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by"))
    released_at = models.DateTimeField(_("agreed to"), null=True)  # the last yes: what the waiting villager waits for
    waited_minutes = models.PositiveIntegerField(_("minutes of office time until then"), default=0)
    code_digest = models.CharField(max_length=64, blank=True)
    is_emergency = models.BooleanField(_("sealed without the device"), default=False)
    second_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second person")
    )

    class Meta:
        verbose_name = _("request for a seal")
        verbose_name_plural = _("requests for a seal")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["seal", "-id"], name="seal_request_of_seal")]

    def __str__(self) -> str:
        return f"{self.case.number} {self.title}"


class Page(models.Model):
    """「用印页」 A page of the paper as it was agreed to. The same page is never sealed twice."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="pages")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    sha256 = models.CharField("SHA-256", max_length=64)
    is_used = models.BooleanField(_("sealed"), default=False)

    class Meta:
        verbose_name = _("page to be sealed")
        verbose_name_plural = _("pages to be sealed")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=Q(is_used=True), name="seal_page_sealed_once"),
            models.UniqueConstraint(fields=["request", "sha256"], name="seal_page_once_a_request"),
        ]


class Release(models.Model):
    """「开锁授权」 The one-time word that lets the seal out for a number of prints within some minutes."""

    class State(models.TextChoices):
        OPEN = "open", _("may be used")
        USED = "used", _("used up")
        EXPIRED = "expired", _("expired")

    request = models.ForeignKey(Request, models.PROTECT, related_name="releases")
    digest = models.CharField(max_length=64, unique=True)
    prints = models.PositiveSmallIntegerField(_("prints"))
    issued_at = models.DateTimeField(_("issued"))
    expires_at = models.DateTimeField(_("valid until"))
    issued_to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("issued to"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = _("release of a seal")
        verbose_name_plural = _("releases of seals")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(state="open"), name="seal_release_open_once")
        ]


class Print(models.Model):
    """「盖印记录」 What the device told of one print (`event_id` is the device's own and never comes twice)."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="prints", verbose_name=_("official stamp"))
    request = models.ForeignKey(
        Request, models.PROTECT, null=True, related_name="prints", verbose_name=_("request for a seal")
    )
    event_id = models.CharField(_("event of the device"), max_length=64, unique=True)
    at = models.DateTimeField(_("time"))
    kept_at = models.DateTimeField(_("told at"))
    in_hours = models.BooleanField(_("in office hours"), default=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    metres = models.PositiveIntegerField(_("metres from the office"), null=True)
    page_photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("photograph of the page")
    )
    scene_photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("photograph of the place")
    )
    ink_share = models.FloatField(_("share of the page with writing"), null=True)
    read_title = models.CharField(_("title read from the page"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("imprint")
        verbose_name_plural = _("imprints")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["seal", "-at"], name="seal_print_of_seal")]
