"""Rules as they were, how the county set them, and what they found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huilian.engine.alerts.models import Alert, Level
from huilian.engine.directory.models import Unit


class RuleVersion(models.Model):
    """「模型版本」 The text of a rule as it was when it ran: what an alert names as its version can be read for ever.

    `own` texts were written by an auditor of the county and live here alone; the others are files of the house.
    """

    rule = models.CharField(_("rule"), max_length=10)
    version = models.CharField(_("version"), max_length=20)  # the digest of the text
    text = models.TextField(_("wording of the rule"))
    own = models.BooleanField(_("written by the county"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    made_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of rules")
        ordering = ["rule", "-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["rule", "version"], name="ruleversion_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.version}"


class RuleSetting(models.Model):
    """「模型设置」 What the county decided about a rule. Without a row the rule's own text holds.

    The row of rule "" holds for all: its `daily_cap` is how many new alerts one village may get in a day.
    """

    class Status(models.TextChoices):
        TRIAL = "trial", _("on trial")
        ACTIVE = "active", _("active")
        DEMOTED = "demoted", _("demoted to yellow")
        OFF = "off", _("switched off")

    rule = models.CharField(_("rule"), max_length=10, unique=True, blank=True)
    status = models.CharField(_("standing of the rule"), max_length=8, choices=Status.choices, blank=True)
    parameters = models.JSONField(_("parameters"), default=dict)
    daily_cap = models.PositiveIntegerField(_("new alerts a day and village"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("setting of a rule")
        verbose_name_plural = _("settings of rules")

    def __str__(self) -> str:
        return self.rule or "*"


class Run(models.Model):
    """「筛查」 One screening: what it covered, what it found, and what went wrong in it."""

    class Kind(models.TextChoices):
        FULL = "full", _("full")
        PART = "part", _("some villages")

    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    as_of = models.DateField(_("as of"))
    started_at = models.DateTimeField(_("began"))
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    rules = models.PositiveIntegerField(_("rules"), default=0)
    villages = models.PositiveIntegerField(_("villages"), null=True)
    found = models.PositiveIntegerField(_("findings"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    gone = models.PositiveIntegerField(_("gone"), default=0)
    raised = models.PositiveIntegerField(_("alerts raised"), default=0)
    held = models.PositiveIntegerField(_("held for tomorrow"), default=0)
    faults = models.JSONField(_("faults"), default=list)  # [{rule|dataset, message}]

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["kind", "-started_at"], name="run_by_time")]

    def __str__(self) -> str:
        return f"{self.as_of} {self.get_kind_display()}"


class Hit(models.Model):
    """「命中」 What a rule finds in one subject, as long as it finds it. It becomes an alert once its rule is active.

    `facts` fill the rule's sentence, personal ones already masked; `evidence` names rows as "<dataset>:<key>". A hit
    that is no longer found is gone, never deleted.
    """

    rule = models.CharField(_("rule"), max_length=10)
    version = models.CharField(_("version"), max_length=20)
    village_code = models.BigIntegerField(_("village code"))
    subject = models.CharField(_("what it is about"), max_length=120)
    key = models.CharField(_("key"), max_length=120, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    facts = models.JSONField(_("facts"), default=dict)
    evidence = models.JSONField(_("evidence"), default=list)
    first_seen = models.DateTimeField(_("first found"))
    last_seen = models.DateTimeField(_("last found"))
    gone_at = models.DateTimeField(_("gone"), null=True)
    held = models.BooleanField(_("held for tomorrow"), default=False)
    raised_at = models.DateTimeField(_("alert raised at"), null=True)
    alert = models.ForeignKey(Alert, null=True, on_delete=models.PROTECT, related_name="hits", verbose_name=_("alert"))

    class Meta:
        verbose_name = _("hit")
        verbose_name_plural = _("hits")
        ordering = ["-level", "-first_seen", "-id"]
        constraints = [models.UniqueConstraint(fields=["rule", "subject", "key"], name="hit_once")]
        indexes = [
            models.Index(fields=["village_code", "rule"], name="hit_of_village"),
            models.Index(fields=["subject"], name="hit_of_subject"),
            models.Index(fields=["rule", "gone_at", "-first_seen"], name="hit_of_rule"),
            models.Index(fields=["raised_at"], name="hit_raised"),
            models.Index(fields=["rule", "village_code"], condition=Q(held=True), name="hit_held"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject} {self.key}".strip()


class Outbox(models.Model):
    """「待筛查」 A village whose facts have changed, written in the transaction of the change. None: all villages.

    `about` ("voucher:12") says that no more has changed than this row of a dataset and what follows it.
    """

    village_code = models.BigIntegerField(_("village code"), null=True)
    about = models.CharField(_("row that changed"), max_length=40, blank=True)
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("village to screen")
        verbose_name_plural = _("villages to screen")

    def __str__(self) -> str:
        return str(self.village_code or "*")


class Watch(models.Model):
    """「值守」 Which process screens now. The others wait until it has been silent for a while.

    `leaf` is the last sealed act whose village was noted: acts whose service forgot to tell are screened all the same.
    """

    holder = models.CharField(_("working process"), max_length=80)
    seen_at = models.DateTimeField(_("last sign of life"))
    leaf = models.BigIntegerField(_("last sealed act seen"), null=True)

    class Meta:
        verbose_name = _("screening process")
        verbose_name_plural = _("screening processes")

    def __str__(self) -> str:
        return self.holder


class Feed(models.Model):
    """「数据源」 When data that comes from outside was last supplied, how often it should be, and by whom."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    title = models.JSONField(_("title"), default=dict)  # {zh, en}
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner of the data")
    )
    every_days = models.PositiveSmallIntegerField(_("days between deliveries"), default=1)
    last_at = models.DateTimeField(_("last delivery"), null=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    faults = models.PositiveIntegerField(_("rows with errors"), default=0)

    class Meta:
        verbose_name = _("data feed")
        verbose_name_plural = _("data feeds")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
