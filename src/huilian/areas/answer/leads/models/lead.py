"""A lead, what in it can be known without opening it, and who may open it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Place, Unit

Field = [  # the codes are the same in tips and inspections
    ("assets", _("collective money, assets and resources")), ("land", _("expropriation and resettlement")),
    ("subsidy", _("farm subsidies")), ("works", _("works and projects")), ("relief", _("minimum living and relief")),
    ("homestead", _("homesteads")), ("election", _("elections of villages")), ("enforcement", _("law enforcement")),
    ("schools_health", _("schools and health")), ("four_winds", _("the four winds")),
    ("gangs", _("gangs, clan forces, village tyrants")), ("market", _("supervision of markets")),
    ("other", pgettext_lazy("leads", "other")),
]  # fmt: skip


class Lead(models.Model):
    """「问题线索」 One lead. What it says lies in the boxes of "lead:<number>"; no name stands here."""

    class Source(models.TextChoices):
        TIP = "tip", _("report of the public")
        SUPERVISION = "supervision", _("found in supervision")
        INSPECTION = "inspection", _("handed over by inspection")
        HANDOVER = "handover", _("handed over by audit, enforcement or justice")
        SCREENING = "screening", _("alert from data")
        OPINION = "opinion", _("public opinion")
        SURRENDER = "surrender", _("came forward by themselves")
        SUPERIOR = "superior", _("handed down from above")

    class Naming(models.TextChoices):
        NONE = "", _("no reporter")
        REAL = "real", _("in the real name")
        JOINT = "joint", _("in several names")
        ANONYMOUS = "anonymous", _("without a name")

    class Discipline(models.TextChoices):
        POLITICAL = "political", _("political discipline")
        ORGANISATION = "organisation", _("discipline of organisation")
        INTEGRITY = "integrity", _("discipline of integrity")
        MASSES = "masses", _("discipline towards the people")
        WORK = "work", _("discipline of work")
        LIFE = "life", _("discipline of life")
        DUTY = "duty", _("breach of law in office")
        CRIME = "crime", _("crime in office")

    class Micro(models.TextChoices):
        NONE = "", _("none of the four")
        EMBEZZLE = "embezzle", _("embezzling and diverting")
        FALSE_CLAIM = "false_claim", _("false claims")
        SHAKEDOWN = "shakedown", _("asking for favours and hindering")
        FAVOUR = "favour", _("favouring kin and friends")

    class Rank(models.TextChoices):
        VILLAGE = "village", _("village cadre")
        STAFF = "staff", _("staff of township or department")
        SECTION = "section", _("cadre administered by the county")
        COMMITTEE = "committee", _("member of the same-level committee")
        MAIN = "main", _("main leader of the area")
        OTHER = "other", _("others under supervision")

    class Standing(models.TextChoices):
        NONE = "", _("none")
        PARTY = "party", _("party member")
        PEOPLE = "people", _("deputy of a people's congress")
        CPPCC = "cppcc", _("member of a consultative conference")

    class Amount(models.TextChoices):
        NONE = "", _("no money, or unknown")
        SMALL = "1", _("up to 10,000 yuan")
        MIDDLE = "2", _("10,000 to 100,000 yuan")
        LARGE = "3", _("over 100,000 yuan")

    class State(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("lead", "registered")
        ASSIGNED = "assigned", pgettext_lazy("lead", "with a handler")
        INTERVIEW = "interview", pgettext_lazy("lead", "talk or written inquiry")
        VERIFY = "verify", pgettext_lazy("lead", "initial verification")
        HELD = "held", pgettext_lazy("lead", "held, to be looked at again")
        FILED = "filed", pgettext_lazy("lead", "case filed")
        TRIAL = "trial", pgettext_lazy("lead", "under review by the trial office")
        DECIDED = "decided", pgettext_lazy("lead", "decided")
        MOVED = "moved", pgettext_lazy("lead", "transferred to the competent organ")
        CLOSED = "closed", pgettext_lazy("lead", "closed")

    number = models.CharField(_("number"), max_length=32, unique=True)
    source = models.CharField(_("source"), max_length=12, choices=Source)
    source_number = models.CharField(_("number at the source"), max_length=40, blank=True)
    naming = models.CharField(_("who reported (real name or not)"), max_length=10, choices=Naming, blank=True)
    received_at = models.DateTimeField(_("received at"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit the lead concerns")
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("place"))
    discipline = models.CharField(_("kind of breach"), max_length=12, choices=Discipline)
    field = models.CharField(_("field"), max_length=16, choices=Field)
    micro = models.CharField(_("petty corruption"), max_length=12, choices=Micro, blank=True)
    rank = models.CharField(_("person concerned"), max_length=10, choices=Rank)
    standing = models.CharField(_("party, congress, conference"), max_length=6, choices=Standing, blank=True)
    amount = models.CharField(_("amount"), max_length=1, choices=Amount, blank=True)
    people = models.PositiveSmallIntegerField(_("persons concerned"), default=0)
    repeat_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="repeats", verbose_name=_("repeats the lead")
    )
    grade = models.CharField(pgettext_lazy("lead", "Value"), max_length=1, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REGISTERED)
    way = models.CharField(_("way of disposal"), max_length=10, blank=True)
    office = models.CharField(_("office in charge"), max_length=60, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("handler")
    )
    closed_at = models.DateTimeField(_("lead closed at"), null=True)
    fed_back_on = models.DateField(_("reporter told on"), null=True)
    archive_no = models.CharField(_("number in the archive"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "received_at"], name="leads_by_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """What the vault calls it."""
        return f"lead:{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state not in (self.State.CLOSED, self.State.MOVED)


class Concern(models.Model):
    """「被反映对象」 One keyed digest of somebody a lead names: for recusal and for links, never a name."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="concerns", verbose_name=_("lead"))
    no = models.PositiveSmallIntegerField(_("which of the persons"))
    digest = models.CharField(_("digest"), max_length=64, db_index=True)

    class Meta:
        verbose_name = _("mark of a person concerned")
        verbose_name_plural = _("marks of persons concerned")
        constraints = [models.UniqueConstraint(fields=["lead", "no", "digest"], name="leads_one_mark")]

    def __str__(self) -> str:
        return f"{self.lead} {self.no}"


