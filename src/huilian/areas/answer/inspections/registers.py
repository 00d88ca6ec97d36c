"""Rounds, authorities, check sheets and items, the ledger of findings, results and letters as registers."""

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Unit
from huilian.engine.registers import Column, Register, both, register

from . import services
from .models import (
    CheckItem,
    Finding,
    GreatDecision,
    Letter,
    Measure,
    Meeting,
    Member,
    Round,
    Routine,
    SheetForm,
    Talk,
    Target,
    Task,
)
from .queries import reach


def counted(name, heading):
    """A count that the queryset brings along."""
    return Column(name, heading, kind="number", value=lambda row: getattr(row, name), sort=name)


@register
class Rounds(Register):
    key, title, model, icon = "inspection-rounds", _("Rounds of checks"), Round, "calendar-days"
    group, see, change = "answer", "inspections.fill", "inspections.plan"
    about = _("Every round of the four forces. A file of the year's plan can be read in.")
    columns = ("number", "title", "kind", "force", "mode", "unit", "starts_on", "ends_on", "state")
    search = ("number", "title", "topic")
    filters = ("kind", "force", "state", "starts_on")
    fields = (
        "title", "kind", "force", "mode", "unit", "joint_unit", "decision", "topic", "form", "starts_on", "ends_on",
        "document",
    )  # fmt: skip
    sections = ((_("Round of checks"), fields),)
    import_key = ("unit", "title", "starts_on")
    save_with = both(services.save_round)

    def visible_to(self, user):
        return reach.visible_rounds(user)

    def choices_for(self, name, user):
        return Unit.objects.filter(valid_to=None) if name in ("unit", "joint_unit") else None

    def link(self, row):
        return reverse("inspections-round", args=[row.number])


@register
class Authorities(Register):
    key, title, model, icon = "inspection-authorities", _("One matter, one authority"), Member, "key-round"
    group, see = "answer", "inspections.fill"
    about = _("Who may look into which round, from a day to a day. Each ends by itself.")
    columns = ("number", "round", "person", "duty", "may_find", "is_drawn", "starts_on", "ends_on", "ended")
    search = ("number", "person__name", "round__title")
    filters = ("duty", "ends_on")
    sections = ((_("Authority"), ("number", "round", "person", "duty", "may_find", "starts_on", "ends_on", "ended")),)

    def visible_to(self, user):
        return Member.objects.filter(round__in=reach.visible_rounds(user).order_by()).select_related("round", "person")

    def link(self, row):
        return reverse("inspections-round", args=[row.round.number])


