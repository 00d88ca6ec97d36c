"""Forms of the flow editor: a step with its ways and risk points, the head of a procedure, a new one, an upload."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.clocks.models import Clock
from huilian.engine.directory.roles import catalogue
from huilian.engine.look.text import say
from huilian.engine.procedures.faults import NEEDS
from huilian.engine.procedures.kinds import kinds

LINES = forms.Textarea(attrs={"rows": 3})
NUMBER = forms.NumberInput(attrs={"min": 1})
LEVELS = [("yellow", _("yellow")), ("orange", _("orange")), ("red", _("red"))]


class Named(forms.Form):
    """A name in both languages, and the key it keeps."""

    key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)

    def name(self) -> dict:
        return {
            language: words for language in ("zh", "en") if (words := self.cleaned_data[f"name_{language}"].strip())
        }


class StepForm(Named):
    """One step: where it stands, who acts, in what time, and what comes of it."""

    kind = forms.ChoiceField(
        label=_("Kind of step"),
        choices=[
            ("start", _("first step")),
            ("task", pgettext_lazy("kind of step", "step")),
            ("gate", _("step in which somebody decides")),
            ("end", _("end of the matter")),
        ],
    )
    lane = forms.ChoiceField(label=_("Lane of the chart"))
    roles = forms.MultipleChoiceField(
        label=_("Posts that act here"), required=False, widget=forms.CheckboxSelectMultiple
    )
    holder = forms.ChoiceField(
        label=_("Whose people"),
        choices=[
            ("unit", _("of the unit in charge of the matter")),
            ("centre", _("of any unit that has the post")),
            ("anyone", _("anybody, without a post")),
        ],
    )
    limit = forms.IntegerField(label=_("Limit of this step"), min_value=1, max_value=999, required=False, widget=NUMBER)
    unit = forms.ChoiceField(label=_("Counted in"), choices=Clock.Unit.choices)
    produces_zh = forms.CharField(label=_("What must be produced, one a line"), required=False, widget=LINES)
    produces_en = forms.CharField(label=_("The same in English, line by line"), required=False, widget=LINES)
    discloses_zh = forms.CharField(label=_("What is disclosed, one a line"), required=False, widget=LINES)
    discloses_en = forms.CharField(label=_("The same in English, line by line"), required=False, widget=LINES)

    sections = (
        (_("The step"), ("name_zh", "name_en", "kind", "lane")),
        (_("Who and how long"), ("roles", "holder", "limit", "unit")),
        (_("What comes of it"), ("produces_zh", "produces_en", "discloses_zh", "discloses_en")),
    )

    def __init__(self, *args, body: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lane"].choices = [(lane["key"], say(lane["name"]).replace("|", " ")) for lane in body["lanes"]]
        self.fields["roles"].choices = sorted(
            ((role.key, role.name) for role in catalogue().values() if not role.alone), key=lambda choice: choice[1]
        )

    def values(self) -> dict:
        """The step as its text says it."""
        given = self.cleaned_data
        limit = {"length": given["limit"], "unit": given["unit"]} if given["limit"] else None
        return {
            "name": self.name(),
            "kind": given["kind"],
            "lane": given["lane"],
            "roles": given["roles"],
            "holder": given["holder"],
            "limit": limit,
            "produces": _pairs(given["produces_zh"], given["produces_en"]),
            "discloses": _pairs(given["discloses_zh"], given["discloses_en"]),
        }

    @staticmethod
    def initial_of(step: dict) -> dict:
        limit = step.get("limit") or {}
        limit = {"length": limit} if isinstance(limit, int) else limit
        lines = {
            f"{part}_{language}": "\n".join(words.get(language, "") for words in step.get(part) or ())
            for part in ("produces", "discloses")
            for language in ("zh", "en")
        }
        return {
            **named(step),
            "kind": step.get("kind", "task"),
            "lane": step.get("lane"),
            "roles": step.get("roles", []),
            "holder": step.get("holder", "centre"),
            "limit": limit.get("length"),
            "unit": limit.get("unit", "workday"),
            **lines,
        }


class MoveForm(Named):
    """「下一步」 A way out of the step."""

    to = forms.ChoiceField(label=_("Leads to"))
    drawn = forms.ChoiceField(
        label=_("Drawn as"),
        choices=[
            ("line", pgettext_lazy("a way in a chart", "the usual way")),
            ("dash", pgettext_lazy("a way in a chart", "a side way")),
            ("back", pgettext_lazy("a way in a chart", "sent back")),
            ("none", pgettext_lazy("a way in a chart", "not drawn")),
        ],
    )
    needs = forms.MultipleChoiceField(
        label=_("What must be given"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(
            zip(
                NEEDS,
                (
                    pgettext_lazy("a way needs", "a note"),
                    pgettext_lazy("a way needs", "the unit"),
                    pgettext_lazy("a way needs", "the handler"),
                    pgettext_lazy("a way needs", "the class"),
                ),
                strict=True,
            )
        ),
    )
    clock = forms.ChoiceField(
        label=_("What it does to the whole time"),
        required=False,
        choices=[
            ("", pgettext_lazy("the whole time", "nothing")),
            ("start", pgettext_lazy("the whole time", "starts it")),
            ("begin", pgettext_lazy("the whole time", "starts it on the day of this move")),
            ("stop", pgettext_lazy("the whole time", "stops it")),
            ("restart", pgettext_lazy("the whole time", "starts it anew")),
            ("reopen", pgettext_lazy("the whole time", "lets it run on as if never stopped")),
            ("pause", pgettext_lazy("the whole time", "lets it rest")),
            ("resume", pgettext_lazy("the whole time", "ends the rest")),
        ],
    )
    outcome = forms.ChoiceField(
        label=_("What comes of the matter"),
        required=False,
        choices=[
            ("", pgettext_lazy("outcome of a matter", "as usual")),
            ("refused", pgettext_lazy("outcome of a matter", "refused")),
            ("withdrawn", pgettext_lazy("outcome of a matter", "withdrawn")),
            ("merged", pgettext_lazy("outcome of a matter", "merged")),
        ],
    )

    def __init__(self, *args, body: dict, **kwargs):
        super().__init__(*args, **kwargs)
        steps = [(s["key"], f"{i} {say(s['name'])}") for i, s in enumerate(body["steps"], 1)]
        self.fields["to"].choices = [("", "—"), *steps, ("-", _("stays at this step"))]
        kept = self.initial.get("outcome", "")  # one only the product knows
        if kept and kept not in dict(self.fields["outcome"].choices):
            self.fields["outcome"].choices = [*self.fields["outcome"].choices, (kept, kept)]

    def values(self) -> dict:
        given = self.cleaned_data
        return {
            "verb": given["key"],
            "name": self.name(),
            "to": "" if given["to"] == "-" else given["to"],
            **{part: given[part] for part in ("needs", "clock", "outcome", "drawn")},
        }

    @staticmethod
    def initial_of(move: dict) -> dict:
        kept = {part: move.get(part, "") for part in ("needs", "clock", "outcome")}
        own = {"key": move["verb"], "to": move.get("to") or "-", "drawn": move.get("drawn", "line")}
        return {**named(move), **kept, **own}


class RiskForm(Named):
    """「风险点」"""

    level = forms.ChoiceField(label=_("Grade of the risk"), choices=LEVELS)
    note_zh = forms.CharField(label=_("How it is held off"), max_length=200, required=False)
    note_en = forms.CharField(label=_("The same in English"), max_length=300, required=False)
    model = forms.CharField(label=_("Rule that watches it"), max_length=12, required=False)

    def values(self) -> dict:
        given = self.cleaned_data
        note = {language: given[f"note_{language}"] for language in ("zh", "en") if given[f"note_{language}"]}
        return {"level": given["level"], "model": given["model"], "name": self.name(), "note": note}

    @staticmethod
    def initial_of(risk: dict) -> dict:
        note = risk.get("note") or {}
        return {
            **named(risk),
            "level": risk["level"],
            "model": risk.get("model", ""),
            "note_zh": note.get("zh", ""),
            "note_en": note.get("en", ""),
        }


class HeadForm(Named):
    """Name and number of the procedure."""

    prefix = forms.CharField(
        label=_("Letters its numbers begin with"),
        max_length=4,
        validators=[RegexValidator(r"^[A-Z]{1,4}$", _("One to four capital letters."))],
    )


class LaneForm(Named):
    """「泳道」 Whose work: one lane of the chart."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name_zh"].help_text = _("After a bar (|) a second, smaller line begins.")

    def values(self) -> dict:
        return {"key": self.cleaned_data["key"], "name": self.name()}

    initial_of = staticmethod(lambda lane: named(lane))