class Member(models.Model):
    """「办案人员」 Who may open a lead, for what, from when to when; or who stepped back from it."""

    class Duty(models.TextChoices):
        MANAGER = "manager", _("case manager")
        HANDLER = "handler", pgettext_lazy("leads", "handler")
        MEMBER = "member", _("member of the team")
        APPROVER = "approver", _("approves")
        TRIAL = "trial", _("reviews the case")
        RECUSED = "recused", _("stepped back")

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="members", verbose_name=_("lead"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person with access")
    )
    duty = models.CharField(_("part in the lead"), max_length=10, choices=Duty)
    purpose = models.CharField(pgettext_lazy("leads", "purpose"), max_length=200, blank=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True)
    stated_at = models.DateTimeField(_("statement on recusal and secrecy signed at"), null=True)

    class Meta:
        verbose_name = _("access to a lead")
        verbose_name_plural = _("access to leads")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["lead", "user"], name="leads_one_access")]

    def __str__(self) -> str:
        return f"{self.lead} {self.user}"

    @staticmethod
    def running(moment) -> Q:
        return Q(until=None) | Q(until__gt=moment)


class Score(models.Model):
    """「价值评估」 One weighing of a lead. It advises; nothing follows from it by itself."""

    class Cause(models.TextChoices):
        FIRST = "first", _("first weighing")
        FACT = "fact", _("a new fact")
        REREAD = "reread", _("held, read again")

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="scores", verbose_name=_("lead"))
    cause = models.CharField(_("cause"), max_length=8, choices=Cause)
    points = models.JSONField(_("points by factor"))
    total = models.PositiveSmallIntegerField(_("points"))
    grade = models.CharField(pgettext_lazy("lead", "Value"), max_length=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("weighed by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("weighing of a lead")
        verbose_name_plural = _("weighings of leads")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.lead} {self.grade}"


class Note(models.Model):
    """「进展与批示」 That something was written about a lead; what, lies in the box `part`."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("progress")
        FACT = "fact", _("new fact")
        INSTRUCTION = "instruction", _("instruction of a leader")
        OPINION = "opinion", _("opinion on the disposal")
        DECISION = "decision", _("words of an approver")
        PLAN = "plan", _("plan")
        ANSWER = "answer", _("answer of the person")
        REPORT = "report", _("report")
        LETTER = "letter", _("letter sent out")
        RESULT = "result", _("result")
        MEETING = "meeting", _("conclusion of a meeting")
        CLEARING = "clearing", _("clearing of the name")
        FALSE = "false", _("false accusation determined")

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="notes", verbose_name=_("lead"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    part = models.CharField(_("part"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("sealed note on a lead")
        verbose_name_plural = _("sealed notes on leads")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.lead} {self.part}"
