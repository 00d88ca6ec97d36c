"""Rounds, authorities, check sheets and items, the ledger of findings, results and letters as registers."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Unit
from huilian.engine.registers import Column, Register, both, register

from . import services
from .models import CheckItem, Finding, Letter, Member, Round, SheetForm, Target
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
        "title", "kind", "force", "mode", "unit", "joint_unit", "topic", "form", "starts_on", "ends_on", "document",
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
        Column("round__title", _("Round of checks")), "unit", "place", "told_on",
        counted("n_found", _("problems found")), counted("n_closed", _("signed off")),
        counted("n_late", _("late")), counted("n_again", _("come back")),
    )  # fmt: skip
    search = ("round__title", "unit__name")
    filters = ("round__kind", "told_on")
    sections = ((_("Results of checks"), ("round", "unit", "told_on", "told_to", "opinion", "reason")),)

    def visible_to(self, user):
        rows = reach.visible_targets(user).filter(told_on__isnull=False)
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
    columns = ("number", "kind", "unit", "sender", "advice", "sent_on", "due_on", "answered_on", "reminded")
    search = ("number", "unit__name", "advice")
    filters = ("kind", "due_on", "answered_on")
    sections = (
        (_("Supervision letter"), ("number", "kind", "unit", "sender", "finding", "basis", "facts", "advice")),
        (_("Answer"), ("sent_on", "due_on", "answer", "answered_on")),
    )

    def visible_to(self, user):
        return reach.visible_letters(user)
