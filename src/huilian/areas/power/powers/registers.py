"""Items of the lists in and out as spreadsheets; points of the standards; units left out; uses of power."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.registers import Column, Register, both, register

from . import rules, services
from .models import Exclusion, ItemCase, PowerItem, StandardPoint
from .queries.cases import cases_visible_to
from .queries.lists import lists_visible_to

JOINED = "／"


def _lines(name: str) -> Column:
    return Column(
        name,
        label=lambda value: value if isinstance(value, str) else rules.write_lines(value).replace("\n", JOINED),
        parse=lambda text: rules.read_lines(text.replace(JOINED, "\n") if isinstance(text, str) else text),
        sort="",
        hint=_("several parted by ／, English after “ | ”"),
    )


def _codes(name: str) -> Column:
    return Column(
        name,
        label=lambda value: value if isinstance(value, str) else " ".join(value or ()),
        parse=lambda text: text.replace(",", " ").replace("，", " ").split() if isinstance(text, str) else text,
        sort="",
    )


BASIS = Column(
    "basis",
    label=lambda value: value if isinstance(value, str) else rules.write_basis(value).replace("\n", JOINED),
    parse=lambda text: rules.read_basis(text.replace(JOINED, "\n") if isinstance(text, str) else text),
    sort="",
    hint=_("law；version；article, several parted by ／"),
)
TEXTS = tuple(map(_lines, ("posts", *(name for names in rules.TEXTS.values() for name in names))))


@register
class Items(Register):
    key, title, group, icon = "power-items", _("Items of the three lists"), "power", "list-checks"
    about = _("Items of every list one may read. New and changed ones go into a draft, named by its number.")
    model = PowerItem
    columns = ("listing", "code", "name", "category", "limit_days", "hard_stop")
    search = ("code", "name", "category")
    filters = ("listing__body", "listing__family", "listing__state", "hard_stop")
    ordering = ("listing__owner_key", "code")
    sections = (
        (_("Item of the list"), ("listing", "code", "name", "name_en", "category", "category_en", BASIS, "basis_note")),
        (_("Texts of the item"), TEXTS),
        (_("Flow and rules"), ("procedure", "limit_days", _codes("covers"), _codes("detected_by"), "hard_stop")),
    )
    fields = (
        "listing", "code", "name", "name_en", "category", "category_en", BASIS, "basis_note", *TEXTS, "procedure",
        "limit_days", _codes("covers"), _codes("detected_by"), "hard_stop",
    )  # fmt: skip
    fixed = ("listing", "code")
    import_key = ("listing", "code")
    see, change = "powers.see", "powers.write"
    save_with = both(services.save_row)

    def visible_to(self, user):
        return PowerItem.objects.filter(listing__in=lists_visible_to(user)).select_related("listing__unit")

    def choices_for(self, name, user):
        return lists_visible_to(user) if name == "listing" else None


@register
class Uses(Register):
    key, title, group, icon = "power-cases", _("Uses of power"), "power", "folder-open"
    about = _("Every case of a power, with the item it cites; without one it is off the list.")
    model = ItemCase
    columns = ("case__number", "unit", "code", "item__name", "opened_on", "reason")
    search = ("case__number", "code", "case__title")
    filters = ("opened_on",)
    sections = (
        (_("Use of a power"), ("case__number", "case__title", "unit", "code", "item__name", "opened_on", "reason")),
    )
    see = "powers.see"

    def visible_to(self, user):
        return cases_visible_to(user)

    def subject(self, row):
        return row.case


class Kept(Register):
    """What everybody here reads and the officer for the three lists keeps."""

    group = "power"
    see, change = "powers.see", "powers.publish"

    def visible_to(self, user):
        return self.model.objects.all()


@register
class Points(Kept):
    key, title, icon, model = "power-standards", _("Points of the standards"), "badge-check", StandardPoint
    about = _("Five unities and six bests. No upper document words them: the starters are the county's to change.")
    columns = ("standard", "position", "name", "meaning", "origin")
    filters = ("standard",)
    sections = ((_("Point"), ("standard", "position", "name", "name_en", "meaning", "meaning_en", "origin")),)
    fields = ("standard", "position", "name", "name_en", "meaning", "meaning_en")
    fixed = ("standard", "position")
    import_key = ("standard", "position")
    save_with = both(services.save_point)


@register
class Exclusions(Kept):
    key, title, icon, model = "power-exclusions", _("Units left out of the lists"), "circle-x", Exclusion
    about = _("Units whose name holds these words stand under no list of the county.")
    columns = ("words", "reason", "origin")
    sections = ((_("Units left out of the lists"), ("words", "reason", "origin")),)
    fields = ("words", "reason")
    fixed = ("words",)
    import_key = ("words",)
    save_with = both(services.save_exclusion)
