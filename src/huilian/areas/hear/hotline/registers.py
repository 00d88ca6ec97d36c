"""The hotline's registers: what the centre keeps itself; orders, programmes, promises and media items to read."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may
from huilian.engine.directory.models import Unit
from huilian.engine.look.levels import level_of
from huilian.engine.look.text import say
from huilian.engine.procedures.models import State
from huilian.engine.procedures.queries import current_procedure
from huilian.engine.registers import Column, Register, both, register
from huilian.foundation.errors import Invalid
from huilian.foundation.masking import mask_name, mask_phone

from . import services
from .audit_events import CLASS_NAMES
from .models import Channel, Knowledge, Matter, MediaItem, Order, Programme, Promise, RefusalGround
from .queries import orders_visible_to


class Kept(Register):
    """What everybody at the hotline reads and the duty head keeps."""

    group = "hear"
    see = "hotline.take"
    change = "hotline.catalogue"

    def may_see(self, user) -> bool:
        return any(may(user, action) for action in ("hotline.take", "hotline.see_caller", "hotline.catalogue"))

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Channels(Kept):
    key, title, model, icon = "hotline-channels", _("Channels"), Channel, "phone-incoming"
    columns = ("name", "kind", "number", "is_media", "is_active", "position")
    search = ("name", "name_en", "number")
    filters = ("kind", "is_active")
    sections = (
        (_("Channel"), ("key", "name", "name_en", "kind", "number")),
        (_("Use"), ("is_media", "is_active", "position")),
    )
    fields = ("key", "name", "name_en", "kind", "number", "is_media", "is_active", "position")
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_channel)


def say_class(key: str) -> str:
    return str(CLASS_NAMES.get(key, key))


def read_class(text: str) -> str:
    """The key of a class of the procedure in force, written by key or by name."""
    classes = {one.key: say(one.name) for one in current_procedure("hotline").definition.classes}
    for key, name in classes.items():
        if text in (key, name, say_class(key)):
            return key
    raise Invalid(_("A class is one of: %(names)s.") % {"names": "、".join(classes.values())}, field="class_key")


CLASS = Column("class_key", parse=read_class, label=say_class, sort="class_key")


@register
class Matters(Kept):
    key, title, model, icon = "hotline-matters", _("Dispatch catalogue"), Matter, "list-checks"
    about = _("Which unit answers for which matter, who helps, in which class, on what basis.")
    columns = ("code", "topic", "name", "lead_unit", "by_place", "co_units", CLASS, "is_active")
    search = ("code", "topic", "name", "basis")
    filters = ("topic", "lead_unit", "by_place", "is_active")
    sections = (
        (_("Matter"), ("code", "topic", "name", CLASS, "basis", "hint")),
        (_("Who answers"), ("lead_unit", "by_place", "co_units", "is_active")),
    )
    fields = ("code", "topic", "name", "lead_unit", "by_place", "co_units", CLASS, "basis", "hint", "is_active")
    fixed = ("code",)
    import_key = ("code",)
    save_with = both(services.save_matter)

    def choices_for(self, name, user):
        return Unit.objects.filter(valid_to=None) if name in ("lead_unit", "co_units") else None


@register
class Grounds(Kept):
    key, title, model, icon = "hotline-grounds", _("Grounds for not accepting"), RefusalGround, "scale"
    about = _("Only a ground that stands here may be given to a citizen whose matter is not accepted.")
    columns = ("name", "law", "version", "article", "guidance", "is_active")
    search = ("name", "law", "guidance")
    filters = ("law", "is_active")
    sections = (
        (_("Ground"), ("key", "name", "name_en", "is_active")),
        (_("Law"), ("law", "version", "article")),
        (_("Where to go instead"), ("guidance", "guidance_en")),
    )
    fields = ("key", "name", "name_en", "law", "version", "article", "guidance", "guidance_en", "is_active")
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_ground)


UNIT = Column("unit", _("Unit behind it"))


@register
class KnowledgeBase(Kept):
    key, title, model, icon = "hotline-knowledge", _("Knowledge base"), Knowledge, "book-open"
    about = _("Answers that may be given at once, with the unit that stands behind each.")
    columns = ("title", "topic", UNIT, "basis", "valid_from", "valid_to")
    search = ("title", "answer", "keywords")
    filters = ("topic", "valid_to")
    sections = (
        (_("Question and answer"), ("title", "answer", "keywords", "topic")),
        (_("Basis and validity"), ("unit", "basis", "valid_from", "valid_to")),
    )
    fields = ("title", "answer", "keywords", "topic", UNIT, "basis", "valid_from", "valid_to")
    import_key = ("title",)
    save_with = both(services.save_knowledge)


def _lamp(order: Order) -> str:
    case = order.case
    if case.state != State.OPEN:
        return "done"
    return "pause" if case.is_paused else level_of(case.colour)


@register
class Orders(Register):
    key, title, group, icon = "hotline-orders", _("Hotline orders"), "hear", "phone-call"
    about = _(
        "Every matter of the cases you may see. Callers are masked; they are opened, with a trace, on the case page."
    )
    model = Order
    columns = (
        Column("case__number", _("Number")),
        Column("lamp", _("Lamp"), kind="level", value=_lamp, sort="case__colour"),
        Column("case__title", _("Title")),
        "channel",
        "topic",
        Column("case__place", _("Location")),
        Column("case__unit", _("Handled by")),
        Column("case__received_at", _("Received")),
        "satisfaction",
    )
    sections = (
        (_("Matter"), ("case__number", "case__title", "channel", "matter", "topic", "case__place", "where")),
        (_("Caller"), ("caller_name", "caller_phone", "keeps_secret")),
        (_("Handling"), ("case__unit", "case__received_at", "answered_at", "solved", "satisfaction")),
    )
    search = ("case__number", "case__title")
    filters = ("channel", "topic", "satisfaction", "case__received_at")
    ordering = ("-case__received_at", "-pk")
    masked = {"caller_name": mask_name, "caller_phone": mask_phone}
    see = "case.see"

    def visible_to(self, user):
        return orders_visible_to(user)

    def subject(self, row):
        return row.case

    def link(self, row):
        """The page of the case shows more, and lets people act."""
        try:
            return reverse("desk-case", args=[row.case.number])
        except NoReverseMatch:  # this face is not installed
            return ""


class Broadcast(Register):
    """Programmes and what followed from them: read here, kept on their own pages."""

    group = "hear"
    see = "hotline.media"

    def may_see(self, user) -> bool:
        return may(user, "hotline.media") or may(user, "hotline.take")

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Programmes(Broadcast):
    key, title, model, icon = "hotline-programmes", _("Programmes"), Programme, "radio"
    columns = ("title", "channel", "airs_at", "unit", "guest")
    search = ("title", "guest")
    filters = ("channel", "airs_at")
    sections = ((_("Programme"), ("title", "channel", "airs_at", "unit", "guest", "note")),)


def _promise_lamp(promise: Promise) -> str:
    return "done" if promise.kept_at else level_of(promise.clock.colour)


@register
class Promises(Broadcast):
    key, title, model, icon = "hotline-promises", _("Promises on air"), Promise, "handshake"
    columns = (
        Column("text", _("Promise")),
        Column("lamp", _("Lamp"), kind="level", value=_promise_lamp, sort="clock__colour"),
        "unit",
        "programme",
        Column("clock__due_on", _("Day due")),
        "kept_at",
    )
    search = ("text",)
    filters = ("kept_at",)
    sections = ((_("Promise"), ("text", "unit", "programme", "clock__due_on", "kept_at", "proof")),)

    def visible_to(self, user):
        return Promise.objects.select_related("clock")


@register
class MediaItems(Broadcast):
    key, title, model, icon = "hotline-media", _("Media items"), MediaItem, "newspaper"
    columns = ("number", "title", "channel", "unit", "stage", "found_at", "rectified_at", "published_at")
    search = ("number", "title")
    filters = ("stage", "channel", "found_at")
    sections = (
        (_("Media item"), ("number", "title", "channel", "unit", "stage")),
        (_("What was found and demanded"), ("found", "found_at", "demand", "supervised_at")),
        (_("What was done"), ("rectification", "rectified_at", "outcome", "published_at")),
    )
