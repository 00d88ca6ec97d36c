"""Forms of the media pages. What is allowed is asked in the services."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Place, Unit
from huilian.engine.procedures.models import State

from .models import Channel, Order, Programme


def _units():
    return Unit.objects.filter(valid_to=None).exclude(kind__in=["village_committee", "community", "cooperative"])


def _media():
    return Channel.objects.filter(is_media=True, is_active=True)


def moment_field(label, **more) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **more)


class ProgrammeForm(forms.Form):
    channel = forms.ModelChoiceField(Channel.objects.none(), label=_("channel"))
    title = forms.CharField(label=_("title"), max_length=80)
    airs_at = moment_field(_("on air"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("guest unit"))
    guest = forms.CharField(label=_("guest"), max_length=60, required=False)
    note = forms.CharField(label=_("note"), widget=forms.Textarea, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset, self.fields["unit"].queryset = _media(), _units()


class QuestionForm(forms.Form):
    title = forms.CharField(label=_("matter in a few words"), max_length=80)
    text = forms.CharField(label=_("what was said"), widget=forms.Textarea)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("township"), required=False)
    caller_name = forms.CharField(label=_("caller"), max_length=40, required=False)
    caller_phone = forms.CharField(label=_("caller's telephone"), max_length=20, required=False)
    keeps_secret = forms.BooleanField(label=_("asks for secrecy"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.filter(level=Place.Level.TOWNSHIP, valid_to=None)


class PromiseForm(forms.Form):
    text = forms.CharField(label=_("promise"), widget=forms.Textarea, help_text=_("In the words used on air."))
    length = forms.IntegerField(label=_("within how many days"), min_value=1, max_value=250)
    counted = forms.ChoiceField(
        label=_("counted in"), choices=[("workday", _("working days")), ("day", _("natural days"))]
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("unit that promised"))
    order = forms.ModelChoiceField(Order.objects.none(), label=_("question it answers"), required=False)

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset, self.fields["unit"].initial = _units(), programme.unit_id
        self.fields["order"].queryset = Order.objects.filter(programme=programme).select_related("case")
        self.fields["order"].label_from_instance = lambda order: f"{order.case.number} {order.case.title}"


class ProofForm(forms.Form):
    proof = forms.CharField(
        label=_("proof"), widget=forms.Textarea, help_text=_("What was done, when, and who has seen it.")
    )


class ItemForm(forms.Form):
    channel = forms.ModelChoiceField(Channel.objects.none(), label=_("channel"))
    title = forms.CharField(label=_("title"), max_length=120)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("unit"))
    found = forms.CharField(label=_("what the interview found"), widget=forms.Textarea)
    found_at = moment_field(_("when it was found"), required=False)
    number = forms.CharField(
        label=_("number of the matter behind it"),
        max_length=32,
        required=False,
        help_text=_("If a citizen raised it: the number of the order, such as HX20261120-0001."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset, self.fields["unit"].queryset = _media(), _units()

    def clean(self):
        data = super().clean()
        data["order"] = None
        if number := data.get("number", "").strip():
            found = Order.objects.filter(Q(case__number__iexact=number)).exclude(case__state=State.MERGED).first()
            if found is None:
                self.add_error("number", _("There is no such matter. Check the number, or leave it empty."))
            data["order"] = found
        return data


class DemandForm(forms.Form):
    demand = forms.CharField(label=_("what is demanded"), widget=forms.Textarea)
    length = forms.IntegerField(label=_("within how many working days"), min_value=1, max_value=250, initial=15)


class RectificationForm(forms.Form):
    rectification = forms.CharField(label=_("rectification"), widget=forms.Textarea)


class OutcomeForm(forms.Form):
    outcome = forms.CharField(label=_("published outcome"), widget=forms.Textarea)