class Catalogue(Register):
    """What every inspector reads and the county's officer keeps."""

    group, see, change = "answer", "inspections.fill", "inspections.catalogue"

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Forms(Catalogue):
    key, title, model, icon = "inspection-forms", _("Check sheets"), SheetForm, "clipboard-list"
    columns = ("name", "source", "is_active", "origin")
    fields = ("key", "name", "name_en", "source", "is_active")
    sections = ((_("Check sheet"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_form)


@register
class Items(Catalogue):
    key, title, model, icon = "inspection-items", _("Check items"), CheckItem, "list-checks"
    about = _("What the sheets ask about, with how often it was found.")
    columns = (
        "form", "number", "group", "text", counted("n_found", _("problems found")), "is_active", "origin",
    )  # fmt: skip
    search = ("text", "group")
    filters = ("form", "is_active")
    fields = ("form", "number", "group", "text", "text_en", "is_active")
    sections = ((_("Check item"), fields),)
    fixed = ("form", "number")
    import_key = ("form", "number")
    save_with = both(services.save_item)

    def visible_to(self, user):
        seen = Q(findings__in=reach.visible_findings(user).order_by())
        return CheckItem.objects.select_related("form").annotate(n_found=Count("findings", filter=seen, distinct=True))


@register
class Findings(Register):
    key, title, model, icon = "inspection-findings", _("Ledger of findings"), Finding, "list-checks"
    group, see = "answer", "inspections.see"
    about = _("Problem, who answers, measure, day, proof, what people say, who signed off.")
    columns = (
        "number", Column("target__round__title", _("Round of checks")), "place", "item", "fact", "owner", "responsible",
        "measures", "promised_for", Column("case__due_on", _("last day of the clock")), "result", "closed_by",
        "published_on",
    )  # fmt: skip
    search = ("number", "fact", "responsible")
    filters = ("source", "is_immediate", "told_on")
    sections = (
        (_("Problem found"), ("number", "source", "source_ref", "unit", "place", "item", "fact", "amount_cents")),
        (_("Repair of a finding"), ("owner", "responsible", "measures", "promised_for", "result", "closed_by")),
    )

    def visible_to(self, user):
        return reach.visible_findings(user)

    def link(self, row):
        return reverse("inspections-finding", args=[row.number])


@register
class Results(Register):
    key, title, model, icon = "inspection-results", _("Results of checks"), Target, "chart-column"
    group, see = "answer", "inspections.plan"
    about = _("What a check of each unit came to; assessments read the same rows.")
    columns = (
        Column("round__number", _("number")), Column("round__title", _("Round of checks")),
        Column("round__kind", _("kind of check"), value=lambda t: t.round.get_kind_display()),
        "unit", "place", "told_on", "opinion",
        counted("n_found", _("problems found")), counted("n_closed", _("signed off")),
        counted("n_late", _("late")), counted("n_again", _("come back")),
    )  # fmt: skip
    search = ("round__title", "unit__name")
    filters = ("round__kind", "told_on")
    sections = ((_("Results of checks"), ("round", "unit", "told_on", "told_to", "opinion", "reason")),)

    def visible_to(self, user):
        rows = reach.visible_targets(user).filter(told_on__isnull=False).order_by("-told_on", "-pk")
        return rows.annotate(
            n_found=Count("findings"),
            n_closed=Count("findings", filter=Q(findings__case__state="closed")),
            n_late=Count("findings", filter=Q(findings__case__clock__colour=3)),
            n_again=Count("findings", filter=Q(findings__repeat_of__isnull=False)),
        )

    def link(self, row):
        return reverse("inspections-round", args=[row.round.number])


@register
class Letters(Register):
    key, title, model, icon = "inspection-letters", _("Supervision letters"), Letter, "mail"
    group, see = "answer", "inspections.see"
    about = _("Suggestions, supervision and notices, with what became of each.")
    columns = (
        "number", "kind", "unit", "sender", "advice", "sent_on", "due_on", "answered_on", "reminded", "outcome",
        "followed_on",
    )  # fmt: skip
    search = ("number", "unit__name", "advice")
    filters = ("kind", "outcome", "due_on", "answered_on")
    sections = (
        (_("Supervision letter"), ("number", "kind", "unit", "sender", "finding", "basis", "facts", "advice")),
        (_("Answer"), ("sent_on", "due_on", "answer", "answered_on")),
        (_("Checked again"), ("outcome", "follow_up", "followed_on")),
    )

    def visible_to(self, user):
        return reach.visible_letters(user)


@register
class FirmsVisited(Register):
    key, title, model, icon = "inspection-firms", _("Firms visited"), Target, "building-2"
    group, see = "answer", "inspections.plan"
    about = _("Which firm was visited, what was found, the day to put it right by, and whether it was.")
    columns = (
        "firm", "unit", Column("round__title", _("Round of checks")), "told_on",
        counted("n_found", _("problems found")),
        Column("n_due", _("to be put right by"), value=lambda row: row.n_due, sort="n_due"),
        counted("n_closed", _("signed off")), Column("n_seen", _("last checked again"), value=lambda row: row.n_seen),
    )  # fmt: skip
    search = ("firm__name", "unit__name", "round__title")
    filters = ("told_on",)
    sections = ((_("Firm visited"), ("firm", "unit", "round", "told_on", "told_to", "opinion")),)

    def visible_to(self, user):
        rows = reach.visible_targets(user).filter(firm__isnull=False).order_by("-pk")
        return rows.annotate(
            n_found=Count("findings"), n_due=Max("findings__case__due_on"),
            n_closed=Count("findings", filter=Q(findings__case__state="closed")),
            n_seen=Max("findings__case__closed_at__date"),
        )  # fmt: skip

    def link(self, row):
        return reverse("inspections-round", args=[row.round.number])


@register
class Talks(Register):
    key, title, model, icon = "inspection-talks", _("Talks"), Talk, "messages-square"
    group, see = "answer", "inspections.see"
    about = _("Who was talked to, why, what was asked for, what came of it.")
    columns = (
        "number", "unit", "post", "person", "kind", "source", "demand", "meet_on", "held_on", "due_on", "followed_on",
        "ended_on",
    )  # fmt: skip
    search = ("number", "unit__name", "why", "source")
    filters = ("kind", "meet_on", "ended_on")
    sections = (
        (
            _("About the talk"),
            ("number", "unit", "post", "person", "sender", "kind", "source", "why", "demand", "meet_on"),
        ),
        (_("What came of it"), ("held_on", "record", "due_on", "follow_up", "followed_on", "end_note", "ended_on")),
    )

    def visible_to(self, user):
        return reach.visible_talks(user)

    def link(self, row):
        return reverse("inspections-talk", args=[row.number])


@register
class Meetings(Register):
    key, title, model, icon = "inspection-meetings", _("Meetings over figures"), Meeting, "users"
    group, see = "answer", "inspections.plan"
    columns = ("number", "title", "unit", "starts_on", "ends_on", "meet_on", "held_on", "digest")
    search = ("number", "title", "minutes")
    filters = ("meet_on",)
    sections = ((_("About the meeting"), (*columns, "attended", "minutes")),)

    def visible_to(self, user):
        return reach.visible_meetings(user)

    def link(self, row):
        return reverse("inspections-meeting", args=[row.number])


@register
class Tasks(Register):
    key, title, model, icon = "inspection-tasks", _("Tasks of units"), Task, "list-checks"
    group, see = "answer", "inspections.see"
    about = _("What units do by a day and prove: from meetings, small classes and checks by frequency.")
    columns = ("number", "unit", "what", "meeting", "routine", "period", "due_on", "done_on", "accepted_on")
    search = ("number", "unit__name", "what")
    filters = ("routine", "due_on", "done_on", "accepted_on")
    sections = ((_("About the task"), (*columns, "given_on", "result", "note", "accepted_by")),)

    def visible_to(self, user):
        return reach.visible_tasks(user)

    def link(self, row):
        return reverse("inspections-task", args=[row.number])


@register
class GreatDecisions(Catalogue):
    key, title, model, icon = "inspection-decisions", _("Great decisions"), GreatDecision, "flag"
    about = _("Whose carrying out is supervised: rounds about each, problems found, how many signed off.")
    columns = (
        "code", "title", "issuer", "decided_on", counted("n_rounds", _("rounds about it")),
        counted("n_found", _("problems found")), counted("n_closed", _("signed off")), "is_active",
    )  # fmt: skip
    search = ("code", "title", "document")
    filters = ("is_active",)
    fields = ("code", "title", "issuer", "document", "decided_on", "is_active")
    sections = ((_("Great decision"), fields),)
    fixed = ("code",)
    import_key = ("code",)
    save_with = both(services.save_decision)

    def visible_to(self, user):
        seen = Q(rounds__in=reach.visible_rounds(user).order_by())
        closed = seen & Q(rounds__targets__findings__case__state="closed")
        return GreatDecision.objects.annotate(
            n_rounds=Count("rounds", filter=seen, distinct=True),
            n_found=Count("rounds__targets__findings", filter=seen, distinct=True),
            n_closed=Count("rounds__targets__findings", filter=closed, distinct=True),
        )


@register
class Routines(Catalogue):
    key, title, model, icon = "inspection-routines", _("Checks by frequency"), Routine, "timer"
    about = _("The four checks are county defaults; contents, frequencies and who does them can be changed.")
    columns = ("name", "every", "who", "is_active", "origin")
    fields = ("key", "name", "name_en", "every", "who", "is_active")
    sections = ((_("Check by frequency"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_routine)


@register
class Measures(Catalogue):
    key, title, model, icon = "inspection-measures", _("Figures of the three zeros"), Measure, "gauge"
    about = _("A township in which every one of them is at most what counts as none is talked to.")
    columns = ("name", "most", "is_active", "origin")
    fields = ("key", "name", "name_en", "most", "is_active")
    sections = ((_("Figure of the three zeros"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_measure)
