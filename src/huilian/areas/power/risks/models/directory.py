"""「廉政风险管理目录」 A unit's directory of a year: opinions, public notice, the leaders' meeting, publication."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Unit


class Directory(models.Model):
    """The rows are frozen when opinions are asked, and again after objections: `rows` is what everybody reads."""

    class State(models.TextChoices):
        ASKING = "asking", pgettext_lazy("directory", "opinions asked")
        NOTICE = "notice", pgettext_lazy("directory", "public notice")
        FINAL = "final", pgettext_lazy("directory", "in force")
        REPLACED = "replaced", pgettext_lazy("directory", "replaced")

    class Scope(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("directory", "to everybody")
        INNER = "inner", pgettext_lazy("directory", "inside the unit")

    number = models.CharField(_("number"), max_length=32, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="risk_directories", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKING)
    scope = models.CharField(_("who may read it"), max_length=8, choices=Scope, default=Scope.PUBLIC)
    rows = models.JSONField(_("rows of the directory"), default=list)
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_from = models.DateField(_("opinions asked from"))
    asked_to = models.DateField(_("opinions until"))
    notice_from = models.DateField(_("public notice from"), null=True)
    notice_to = models.DateField(_("public notice until"), null=True)
    minutes_no = models.CharField(_("number of the minutes"), max_length=60, blank=True)
    resolved_on = models.DateField(_("day of the leaders' meeting"), null=True)
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("directory of risks")
        verbose_name_plural = _("directories of risks")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state__in=["asking", "notice"]), name="risk_directory_one_open"
            ),
            models.UniqueConstraint(fields=["unit"], condition=Q(state="final"), name="risk_directory_one_final"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class Asked(models.Model):
    """「征求意见对象」 Who was asked, above all those the unit manages or serves."""

    class Who(models.TextChoices):
        SERVED = "served", _("people the unit serves")
        MANAGED = "managed", _("people the unit manages")
        STAFF = "staff", _("staff of the unit")
        SOCIETY = "society", _("others")

    directory = models.ForeignKey(Directory, models.PROTECT, related_name="asked")
    who = models.CharField(_("who was asked"), max_length=8, choices=Who)
    called = models.CharField(_("name or group"), max_length=80)
    people = models.PositiveIntegerField(_("how many people"), default=1)
    way = models.CharField(_("how they were asked"), max_length=80)
    asked_on = models.DateField(_("asked on"))

    class Meta:
        verbose_name = _("somebody asked for an opinion")
        verbose_name_plural = _("people asked for opinions")
        ordering = ["asked_on", "pk"]


class Opinion(models.Model):
    """「意见与异议」 What somebody said. No name is asked for; what is given in the notice is an objection."""

    class Taken(models.TextChoices):
        YES = "yes", pgettext_lazy("opinion on a directory", "taken up")
        PARTLY = "partly", pgettext_lazy("opinion on a directory", "taken up in part")
        NO = "no", pgettext_lazy("opinion on a directory", "not taken up")

    directory = models.ForeignKey(Directory, models.PROTECT, related_name="opinions")
    objection = models.BooleanField(_("objection"), default=False)
    point = models.CharField(_("number of the point"), max_length=32, blank=True)
    text = models.TextField(_("opinion"))
    given_at = models.DateTimeField(_("given"))
    taken = models.CharField(_("what became of it"), max_length=8, choices=Taken, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("opinion on a directory")
        verbose_name_plural = _("opinions on directories")
        ordering = ["pk"]
