"""Forms of the desk. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Appointment, Person
from huilian.engine.directory.powers import in_office
from huilian.engine.look.forms import ManyFiles, ManyFilesInput
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation.now import today

from .models import DocumentClass

MOMENT = {"type": "datetime-local"}


def people_of(place) -> "forms.ModelChoiceField.queryset":
    """Everybody who holds a post in `place` today."""
    held = Appointment.objects.filter(in_office(today()), post__unit__place=place).values("person")
    return Person.objects.filter(pk__in=held).order_by("name")


class ClassChoice(forms.ModelChoiceField):
    """A class of papers with its promise and its way."""

    def label_from_instance(self, sort: DocumentClass) -> str:
        return _("%(name)s (%(minutes)s minutes; %(way)s)") % {
            "name": sort,
            "minutes": sort.promised_minutes,
            "way": sort.get_way_display(),
        }


class PaperFields(forms.Form):
    """What every request says."""

    document_class = ClassChoice(label=_("Class of papers"), queryset=DocumentClass.objects.filter(is_active=True))
    title = forms.CharField(label=_("Title of the paper"), max_length=120)
    purpose = forms.CharField(label=_("What it is for"), max_length=200)
    recipient = forms.CharField(label=_("Who receives the paper"), max_length=120)
    villager = forms.CharField(label=_("For which villager"), max_length=40, required=False)
    copies = forms.IntegerField(label=_("Copies to be sealed"), min_value=1, initial=1)
    decision_no = forms.CharField(label=_("Number of the decision"), max_length=40, required=False)
    contract_no = forms.CharField(label=_("Number of the contract"), max_length=40, required=False)
    files = ManyFiles(
        label=_("The paper to be sealed"),
        help_text=_("PDF, Word or photographs of every page. Several files may be chosen."),
        widget=ManyFilesInput(attrs={"accept": "image/*,.pdf,.docx"}),
    )


class AskForm(PaperFields):
    """A new request."""

    seal = forms.ModelChoiceField(label=pgettext_lazy("choose one", "Seal"), queryset=None)
    field_order = ("seal",)

    def __init__(self, *args, seals, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seal"].queryset = seals
        if len(seals) == 1:
            self.fields["seal"].initial = seals[0].pk


class AfterwardsForm(AskForm):
    """What was sealed by hand while box or network were dead."""

    sealed_at = forms.DateTimeField(label=_("When it was sealed"), widget=forms.DateTimeInput(attrs=MOMENT))
    second = forms.ModelChoiceField(label=_("Second person who was there"), queryset=None)

    def __init__(self, *args, seals, **kwargs):
        super().__init__(*args, seals=seals, **kwargs)
        held = Appointment.objects.filter(in_office(today()), post__unit__place__in=seals.values("place"))
        self.fields["second"].queryset = Person.objects.filter(pk__in=held.values("person")).order_by("name")


class AgainForm(ActionForm, PaperFields):
    """The request as it was sent, to be corrected; pages stay unless new ones are chosen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        request = self.case.seal_request
        for name, field in self.fields.items():
            if name != "files":
                field.initial = getattr(request, name)
        self.fields["files"].required = False


class GroundForm(ActionForm):
    """The ground of a no, or what is to be corrected."""

    note = forms.CharField(label=pgettext_lazy("seals", "Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class StampForm(forms.Form):
    """One print of a box without network of its own."""

    code = forms.CharField(label=_("Code of the release"), max_length=8)
    page = forms.FileField(
        label=_("Photograph of the sealed page"), widget=forms.FileInput(attrs={"accept": "image/*", "capture": ""})
    )
    scene = forms.FileField(
        label=_("Photograph of the place"), widget=forms.FileInput(attrs={"accept": "image/*", "capture": ""})
    )
    title = forms.CharField(label=_("Title as it stands on the page"), max_length=120)


class LoanForm(forms.Form):
    """A seal that must leave the office."""

    seal = forms.ModelChoiceField(label=pgettext_lazy("choose one", "Seal"), queryset=None)
    reason = forms.CharField(label=pgettext_lazy("seals", "Reason"), max_length=200)
    destination = forms.CharField(label=_("Where it goes"), max_length=120)
    companion = forms.ModelChoiceField(label=_("Who goes along"), queryset=None)
    due_at = forms.DateTimeField(label=_("Back by"), widget=forms.DateTimeInput(attrs=MOMENT))

    def __init__(self, *args, seals, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seal"].queryset = seals
        held = Appointment.objects.filter(in_office(today()), post__unit__place__in=seals.values("place"))
        self.fields["companion"].queryset = Person.objects.filter(pk__in=held.values("person")).order_by("name")


class HandoverForm(forms.Form):
    """A seal passes to the next keeper."""

    taker = forms.ModelChoiceField(label=_("Who takes it over"), queryset=None)
    witness = forms.ModelChoiceField(label=_("Witness"), queryset=None)

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = self.fields["witness"].queryset = people_of(place)