class ClassForm(Named):
    """「事项类别」 with its whole limit."""

    limit = forms.IntegerField(label=_("Whole limit"), min_value=1, max_value=999, widget=NUMBER)
    unit = forms.ChoiceField(label=_("Counted in"), choices=Clock.Unit.choices)

    def values(self) -> dict:
        given = self.cleaned_data
        return {
            "key": given["key"],
            "name": self.name(),
            "limit": {"length": given["limit"], "unit": given["unit"]},
        }

    @staticmethod
    def initial_of(case_class: dict) -> dict:
        limit = case_class["limit"]
        limit = {"length": limit} if isinstance(limit, int) else limit
        return {**named(case_class), "limit": limit["length"], "unit": limit.get("unit", "workday")}


class BasisForm(forms.Form):
    """What it rests on."""

    law = forms.CharField(label=_("Law or document"), max_length=120)
    version = forms.CharField(label=_("Version or number of it"), max_length=60, required=False)
    article = forms.CharField(label=_("Article"), max_length=60, required=False)

    def values(self) -> dict:
        return {part: words for part, words in self.cleaned_data.items() if words and part != "DELETE"}

    initial_of = staticmethod(lambda basis: {part: str(words) for part, words in basis.items()})


class Rows(forms.BaseFormSet):
    """Rows of one form: those there are, some empty ones, each with a box to take it away."""

    def values(self) -> list[dict]:
        return [form.values() for form in self.forms if form.cleaned_data and not form.cleaned_data["DELETE"]]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take it away")
        for field in form.fields.values():  # an empty row left alone counts as left alone
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
                field.initial = field.choices[0][0]


