"""The catalogue, classes, policies, carriers and columns that the county keeps; publications to read."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huilian.engine.access.queries import may, scope
from huilian.engine.directory.models import Place, Unit
from huilian.engine.look.text import say
from huilian.engine.registers import Column, Register, Verb, both, register
from huilian.foundation.errors import Invalid

from . import rules, services
from .models import Carrier, Feature, Item, Kind, Policy, PublicityClass
from .queries.desk import visible_items


class Kept(Register):
    """What everybody here reads and the disclosure officer keeps."""

    group = "serve"
    see, change = "disclosure.see", "disclosure.catalogue"

    def visible_to(self, user):
        return self.model.objects.all()


def write_columns(columns) -> str:
    """A template in one line: 姓名:name；项目:text；金额:money."""
    return "；".join(f"{c['zh']}:{c['kind']}" for c in columns or ())


def read_columns(text: str) -> list[dict]:
    """A template written like that. Headings that the catalogue knows keep their key and English heading."""
    if isinstance(text, list):
        return text
    known = {c["zh"]: c for kind in Kind.objects.all() for c in kind.columns}
    found = []
    for n, part in enumerate((p.strip() for p in text.replace(";", "；").split("；") if p.strip()), 1):
        heading, _colon, sort = part.replace("：", ":").rpartition(":")
        heading, sort = heading.strip(), sort.strip()
        if not heading or sort not in rules.COLUMN_KINDS:
            raise Invalid(
                _("Write each column as heading:kind, with one of: %(kinds)s.")
                % {"kinds": "、".join(rules.COLUMN_KINDS)},
                field="columns",
            )
        same = known.get(heading, {})
        found.append({"key": same.get("key", f"c{n}"), "zh": heading, "en": same.get("en", ""), "kind": sort})
    return found


COLUMNS = Column(
    "columns",
    value=lambda row: write_columns(row.columns),
    label=lambda value: value if isinstance(value, str) else write_columns(value),
    parse=read_columns,
    sort="",
    hint=_("heading:kind, one after the other"),
)


@register
class Kinds(Kept):
    key, title, model, icon = "disclosure-kinds", _("Catalogue of publications"), Kind, "list-checks"
    about = _("What every village publishes, by when, checked by whom. Running duties keep the day they were given.")
    columns = ("key", "name", "affairs", "cycle", "length", "unit", "checker", "min_days", "is_active")
    search = ("key", "name", "basis")
    filters = ("affairs", "cycle", "checker", "is_active")
    sections = (
        (_("Publication"), ("key", "name", "name_en", "affairs", "publicity_class", "basis", "is_active")),
        (_("Time"), ("cycle", "length", "unit", "counted_from", "before", "min_days")),
        (_("Check and depth"), ("checker", "depth", "stage", "scope", "source", COLUMNS)),
    )
    fields = (
        "key", "name", "name_en", "affairs", "publicity_class", "basis", "cycle", "length", "unit", "counted_from",
        "before", "min_days", "checker", "depth", "stage", "scope", "is_active",
    )  # fmt: skip
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_kind)


@register
class Classes(Kept):
    key, title, model, icon = "disclosure-classes", _("Classes of publicity"), PublicityClass, "tag"
    columns = ("position", "name", "duty_unit", "cycle")
    sections = ((_("Class of publicity"), ("key", "name", "name_en", "duty_unit", "cycle", "position")),)
    fields = ("key", "name", "name_en", "duty_unit", "cycle", "position")
    fixed = ("key",)
    import_key = ("key",)
    save_with = both(services.save_class)


@register
class Policies(Kept):
    key, title, model, icon = "disclosure-policies", _("Policy library"), Policy, "book-open"
    about = _("Policies with a card in plain words, as the public pages show them.")
    columns = ("title", "subject", "level", "issuer", "document", "valid_from", "valid_to")
    search = ("title", "document", "card")
    filters = ("subject", "level")
    sections = (
        (_("Policy"), ("title", "document", "issuer", "level", "subject", "subsidy")),
        (_("Card"), ("card", "card_en")),
        (_("In force"), ("valid_from", "valid_to")),
    )
    fields = ("title", "document", "issuer", "level", "subject", "card", "card_en", "subsidy", "valid_from", "valid_to")
    import_key = ("title", "document")
    save_with = both(services.save_policy)


@register
class Carriers(Register):
    key, title, group, icon = "disclosure-carriers", _("Boards, screens and sites"), "serve", "monitor"
    about = _("Where the county publishes, and when somebody last looked whether it is up to date.")
    model = Carrier
    columns = ("name", "type", "place", "location", "checked_on", "finding", "is_active")
    search = ("name", "location")
    filters = ("type", "checked_on", "is_active")
    sections = ((_("Carrier"), ("name", "type", "place", "location", "is_active", "checked_on", "finding")),)
    fields = ("name", "type", "place", "location", "is_active")
    import_key = ("place", "name")
    see, change = "disclosure.see", "disclosure.oversee"
    save_with = both(services.save_carrier)
    verbs = (
        Verb(
            "look",
            _("Note a look at it"),
            services.look_at_carrier,
            "disclosure.oversee",
            {"finding": lambda: forms.CharField(label=_("What you found"), max_length=200)},
            icon="eye",
        ),
    )

    def visible_to(self, user):
        """All of them: a board is as public as what hangs on it."""
        return Carrier.objects.select_related("place") if may(user, self.see) else Carrier.objects.none()

    def choices_for(self, name, user):
        return scope(Place.objects.filter(valid_to=None), user, place="pk", unit=None) if name == "place" else None


def _answer_fields() -> dict:
    return {
        "question": lambda: forms.CharField(label=_("Question put"), widget=forms.Textarea(attrs={"rows": 2})),
        "answer": lambda: forms.CharField(label=_("Answer given"), widget=forms.Textarea(attrs={"rows": 3})),
        "promise": lambda: forms.CharField(label=_("What was promised"), max_length=200, required=False),
        "due_on": lambda: forms.DateField(
            label=_("Promised by"), required=False, widget=forms.DateInput(attrs={"type": "date"})
        ),
    }


ANSWERS = Column("count", _("Answers"), value=lambda feature: feature.answers.count(), sort="")


@register
class Features(Register):
    key, title, group, icon = "disclosure-columns", _("Columns on hot matters"), "serve", "messages-square"
    about = _("What heads of units answer on the spot; promises stand on the public page with their day.")
    model = Feature
    columns = (
        "title",
        "unit",
        "held_on",
        "guest",
        Column("count", _("Answers"), value=lambda f: f.answers.count(), sort=""),
    )
    search = ("title",)
    filters = ("held_on",)
    sections = ((_("Column on a hot matter"), ("title", "about", "unit", "held_on", "spot", "guest")),)
    fields = ("title", "about", "unit", "held_on", "spot", "guest")
    import_key = ("title", "held_on")
    see, change = "disclosure.see", "disclosure.feature"
    save_with = (services.open_feature, None)
    verbs = (
        Verb(
            "answer",
            _("Write down an answer"),
            services.add_answer,
            "disclosure.feature",
            _answer_fields(),
            icon="pencil",
        ),
        Verb(
            "kept",
            _("Note the promise as kept"),
            lambda feature, *, proof, by: services.keep_promise(_open_promise(feature), proof, by=by),
            "disclosure.feature",
            {"proof": lambda: forms.CharField(label=_("What shows it"), max_length=200)},
            text=_("The oldest open promise of this column."),
            when=lambda feature: _open_promise(feature) is not None,
            icon="handshake",
        ),
    )

    def visible_to(self, user):
        return Feature.objects.select_related("unit") if may(user, self.see) else Feature.objects.none()

    def choices_for(self, name, user):
        return Unit.objects.filter(valid_to=None) if name == "unit" else None


def _open_promise(feature: Feature):
    return feature.answers.filter(kept_on=None).exclude(promise="").order_by("due_on", "pk").first()


@register
class Publications(Register):
    key, title, group, icon = "disclosure-items", _("All publications"), "serve", "scroll-text"
    about = _("Every version of everything that was drafted or published, in the places you answer for.")
    model = Item
    columns = (
        "number",
        "title",
        Column("place", _("Village")),
        Column("kind", value=lambda item: say(item.kind.names), sort="kind__position"),
        "period",
        "version",
        "state",
        "row_count",
        "total_cents",
        "published_at",
    )
    search = ("number", "title")
    filters = ("state", "period", "published_at")
    sections = ((_("Publication"), ("number", "title", "place", "period", "version", "state", "digest", "reason")),)
    ordering = ("-id",)
    see = "disclosure.see"

    def visible_to(self, user):
        return visible_items(user)

    def link(self, row):
        return reverse("disclosure-item", args=[row.number])
