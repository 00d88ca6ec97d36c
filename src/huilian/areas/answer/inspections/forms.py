"""Forms of inspections. Whether an act is allowed is asked in the services."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Organisation, Person, Place, Unit
from huilian.engine.look.forms import ManyFiles
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation.now import today

from .models import CheckItem, GreatDecision, Letter, Member, Round, SheetForm, Voice
from .services.planning import pool

REASON = pgettext_lazy("inspections", "Reason")


def date_input():
    """As the browser's own calendar reads it, whatever the language."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def words(label, *, required=True, rows=3):
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), required=required)


def line(label, length=200, *, required=True):
    return forms.CharField(label=label, max_length=length, required=required)


def day(label, **more):
    return forms.DateField(label=label, widget=date_input(), **more)


def pick(label, queryset=None, **more):
    return forms.ModelChoiceField(label=label, queryset=queryset, **more)


def standing_units():
    return Unit.objects.filter(valid_to=None).select_related("place")


class About(forms.Form):
    """A form about one row, opened by one person."""

    def __init__(self, *args, row=None, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.user = row, user


class RoundForm(forms.ModelForm):
    class Meta:
        model = Round
        fields = (
            "title", "kind", "force", "mode", "unit", "joint_unit", "decision", "topic", "form", "starts_on", "ends_on",
            "document",
        )  # fmt: skip
        widgets = {"starts_on": date_input(), "ends_on": date_input()}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        rows = scope(standing_units(), user, place="place", unit="pk", action="inspections.plan")
        self.fields["unit"].queryset = rows
        self.fields["joint_unit"].queryset = standing_units()
        self.fields["decision"].queryset = GreatDecision.objects.filter(is_active=True)
        self.fields["form"].queryset = SheetForm.objects.filter(is_active=True)

    def _post_clean(self):
        """The service writes the row; here only the fields are read."""


class TargetForm(About):
    unit = pick(_("Unit looked at"), standing_units())
    firm = pick(_("Firm visited"), Organisation.objects.all(), required=False)
    reason = line(_("Why again within six months"), required=False)


class LotForm(About):
    wanted = forms.IntegerField(label=_("How many are drawn"), min_value=1, initial=3)


class WordsForm(About):
    words = line(_("Words called out by witnesses"), required=False)


class AuthorityForm(About):
    person = pick(_("Person"), None)
    duty = forms.ChoiceField(label=_("Duty"), choices=Member.Duty.choices, initial="member")
    until = day(_("Authority until"))
    may_find = forms.BooleanField(label=_("May enter findings"), required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(pk__in=[p.pk for p in pool()])
        self.fields["until"].initial = self.row.ends_on if self.row else None


class ReasonForm(About):
    reason = line(REASON)


class FeedbackForm(About):
    on = day(_("Day of the meeting"), initial=today)
    told_to = line(_("Who attended"))
    opinion = words(_("Opinion given"), required=False, rows=6)


class FindingForm(About):
    unit = pick(_("Unit concerned"), None, required=False)
    item = pick(_("Check item"), None, required=False)
    fact = words(_("What was found"))
    is_immediate = forms.BooleanField(label=_("To be put right at once"), required=False)
    files = ManyFiles(label=_("Evidence"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        target = self.row
        items = CheckItem.objects.filter(is_active=True)
        self.fields["item"].queryset = items.filter(form=target.round.form) if target else items
        self.fields["unit"].queryset = standing_units()
        if target:
            del self.fields["unit"]
        else:
            self.fields["unit"].required = True


class SplitForm(About):
    units = forms.ModelMultipleChoiceField(label=_("Units that each put a part right"), queryset=None)
    text = words(_("What their part is"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        path = self.row.township.path if self.row.township else self.row.place.path
        self.fields["units"].queryset = standing_units().filter(place__path__startswith=path)


class SpreadForm(About):
    places = forms.ModelMultipleChoiceField(label=_("Similar villages"), queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Place.objects.filter(level=Place.Level.VILLAGE, valid_to=None).exclude(pk=self.row.place_id)
        self.fields["places"].queryset = rows.order_by("path")


class PublishForm(About):
    text = words(_("As everybody may read it, without names of private persons"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = self.row.public_text


class CountForm(About):
    count = forms.IntegerField(label=_("How many slips"), min_value=1, max_value=200, initial=10)


class VisitForm(About):
    verdict = forms.ChoiceField(label=_("Was it put right?"), choices=Voice.Verdict.choices, widget=forms.RadioSelect)
    text = line(_("In their words"), 300, required=False)


class LetterForm(About):
    kind = forms.ChoiceField(label=_("Kind of letter"), choices=Letter.Kind.choices)
    unit = pick(_("Letter goes to"), None)
    sender = pick(_("From the unit"), None)
    facts = words(_("Facts"))
    advice = words(_("What is asked for"))
    basis = line(_("Basis"), required=False)
    due_on = day(_("Answer due"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = standing_units()
        mine = scope(standing_units(), self.user, place=None, unit="pk", action="inspections.manage")
        self.fields["sender"].queryset = mine
        self.fields["due_on"].initial = today() + timedelta(days=15)
        if self.row:
            self.fields["unit"].initial, self.fields["facts"].initial = self.row.owner_id, self.row.fact


class AnswerForm(About):
    answer = words(_("Answer"), rows=6)


class OutcomeForm(About):
    outcome = forms.ChoiceField(
        label=_("Result of the follow-up"), choices=Letter.Outcome.choices, widget=forms.RadioSelect
    )
    text = words(_("Seen when checked again"))


class PromiseForm(ActionForm):
    """What the unit will do. The latest day is that of the clock."""

    measures = words(_("Measures"))
    responsible = line(_("Responsible person"), 64)
    by_day = day(_("Put right by"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["by_day"].initial = self.case.due_on


class ProofForm(ActionForm):
    files = ManyFiles(label=_("Papers or photographs"))


class ResultForm(ActionForm):
    result = words(_("What was done about it"))
    files = ManyFiles(label=_("Papers or photographs"), required=False)


class NoteForm(ActionForm):
    note = words(REASON)


class SignOffForm(ActionForm):
    note = words(_("How you made sure (needed where there is no proof)"), required=False)


class RaiseForm(NoteForm):
    unit = pick(_("Unit of the level above"), None)
    field_order = ("unit",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        place = self.case.finding.owner.place
        above = [place.path[:width] for width in (6, 9) if width < len(place.path)]
        self.fields["unit"].queryset = standing_units().filter(place__path__in=above)
