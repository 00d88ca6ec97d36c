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
        MADE_GOOD = "made_good", _("slip of form, made good in time")

    class Nature(models.TextChoices):
        """Whether somebody may have gained, or a form was not kept. Only the county's rules say so, never the alert."""

        FORM = "form", _("slip of form")
        GAIN = "gain", _("possible gain")

    number = models.CharField(_("number"), max_length=32, unique=True)
    rule = models.CharField(_("rule"), max_length=40)
    rule_version = models.CharField(_("version of the rule"), max_length=20)
    parameters = models.JSONField(_("parameters"), default=dict)
    names = models.JSONField(_("name"))  # {zh, en}
    subject = models.CharField(_("what it is about"), max_length=120)  # "kind:id", as the trail writes it
    key = models.CharField(_("key"), max_length=120, blank=True)  # tells things of one subject apart
    about = models.CharField(_("about"), max_length=120, blank=True)  # the subject as people call it
    group = models.CharField(_("group of rules"), max_length=8, blank=True)  # ZJ, HT, …
    nature = models.CharField(_("nature"), max_length=4, choices=Nature.choices, blank=True)
    amount_cents = models.BigIntegerField(_("amount concerned"), null=True)
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
    told = models.JSONField(_("who was told"), default=list)  # handler, unit, head, role:<key>
    signed_at = models.DateTimeField(_("signed for at"), null=True)
    made_good_at = models.DateTimeField(_("made good at"), null=True)  # the unit says so; a checker confirms it
    checked_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("verdict given by")
    )
    checked_rank = models.PositiveSmallIntegerField(_("level that checked"), default=0)  # guards.RANKS
    escalated = models.PositiveSmallIntegerField(_("steps it went up"), default=0)
    escalates_on = models.DateField(_("goes up on"), null=True)  # None while nobody keeps it waiting

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
            models.Index(fields=["group", "state", "colour"], name="alert_of_group"),
            models.Index(fields=["-raised_at", "-id"], name="alert_newest"),
            models.Index(fields=["escalates_on"], name="alert_to_escalate", condition=Q(escalates_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def counts(self) -> bool:
        """Whether it may reach an assessment: only what was checked, found true and is closed.

        A slip of form that was made good within its days of grace does not count.
        """
        return self.state == self.State.CLOSED and self.verdict in (self.Verdict.TRUE, self.Verdict.PARTLY)


class AlertRoute(models.Model):
    """「预警去向」 Where a colour goes and in what time: county data, for one rule, else its group, else for all.

    Times are working days; an empty one leaves what the procedure says. `escalation` are steps by which an alert that
    nobody signs for or answers goes up: [{days, tells, supervise}], days counted from when the unit got it.
    """

    rule = models.CharField(_("rule"), max_length=40, blank=True)
    group = models.CharField(_("group of rules"), max_length=8, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    opens_case = models.BooleanField(_("opens a case"))
    tells = models.JSONField(_("who is told"), default=list)  # handler, unit, head, role:<key>
    card = models.PositiveSmallIntegerField(_("card"), default=0)  # 0 none, 1 yellow, 3 red
    sign_days = models.PositiveSmallIntegerField(_("days to sign"), null=True, blank=True)
    explain_days = models.PositiveSmallIntegerField(_("days to reply"), null=True, blank=True)
    check_days = models.PositiveSmallIntegerField(_("days to check"), null=True, blank=True)
    rectify_days = models.PositiveSmallIntegerField(_("days to rectify"), null=True, blank=True)
    verify_days = models.PositiveSmallIntegerField(_("days to verify"), null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(_("days of grace for slips of form"), default=0)
    check_rank = models.PositiveSmallIntegerField(_("lowest level that checks"), default=1)  # guards.RANKS
    stepwise = models.BooleanField(_("the colour falls one step at a time"), default=False)
    escalation = models.JSONField(_("how it goes up"), default=list)

    class Meta:
        verbose_name = _("route of alerts")
        verbose_name_plural = _("routes of alerts")
        ordering = ["rule", "group", "level"]
        constraints = [models.UniqueConstraint(fields=["rule", "group", "level"], name="alertroute_once")]

    def __str__(self) -> str:
        return f"{self.rule or self.group or '*'} {self.get_level_display()}"


class Rectification(models.Model):
    """「整改」 One order to put something right: by when, what was done, by whom, what came back, and what was seen.

    Sent back, it stays as it is and another one follows: a ledger shows each attempt.
    """

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="rectifications", verbose_name=_("alert"))
    cause = models.TextField(_("cause"))
    ordered_at = models.DateTimeField(_("ordered"))
    due_on = models.DateField(_("to be done by"), null=True)
    measures = models.TextField(_("measures"), blank=True)
    responsible = models.CharField(_("person responsible"), max_length=80, blank=True)
    recovered_cents = models.BigIntegerField(_("money recovered"), null=True)  # None: nothing was recorded
    reported_at = models.DateTimeField(_("reported at"), null=True)
    reported_by = models.CharField(_("reported by"), max_length=80, blank=True)
    passed = models.BooleanField(_("put right"), null=True)
    conclusion = models.TextField(_("what was seen"), blank=True)
    verified_at = models.DateTimeField(_("verified at"), null=True)
    verified_by = models.CharField(_("verified by"), max_length=80, blank=True)
    colour_before = models.PositiveSmallIntegerField(_("colour before"))
    colour_after = models.PositiveSmallIntegerField(_("colour after"), null=True)

    class Meta:
        verbose_name = _("order to rectify")
        verbose_name_plural = _("orders to rectify")
        ordering = ["-ordered_at", "-id"]
        indexes = [
            models.Index(fields=["alert", "-id"], name="rectification_of_alert"),
            models.Index(fields=["verified_at"], name="rectification_verified"),
            models.Index(fields=["-ordered_at", "-id"], name="rectification_newest"),
        ]

    def __str__(self) -> str:
        return self.alert.number


class Appeal(models.Model):
    """「申诉」 The unit does not accept a verdict: once a round, decided one level higher, by somebody else."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="appeals", verbose_name=_("alert"))
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    grounds = models.TextField(_("grounds"))
    against = models.CharField(_("against the verdict"), max_length=10, choices=Alert.Verdict.choices)
    against_rank = models.PositiveSmallIntegerField(_("level that checked"), default=0)
    asked_at = models.DateTimeField(_("appealed at"))
    asked_by = models.CharField(_("appealed by"), max_length=80)
    granted = models.BooleanField(_("appeal granted"), null=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Alert.Verdict.choices, blank=True)
    remark = models.TextField(_("reasons of the decision"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-asked_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["alert", "round"], name="appeal_once_a_round")]

    def __str__(self) -> str:
        return self.alert.number


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
