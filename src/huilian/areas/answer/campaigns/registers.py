"""Campaigns, problems, measures' entries, funds, comparisons; kinds, aspects and reminders the county keeps."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Unit
from huilian.engine.registers import Column, Register, both, register
from huilian.foundation import money
from huilian.foundation.masking import mask_name

from . import services
from .models import (
    Aspect,
    Campaign,
    CampaignKind,
    Car,
    Caution,
    Entry,
    Fuelling,
    Fund,
    Occasion,
    OccasionKind,
    Problem,
    Reminder,
    Sighting,
    Trip,
)
from .queries import reach
from .services.problems import sources


def yuan(name: str) -> Column:
    """An amount kept in cents, typed and shown in yuan."""
    return Column(
        name, parse=lambda text: money.cents(str(text).strip()) if str(text or "").strip() else None,
        label=lambda cents: "" if cents is None else f"{money.yuan(cents):f}", hint=_("In yuan."),
    )  # fmt: skip


def source_name(key: str) -> str:
    """How a source of problems is called."""
    if key == "hand":
        return str(_("entered by hand"))
    found = sources().get(key)
    return str(found.name) if found else str(pgettext_lazy("source", "comparison of lists"))


def _amount(entry: Entry) -> str:
    return f"{money.text(entry.amount)}元" if entry.measure.is_money else f"{entry.amount}{entry.measure.word}"


class Answer(Register):
    group, see = "answer", "campaigns.see"

    def visible_to(self, user):
        return self.model.objects.all()

    def choices_for(self, name, user):
        if name == "campaign":
            return Campaign.objects.filter(reach.ways(Campaign, user, reach.MANAGE, None, "unit"))
        return Unit.objects.filter(valid_to=None) if name == "unit" else None


@register
class Campaigns(Answer):
    key, title, model, icon = "campaigns", _("Campaigns"), Campaign, "flag"
    change = "campaigns.manage"
    about = _("Every campaign with who leads it. The year's plan can be read in.")
    columns = ("number", "title", "kind", "unit", "starts_on", "ends_on", "state", "published_on")
    search = ("number", "title")
    filters = ("kind", "state", "starts_on")
    fields = ("title", "kind", "unit", "starts_on", "ends_on", "objectives", "document", "field", "rules", "matters")
    sections = ((_("Campaign"), fields),)
    import_key = ("unit", "title", "starts_on")
    save_with = both(services.save_campaign)

    def visible_to(self, user):
        return reach.visible_campaigns(user)

    def link(self, row):
        return reverse("campaigns-campaign", args=[row.number])


@register
class Problems(Answer):
    key, title, model, icon = "campaign-problems", _("Problem base"), Problem, "list-checks"
    about = _("Problem, unit, measure, day, what was done, how it was verified, what came of it.")
    columns = (
        "number", "campaign", "aspect", "unit", "fact", Column("source", label=source_name), "state", "responsible",
        "promised_for", Column("case__due_on", _("last day of the clock")), "result", "effect", "closed_by",
    )  # fmt: skip
    search = ("number", "fact", "unit__name")
    filters = ("state", "noted_on")
    sections = (
        (_("Problem of a campaign"), ("number", "campaign", "aspect", "field", "unit", "fact", yuan("amount_cents"),
                                      Column("source", label=source_name), "source_ref", "state", "reason")),
        (_("Repair"), ("measures", "responsible", "promised_for", "result", "verified", "effect", "closed_by")),
    )  # fmt: skip

    def visible_to(self, user):
        return reach.visible_problems(user)

    def link(self, row):
        if row.case_id:
            return reverse("desk-case", args=[row.case.number])
        return reverse("campaigns-campaign", args=[row.campaign.number])


class Managed(Answer):
    """Rows of campaigns the person manages."""

    see, path = "campaigns.manage", "campaign"

    def visible_to(self, user):
        seen = Campaign.objects.filter(reach.ways(Campaign, user, reach.MANAGE, None, "unit"))
        return self.model.objects.filter(**{f"{self.path}__in": seen}).select_related(self.path)


@register
class Entries(Managed):
    key, title, model, icon = "campaign-entries", _("Entries of measures"), Entry, "chart-column"
    path = "measure__campaign"
    about = _("Each amount with the paper it stands on; what is struck out stays readable.")
    columns = (
        Column("measure__campaign", _("campaign")), "measure", "day", Column("amount", value=_amount), "unit", "paper",
        "struck",
    )  # fmt: skip
    search = ("measure__name", "paper")
    filters = ("day",)
    sections = ((_("Entry"), ("measure", "day", Column("amount", value=_amount), "unit", "paper", "struck")),)


@register
class Funds(Managed):
    key, title, model, icon = "campaign-funds", _("Funds looked through"), Fund, "wallet"
    change = "campaigns.manage"
    fields = ("campaign", "name", "year", "unit", yuan("given_cents"), yuan("paid_cents"), "paper")
    columns = fields
    search = ("name", "paper")
    filters = ("year",)
    sections = ((_("Fund"), fields),)
    fixed = ("campaign",)
    import_key = ("campaign", "name", "year")
    save_with = both(services.save_fund)


@register
class Cautions(Answer):
    key, title, model, icon = "campaign-cautions", _("Cautions about efficiency"), Caution, "scale"
    see = "campaigns.cautions"
    about = _("Who was cautioned, from when to when, and what came of an appeal. Never published by name.")
    columns = ("number", "person", "unit", "post", "state", "starts_on", "ends_on", "outcome")
    search = ("number", "person__name", "unit__name")
    filters = ("state", "starts_on", "ends_on")
    sections = (
        (_("Caution"), ("number", "person", "post", "unit", "fact", "basis", "state", "starts_on", "ends_on")),
    )  # fmt: skip

    def visible_to(self, user):
        return reach.visible_cautions(user)

    def link(self, row):
        return reverse("campaigns-caution", args=[row.number])


@register
class Occasions(Answer):
    key, title, model, icon = "campaign-occasions", _("Reports of family occasions"), Occasion, "clipboard-list"
    see = "campaigns.conduct"
    about = _("Who reported what, before and after; read only by who checks. Venue and guests stand on the page.")
    columns = (
        "number", Column("person", value=lambda row: mask_name(row.person.name)), "unit", "kind", "day", "declared_on",
        "state", "tables_held", "is_confirmed",
    )  # fmt: skip
    search = ("number", "unit__name")
    filters = ("kind", "state", "day")
    sections = ((_("Report of a family occasion"), ("number", "unit", "kind", "day", "declared_on", "state",
                                                   "is_confirmed")),)  # fmt: skip

    def visible_to(self, user):
        return reach.visible_occasions(user)

    def link(self, row):
        return reverse("campaigns-occasion", args=[row.number])


class Garage(Answer):
    see = change = "campaigns.cars"

    def visible_to(self, user):
        rows = self.model.objects.filter(car__in=reach.visible_cars(user).order_by().values("pk"))
        return rows.select_related("car__unit__place")

    def choices_for(self, name, user):
        if name == "unit":
            return scope(Unit.objects.filter(valid_to=None), user, place="place", unit="pk", action="campaigns.cars")
        return reach.visible_cars(user) if name == "car" else None


@register
class Cars(Garage):
    key, title, model, icon = "campaign-cars", _("Official cars"), Car, "route"
    columns = fields = ("number", "unit", "tank_litres", "is_active")
    search = ("number", "unit__name")
    sections = ((_("Official car"), fields),)
    fixed = ("number",)
    import_key = ("number",)
    save_with = both(services.save_car)

    def visible_to(self, user):
        return reach.visible_cars(user)


@register
class Trips(Garage):
    key, title, model, icon = "campaign-trips", _("Orders to drive"), Trip, "route"
    about = _("Entered before the drive. A drive without an order outside of office hours raises an alert.")
    fields = ("car", "purpose", "goes_to", "driver", "leaves_at", "returns_at", "agreed_by", "kilometres")
    columns = ("number", *fields)
    search = ("number", "car__number", "purpose", "driver")
    filters = ("leaves_at",)
    sections = ((_("Order to drive"), ("number", *fields, "entered_at")),)
    import_key = ("car", "leaves_at")
    save_with = (services.order_trip, None)


@register
class Fuellings(Garage):
    key, title, model, icon = "campaign-fuel", _("Fillings of cars"), Fuelling, "receipt-text"
    fields = ("car", "at", "litres", yuan("amount_cents"), "paper")
    columns = fields
    search = ("car__number", "paper")
    filters = ("at",)
    sections = ((_("Filling of a car"), fields),)
    import_key = ("car", "at")
    save_with = (services.fill, None)


@register
class Sightings(Garage):
    key, title, model, icon = "campaign-sightings", _("Sightings of cars"), Sighting, "map-pin"
    fields = ("car", "at", "where", "source")
    columns = (*fields, "off_duty")
    search = ("car__number", "where")
    filters = ("at", "source", "off_duty")
    sections = ((_("Sighting of a car"), (*fields, "off_duty")),)
    import_key = ("car", "at")
    save_with = (services.see, None)


class Kept(Answer):
    """What the officer for campaigns keeps for the county."""

    see = change = "campaigns.catalogue"


@register
class Kinds(Kept):
    key, title, model, icon = "campaign-kinds", _("Kinds of campaigns"), CampaignKind, "tag"
    columns = ("key", "name", Column("n", _("aspects"), kind="number", value=lambda row: row.n, sort="n"), "is_active",
               "origin")  # fmt: skip
    fields = ("key", "name", "name_en", "is_active")
    sections = ((_("Kind of campaign"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_kind)

    def visible_to(self, user):
        return CampaignKind.objects.annotate(n=Count("aspects")).order_by("pk")


@register
class Aspects(Kept):
    key, title, model, icon = "campaign-aspects", _("Aspects of campaigns"), Aspect, "tag"
    columns = ("kind", "key", "name", "is_active", "origin")
    filters = ("kind",)
    fields = ("kind", "key", "name", "name_en", "is_active")
    sections = ((_("Aspect of a campaign"), fields),)
    fixed = ("kind", "key")
    import_key = ("kind", "key")
    save_with = both(services.save_aspect)


@register
class OccasionKinds(Kept):
    key, title, model, icon = "campaign-occasion-kinds", _("Kinds of family occasions"), OccasionKind, "tag"
    about = _("Day counts and limits are the county's; where no limit is entered, none is checked.")
    fields = ("key", "name", "name_en", "days_before", "days_after", "tables", "guests", yuan("gifts_cents"),
              "is_active")  # fmt: skip
    columns = (*fields[:2], *fields[3:], "origin")
    sections = ((_("Kind of family occasion"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_occasion_kind)


@register
class Reminders(Kept):
    key, title, model, icon = "campaign-reminders", _("Reminders before holidays"), Reminder, "bell"
    about = _("Sent to everybody who answers for campaigns; days of holidays follow the calendar in force.")
    columns = ("holiday", "days_before", "text", "is_active", "sent_for", "origin")
    fields = ("holiday", "days_before", "text", "is_active")
    sections = ((_("Reminder before a holiday"), fields),)
    fixed = ("holiday",)
    import_key = ("holiday",)
    save_with = both(services.save_reminder)
