"""Audits, findings with their repairs, what is due, and the county's figures as registers."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.registers import Column, Register, register
from huilian.foundation import money

from . import services
from .models import Audit, Finding, Proposal, Setting
from .queries import reach


@register
class Audits(Register):
    key, title, model, icon = "audits", _("Audits of village heads"), Audit, "landmark"
    group, see = "answer", "audits.see"
    about = _("Who was audited for which stretch, by whom, and how far it is.")
    columns = (
        "number", "phase", "place", "office", "person", "starts_on", "ends_on", "auditor", "due_on", "report_on",
        "published_on", Column("case__state", _("state of the case"), label=lambda value: STATES.get(value, value)),
    )  # fmt: skip
    search = ("number", "place__name", "office", "person__name")
    filters = ("phase", "due_on", "report_on", "published_on")
    sections = (
        (_("Audit of a village head"), ("number", "phase", "place", "office", "person", "unit", "auditor")),
        (_("Stretch and report"), ("starts_on", "ends_on", "due_on", "told_on", "report_on", "published_on")),
    )

    def visible_to(self, user):
        return reach.visible_audits(user)

    def link(self, row):
        return reverse("audits-audit", args=[row.number])


def yuan(name: str) -> Column:
    """An amount kept in cents, shown in yuan."""
    return Column(name, kind="money", value=lambda row: money.yuan(getattr(row, name)), sort=name)


STATES = {"open": _("running audits"), "closed": _("closed audits"), "withdrawn": pgettext_lazy("audits", "given up")}


@register
class Findings(Register):
    key, title, model, icon = "audit-findings", _("Findings of audits"), Finding, "list-checks"
    group, see = "answer", "audits.see"
    about = _("Amount, responsibility, answer, day, money paid back, who verified.")
    columns = (
        "number", Column("audit__place__name", _("Village")), Column("audit__phase", pgettext_lazy("audits", "phase"),
        label=lambda value: Audit.Phase(value).label), "matter", "fact", yuan("amount_cents"),
        yuan("back_cents"), "responsibility", "state", "due_on", "promised_for",
        yuan("paid_back_cents"), "paid_back_on", "verified_on", "verified_by",
    )  # fmt: skip
    search = ("number", "fact", "audit__place__name")
    filters = ("state", "matter", "responsibility", "due_on")
    sections = (
        (_("Finding of an audit"), ("number", "matter", "fact", "responsibility", "basis", "answer", "opinion")),
        (_("Repair after an audit"), ("due_on", "measures", "responsible", "promised_for", "result", "verified_by")),
    )

    def visible_to(self, user):
        return reach.visible_findings(user)

    def link(self, row):
        return f"{reverse('audits-audit', args=[row.audit.number])}#{row.number}"


@register
class Due(Register):
    key, title, model, icon = "audits-due", _("Audits that are due"), Proposal, "calendar-clock"
    group, see = "answer", reach.PLAN
    about = _("By the terms in the directory: planned, open or put aside with a reason.")
    columns = ("phase", "place", "office", "starts_on", "ends_on", "due_on", "proposed_on", "audit", "put_aside")
    search = ("place__name", "office")
    filters = ("phase", "due_on")
    sections = (
        (_("Audits that are due"), ("phase", "place", "office", "starts_on", "ends_on", "due_on", "put_aside")),
    )

    def visible_to(self, user):
        return reach.visible_proposals(user)

    def link(self, row):
        return reverse("audits-due")


@register
class Settings(Register):
    key, title, model, icon = "audit-settings", _("Figures for audits"), Setting, "sliders-horizontal"
    group, see, change = "answer", "audits.settings", "audits.settings"
    about = _("Where no rule above the county says a figure, it is a default that the county may change.")
    columns = ("key", "value", "basis", "origin")
    fields = ("key", "value", "basis")
    fixed = import_key = ("key",)
    sections = ((_("Figures for audits"), ("key", "value", "basis", "origin")),)

    def visible_to(self, user):
        return Setting.objects.all()

    @staticmethod
    def _change(row, *, by, **values):
        return services.save_setting(row, values, by=by)

    save_with = (None, _change)
