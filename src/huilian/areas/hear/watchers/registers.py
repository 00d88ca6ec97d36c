"""Bodies, watchers, what they do and what the county decided as registers. Acts stand on the pages they lead to."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.directory.models import Unit
from huilian.engine.registers import Column, Register, both, register
from huilian.foundation.masking import mask_name, mask_phone

from . import services
from .models import (
    Advice,
    Appraisal,
    Body,
    BodyKind,
    BoxOpening,
    Card,
    Checkpoint,
    ComplaintBox,
    DutyReport,
    LogEntry,
    Mailing,
    ManualEntry,
    Meeting,
    PeriodReport,
    PlanLine,
    Question,
    Report,
    Seat,
    Stratum,
    Topic,
    Training,
    WarningLetter,
    WatchedPoint,
)
from .queries import reach


class OfBodies(Register):
    """Rows that belong to bodies, seen by whoever sees those."""

    group, see, icon = "hear", "watchers.see", "list-checks"

    def visible_to(self, user):
        return reach.of_bodies(self.model, user)

    def link(self, row):
        return reverse("watchers-body", args=[row.body_id])


@register
class Bodies(OfBodies):
    key, title, model, icon = "watch-bodies", _("Watching bodies"), Body, "eye"
    change = "watchers.examine"
    about = _("One of a kind in each organisation, with the unit that keeps it and the unit it answers to in its work.")
    columns = ("name", "kind", "unit", "business", "set_up_on", "dissolved_on")
    search = ("name", "unit__name")
    filters = ("kind", "set_up_on")
    fields = ("kind", "unit", "business", "name", "phone", "office", "hours", "duties")
    fixed = ("kind", "unit")
    sections = ((_("Watching body"), fields),)
    import_key = ("kind", "unit")
    save_with = both(services.save_body)

    def visible_to(self, user):
        return reach.bodies_of(user)

    def choices_for(self, name, user):
        if name == "kind":
            return BodyKind.objects.filter(is_active=True)
        units = Unit.objects.filter(valid_to=None)
        return units.filter(kind=Unit.Kind.DISCIPLINE) if name == "business" else units if name == "unit" else None

    def link(self, row):
        return reverse("watchers-body", args=[row.pk])


@register
class Seats(OfBodies):
    key, title, model, icon = "watchers", _("Watchers"), Seat, "users"
    columns = (
        Column("name", pgettext_lazy("of a person", "name"), value=str, sort="name"),
        "body", "stratum", "group", "state", "starts_on", "ends_on", "certificate", "phone",
    )  # fmt: skip
    search = ("name", "cover", "certificate")
    filters = ("state", "group", "stratum", "ends_on")
    masked = {"phone": mask_phone}

    def visible_to(self, user):
        return reach.visible_seats(user)


@register
class Appraisals(OfBodies):
    key, title, model = "watch-appraisals", _("Yearly appraisals of watchers"), Appraisal
    columns = ("year", "seat", "result", "votes", "held_on")
    filters = ("year", "result")

    def visible_to(self, user):
        seats = reach.visible_seats(user).order_by().values("pk")
        return Appraisal.objects.select_related("seat").filter(seat__in=seats)

    def link(self, row):
        return reverse("watchers-body", args=[row.seat.body_id])


@register
class Reports(OfBodies):
    key, title, model, icon = "watch-reports", _("Reports of watchers"), Report, "message-square-warning"
    about = _("Sealed ones stand here by number, dates and unit alone.")
    columns = (
        "number", "body", "duty", "route", "topic", "unit", "is_important", "is_secret", "handler", "received_at",
        Column("clock__due_on", _("answer due")), "missed_on", "state", "answered_on", "outcome",
        "settled_early", "passed_to",
    )  # fmt: skip
    search = ("number",)
    filters = (
        "duty",
        "route",
        "topic",
        "mechanism",
        "state",
        "is_important",
        "settled_early",
        "missed_on",
        "received_at",
    )

    def visible_to(self, user):
        return reach.visible_reports(user)

    def link(self, row):
        return reverse("watchers-report", args=[row.number])


@register
class Meetings(OfBodies):
    key, title, model = "watch-meetings", _("Meetings of watchers"), Meeting
    columns = ("body", "held_on", "present", "minutes")
    filters = ("held_on",)


@register
class Trainings(OfBodies):
    key, title, model = "watch-trainings", _("Trainings of watchers"), Training
    columns = ("body", "held_on", "topic")
    search = ("topic",)
    filters = ("held_on",)


@register
class DutyReports(OfBodies):
    key, title, model = "duty-reports", _("Reports on duty"), DutyReport
    about = _("What cadres reported before the villagers and how those present judged it; public.")
    columns = ("year", "body", "post", "name", "held_on", "good", "fair", "poor")
    filters = ("year", "held_on")


@register
class Boxes(OfBodies):
    key, title, model = "watch-boxes", _("Complaint boxes"), ComplaintBox
    columns = ("body", "where", "keeper", "hung_on", "removed_on")
    search = ("where",)


@register
class Openings(OfBodies):
    key, title, model = "watch-openings", _("Openings of boxes"), BoxOpening
    columns = ("box", "opened_at", "first", "second", "letters")
    filters = ("opened_at",)

    def visible_to(self, user):
        boxes = reach.of_bodies(ComplaintBox, user).order_by().values("pk")
        return BoxOpening.objects.select_related("box__body", "first").filter(box__in=boxes)

    def link(self, row):
        return reverse("watchers-body", args=[row.box.body_id])


@register
class Questions(OfBodies):
    key, title, model = "watch-questions", _("Questions of supervision committees"), Question
    columns = ("body", "unit", "text", "about", "asked_on", Column("clock__due_on", _("answer due")), "answered_on")
    filters = ("asked_on", "answered_on")

    def visible_to(self, user):
        return reach.asked_of(user)


@register
class Plan(OfBodies):
    key, title, model = "watch-plan", _("Plans of the months"), PlanLine
    columns = ("month", "body", "what", "seat", "because", "done_on", "found")
    filters = ("month", "done_on")


@register
class Log(OfBodies):
    key, title, model = "watch-log", _("Work logs"), LogEntry
    columns = ("on", "body", "seat", "what", "about")
    search = ("what", "about")
    filters = ("on",)


@register
class Periods(OfBodies):
    key, title, model = "watch-periods", _("Reports of months and periods"), PeriodReport
    columns = ("month", "body", "is_special", "raised", "solved", "handed_in_at", "by")
    filters = ("month", "is_special")


class Governed(Register):
    """What only the county's officer sees."""

    group, see, icon = "hear", "watchers.govern", "mail"

    def visible_to(self, user):
        return self.model.objects.all() if may(user, self.see) else self.model.objects.none()


