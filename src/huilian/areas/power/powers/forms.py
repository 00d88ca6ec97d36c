"""Forms of the area."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Place, Unit
from huilian.engine.procedures.actions import ActionForm

from . import rules
from .models import Body, Family, NegativeMark, Opinion, PowerItem
from .queries.cases import item_case_of
from .queries.lists import items_of

LINES = _("One a line; English after “ | ” where there is any.")


class MarkForm(ActionForm):
    code = forms.ChoiceField(label=_("Forbidden act"))
    fact = forms.CharField(label=_("What was found"), widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unit = item_case_of(self.case).unit
        self.fields["code"].choices = [(item.code, str(item)) for item in items_of(unit, "negative")]


class LiftForm(ActionForm):
    mark = forms.ModelChoiceField(label=_("Mark"), queryset=NegativeMark.objects.none())
    why = forms.CharField(label=_("Why it is lifted"), widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        standing = NegativeMark.objects.filter(case__case=self.case, lifted_on=None).select_related(
            "item", "case__case"
        )
        self.fields["mark"].queryset = standing.exclude(marked_by=self.user)


class BeginForm(forms.Form):
    """Whose list is to be drafted. `units` and `towns` are those in reach; `template` where the county's is."""

    body = forms.ChoiceField(label=_("Kind of body"), choices=Body)
    family = forms.ChoiceField(label=_("List"), choices=Family)
    owner = forms.ChoiceField(label=_("For whom"))

    def __init__(self, *args, units, towns, template: bool, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("the county: template for all"))] if template else []
        choices += [(f"T{t.pk}", _("%(place)s: all its units of this kind") % {"place": t}) for t in towns]
        choices += [(f"U{u.pk}", u.name) for u in units]
        self.fields["owner"].choices = choices
        self.fields["owner"].required = not template

    def owner_given(self) -> dict[str, object]:
        """`unit` or `township`, as services want it."""
        key = self.cleaned_data["owner"]
        model = {"U": ("unit", Unit), "T": ("township", Place)}.get(key[:1])
        return {model[0]: model[1].objects.get(pk=key[1:])} if model else {}


class LinesField(forms.CharField):
    """Lines in two languages, typed one below the other."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value):
        return rules.read_lines(super().clean(value))


class BasisField(LinesField):
    def clean(self, value):
        return rules.read_basis(forms.CharField.clean(self, value))


class CodesField(forms.CharField):
    """Keys one after the other, such as ZJ04, ZJ07."""

    def clean(self, value):
        return super().clean(value).replace("，", " ").replace(",", " ").split()


PLAIN = ("code", "name", "name_en", "category", "category_en")
OWN = {"power": ("limit_days", "procedure", "covers"), "duty": (), "negative": ("detected_by", "hard_stop")}


class ItemForm(forms.Form):
    """An item of a draft, with the fields of its family."""

    def __init__(self, *args, family: str, item: PowerItem | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (*PLAIN, "basis", "basis_note", "posts", *rules.TEXTS[family], *OWN[family]):
            self.fields[name] = _field(name)
            value = getattr(item, name, None)
            if name == "basis":
                value = rules.write_basis(value)
            elif name in ("covers", "detected_by"):
                value = " ".join(value or ())
            elif isinstance(value, list):
                value = rules.write_lines(value)
            self.fields[name].initial = value


def _field(name: str) -> forms.Field:
    column = PowerItem._meta.get_field(name)
    common = {"label": column.verbose_name, "required": name in ("code", "name")}
    if name == "basis":
        return BasisField(**common, help_text=_("One a line: law; version; article. Leave it empty when unsure."))
    if name in ("covers", "detected_by"):
        return CodesField(**common)
    if name == "limit_days":
        return forms.IntegerField(**common, min_value=1)
    if name == "hard_stop":
        return forms.BooleanField(**common)
    if name in (*PLAIN, "basis_note", "procedure"):
        return forms.CharField(**common, max_length=column.max_length)
    return LinesField(**common, help_text=LINES)


class ConsultForm(forms.Form):
    days = forms.IntegerField(label=_("Days for opinions"), min_value=1, max_value=60, initial=rules.CONSULTATION_DAYS)


class ApproveForm(forms.Form):
    approval = forms.CharField(label=_("Meeting or document that approves it"), max_length=120)


class PublishForm(forms.Form):
    starts_on = forms.DateField(label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}))


class DiscardForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class OpinionForm(forms.Form):
    code = forms.CharField(label=_("Item it is about"), max_length=8, required=False)
    by_whom = forms.CharField(label=_("From whom"), max_length=80)
    text = forms.CharField(label=_("Opinion on the list"), widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    taken = forms.ChoiceField(label=_("What becomes of it"), choices=Opinion.Taken)
    answer = forms.CharField(label=_("Answer and reason"), widget=forms.Textarea(attrs={"rows": 2}))


class StartForm(forms.Form):
    title = forms.CharField(label=_("What it is about, in a few words"), max_length=200)
    reason = forms.CharField(label=_("Why it is used though it is on no list"), max_length=300, required=False)


class CheckForm(forms.Form):
    """A mark and a note for every point of a standard."""

    MARKS = [("2", _("fully met")), ("1", _("met in part")), ("0", _("not met"))]

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for point in self.points:
            mark, note = f"mark{point.position}", f"note{point.position}"
            self.fields[mark] = forms.ChoiceField(
                label=str(point), help_text=point.about, choices=self.MARKS, widget=forms.RadioSelect
            )
            self.fields[note] = forms.CharField(
                label=_("What is missing: %(point)s") % {"point": point}, max_length=200, required=False
            )

    def marks(self) -> list[tuple[int, str]]:
        given = self.cleaned_data
        return [(int(given[f"mark{p.position}"]), given[f"note{p.position}"]) for p in self.points]
