"""What happens on the site, what is paid, and who signs that the work is good."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person
from huilian.engine.documents.models import Attachment

from .projects import Project


class Event(models.Model):
    """「施工节点」 One thing worth noting on the site, and how far the work is then."""

    class Kind(models.TextChoices):
        START = "start", _("work begun")
        STAGE = "stage", _("a stage is done")
        HIDDEN = "hidden", _("checked before it was covered")
        REMEASURED = "remeasured", _("measured again")
        FINISH = "finish", _("work finished")
        DEFECT = "defect", _("defect under warranty")

    project = models.ForeignKey(Project, models.PROTECT, related_name="events")
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    on = models.DateField(pgettext_lazy("works", "on"))
    text = models.CharField(_("in a sentence"), max_length=200)
    progress = models.PositiveSmallIntegerField(_("done, per cent"))
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))

    class Meta:
        verbose_name = _("event on a site")
        verbose_name_plural = _("events on sites")
        ordering = ["project", "on", "pk"]


class Photo(models.Model):
    """「施工照片」 At most three for one event. The place is kept where the picture tells it, and never asked for."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="photos")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)

    class Meta:
        verbose_name = _("photograph of a site")
        verbose_name_plural = _("photographs of sites")
        ordering = ["pk"]


class Pay(models.Model):
    """「工程款」 Money asked for the work. Where the village keeps its books here it becomes a request to pay there."""

    class Kind(models.TextChoices):
        ADVANCE = "advance", _("advance")
        PROGRESS = "progress", _("by progress")
        SETTLEMENT = "settlement", _("after settlement")
        RETENTION = "retention", _("kept-back money")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("works", "asked for")
        PAID = "paid", _("paid")
        DROPPED = "dropped", _("not paid")

    project = models.ForeignKey(Project, models.PROTECT, related_name="pays")
    kind = models.CharField(_("kind of payment"), max_length=10, choices=Kind)
    amount_cents = models.BigIntegerField(_("amount"))
    progress = models.PositiveSmallIntegerField(_("done then, per cent"))
    invoice_no = models.CharField(_("invoice number"), max_length=40, blank=True)
    asked_on = models.DateField(pgettext_lazy("works", "asked on"))
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    request_no = models.CharField(_("number of the request to pay"), max_length=32, blank=True)
    voucher_no = models.CharField(_("voucher number"), max_length=40, blank=True)
    paid_on = models.DateField(_("paid on"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)

    class Meta:
        verbose_name = _("payment for a work")
        verbose_name_plural = _("payments for works")
        ordering = ["project", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount_cents__gt=0), name="works_pay_positive")]


class Acceptance(models.Model):
    """「验收」 One look at the finished work by several people. Concluded once; defects lead to the next."""

    class Result(models.TextChoices):
        OPEN = "open", _("being signed")
        PASSED = "passed", _("passed")
        DEFECTS = "defects", _("defects to mend")

    project = models.ForeignKey(Project, models.PROTECT, related_name="acceptances")
    position = models.PositiveSmallIntegerField(pgettext_lazy("works", "position"))
    held_on = models.DateField(_("held on"))
    result = models.CharField(_("result"), max_length=8, choices=Result, default=Result.OPEN)
    quality = models.CharField(_("what was found"), max_length=300, blank=True)
    mend_by = models.DateField(_("to be mended by"), null=True)
    concluded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("concluded by")
    )

    class Meta:
        verbose_name = _("acceptance of a work")
        verbose_name_plural = _("acceptances of works")
        ordering = ["project", "position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="works_acceptance_once"),
            models.UniqueConstraint(fields=["project"], condition=Q(result="open"), name="works_acceptance_open_once"),
        ]


class Signature(models.Model):
    """「验收签字」 Somebody who looked and signs: with their account, or on the sheet whose photograph is kept."""

    class Role(models.TextChoices):
        VILLAGE = "village", _("village committee")
        COMMITTEE = "committee", _("supervision committee")
        REPRESENTATIVE = "representative", _("villagers' representative")
        TOWNSHIP = "township", pgettext_lazy("signs", "township")
        BUILDER = "builder", _("builder")

    acceptance = models.ForeignKey(Acceptance, models.CASCADE, related_name="signatures")
    role = models.CharField(_("signs as"), max_length=14, choices=Role)
    name = models.CharField(_("signed by"), max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agrees = models.BooleanField(_("agrees"), default=True)
    opinion = models.CharField(_("opinion"), max_length=200, blank=True)
    sheet = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("signed at"))

    class Meta:
        verbose_name = _("signature at an acceptance")
        verbose_name_plural = _("signatures at acceptances")
        ordering = ["acceptance", "pk"]
        constraints = [models.UniqueConstraint(fields=["acceptance", "name"], name="works_signed_once")]
