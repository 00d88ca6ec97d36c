"""Forms of the acts on a citizen's matter. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Person, Place
from huilian.engine.look.text import say
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation.now import now

from .fields import MatterField, PlaceField, UnitField, UnitsField
from .models import Channel, Knowledge, Matter, Order, RefusalGround, Satisfaction, Solved
from .queries import answers_in_force, county_of, line_unit, open_orders_like

YES_NO = [("yes", _("yes")), ("no", _("no"))]


def is_yes(value: str) -> bool:
    return value == "yes"


def long_text(label, **kwargs):
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)


class OrderForm(ActionForm):
    """A form that knows its order."""

    @property
    def order(self) -> Order:
        return self.case.hotline_order


class NoteForm(OrderForm):
    note = long_text(_("Reason"))


class AnswerAtOnceForm(OrderForm):
    knowledge = forms.ModelChoiceField(
        label=_("From the knowledge base"), queryset=Knowledge.objects.none(), required=False
    )
    answer = long_text(_("What the citizen was told"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["knowledge"].queryset = answers_in_force()

    def clean(self):
        data = super().clean()
        if not data.get("answer") and data.get("knowledge"):
            data["answer"] = data["knowledge"].answer
        if not data.get("answer"):
            self.add_error("answer", _("Write the answer or choose one from the knowledge base."))
        return data


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class ThreeWayForm(OrderForm):
    unit = UnitField(label=_("Unit on the line"))
    officer = forms.CharField(label=_("Officer on the line"), max_length=40)
    started_at = forms.DateTimeField(label=_("Began at"), widget=MomentInput)
    ended_at = forms.DateTimeField(label=_("Ended at"), widget=MomentInput)
    conclusion = long_text(_("Conclusion"))
    agrees = forms.ChoiceField(label=_("Does the citizen agree?"), choices=YES_NO, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ended_at", now())
        self.initial.setdefault("unit", line_unit(self.order.matter, self.case.place) if self.order.matter else None)


class DispatchForm(OrderForm):
    """Where the matter goes. Whatever the catalogue line says is filled in and may be changed."""

    matter = MatterField(label=_("Line of the dispatch catalogue"), required=False)
    unit = UnitField(label=_("Unit that answers"))
    class_key = forms.ChoiceField(label=_("Class (it decides the time limit)"), widget=forms.RadioSelect)
    co_units = UnitsField(
        label=_("Co-handling units"), required=False, help_text=_("Several with “、” or a comma between them.")
    )
    note = long_text(_("Note to the unit"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["rows"] = 3
        self.fields["class_key"].choices = [
            (c.key, _("%(name)s: %(n)s working days") % {"name": say(c.name), "n": c.limit.length})
            for c in self.case.definition.classes
        ]
        if matter := self.order.matter:
            for name, value in of_line(matter, self.case.place).items():
                self.initial.setdefault(name, value)


def of_line(matter: Matter, place: Place | None) -> dict:
    """What a catalogue line fills in for a matter at `place`."""
    return {
        "matter": matter,
        "unit": line_unit(matter, place),
        "class_key": matter.class_key,
        "co_units": list(matter.co_units.filter(valid_to=None).select_related("place__parent")),
    }


class MergeForm(OrderForm):
    first = forms.ModelChoiceField(label=_("The first matter"), queryset=Order.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first"].queryset = open_orders_like(self.order, self.user)
        self.fields["first"].label_from_instance = lambda order: f"{order.case.number} {order.case.title}"


class RefuseForm(OrderForm):
    ground = forms.ModelChoiceField(label=_("Legal ground"), queryset=RefusalGround.objects.filter(is_active=True))
    note = long_text(_("Facts"))


class ObjectForm(OrderForm):
    proposed = UnitField(label=_("Whose matter it is"), required=False)
    ground = long_text(_("Ground"))


class RulingForm(OrderForm):
    uphold = forms.TypedChoiceField(
        label=_("Ruling"),
        choices=[("yes", _("the objection is right: dispatch again")), ("no", _("the unit keeps the matter"))],
        coerce=is_yes,
        widget=forms.RadioSelect,
    )
    ruling = long_text(_("Reasons for the ruling"))


class ContactForm(OrderForm):
    reached = forms.TypedChoiceField(
        label=_("Reached?"), choices=YES_NO, coerce=is_yes, widget=forms.RadioSelect, initial="yes"
    )
    note = long_text(_("What was said"))


class AnswerForm(OrderForm):
    answer = long_text(_("Answer to the citizen"), help_text=_("What was found, what was done, on what basis."))


class ReportForm(OrderForm):
    report = long_text(_("Report to the hotline centre"), help_text=_("What was done, with what proof."))


class CheckForm(OrderForm):
    passed = forms.TypedChoiceField(
        label=_("Finding"),
        choices=[("yes", _("in order: on to the call-back")), ("no", _("send back to the unit"))],
        coerce=is_yes,
        widget=forms.RadioSelect,
    )
    note = long_text(_("What is missing"), required=False)


class CallBackForm(OrderForm):
    reached = forms.TypedChoiceField(
        label=_("Did the citizen answer the call?"), choices=YES_NO, coerce=is_yes, widget=forms.RadioSelect
    )
    solved = forms.ChoiceField(
        label=_("Is the matter solved?"), choices=Solved.choices, widget=forms.RadioSelect, required=False
    )
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied, in the citizen's own words?"),
        choices=[("", _("gave no grade")), *reversed(Satisfaction.choices)],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    note = long_text(_("What the citizen said"), required=False)


class ToldForm(OrderForm):
    note = long_text(_("What the citizen was told, and what they said"))


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label=_("What you need it for"), max_length=120, help_text=_("Kept in the trail with your name and the time.")
    )


class PartyForm(OrderForm):
    unit = UnitField(label=_("Unit the matter is about"), required=False)
    person = forms.CharField(
        label=_("Or the official it is about"), max_length=40, required=False, help_text=_("Full name.")
    )
    of_unit = UnitField(label=_("Unit of that official, where several bear the name"), required=False)

    def clean(self):
        data = super().clean()
        name, unit = data.get("person", "").strip(), data.get("unit")
        if bool(name) == bool(unit):
            self.add_error("unit", _("Name either a unit or a person."))
            return data
        data["person"] = self._person(name, data.get("of_unit")) if name else None
        return data

    def _person(self, name: str, unit) -> Person | None:
        found = Person.objects.filter(name=name)
        if unit:
            found = found.filter(appointments__post__unit=unit).distinct()
        people = list(found[:2])
        if len(people) != 1:
            self.add_error(
                "of_unit" if people else "person",
                _("Several people bear this name. Say in which unit.")
                if people
                else _("Nobody of this name is in the directory. Name the unit instead."),
            )
            return None
        return people[0]


class CallForm(forms.Form):
    """The one page on which an operator takes a call. Names of fields are those the services speak of."""

    phone = forms.CharField(
        label=_("Caller's number"), max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    name = forms.CharField(label=_("Caller's name"), max_length=40, required=False)
    keeps_secret = forms.BooleanField(label=_("Asks for secrecy"), required=False)
    channel = forms.ModelChoiceField(label=_("Channel"), queryset=Channel.objects.none(), empty_label=None)
    place = PlaceField(label=_("Village or township"), required=False)
    where = forms.CharField(label=_("Where exactly"), max_length=120, required=False)
    title = forms.CharField(label=_("The matter in a few words"), max_length=80, required=False)
    text = long_text(_("What the citizen says"))
    matter = MatterField(label=_("Line of the dispatch catalogue"), required=False)
    answer = long_text(_("What the citizen was told"), required=False)
    origin_number = forms.CharField(label=_("Number at the source"), max_length=40, required=False)
    received_at = forms.DateTimeField(label=_("Received at, if not now"), required=False, widget=MomentInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = Channel.objects.filter(is_active=True)
        self.fields["place"].county = county_of(user)
        self.fields["answer"].widget.attrs["rows"] = 4
        for name in ("phone", "title"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if not self.is_bound and not self.initial.get("phone"):
            self.fields["phone"].widget.attrs["autofocus"] = True

    def clean_received_at(self):
        at = self.cleaned_data["received_at"]
        if at and at > now():
            raise forms.ValidationError(_("This moment has not come yet."))
        return at

    def said(self) -> dict:
        """What `services.take` asks for."""
        d = self.cleaned_data
        return {
            "channel": d["channel"],
            "title": d["title"],
            "text": d["text"],
            "place": d["place"],
            "where": d["where"],
            "caller_name": d["name"].strip(),
            "caller_phone": d["phone"].strip(),
            "keeps_secret": d["keeps_secret"],
            "matter": d["matter"],
            "origin_number": d["origin_number"].strip(),
            "received_at": d["received_at"],
        }
