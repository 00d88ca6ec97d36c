"""Forms of the desk. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.look.text import say
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation.errors import Invalid
from huilian.foundation.money import cents
from huilian.foundation.now import today

from .models import Application, Feedback, Item, Paper, Point
from .queries.catalogue import units_called

MOST_TASKS = 4


def long(label, rows: int = 3, **more) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def day(label, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def people_of(unit_ids) -> "forms.ModelChoiceField":
    people = Appointment.objects.filter(in_office(today()), post__unit__in=unit_ids).values("person")
    return Person.objects.filter(pk__in=people)


class ServiceForm(ActionForm):
    @property
    def application(self) -> Application:
        return self.case.service_application


class NoteForm(ServiceForm):
    note = long(_("Reason"), max_length=300)


class AnswerForm(ServiceForm):
    answer = long(_("Answer"), 4)


class AcceptForm(ServiceForm):
    mode = forms.ChoiceField(
        label=_("Way of handling"),
        choices=[c for c in Application.Mode.choices if c[0] != Application.Mode.NOW],
        widget=forms.RadioSelect,
    )
    agent = forms.ModelChoiceField(label=_("Agent until the result is there"), queryset=None, required=False)
    reason = forms.CharField(label=_("Why it cannot be done at once"), max_length=200)
    conditions = forms.CharField(label=_("What it depends on"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agent"].queryset = people_of([self.application.point.unit_id])
        item = self.application.item
        self.fields["mode"].initial = "joint" if item.helpers else "agent"


class ResultForm(ServiceForm):
    result = forms.ChoiceField(label=_("Result"), choices=Application.Result.choices, widget=forms.RadioSelect)
    text = long(
        _("Result in words"),
        help_text=_("If it is not granted: the ground, and where to complain."),
        max_length=1000,
    )


class FinishForm(ResultForm):
    """Done at once: the result and its delivery in one go."""

    proof = forms.CharField(
        label=_("Handed over: what shows it"),
        max_length=200,
        required=False,
        help_text=_("Who signed for it. Leave empty if it is brought or sent later."),
    )


class AskPapersForm(ServiceForm):
    """Everything that is missing, in one notice: what is not there is in it by itself."""

    new_fact = forms.CharField(
        label=_("New fact"),
        max_length=200,
        required=False,
        help_text=_("Only for a second notice: what was not known the first time."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.papers = list(self.application.papers.select_related("material"))
        for paper in self.papers:
            missing = paper.state in (Paper.State.MISSING, Paper.State.WRONG)
            if paper.state == Paper.State.GIVEN:
                self.fields[f"wrong_{paper.pk}"] = forms.CharField(
                    label=_("“%(paper)s”: what is wrong with it, if anything") % {"paper": paper},
                    max_length=200,
                    required=False,
                )
            elif missing and paper.material and paper.material.can_wait:
                self.fields[f"waits_{paper.pk}"] = forms.BooleanField(
                    label=_("“%(paper)s” may follow later") % {"paper": paper}, required=False
                )
        self.order_fields([name for name in self.fields if name != "new_fact"])

    @property
    def wrong(self) -> dict[int, str]:
        given = self.cleaned_data
        return {p.pk: given[f"wrong_{p.pk}"] for p in self.papers if given.get(f"wrong_{p.pk}")}

    @property
    def waits(self) -> list[int]:
        return [p.pk for p in self.papers if self.cleaned_data.get(f"waits_{p.pk}")]

    def clean(self):
        given = super().clean()
        given["wrong"], given["waits"] = self.wrong, self.waits
        return given


class SeenForm(ServiceForm):
    """Originals shown at the window."""

    seen = forms.ModelMultipleChoiceField(label=_("Papers shown"), queryset=None, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].queryset = self.application.papers.exclude(state=Paper.State.GIVEN)


class JointForm(ServiceForm):
    """Departments, what each is to do, and in which turn. The same turn: side by side."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(valid_to=None).exclude(pk=self.case.unit_id).order_by("place__path", "name")
        item = self.application.item
        proposed = units_called("、".join(filter(None, (item.department, item.helpers))), self.application.point.place)
        proposed = [unit for unit in proposed if unit.pk != self.case.unit_id]
        for n in range(1, MOST_TASKS + 1):
            first = proposed[n - 1] if n <= len(proposed) else None
            self.fields[f"unit_{n}"] = forms.ModelChoiceField(
                label=_("Department %(n)s") % {"n": n}, queryset=units, required=n == 1, initial=first
            )
            self.fields[f"task_{n}"] = forms.CharField(
                label=_("What department %(n)s is to do") % {"n": n}, max_length=200, required=False
            )
            self.fields[f"turn_{n}"] = forms.IntegerField(
                label=_("Turn of department %(n)s") % {"n": n},
                min_value=1,
                max_value=MOST_TASKS,
                initial=1,
                required=False,
                help_text=_("The same turn: side by side. A later one waits for those before.") if n == 1 else "",
            )

    def clean(self):
        given = super().clean()
        given["tasks"] = [
            (given[f"unit_{n}"], given.get(f"task_{n}", ""), given.get(f"turn_{n}") or 1)
            for n in range(1, MOST_TASKS + 1)
            if given.get(f"unit_{n}")
        ]
        return given


