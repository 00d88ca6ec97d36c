"""What the bodies do: meetings, boxes, reports, questions, plans, logs, reports of a period."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Person, Unit

from .bodies import Body, Seat
from .catalogue import Checkpoint, Topic

BODY = {"verbose_name": _("watching body")}


class Meeting(models.Model):
    """「座谈会、例会」 A monthly meeting with its minutes."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", **BODY)
    held_on = models.DateField(pgettext_lazy("watchers", "held on"))
    present = models.PositiveSmallIntegerField(_("members present"))
    minutes = models.TextField(pgettext_lazy("watchers", "minutes"))

    class Meta:
        verbose_name = _("meeting of watchers")
        verbose_name_plural = _("meetings of watchers")
        ordering = ["-held_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["body", "held_on"], name="watchers_meet_once_a_day")]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on}"


class Training(models.Model):
    """「培训」 Who was taught what on which day. Topics of the kind's list are asked for before a certificate."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="trainings", **BODY)
    held_on = models.DateField(pgettext_lazy("watchers", "held on"))
    topic = models.CharField(_("topic of the training"), max_length=120)
    seats = models.ManyToManyField(Seat, related_name="trainings", verbose_name=_("who was there"))

    class Meta:
        verbose_name = _("training of watchers")
        verbose_name_plural = _("trainings of watchers")
        ordering = ["-held_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["body", "held_on", "topic"], name="watchers_trained_once_a_day")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.topic}"


class DutyReport(models.Model):
    """「述职述廉、民主评议」 A cadre reported on the year to the villagers, and how those present judged it. Everybody
    may read it; it is a record of one meeting, no mark that follows a person."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="duty_reports", **BODY)
    year = models.PositiveSmallIntegerField(pgettext_lazy("watchers", "year"))
    name = models.CharField(_("who reported"), max_length=64)
    post = models.CharField(_("in which post"), max_length=64)
    held_on = models.DateField(pgettext_lazy("watchers", "held on"))
    text = models.CharField(_("what was reported, in short"), max_length=600)
    good = models.PositiveIntegerField(_("satisfied"), default=0)
    fair = models.PositiveIntegerField(_("basically satisfied"), default=0)
    poor = models.PositiveIntegerField(_("not satisfied"), default=0)

    class Meta:
        verbose_name = _("report on duty")
        verbose_name_plural = _("reports on duty")
        ordering = ["-year", "-held_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "year", "name", "post"], name="duty_report_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.post} {self.name}"


class ComplaintBox(models.Model):
    """「投诉箱、征求意见箱」 A box in a public place, and who keeps it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="boxes", **BODY)
    where = models.CharField(_("where it hangs"), max_length=120)
    keeper = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name=_("keeper of the box"))
    hung_on = models.DateField(_("hung up on"))
    removed_on = models.DateField(pgettext_lazy("watchers", "taken down on"), null=True, blank=True)

    class Meta:
        verbose_name = _("complaint box")
        verbose_name_plural = _("complaint boxes")
        ordering = ["body", "pk"]

    def __str__(self) -> str:
        return f"{self.body} {self.where}"


class BoxOpening(models.Model):
    """「开箱记录」 A box was opened by two persons, and what lay in it."""

    box = models.ForeignKey(ComplaintBox, models.PROTECT, related_name="openings", verbose_name=_("complaint box"))
    opened_at = models.DateTimeField(pgettext_lazy("watchers", "opened"))
    first = models.ForeignKey(
        Seat, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("watchers", "opened by")
    )
    second = models.CharField(_("together with"), max_length=64)
    letters = models.PositiveSmallIntegerField(_("letters in it"))

    class Meta:
        verbose_name = _("opening of a box")
        verbose_name_plural = _("openings of boxes")
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.box} {self.opened_at:%Y-%m-%d}"


class Report(models.Model):
    """「监督反映」 What somebody reported. `words` are empty where it is secret: they lie sealed under its number."""

    class Duty(models.TextChoices):
        POLICY = "policy", _("how policies are carried out")
        IMAGE = "image", _("conduct that harms standing or interests")
        ABUSE = "abuse", _("abuse of power, breach of duty")
        OPINION = "opinion", _("opinions and suggestions")

    class Route(models.TextChoices):
        BOX = "box", _("complaint box or letter to the branch")
        TOWN = "town", _("handed to the discipline body of the township")
        SPOKEN = "spoken", _("told in person")
        CARD = "card", _("reply card")
        CODED = "coded", _("quick form of an information member")

    class Mechanism(models.TextChoices):
        INTEGRITY = "integrity", _("monitoring of integrity")
        DISPUTES = "disputes", _("screening of disputes")
        DOUBLE = "double", _("reports on duty and appraisals")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("watchers", "being looked into")
        ANSWERED = "answered", pgettext_lazy("watchers", "answered")
        PASSED = "passed", _("passed on")

    class Outcome(models.TextChoices):
        TRUE = "true", _("found true")
        PARTLY = "partly", _("found partly true")
        UNFOUND = "unfound", _("not found true")

    number = models.CharField(pgettext_lazy("watchers", "number"), max_length=32, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="reports", **BODY)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="reports", verbose_name=_("watcher"))
    opening = models.ForeignKey(
        BoxOpening, models.PROTECT, null=True, related_name="found", verbose_name=_("opening of a box")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, related_name="raised", verbose_name=_("meeting of watchers")
    )
    duty = models.CharField(_("what kind of report"), max_length=8, choices=Duty)
    route = models.CharField(_("how it came"), max_length=8, choices=Route)
    mechanism = models.CharField(_("mechanism"), max_length=10, choices=Mechanism, blank=True)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, related_name="reports", verbose_name=pgettext_lazy("watchers", "topic")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("about which unit"))
    words = models.TextField(_("what was reported"), blank=True)
    is_secret = models.BooleanField(pgettext_lazy("watchers", "sealed"), default=False)
    on_branch = models.BooleanField(_("about the branch itself"), default=False)
    is_important = models.BooleanField(pgettext_lazy("watchers", "important"), default=False)
    handler = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("who looks into it"))
    received_at = models.DateTimeField(pgettext_lazy("watchers", "received"))
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+", verbose_name=_("time limit"))
    state = models.CharField(pgettext_lazy("watchers", "state"), max_length=8, choices=State, default=State.OPEN)
    missed_on = models.DateField(_("first limit missed on"), null=True)  # moved up by itself on the day after
    outcome = models.CharField(pgettext_lazy("watchers", "what came out"), max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(_("answer to whoever reported"), blank=True)
    answered_on = models.DateField(_("told them on"), null=True)
    settled_early = models.BooleanField(_("settled where it arose"), default=False)
    way = models.CharField(_("way it went on"), max_length=16, blank=True)
    passed_to = models.CharField(_("went on as"), max_length=40, blank=True)
    worth = models.PositiveSmallIntegerField(_("worth of the report (0–5)"), null=True)

    class Meta:
        verbose_name = _("report of a watcher")
        verbose_name_plural = _("reports of watchers")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_secret=False) | Q(words="", answer=""), name="watch_secret_is_sealed")
        ]
        indexes = [models.Index(fields=["topic", "-received_at"], name="watch_report_by_topic")]

    def __str__(self) -> str:
        return self.number


class Question(models.Model):
    """「质询」 The supervision committee asks the village's two committees; an answer is due."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="questions", **BODY)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("asked of"))
    text = models.TextField(pgettext_lazy("watchers", "question"))
    about = models.CharField(_("number of the paper it is about"), max_length=40, blank=True)
    asked_on = models.DateField(pgettext_lazy("watchers", "asked on"))
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+", verbose_name=_("time limit"))
    answer = models.TextField(pgettext_lazy("watchers", "answer"), blank=True)
    answered_on = models.DateField(pgettext_lazy("watchers", "answered on"), null=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("watchers", "answered by")
    )

    class Meta:
        verbose_name = _("question of a supervision committee")
        verbose_name_plural = _("questions of supervision committees")
        ordering = ["-asked_on", "-pk"]

    def __str__(self) -> str:
        return self.text[:40]


class PlanLine(models.Model):
    """「施工图」 What a body looks at, or one of its members does, in one month; done, or not yet."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="plan", **BODY)
    month = models.PositiveIntegerField(_("month (yyyymm)"))
    checkpoint = models.ForeignKey(
        Checkpoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checkpoint")
    )
    what = models.CharField(_("what is to be done"), max_length=300)
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("who does it")
    )
    because = models.CharField(_("looked at more often because of"), max_length=120, blank=True)
    done_on = models.DateField(_("done on"), null=True)
    found = models.CharField(pgettext_lazy("watchers", "what was found"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of a month's plan")
        verbose_name_plural = _("lines of the months' plans")
        ordering = ["-month", "body", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "month", "checkpoint"], condition=Q(seat=None), name="watch_plan_line_once"
            )
        ]

    def __str__(self) -> str:
        return self.what


class LogEntry(models.Model):
    """「工作日志」 What a member did on a day; `about` is the number of the paper that was looked at."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="log", **BODY)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="log", verbose_name=_("watcher"))
    on = models.DateField(pgettext_lazy("watchers", "day"))
    what = models.CharField(pgettext_lazy("watchers", "what was done"), max_length=300)
    about = models.CharField(_("number of the paper looked at"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("entry of the work log")
        verbose_name_plural = _("entries of the work log")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.what}"


class PeriodReport(models.Model):
    """「月报、定期报告、专报」 What a body hands in for a period. A special one is about what was not solved."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="period_reports", **BODY)
    month = models.PositiveIntegerField(_("month (yyyymm)"))
    is_special = models.BooleanField(_("special report of what is unsolved"), default=False)
    text = models.TextField(pgettext_lazy("watchers", "text"))
    raised = models.PositiveSmallIntegerField(_("problems raised"), default=0)
    solved = models.PositiveSmallIntegerField(_("problems solved"), default=0)
    handed_in_at = models.DateTimeField(pgettext_lazy("watchers", "handed in"))
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("watchers", "handed in by")
    )

    class Meta:
        verbose_name = _("report of a period")
        verbose_name_plural = _("reports of a period")
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "month"], condition=Q(is_special=False), name="watch_month_report_once"
            ),
            models.CheckConstraint(condition=Q(solved__lte=models.F("raised")), name="watch_solved_were_raised"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.month}"
