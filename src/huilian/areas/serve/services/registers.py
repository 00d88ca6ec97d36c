"""The catalogue and the points as the county keeps them; postings, sign-ups, volunteers and what was asked, to read."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may, scope
from huilian.engine.directory.models import Unit
from huilian.engine.look.text import say
from huilian.engine.registers import Column, Register, Verb, both, register
from huilian.foundation.errors import Invalid
from huilian.foundation.masking import mask_name, mask_phone
from huilian.foundation.now import today

from .models import (
    Application,
    Checklist,
    Inquiry,
    Item,
    Material,
    Norm,
    Point,
    PointItem,
    Posting,
    Setting,
    SignUp,
    Volunteer,
    Window,
)
from .queries import desk
from .services import catalogue, points

ORIGIN = Column("origin", _("Origin"))


def _day(label, **more):
    return lambda: forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class Kept(Register):
    """What everybody here reads and the service officer keeps."""

    group = "serve"
    see, change = "service.see", "service.catalogue"

    def visible_to(self, user):
        return self.model.objects.all() if may(user, self.see) else self.model.objects.none()


@register
class Items(Kept):
    key, title, model, icon = "service-items", _("Catalogue of services"), Item, "list-checks"
    about = _("What people can come for. Days are upper bounds of a level: 2, 5 and 10 working days. Nothing costs.")
    columns = ("code", "category", "name", "department", "decided_at", "trips", "is_active", ORIGIN)
    search = ("code", "name", "name_en", "department")
    filters = ("category", "kind", "decided_at", "in_hall", "is_active")
    sections = (
        (_("Service item"), ("code", "category", "kind", "name", "name_en", "about", "about_en", "basis", "is_active")),
        (
            _("Who decides, and by when"),
            ("department", "helpers", "decided_at", "days_village", "days_township", "days_county", "legal_days"),
        ),
        (_("For the applicant"), ("trips", "delivery", "fee_cents", "needs_identity", "is_instant")),
        (_("Hall and links"), ("in_hall", "not_in_hall_reason", "subsidy_code", "power_code")),
    )
    fields = (
        "code", "category", "kind", "name", "name_en", "about", "about_en", "basis", "department", "helpers",
        "decided_at", "days_village", "days_township", "days_county", "legal_days", "trips", "delivery", "fee_cents",
        "needs_identity", "is_instant", "in_hall", "not_in_hall_reason", "subsidy_code", "power_code", "is_active",
        "position",
    )  # fmt: skip
    fixed = ("code",)
    import_key = ("code",)
    save_with = both(catalogue.save_item)


@register
class Materials(Kept):
    key, title, model, icon = "service-papers", _("Papers asked for"), Material, "file-text"
    about = _("Each paper has a slot of its own when people hand in photographs. What is not listed is not asked for.")
    columns = ("item", "name", "is_required", "can_wait", "note", ORIGIN)
    search = ("name", "item__name", "item__code")
    filters = ("is_required", "can_wait")
    sections = (
        (_("Paper asked for"), ("item", "key", "name", "name_en", "note", "note_en", "is_required", "can_wait")),
    )
    fields = ("item", "key", "name", "name_en", "note", "note_en", "is_required", "can_wait", "position")
    fixed = ("item", "key")
    import_key = ("item", "key")
    save_with = both(catalogue.save_material)


def read_lines(text) -> list[dict]:
    """Lines of a checklist written one after the other, with 、 or ； between; English after a |."""
    if isinstance(text, list):
        return text
    parts = [p.strip() for p in text.replace("；", "、").replace("\n", "、").split("、") if p.strip()]
    if not parts:
        raise Invalid(_("A checklist has at least one line."), field="lines")
    return [{"zh": zh.strip(), "en": en.strip()} for zh, _bar, en in (p.partition("|") for p in parts)]


LINES = Column(
    "lines",
    value=lambda row: "、".join(f"{line['zh']}|{line.get('en', '')}" for line in row.lines),
    label=lambda value: value if isinstance(value, str) else "、".join(say(line) for line in value),
    parse=read_lines,
    sort="",
    hint=_("line|English, one after the other"),
)


@register
class Checklists(Kept):
    key, title, model, icon = "service-checklists", _("Facility checklists"), Checklist, "clipboard-list"
    about = _("The names come from the county's papers; the lines are defaults that the county replaces.")
    columns = ("name", "level", ORIGIN)
    sections = ((_("Checklist"), ("key", "name", "name_en", "level", LINES)),)
    fields = ("key", "name", "name_en", "level", LINES)
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(catalogue.save_checklist)


@register
class Norms(Kept):
    key, title, model, icon = "service-norms", _("Rules, codes, pledges"), Norm, "scroll-text"
    about = _("The eight rules, codes of conduct and pledges. A changed text is a new version and is signed anew.")
    columns = ("kind", "name", "version", "is_current", ORIGIN)
    filters = ("kind", "is_current")
    sections = ((_("Norm"), ("kind", "key", "version", "name", "name_en", "text", "text_en", "is_current")),)
    fields = ("kind", "key", "name", "name_en", "text", "text_en", "position")
    fixed = ("kind", "key")
    import_key = ("kind", "key")
    save_with = both(catalogue.save_norm)

    def match_rows(self, user):
        return Norm.objects.filter(is_current=True)


@register
class Settings(Kept):
    key, title, model, icon = "service-numbers", _("Numbers of the services"), Setting, "sliders-horizontal"
    columns = ("name", "value", "unit", ORIGIN)
    sections = ((_("Number"), ("key", "name", "name_en", "value", "unit", "origin")),)
    fields = ("key", "value")
    fixed = ("key",)
    import_key = ("key",)
    save_with = (None, both(catalogue.save_setting)[1])


@register
class Points(Register):
    key, title, model, icon, group = "service-points", _("Register of service points"), Point, "map-pin", "serve"
    about = _("One point for a unit; its level is that of its place. A new point offers what its level may do.")
    columns = ("name", "unit", "place", "parent", "phone", "hours", "is_active")
    search = ("name", "phone")
    filters = ("is_active",)
    sections = ((_("Service point"), ("name", "unit", "place", "parent", "address", "phone", "hours", "is_active")),)
    fields = ("unit", "name", "parent", "address", "phone", "hours", "is_active")
    fixed = ("unit",)
    import_key = ("unit",)
    see, change = "service.see", "service.catalogue"
    save_with = both(catalogue.save_point)

    def visible_to(self, user):
        return desk.points_visible_to(user)

    def choices_for(self, name, user):
        return {"unit": Unit.objects.filter(valid_to=None), "parent": Point.objects.filter(is_active=True)}.get(name)


@register
class Offers(Register):
    key, title, model, icon, group = "service-offers", _("What a point may do"), PointItem, "split", "serve"
    about = _(
        "Whether a point takes an item in, gives its result, passes it up. Level decides what is possible at all."
    )
    columns = ("point", "item", "may_accept", "may_answer", "may_forward")
    search = ("point__name", "item__name", "item__code")
    filters = ("may_accept", "may_answer", "may_forward")
    sections = ((_("Item at a point"), ("point", "item", "may_accept", "may_answer", "may_forward")),)
    fields = ("point", "item", "may_accept", "may_answer", "may_forward")
    fixed = ("point", "item")
    import_key = ("point", "item")
    see, change = "service.see", "service.catalogue"
    save_with = both(catalogue.save_offer)

    def visible_to(self, user):
        return desk.offers_of(user)


@register
class Windows(Register):
    key, title, model, icon, group = "service-windows", _("Windows and their staff"), Window, "monitor", "serve"
    columns = ("point", "number", "name", "department", "is_active")
    search = ("number", "name")
    filters = ("is_active",)
    sections = ((_("Window"), ("point", "number", "name", "department", "is_active")),)
    fields = ("point", "number", "name", "department", "is_active")
    fixed = ("point", "number")
    import_key = ("point", "number")
    see, change = "service.see", "service.oversee"
    save_with = both(catalogue.save_window)

    def visible_to(self, user):
        return desk.windows_of(user)

    def choices_for(self, name, user):
        if name == "point":
            return scope(Point.objects.all(), user, action="service.oversee")
        return Unit.objects.filter(valid_to=None) if name == "department" else None


@register
class Postings(Register):
    key, title, model, icon, group = "service-postings", _("Jobs, loans, courses"), Posting, "megaphone", "serve"
    columns = (
        "number",
        "kind",
        "title",
        "point",
        "opens_on",
        "closes_on",
        "seats",
        Column("sign_ups", _("Signed up"), value=lambda row: row.taken, sort=""),
    )
    search = ("number", "title")
    filters = ("kind", "opens_on")
    sections = ((_("Posting"), ("number", "kind", "title", "text", "point", "seats", "opens_on", "closes_on")),)
    fields = ("kind", "title", "text", "point", "seats", "opens_on", "closes_on")
    import_key = ("point", "title", "opens_on")
    see, change = "service.see", "service.take"
    save_with = both(points.save_posting)
    verbs = (
        Verb(
            "withdraw",
            _("Take it down"),
            points.withdraw_posting,
            "service.take",
            when=lambda row: row.withdrawn_on is None,
            icon="undo-2",
            danger=True,
        ),
    )

    def visible_to(self, user):
        return desk.postings_of(user)

    def choices_for(self, name, user):
        return desk.points_visible_to(user, "service.take") if name == "point" else None


@register
class SignUps(Register):
    key, title, model, icon, group = "service-sign-ups", _("Sign-ups"), SignUp, "user-plus", "serve"
    columns = ("posting", "name", "phone", "signed_at", "outcome")
    search = ("posting__title",)
    filters = ("signed_at",)
    sections = ((_("Sign-up"), ("posting", "name", "phone", "note", "signed_at", "outcome")),)
    see = "service.see"
    masked = {"name": mask_name, "phone": mask_phone}
    verbs = (
        Verb(
            "outcome",
            _("Note what came of it"),
            points.note_outcome,
            "service.take",
            {"outcome": lambda: forms.CharField(label=_("What came of it"), max_length=200)},
            icon="pencil",
        ),
    )

    def visible_to(self, user):
        return desk.sign_ups_of(user)


@register
class Volunteers(Register):
    key, title, model, icon, group = "service-volunteers", _("Volunteers"), Volunteer, "handshake", "serve"
    columns = ("name", "phone", "point", "helps_with", "starts_on", "ends_on")
    filters = ("starts_on",)
    sections = ((_("Volunteer"), ("name", "phone", "point", "helps_with", "starts_on", "ends_on")),)
    fields = ("name", "phone", "point", "helps_with", "starts_on")
    import_key = ("point", "name")
    see, change = "service.see", "service.take"
    masked = {"phone": mask_phone}
    save_with = (both(points.save_volunteer)[0], None)
    verbs = (
        Verb(
            "end",
            _("Helps no longer"),
            points.end_volunteer,
            "service.take",
            {"on": _day(_("Last day"), initial=today)},
            when=lambda row: row.ends_on is None,
            icon="x",
        ),
    )

    def visible_to(self, user):
        return desk.volunteers_of(user)

    def choices_for(self, name, user):
        return desk.points_visible_to(user, "service.take") if name == "point" else None


@register
class Inquiries(Register):
    key, title, model, icon, group = "service-inquiries", _("Register of inquiries"), Inquiry, "message-circle", "serve"
    about = _("Who was asked first, what was answered, or to whom the person was brought.")
    columns = ("number", "asked_at", "point", "receiver", "settled_at", "handed_to")
    search = ("number",)
    filters = ("asked_at", "settled_at")
    sections = (
        (_("Inquiry"), ("number", "asked_at", "point", "item", "receiver", "name", "phone")),
        (_("What came of it"), ("answer", "handed_to", "handed_contact", "settled_at")),
    )
    see = "service.see"
    masked = {"name": mask_name, "phone": mask_phone}

    def visible_to(self, user):
        both_kinds = desk.inquiries_of(user) | desk.inquiries_of(user, is_open=False)
        return both_kinds.order_by("-id")


@register
class Applications(Register):
    key, title, model, icon, group = (
        "service-applications",
        _("Register of services"),
        Application,
        "folder-open",
        "serve",
    )
    about = _("Every application with its promise, its result and how it was told.")
    columns = (
        Column("case__number", _("Number")),
        "item",
        "applicant_name",
        "point",
        "channel",
        "mode",
        Column("case__received_at", _("Received")),
        "promised_on",
        Column("case__closed_at", _("Closed")),
        "result",
        "trips",
    )
    search = ("case__number", "item__name")
    filters = ("channel", "mode", "result", "promised_on")
    sections = (
        (_("Application"), ("item", "applicant_name", "applicant_phone", "point", "channel", "mode", "agent")),
        (_("What came of it"), ("promised_on", "result", "result_text", "trips")),
    )
    ordering = ("-id",)
    see = "service.see"
    masked = {"applicant_name": mask_name, "applicant_phone": mask_phone}

    def visible_to(self, user):
        return desk.applications_visible_to(user)

    def link(self, row):
        return reverse("desk-case", args=[row.case.number])
