"""Alerts, where each colour goes, and the clocks whose new colour has not been acted on yet."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Place, Unit
from huilian.engine.procedures.models import Case


class Level(models.IntegerChoices):
    """How serious it is; the same numbers that clocks and cases store."""

    YELLOW = 1, _("yellow")
    ORANGE = 2, _("orange")
    RED = 3, _("red")


class Alert(models.Model):
    """「预警」 What a clock or a rule found out about one subject. The same thing is one alert, whose level rises.

    A prompt has no case: somebody is told and may still be in time. From the level its route says on, the alert is a
    case with a clock of its own, which carries the same number. `level` is the highest it reached, `colour` what it is
    now: that falls only after the repair was verified (降色). The subject is an office or a transaction, never a
    citizen.
    """

    class State(models.TextChoices):
        PROMPT = "prompt", _("prompt")
        OPEN = "open", _("being handled")
        LAPSED = "lapsed", _("done before the limit")
        CLOSED = "closed", _("closed")

    class Verdict(models.TextChoices):
        TRUE = "true", _("true")
        PARTLY = "partly", _("partly true")
        UNTRUE = "untrue", _("not true")
        DATA_ERROR = "data_error", _("error in the data")

    number = models.CharField(_("number"), max_length=32, unique=True)
    rule = models.CharField(_("rule"), max_length=40)
    rule_version = models.CharField(_("version of the rule"), max_length=20)
    parameters = models.JSONField(_("parameters"), default=dict)
    names = models.JSONField(_("name"))  # {zh, en}
    subject = models.CharField(_("what it is about"), max_length=120)  # "kind:id", as the trail writes it
    key = models.CharField(_("key"), max_length=120, blank=True)  # tells things of one subject apart
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    colour = models.PositiveSmallIntegerField(_("colour"), default=0)
    levels = models.JSONField(_("history of levels"), default=list)  # [{at, level, colour, why}]
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PROMPT)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    place = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("where it is")
    )
    township = models.ForeignKey(
        Place, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("township it lies in")
    )
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit concerned")
    )
    data_owner = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner of the data")
    )
    reason = models.JSONField(_("reason"))  # {zh, en}: one sentence
    basis = models.JSONField(_("legal basis"), default=list)  # [{law, version, article}]
    evidence = models.JSONField(_("evidence"), default=list)  # [{source, id, fields, hash}]
    data_as_of = models.DateTimeField(_("data as of"))
    score = models.PositiveIntegerField(_("score"), default=0)
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="alert", verbose_name=_("case"))
    clock = models.ForeignKey(Clock, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("clock"))
    raised_at = models.DateTimeField(_("alert raised at"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-colour", "-raised_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "subject", "key"], name="alert_once"),
            models.CheckConstraint(
                condition=Q(state__in=["prompt", "lapsed"]) | Q(case__isnull=False), name="alert_in_hand_is_a_case"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-colour", "-raised_at", "-id"], name="alert_worklist"),
            models.Index(fields=["unit", "state"], name="alert_of_unit"),
            models.Index(fields=["township", "state"], name="alert_of_township"),
            models.Index(fields=["subject"], name="alert_of_subject"),
            models.Index(fields=["rule", "raised_at"], name="alert_of_rule"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def counts(self) -> bool:
        """Whether it may reach an assessment: only what was checked, found true and is closed."""
        return self.state == self.State.CLOSED and self.verdict in (self.Verdict.TRUE, self.Verdict.PARTLY)


class AlertRoute(models.Model):
    """「预警去向」 Where a colour goes: county data. An empty `rule` is the default for all rules."""

    rule = models.CharField(_("rule"), max_length=40, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    opens_case = models.BooleanField(_("opens a case"))
    tells = models.JSONField(_("who is told"), default=list)  # handler, unit, head, role:<key>
    card = models.PositiveSmallIntegerField(_("card"), default=0)  # 0 none, 1 yellow, 3 red

    class Meta:
        verbose_name = _("route of alerts")
        verbose_name_plural = _("routes of alerts")
        ordering = ["rule", "level"]
        constraints = [models.UniqueConstraint(fields=["rule", "level"], name="alertroute_once")]

    def __str__(self) -> str:
        return f"{self.rule or '*'} {self.get_level_display()}"


class Recoloured(models.Model):
    """「变色待办」 A clock whose colour a sweep has changed, until what follows from it is done.

    Written in the transaction of the sweep, so that nothing is lost when the worker dies in between.
    """

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="+", verbose_name=_("clock"))
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("clock that changed colour")
        verbose_name_plural = _("clocks that changed colour")

    def __str__(self) -> str:
        return str(self.clock_id)
