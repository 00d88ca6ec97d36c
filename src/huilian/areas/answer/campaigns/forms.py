"""Forms of campaigns. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.look.forms import ManyFiles, YuanField
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation.now import today

from .models import (
    Aspect,
    Campaign,
    CampaignKind,
    Caution,
    Comparison,
    Difference,
    Field,
    Fund,
    Measure,
    OccasionKind,
)
from .rules import EFFECT_MONTHS
from .services.problems import sources

DAY = {"type": "date"}


def words(label, *, required=True, rows=3):
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), required=required)


def line(label, length=200, *, required=True, **more):
    return forms.CharField(label=label, max_length=length, required=required, **more)


def day(label, **more):
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY), **more)


def pick(label, queryset=None, **more):
    return forms.ModelChoiceField(label=label, queryset=queryset, **more)


def reason():
    return words(pgettext_lazy("campaigns", "Reason"), rows=2)


def standing_units():
    return Unit.objects.filter(valid_to=None).select_related("place")


class About(forms.Form):
    """A form about one row, opened by one person."""

    def __init__(self, *args, row=None, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.user = row, user


class ReasonForm(About):
    reason = reason()


class Written(forms.ModelForm):
    """A form of a row the service writes; here only the fields are read."""

    def __init__(self, *args, row=None, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.user = row, user

    def _post_clean(self):
        """The service writes the row."""


class CampaignForm(Written):
    class Meta:
        model = Campaign
        fields = (
            "title",
            "kind",
            "unit",
            "starts_on",
            "ends_on",
            "objectives",
            "document",
            "field",
            "rules",
            "matters",
        )
        widgets = {"starts_on": forms.DateInput(attrs=DAY), "ends_on": forms.DateInput(attrs=DAY)}
        help_texts = {
            "rules": _("Numbers of rules with spaces between them."),
            "matters": _("Topics or codes of the dispatch catalogue, with spaces between them."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = scope(standing_units(), self.user, place="place", unit="pk", action="campaigns.manage")
        self.fields["unit"].queryset = rows
        self.fields["kind"].queryset = CampaignKind.objects.filter(is_active=True)


class JointForm(About):
    units = forms.ModelMultipleChoiceField(label=_("Joint departments"), queryset=standing_units(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].initial = self.row.joint.all()


class ProblemForm(About):
    unit = pick(_("Unit concerned"), standing_units())
    fact = words(pgettext_lazy("campaigns", "Fact"))
    aspect = pick(_("Aspect of a campaign"), None, required=False)
    field = forms.ChoiceField(label=_("Field"), choices=[("", "—"), *Field.choices], required=False)
    amount_cents = YuanField(label=_("Amount concerned (yuan)"), required=False)
    reason = words(_("Where it is known from"), rows=2)
    is_immediate = forms.BooleanField(label=_("To be put right at once"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aspect"].queryset = Aspect.objects.filter(kind=self.row.kind_id, is_active=True)


class SourceForm(About):
    source = forms.ChoiceField(label=_("Source that proposes"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [(key, source.name) for key, source in sources().items()]


class AcceptForm(About):
    reason = words(_("Why it is a problem of this campaign"), rows=2)
    aspect = pick(_("Aspect of a campaign"), None, required=False)
    is_immediate = forms.BooleanField(label=_("To be put right at once"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aspect"].queryset = Aspect.objects.filter(kind=self.row.campaign.kind_id, is_active=True)
        self.fields["aspect"].initial = self.row.aspect_id


class MeasureForm(Written):
    class Meta:
        model = Measure
        fields = ("name", "word", "is_money")


class EntryForm(About):
    day = day(pgettext_lazy("campaigns", "Day"), initial=today)
    unit = pick(_("Reported by"), standing_units())
    paper = line(_("Paper it stands on"), 120)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        label = f"{self.row.name}（{self.row.word}）" if self.row.word else self.row.name
        field = YuanField(label=label) if self.row.is_money else forms.IntegerField(label=label, min_value=1)
        self.fields = {"amount": field, **self.fields}


class FundForm(Written):
    given_cents = YuanField(label=_("Amount given (yuan)"))
    paid_cents = YuanField(label=_("Amount paid out (yuan)"), required=False)

    class Meta:
        model = Fund
        fields = ("name", "unit", "year", "given_cents", "paid_cents", "paper")


class PlanForm(Written):
    class Meta:
        model = Comparison
        fields = ("title", "left", "right", "wrong", "due_on")
        widgets = {"due_on": forms.DateInput(attrs=DAY)}


class ListsForm(About):
    left = forms.FileField(label=_("First list"))
    right = forms.FileField(label=_("Second list"), help_text=_(
        "Excel or CSV with a column 身份证号 or 统一社会信用代码. The numbers are not kept."))  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["left"].label, self.fields["right"].label = self.row.left, self.row.right


class TakeUpForm(About):
    unit = pick(_("Unit concerned"), standing_units())
    fact = words(pgettext_lazy("campaigns", "Fact"))
    aspect = pick(_("Aspect of a campaign"), None, required=False)
    differences = forms.ModelMultipleChoiceField(
        label=_("Rows (first list / second list)"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aspect"].queryset = Aspect.objects.filter(kind=self.row.campaign.kind_id, is_active=True)
        self.fields["differences"].queryset = Difference.objects.filter(comparison=self.row, problem=None)


class ProposeForm(About):
    person = pick(_("Person in office"), None)
    fact = words(pgettext_lazy("campaigns", "Fact"))
    basis = line(pgettext_lazy("campaigns", "Basis"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = scope(Appointment.objects.all(), self.user, place="post__unit__place", unit="post__unit",
                     action="campaigns.caution_propose")  # fmt: skip
        self.fields["person"].queryset = Person.objects.filter(
            pk__in=rows.filter(in_office(today())).order_by().values("person")
        )


class HearForm(About):
    on = day(_("Heard on"), initial=today)
    hearing = words(_("What the person said, or that nothing was said after a summons"))


class DecideForm(About):
    give = forms.TypedChoiceField(
        label=pgettext_lazy("a caution", "Decision"), coerce=lambda value: value == "yes",
        choices=[("yes", pgettext_lazy("a caution", "give it")), ("no", pgettext_lazy("a caution", "do not give it"))],
    )  # fmt: skip
    months = forms.IntegerField(label=_("Months of effect (county default 6)"), min_value=1, initial=EFFECT_MONTHS)
    reason = reason()


class AppealForm(About):
    text = words(_("What you say against it"))


class OutcomeForm(About):
    outcome = forms.ChoiceField(label=pgettext_lazy("an appeal", "Outcome"), choices=Caution.Outcome.choices)
    ends_on = day(_("Effect until (where shortened)"), required=False)
    reason = reason()


def number(label, **more):
    return forms.IntegerField(label=label, min_value=0, max_value=9999, **more)


class DeclareForm(About):
    kind = pick(_("Kind of family occasion"), OccasionKind.objects.filter(is_active=True))
    day = day(_("Day of the occasion"))
    venue = line(_("Venue"), 120)
    invited = line(_("Who is invited (which circles, no names needed)"), 300)
    tables = number(_("Tables planned"))
    guests = number(_("Guests planned"))


class OpinionForm(About):
    opinion = words(_("Opinion, what is to be kept to"))


class AfterForm(About):
    tables = number(_("Tables held"))
    guests = number(_("Guests who came"))
    gifts_cents = YuanField(label=_("Gift money taken (yuan)"))


class ConcludeForm(About):
    is_confirmed = forms.BooleanField(label=_("The overrun is confirmed"), required=False)
    conclusion = words(_("Conclusion"))


class NoteForm(ActionForm):
    note = words(pgettext_lazy("campaigns", "Reason"))


class PromiseForm(ActionForm):
    measures = words(pgettext_lazy("campaigns", "Measures"))
    responsible = line(_("Responsible person"), 64)
    by_day = day(_("Put right by"))


class ResultForm(ActionForm):
    result = words(pgettext_lazy("campaigns", "What was done"))
    files = ManyFiles(label=pgettext_lazy("campaigns", "Proofs"), required=False)


class SignOffForm(ActionForm):
    verified = words(_("How it was verified"))
    effect = words(pgettext_lazy("campaigns", "Effect"), required=False)
