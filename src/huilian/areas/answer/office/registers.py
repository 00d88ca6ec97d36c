"""Places of talks, equipment, talks without a name, incidents; items and limits that the county keeps."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Unit
from huilian.engine.registers import Register, both, register

from . import services
from .models import (
    Adoption,
    Code,
    Duty,
    DutyTask,
    Equipment,
    Heading,
    Incident,
    Item,
    Limit,
    Profile,
    Room,
    Slot,
    Talk,
)
from .queries import reach

SEE, KEEP = reach.SEE, "office.keep"


@register
class Rooms(Register):
    key, title, model, icon = "office-rooms", _("Places of talks"), Room, "building-2"
    group, see, change = "answer", SEE, KEEP
    columns = ("unit", "name", "kind", "capacity", "address", "is_active")
    filters = ("kind", "is_active")
    search = ("name", "address")
    fields = ("unit", "name", "kind", "capacity", "address", "is_active")
    sections = ((_("Place of talks"), fields),)
    fixed = ("unit",)
    import_key = ("unit", "name")
    save_with = both(services.save_room)

    def visible_to(self, user):
        return reach.visible_rooms(user)

    def choices_for(self, name, user):
        return Unit.objects.filter(valid_to=None) if name == "unit" else None

    def link(self, row):
        return reverse("office-room", args=[row.pk])


@register
class AllEquipment(Register):
    key, title, model, icon = "office-equipment", _("Equipment of places of talks"), Equipment, "list-checks"
    group, see, change = "answer", SEE, KEEP
    columns = ("room", "name", "count", "state")
    filters = ("state",)
    search = ("name",)
    fields = ("room", "name", "count", "state")
    sections = ((_("Equipment"), fields),)
    fixed = ("room",)
    import_key = ("room", "name")
    save_with = both(services.save_equipment)

    def visible_to(self, user):
        return Equipment.objects.filter(room__in=reach.visible_rooms(user).order_by()).select_related("room__unit")

    def choices_for(self, name, user):
        return reach.visible_rooms(user) if name == "room" else None


@register
class Talks(Register):
    key, title, model, icon = "office-talks", _("Use of places of talks"), Talk, "calendar-days"
    group, see = "answer", SEE
    about = _("Numbers, places and hours. Who was talked to lies sealed and is in no list and no export.")
    columns = (
        "number", "room", "case_number", "begins_at", "ends_at", "talker", "second", "guard", "risk", "medical_at",
        "state",
    )  # fmt: skip
    search = ("number", "case_number")
    filters = ("risk", "state", "begins_at")
    sections = ((_("Talk"), columns),)

    def visible_to(self, user):
        return reach.visible_to(user)

    def link(self, row):
        return reverse("office-talk", args=[row.number])


@register
class Incidents(Register):
    key, title, model, icon = "office-incidents", _("Incidents in talks"), Incident, "siren"
    group, see = "answer", SEE
    columns = ("number", "talk", "kind", "happened_at", "reported_at", "follow_ups", "closed_at", "closed_by")
    search = ("number",)
    filters = ("kind", "happened_at")
    sections = ((_("Incident"), columns),)

    def visible_to(self, user):
        rows = Incident.objects.filter(talk__in=reach.visible_to(user).order_by())
        return rows.select_related("talk", "closed_by")

    def link(self, row):
        return reverse("office-talk", args=[row.talk.number])


class Catalogue(Register):
    """What everybody here reads and the county keeps."""

    group, see, change = "answer", "office.catalogue", "office.catalogue"

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Items(Catalogue):
    key, title, model, icon = "office-items", _("Items looked at in offices and talks"), Item, "list-checks"
    columns = ("list", "number", "text", "basis", "is_active", "origin")
    fields = ("list", "number", "text", "text_en", "basis", "is_active")
    filters = ("list", "is_active")
    search = ("text",)
    sections = ((_("Item looked at"), fields),)
    fixed = ("list", "number")
    import_key = ("list", "number")
    save_with = both(services.save_item)


@register
class Limits(Catalogue):
    key, title, model, icon = "office-limits", _("Limits of talks"), Limit, "timer"
    columns = ("key", "name", "minutes", "basis", "origin")
    fields = ("key", "name", "name_en", "minutes", "basis")
    sections = ((_("Limit of talks"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_limit)


@register
class Slots(Catalogue):
    key, title, model, icon = "office-slots", _("Documents that offices should have"), Slot, "file-text"
    about = _("Titles that no document of the county gives are a default of the house.")
    columns = ("list", "number", "title", "review_months", "is_active", "origin")
    fields = ("list", "number", "title", "title_en", "review_months", "is_active")
    filters = ("list", "is_active")
    search = ("title",)
    sections = ((_("Place for a document"), fields),)
    fixed = ("list", "number")
    import_key = ("list", "number")
    save_with = both(services.save_slot)


@register
class Duties(Catalogue):
    key, title, model, icon = "office-duties", _("Handbook: duties of offices"), Duty, "clipboard-list"
    columns = ("key", "name", "every", "guidance", "is_active", "origin")
    fields = ("key", "name", "name_en", "every", "guidance", "is_active")
    sections = ((_("Duty of an office"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_duty)


@register
class Tasks(Register):
    key, title, model, icon = "office-tasks", _("Tasks of offices"), DutyTask, "list-checks"
    group, see = "answer", reach.WORK
    columns = ("unit", "duty", "period", "due_on", "done_on", "done_by", "proof")
    filters = ("duty", "due_on", "done_on")
    search = ("period", "proof")
    sections = ((_("Task of an office"), columns),)

    def visible_to(self, user):
        return reach.visible_tasks(user)

    def link(self, row):
        return reverse("office-office", args=[row.unit_id])


@register
class Adoptions(Register):
    key, title, model, icon = "office-documents", _("Documents that offices adopted"), Adoption, "file-check"
    group, see = "answer", reach.WORK
    columns = ("unit", "slot", "version", "title", "body", "adopted_on", "review_on", "ended_on")
    filters = ("adopted_on", "review_on", "ended_on")
    search = ("title", "body")
    sections = ((_("Adopted document"), columns),)

    def visible_to(self, user):
        return reach.visible_adoptions(user)

    def link(self, row):
        return reverse("office-document", args=[row.pk])


@register
class Profiles(Catalogue):
    key, title, model, icon = "office-profiles", _("Systems that files are exchanged with"), Profile, "arrow-right-left"
    columns = ("key", "name", "source", "form", "is_active", "origin")
    fields = ("key", "name", "name_en", "source", "form", "is_active")
    sections = ((_("Profile of exchange"), fields),)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_profile)


@register
class Headings(Catalogue):
    key, title, model, icon = "office-headings", _("Columns of files for other systems"), Heading, "table"
    columns = ("profile", "position", "field", "heading")
    fields = ("profile", "position", "field", "heading")
    filters = ("profile",)
    sections = ((_("Column of an exchange"), fields),)
    fixed = ("profile", "field")
    import_key = ("profile", "field")
    save_with = both(services.save_heading)


@register
class Codes(Catalogue):
    key, title, model, icon = "office-codes", _("Codes of files for other systems"), Code, "table"
    columns = ("profile", "field", "ours", "theirs")
    fields = ("profile", "field", "ours", "theirs")
    filters = ("profile", "field")
    search = ("ours", "theirs")
    sections = ((_("Code of an exchange"), fields),)
    fixed = ("profile", "field", "ours")
    import_key = ("profile", "field", "ours")
    save_with = both(services.save_code)
