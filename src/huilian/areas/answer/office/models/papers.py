"""Documents that an office should have, which it has adopted, who has read them; recurring duties and their proof."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Unit
from huilian.engine.documents.models import Attachment
from huilian.engine.look.text import say

from .rooms import Catalogue

USER = settings.AUTH_USER_MODEL


class Slot(Catalogue):
    """「制度目录」 A document that each office should have; its title is the county's to change."""

    class List(models.TextChoices):
        OFFICE = "office", _("documents of a supervision office")
        MECHANISM = "mechanism", _("institutions of mechanism one")

    list = models.CharField(_("list of documents"), max_length=10, choices=List)
    number = models.PositiveSmallIntegerField(_("number in the list"))
    title = models.CharField(_("document that should be there"), max_length=80)
    title_en = models.CharField(_("in English"), max_length=120, blank=True)
    review_months = models.PositiveSmallIntegerField(_("reviewed every (months)"), default=12)

    class Meta:
        verbose_name = _("place for a document")
        verbose_name_plural = _("places for documents")
        ordering = ["-list", "number"]
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="office_slot_once_a_list")]

    def __str__(self) -> str:
        return say({"zh": self.title, "en": self.title_en or self.title})


class Adoption(models.Model):
    """「制度版本」 A version of a document as an office adopted it; a newer one or a withdrawal ends it."""

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="adoptions", verbose_name=_("place for a document"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("supervision office"))
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title of the document"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    file = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("file"))
    body = models.CharField(_("adopted by"), max_length=80)
    adopted_on = models.DateField(_("adopted on"))
    review_on = models.DateField(_("to be reviewed on"))
    ended_on = models.DateField(_("in force until"), null=True)

    class Meta:
        verbose_name = _("adopted document")
        verbose_name_plural = _("adopted documents")
        ordering = ["slot", "unit", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "unit", "version"], name="office_one_version"),
            models.UniqueConstraint(
                fields=["slot", "unit"], condition=models.Q(ended_on=None), name="office_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Reading(models.Model):
    """「学习签阅」 Somebody of the office has read a document."""

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="readings", verbose_name=_("adopted document"))
    user = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("read by"))
    at = models.DateTimeField(_("read at"))

    class Meta:
        verbose_name = _("reading of a document")
        verbose_name_plural = _("readings of documents")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["adoption", "user"], name="office_read_once")]

    def __str__(self) -> str:
        return f"{self.adoption} {self.user}"


class Duty(Catalogue):
    """「履职事项」 What an office does every month, quarter or year (三个一)."""

    class Every(models.TextChoices):
        MONTH = "month", pgettext_lazy("a duty", "every month")
        QUARTER = "quarter", pgettext_lazy("a duty", "every quarter")
        YEAR = "year", pgettext_lazy("a duty", "every year")

    key = models.SlugField(_("key"), max_length=20, unique=True)
    name = models.CharField(_("duty of an office"), max_length=60)
    name_en = models.CharField(_("in English"), max_length=80, blank=True)
    every = models.CharField(_("how often"), max_length=8, choices=Every)
    guidance = models.TextField(_("how it is done"), blank=True)

    class Meta:
        verbose_name = _("duty of an office")
        verbose_name_plural = _("duties of an office")
        ordering = ["pk"]

    def __str__(self) -> str:
        return say({"zh": self.name, "en": self.name_en or self.name})


class DutyTask(models.Model):
    """「履职任务」 A duty of one office in one period, due on its last working day."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="tasks", verbose_name=_("duty of an office"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("supervision office"))
    period = models.CharField(_("period"), max_length=8)
    due_on = models.DateField(_("to be done until"))
    done_on = models.DateField(_("done on"), null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name=_("done by"))
    proof = models.TextField(_("what was done"), blank=True)

    class Meta:
        verbose_name = _("task of an office")
        verbose_name_plural = _("tasks of offices")
        ordering = ["due_on", "duty", "unit"]
        constraints = [models.UniqueConstraint(fields=["duty", "unit", "period"], name="office_task_once_a_period")]

    def __str__(self) -> str:
        return f"{self.duty} {self.period}"