def rows(form: type, prefix: str, data, given: list[dict], *, extra: int = 1, **more) -> Rows:
    """The set of rows of `form` for what is `given`."""
    made = forms.formset_factory(form, formset=Rows, extra=extra, can_delete=True, max_num=60)
    return made(data, prefix=prefix, initial=[form.initial_of(row) for row in given], form_kwargs=more)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("BPMN 2.0 file"),
        help_text=_("It takes the place of the draft. What cannot be carried is told; then nothing is taken over."),
    )


class NewForm(forms.Form):
    """A procedure of a family the county draws itself."""

    key = forms.CharField(
        label=_("Key of the procedure"),
        max_length=40,
        help_text=_("The code of the item in small letters, such as item.v-p-22."),
        validators=[RegexValidator(r"^[a-z]+\.[a-z0-9][a-z0-9.-]*$", _("Small letters, digits, dots and hyphens."))],
    )
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    prefix = HeadForm.base_fields["prefix"]
    copy_of = forms.ChoiceField(label=_("Begin with"), required=False)
    file = forms.FileField(label=_("Or with a BPMN 2.0 file"), required=False)

    def __init__(self, *args, known: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["copy_of"].choices = [("", _("three empty steps")), *known.items()]

    def clean_key(self) -> str:
        key = self.cleaned_data["key"]
        if key in self.known:
            raise forms.ValidationError(_("There is a procedure with this key. Open it and draw a new version."))
        families = [kind.key for kind in kinds().values() if kind.family]
        if key.partition(".")[0] not in families:
            raise forms.ValidationError(
                _("The key begins with %(families)s and a dot."), params={"families": ", ".join(families)}
            )
        return key


def named(given: dict) -> dict:
    name = given.get("name") or {}
    return {"key": given.get("key", ""), "name_zh": name.get("zh", ""), "name_en": name.get("en", "")}


def _pairs(chinese: str, english: str) -> list[dict]:
    """Lines of two boxes side by side."""
    others = [line.strip() for line in english.splitlines()]
    found = []
    for i, line in enumerate(line.strip() for line in chinese.splitlines()):
        if line:
            found.append({"zh": line, **({"en": others[i]} if i < len(others) and others[i] else {})})
    return found


class Revision(forms.Form):
    """What of the draft the person was looking at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
