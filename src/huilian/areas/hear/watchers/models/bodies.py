"""Bodies that watch, the seats in them, and how their holders are judged every year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.documents.models import Attachment

from .catalogue import Kept, Stratum


class BodyKind(Kept):
    """「监督组织类别」 What every body of a kind has in common: its size, term, who keeps it, whom it hides."""

    class Line(models.TextChoices):
        TOWN = "town", _("discipline body of the township")
        COUNTY = "county", _("county commission")

    class Entry(models.TextChoices):
        ELECTED = "elected", _("elected by the villagers")
        EXAMINED = "examined", _("named by the branch, examined by the township")
        ADMITTED = "admitted", _("conditions, training and examination")
        INVITED = "invited", _("invited by the commission")

    least = models.PositiveSmallIntegerField(_("fewest members"), default=1)
    most = models.PositiveSmallIntegerField(_("most members"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("term in months"), default=12)
    remind_days = models.PositiveSmallIntegerField(_("days of reminder before a term ends"), default=30)
    entry = models.CharField(_("how members come in"), max_length=8, choices=Entry.choices, default=Entry.INVITED)
    line = models.CharField(_("business line"), max_length=8, choices=Line.choices, default=Line.COUNTY)
    meets_monthly = models.BooleanField(_("meets every month"), default=False)
    is_public = models.BooleanField(_("members are public"), default=False)
    is_covered = models.BooleanField(_("members are known by a code name only"), default=False)
    bars_committee = models.BooleanField(_("closed to committee members, their kin and bookkeepers"), default=False)
    barred_roles = models.CharField(_("roles that do not serve"), max_length=200, blank=True)
    pass_mark = models.PositiveSmallIntegerField(_("mark to pass"), null=True, blank=True)
    conditions = models.TextField(_("conditions of admission, one a line"), blank=True)
    training = models.TextField(_("topics of training before the certificate, one a line"), blank=True)
    reports_every = models.PositiveSmallIntegerField(_("reports every how many months (0: never)"), default=0)
    basis = models.CharField(pgettext_lazy("watchers", "legal basis"), max_length=200, blank=True)

    class Meta(Kept.Meta):
        verbose_name = _("kind of watching body")
        verbose_name_plural = _("kinds of watching bodies")


class Body(models.Model):
    """「监督组织」 `unit` is the organisation it stands in, whose branch keeps it, `business` its other line."""

    kind = models.ForeignKey(BodyKind, models.PROTECT, related_name="bodies", verbose_name=_("kind of watching body"))
    name = models.CharField(pgettext_lazy("watchers", "name"), max_length=100)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="watching_bodies", verbose_name=pgettext_lazy("watchers", "kept by")
    )
    business = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("answers in its work to"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("watchers", "place"))
    township = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("watchers", "township")
    )
    phone = models.CharField(_("public telephone"), max_length=32, blank=True)
    office = models.CharField(_("where the office is"), max_length=120, blank=True)
    hours = models.CharField(pgettext_lazy("watchers", "office hours"), max_length=120, blank=True)
    duties = models.TextField(pgettext_lazy("watchers", "duties"), blank=True)
    code = models.CharField(_("report code"), max_length=12, unique=True, editable=False)
    set_up_on = models.DateField(pgettext_lazy("watchers", "set up on"))
    dissolved_on = models.DateField(pgettext_lazy("watchers", "dissolved on"), null=True, blank=True)
    meeting_asked = models.PositiveIntegerField(null=True, editable=False)  # month (yyyymm) of the last reminder

    class Meta:
        verbose_name = _("watching body")
        verbose_name_plural = _("watching bodies")
        ordering = ["place__path", "kind__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit"], condition=Q(dissolved_on=None), name="watching_body_once_an_organisation"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """「监督员」 A person in a body for a term. Of covered bodies neither name nor telephone stands here: only `cover`,
    the code name, and the digest of the word by which the member signs a report."""

    class State(models.TextChoices):
        NAMED = "named", pgettext_lazy("watchers", "named")
        PASSED = "passed", _("examined and found fit")
        REFUSED = "refused", _("found not fit")
        SERVING = "serving", pgettext_lazy("watchers", "serving")
        ENDED = "ended", pgettext_lazy("watchers", "ended")

    class Group(models.TextChoices):
        DEPUTY = "deputy", _("deputy of the people's congress")
        CPPCC = "cppcc", _("member of the political consultative conference")
        VETERAN = "veteran", _("retired cadre")
        KNOWN = "known", _("well-known person of society")

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats", verbose_name=_("watching body"))
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=64, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entry in the directory")
    )
    phone = models.CharField(pgettext_lazy("watchers", "telephone"), max_length=32, blank=True)
    address = models.CharField(_("where letters go"), max_length=200, blank=True)
    cover = models.CharField(_("code name"), max_length=32, blank=True)
    word_digest = models.CharField(max_length=128, blank=True, editable=False)
    group = models.CharField(_("kind of volunteer"), max_length=8, choices=Group.choices, blank=True)
    stratum = models.ForeignKey(
        Stratum, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("stratum")
    )
    is_head = models.BooleanField(_("heads the body"), default=False)
    duty = models.CharField(_("what they look after"), max_length=120, blank=True)
    state = models.CharField(pgettext_lazy("watchers", "state"), max_length=8, choices=State, default=State.NAMED)
    minutes_of = models.DateField(_("meeting of the branch on"), null=True, blank=True)
    minutes = models.CharField(_("what its minutes say"), max_length=300, blank=True)
    conditions_met = models.BooleanField(_("all conditions are met"), default=False)
    declared = models.CharField(_("interests declared"), max_length=200, blank=True)
    trained_on = models.DateField(_("trained on"), null=True, blank=True)
    mark = models.PositiveSmallIntegerField(_("mark of the examination"), null=True, blank=True)
    examined_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("watchers", "examined by")
    )
    examined_on = models.DateField(pgettext_lazy("watchers", "examined on"), null=True)
    note = models.CharField(pgettext_lazy("watchers", "ground"), max_length=200, blank=True)
    certificate = models.CharField(pgettext_lazy("watchers", "number of the certificate"), max_length=32, blank=True)
    check_code = models.CharField(max_length=24, blank=True, editable=False, db_index=True)
    photo = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("photograph"))
    starts_on = models.DateField(_("serves from"), null=True)
    ends_on = models.DateField(_("serves until"), null=True)
    reminded_on = models.DateField(null=True, editable=False)
    ended_because = models.CharField(pgettext_lazy("watchers", "why it ended"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("watcher")
        verbose_name_plural = _("watchers")
        ordering = ["body", "-is_head", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=~Q(certificate=""), name="watch_certificate_once"
            ),
            models.UniqueConstraint(fields=["cover"], condition=~Q(cover=""), name="watch_code_name_once"),
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(person__isnull=False, state__in=["named", "passed", "serving"]),
                name="watcher_once_a_body",
            ),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="watch_term_runs"),
        ]

    def __str__(self) -> str:
        return self.cover or self.name


class Appraisal(models.Model):
    """「年度评议」 The yearly verdict of the villagers (or of the line above) on one watcher."""

    class Result(models.TextChoices):
        GOOD = "good", _("competent")
        FAIR = "fair", _("basically competent")
        UNFIT = "unfit", _("not competent")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="appraisals", verbose_name=_("watcher"))
    year = models.PositiveSmallIntegerField(pgettext_lazy("watchers", "year"))
    result = models.CharField(pgettext_lazy("watchers", "verdict"), max_length=8, choices=Result)
    votes = models.PositiveIntegerField(_("votes given"), null=True, blank=True)
    held_on = models.DateField(_("day of the appraisal"))

    class Meta:
        verbose_name = _("yearly appraisal")
        verbose_name_plural = _("yearly appraisals")
        ordering = ["-year", "seat"]
        constraints = [models.UniqueConstraint(fields=["seat", "year"], name="watcher_appraised_once_a_year")]

    def __str__(self) -> str:
        return f"{self.seat} {self.year}"