class LegForm(ServiceForm):
    opinion = long(_("What your unit found"), 4, max_length=1000)
    agrees = forms.TypedChoiceField(
        label=_("Your unit"),
        choices=[("yes", _("agrees")), ("no", _("does not agree"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class TellForm(ServiceForm):
    way = forms.ChoiceField(label=_("Told how"), choices=Feedback.Way.choices, widget=forms.RadioSelect)
    reached = forms.TypedChoiceField(
        label=_("Applicant"),
        choices=[("yes", _("was told")), ("no", _("could not be told"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    proof = forms.CharField(
        label=_("What proves it"), max_length=200, help_text=_("Who signed for it, whom you spoke to, where.")
    )


class AgentForm(ServiceForm):
    agent = forms.ModelChoiceField(label=_("Agent until the result is there"), queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agent"].queryset = people_of([self.application.point.unit_id])


class TripForm(ServiceForm):
    on = day(_("Day"), initial=today)
    where = forms.CharField(label=_("Where to"), max_length=80)
    done = forms.CharField(label=_("What was done"), max_length=300)


class FeeForm(ServiceForm):
    yuan = forms.CharField(label=_("Taken, in yuan"), max_length=12)

    def clean_yuan(self):
        try:
            return cents(self.cleaned_data["yuan"])
        except Invalid as bad:
            raise forms.ValidationError(str(bad)) from bad


class TakeForm(forms.Form):
    """Intake at the window, in one page: what the item asks for and its papers stand in it once the item is chosen."""

    item = forms.ModelChoiceField(label=_("Service item"), queryset=None, to_field_name="code")
    name = forms.CharField(label=_("Applicant"), max_length=60)
    phone = forms.CharField(label=_("Telephone"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    identity = forms.CharField(label=_("Identity number"), max_length=18, required=False)
    place = forms.ModelChoiceField(label=_("Village of the applicant"), queryset=None, required=False)
    channel = forms.ChoiceField(
        label=_("Came how"),
        choices=[c for c in Application.Channel.choices if c[0] in ("window", "visit", "phone")],
    )
    deliver_to = forms.ChoiceField(
        label=_("Result goes"),
        choices=[("window", _("to the window")), ("home", _("to the applicant's home")), ("post", _("by post"))],
    )

    def __init__(self, *args, items, item: Item | None, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items
        self.fields["place"].queryset = places
        self.asked = item.fields if item else []
        if item is not None:
            self.fields["item"].initial = item.code
            self.fields["identity"].required = item.needs_identity
        for asked in self.asked:
            self.fields[f"said_{asked['key']}"] = forms.CharField(
                label=say(asked), max_length=500, required=bool(asked.get("required"))
            )
        papers = [(m.key, str(m)) for m in item.materials.all()] if item else []
        self.fields["seen"] = forms.MultipleChoiceField(
            label=_("Papers shown"), choices=papers, required=False, widget=forms.CheckboxSelectMultiple
        )

    def said(self) -> dict[str, str]:
        return {asked["key"]: self.cleaned_data[f"said_{asked['key']}"] for asked in self.asked}


class InquiryForm(forms.Form):
    """Who was asked first writes down what, and what came of it."""

    matter = forms.CharField(label=_("What was asked"), max_length=300)
    item = forms.ModelChoiceField(label=_("Service item"), queryset=Item.objects.filter(is_active=True), required=False)
    name = forms.CharField(label=_("Who asked"), max_length=60, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    answer = long(_("What was answered"), 2, required=False)


class HandOverForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("Handed over to"), queryset=Unit.objects.filter(valid_to=None))
    contact = forms.CharField(label=_("Whom to see there"), max_length=80)


class DiaryForm(forms.Form):
    on = day(_("Day"), initial=today)
    household = forms.CharField(label=_("Household"), max_length=60, required=False)
    heard = long(_("What was heard"), 3, max_length=1000)
    done = long(_("What was done"), 2, max_length=1000, required=False)
    follow_on = day(_("Come back on"), required=False)


class ShiftForm(forms.Form):
    on = day(_("Day"))
    person = forms.ModelChoiceField(label=_("Person"), queryset=None)

    def __init__(self, *args, point: Point, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_of([point.unit_id])


class AbsenceForm(forms.Form):
    absence = forms.CharField(label=_("Reason of the absence"), max_length=200)
    stand_in = forms.ModelChoiceField(label=_("Stand-in"), queryset=None, required=False)

    def __init__(self, *args, point: Point, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].queryset = people_of([point.unit_id])


class RatingForm(forms.Form):
    """One act on a bad rating; `choices` are its yes and its no, where it asks."""

    note = long(_("What was said or done"), 3, max_length=500)

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["yes"] = forms.TypedChoiceField(
            label=_("Your finding"),
            choices=list(zip(("yes", "no"), choices, strict=False)),
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect if choices else forms.HiddenInput,
            required=bool(choices),
        )
        self.order_fields(("yes", "note"))


class CheckForm(forms.Form):
    """A checklist, line by line."""

    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        for n, line in enumerate(lines):
            self.fields[f"line_{n}"] = forms.BooleanField(label=line, required=False)
        self.order_fields([*(f"line_{n}" for n in range(len(lines))), "note"])

    def met(self) -> list[bool]:
        return [value for name, value in self.cleaned_data.items() if name.startswith("line_")]
