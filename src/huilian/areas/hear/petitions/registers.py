"""Petitions, lists of the county, receptions, targets and campaigns as registers.

Petitioners have no register: nobody lists, searches, exports or counts them.
"""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Place
from huilian.engine.registers import Column, Register, both, register

from . import services
from .models import Contest, Ground, Heat, Number, Path, Petition, Slot, StockTarget
from .queries import reach

SEE = reach.SEE


@register
class Petitions(Register):
    key, title, model, icon = "petitions", _("Register of petitions"), Petition, "mail"
    group, see = "hear", SEE
    about = _(
        "Every petition with its number, field, place, unit, state and days. It says nothing of who handed it in."
    )
    columns = (
        Column("case__number", _("Number")), Column("case__title", _("Matter")), "kind", "channel", "field", "place",
        Column("case__unit", _("Unit")), Column("case__received_at", _("Received")), "people", "is_skip",
        "accepted_at", "delivered_at", "is_late",
    )  # fmt: skip
    search = ("case__number", "case__title")
    filters = ("kind", "channel", "field", "is_skip", "is_late", "delivered_at")
    ordering = ("-pk",)

    def visible_to(self, user):
        return reach.visible_petitions(user)

    def link(self, row):
        return reverse("desk-case", args=[row.case.number])


@register
class Slots(Register):
    key, title, model, icon = "reception-slots", _("Reception slots"), Slot, "calendar-clock"
    group, see = "hear", SEE
    columns = ("leader", "unit", "room", "is_remote", "town", "starts_at", "ends_at", "seats", "cancelled")
    search = ("leader__name", "room")
    filters = ("is_remote", "starts_at")
    sections = ((_("Reception slot"), columns),)

    def visible_to(self, user):
        return reach.visible_slots(user)

    def link(self, row):
        return reverse("petitions-slot", args=[row.pk])


@register
class Targets(Register):
    key, title, model, icon = "petition-targets", _("Targets for stock and increase"), StockTarget, "gauge"
    group, see, change = "hear", SEE, "petitions.contest"
    columns = ("township", "year", "stock", "new")
    search = ("township__name",)
    filters = ("year",)
    sections = ((_("Target"), columns),)
    fields = columns
    fixed = ("township", "year")
    import_key = ("township", "year")
    save_with = both(services.save_target)

    def visible_to(self, user):
        return StockTarget.objects.filter(township__in=reach.townships(user)).select_related("township")

    def choices_for(self, name, user):
        return Place.objects.filter(level=Place.Level.TOWNSHIP, valid_to=None) if name == "township" else None


@register
class Contests(Register):
    key, title, model, icon = "petition-contests", _("Campaigns against skipped levels"), Contest, "flag"
    group, see, change = "hear", SEE, "petitions.contest"
    columns = ("year", "title", "most", "most_overdue", "apply_until")
    search = ("title",)
    filters = ("year",)
    sections = ((_("Campaign"), ("year", "title", "criteria", "most", "most_overdue", "apply_until")),)
    fields = ("year", "title", "criteria", "most", "most_overdue", "apply_until")
    fixed = ("year",)
    import_key = ("year",)
    save_with = both(services.save_contest)

    def visible_to(self, user):
        return Contest.objects.all()


class Lines(Register):
    """A list of the county that everybody here reads and the head of the petitions office keeps."""

    group, see, change = "hear", SEE, "petitions.catalogue"
    about = _(
        "Lines with origin “default” are set by no higher rule or follow the law named; the county may change them."
    )
    own: tuple[str, ...] = ()
    search = ("name",)
    filters = ("is_active", "origin")
    fixed = ("key",)
    import_key = ("key",)

    def __init_subclass__(cls):
        cls.columns = ("name", *cls.own, "basis", "is_active", "origin")
        cls.fields = ("key", "name", "name_en", *cls.own, "basis", "is_active", "position")
        cls.sections = ((cls.title, ("key", "name", "name_en", *cls.own, "basis", "is_active", "origin")),)
        cls.save_with = both(partial(services.save_line, cls.model))

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Paths(Lines):
    key, title, model, icon = "petition-paths", _("Lawful ways before the petition"), Path, "route"
    own = ("when", "organ", "period")


@register
class Grounds(Lines):
    key, title, model, icon = "petition-grounds", _("Grounds for not accepting petitions"), Ground, "x"
    own = ("guidance",)


@register
class Heats(Lines):
    key, title, model, icon = "opinion-heats", _("Hours by heat"), Heat, "gauge"
    own = ("verify_hours", "answer_hours")


@register
class Numbers(Lines):
    key, title, model, icon = "petition-numbers", _("Numbers of petitions"), Number, "settings"
    own = ("value",)