@register
class Mailings(Governed):
    key, title, model = "watch-mailings", _("Mailings to contact persons"), Mailing
    columns = ("number", "title", "wanted", "cards", "made_on", "sent_on")
    search = ("number", "title")

    def link(self, row):
        return reverse("watchers-mailing", args=[row.number])


@register
class Cards(Governed):
    key, title, model = "watch-cards", _("Reply cards"), Card
    about = _("Which card went to whom is written nowhere.")
    columns = ("mailing", "serial", "returned_on", "online", "signed_by")
    filters = ("returned_on", "online")
    masked = {"signed_by": mask_name}

    def link(self, row):
        return reverse("watchers-mailing", args=[row.mailing.number])


@register
class Letters(Governed):
    key, title, model = "watch-letters", _("Warning letters"), WarningLetter
    columns = (
        "number", "topic", "unit", "sent_on", Column("clock__due_on", _("answer due")), "state", "replied_on", "verdict"
    )  # fmt: skip
    filters = ("state", "topic", "sent_on")

    def link(self, row):
        return reverse("watchers-letters")


@register
class AdviceGiven(Governed):
    key, title, model = "watch-advice", _("Advice to the leaders"), Advice
    columns = ("number", "title", "letter", "given_on", "taken")
    search = ("number", "title")

    def link(self, row):
        return reverse("watchers-letters")


class Kept(Register):
    """What everybody here reads and the county's officer keeps."""

    group, see, change, icon = "hear", "watchers.see", "watchers.govern", "settings"
    own: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        cls.fields = ("key", "name", "name_en", *cls.own, "position", "is_active")
        cls.columns = ("position", "name", *cls.own, "is_active", "origin")
        cls.sections = ((cls.title, cls.fields),)
        cls.fixed = cls.import_key = ("key",)
        cls.save_with = both(partial(services.save_entry, cls.model))

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Kinds(Kept):
    key, title, model = "watch-kinds", _("Kinds of watching bodies"), BodyKind
    own = ("least", "most", "term_months", "remind_days", "entry", "line", "meets_monthly", "is_public", "is_covered",
           "bars_committee", "barred_roles", "pass_mark", "conditions", "training", "reports_every",
           "basis")  # fmt: skip


@register
class Topics(Kept):
    key, title, model = "watch-topics", _("Topics of reports"), Topic
    about = _("Which department puts right what people report on it.")
    own = ("focus", "field", "unit")


@register
class Strata(Kept):
    key, title, model = "watch-strata", _("Strata of contact points"), Stratum
    own = ("quota",)


@register
class Checkpoints(Kept):
    key, title, model = "watch-checkpoints", _("Checkpoints of stations"), Checkpoint
    own = ("what", "field", "every_months")


@register
class Manual(Kept):
    key, title, model = "watch-manual", _("Manual of the stations"), ManualEntry
    own = ("chapter",)


@register
class Watched(Kept):
    key, title, model = "watch-points", _("Key matters and key posts"), WatchedPoint
    about = _("Kinds of matters and posts that are looked at more often. Posts, never people.")
    own = ("kind", "words", "threshold_cents", "fields", "every_months")
