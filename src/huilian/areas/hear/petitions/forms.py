"""Forms of petitions. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Appointment, Person, Place, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.procedures.kinds import ActionForm
from huilian.engine.registers.forms import Typed
from huilian.engine.registers.lookups import Lookup
from huilian.foundation.now import today

from . import rules
from .models import Ground, Heat, OnlineMatter, Path, Petition, Review, SupervisionPaper
from .models.catalogue import Line
from .queries.reach import visible_petitions

WORDS = {"rows": 3}
VILLAGE_BODIES = (Unit.Kind.VILLAGE_COMMITTEE, Unit.Kind.COOPERATIVE, Unit.Kind.SUPERVISION_COMMITTEE)


def words(label, *, required=True, rows=3, help_text=""):
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), required=required, help_text=help_text
    )


def line(label, length=120, *, required=True, help_text=""):
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text)


def day(label, *, required=True):
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), required=required)


class Moment(forms.DateTimeInput):
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def moment(label):
    return forms.DateTimeField(label=label, widget=Moment)


def count(label, initial=1, least=0):
    return forms.IntegerField(label=label, min_value=least, initial=initial)


def yes_no(label, yes, no):
    return forms.TypedChoiceField(
        label=label, choices=[("yes", yes), ("no", no)], coerce=lambda v: v == "yes", widget=forms.RadioSelect
    )


def choice(label, choices, **more):
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def one_of(model: type[Line], label):
    return forms.ModelChoiceField(label=label, queryset=model.objects.filter(is_active=True))


def organs():
    """Organs that decide on petitions: no village body."""
    return Unit.objects.filter(valid_to=None, place__level__lte=Place.Level.TOWNSHIP).exclude(kind__in=VILLAGE_BODIES)


def organ(label, *, required=True):
    return forms.ModelChoiceField(label=label, queryset=organs(), required=required)


def place(label):
    return Typed(
        Lookup(Place, Place.objects.filter(valid_to=None, level__gte=Place.Level.TOWNSHIP)), label=label,
        help_text=_("Name of the village or township, or its code."),
    )  # fmt: skip


def person(label, roles=()):
    """Somebody in office, by name; only holders of one of `roles`, when given."""
    return forms.ModelChoiceField(label=label, queryset=people(roles))


def people(roles=()):
    held = Appointment.objects.filter(in_office(today()))
    if roles:
        held = held.filter(pk__in=[a.pk for a in held.select_related("post") if set(roles) & set(a.post.roles)])
    return Person.objects.filter(pk__in=held.values("person")).order_by("name")


# ---------------------------------------------------------------------- the petition


class TakeForm(forms.Form):
    """A petition as the petitions office or a unit's desk writes it down."""

    kind = choice(_("What sort it is"), Petition.Kind.choices)
    channel = choice(_("How it came in"), Petition.Channel.choices)
    source_no = line(_("Number of the hotline order"), 40, required=False)
    visited_level = forms.TypedChoiceField(
        label=_("Level visited (visits only)"), coerce=int, empty_value=None, required=False,
        choices=[("", "—"), *Place.Level.choices[:4]],
    )  # fmt: skip
    title = line(_("In one line, without names"), 80)
    text = words(_("What is asked, with facts and reasons"), rows=6)
    field = forms.ChoiceField(label=_("Field of the petition"), choices=[])
    place = place(_("Place concerned"))
    about = forms.ModelChoiceField(label=_("Unit it is about"), queryset=None, required=False)
    people = count(_("Number of people"), least=1)
    name = words(
        _("Name, telephone and address of each who signs or represents"),
        help_text=_("One a line, divided by commas: 张某，13800000000，柳河村三组. At most five represent a group."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].queryset = organs()
        self.fields["field"].choices = Petition._meta.get_field("field").choices

    def clean_name(self) -> list[dict]:
        found = []
        for row in self.cleaned_data["name"].splitlines():
            parts = [part.strip() for part in row.replace(",", "，").split("，")]
            if parts[0]:
                found.append(dict(zip(("name", "phone", "address"), [*parts, "", ""][:3], strict=True)))
        return found


class NoteForm(ActionForm):
    note = words(_("Reason"))


class ForwardForm(ActionForm):
    unit = organ(_("Organ that is competent"))
    simple = forms.BooleanField(
        label=_("Clear and simple: decided on in three working days, answered in ten"), required=False
    )


class RouteForm(ActionForm):
    path = one_of(Path, _("Lawful way"))
    text = words(_("Written notice: where, until when, with what"), rows=5)


class RefuseForm(ActionForm):
    ground = one_of(Ground, _("Legal ground"))
    text = words(_("Written notice: facts, ground, what is left to the person"), rows=5)


class AcceptForm(ActionForm):
    text = words(
        _("Written notice of acceptance"), rows=4, help_text=_("Say who handles it and by when it is answered.")
    )


class LinkForm(ActionForm):
    first = forms.ModelChoiceField(label=_("First petition on the matter"), queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        petition = self.case.petition
        found = visible_petitions(self.user).filter(place=petition.place, repeat_of=None).exclude(pk=petition.pk)
        self.fields["first"].queryset = found


class AnswerForm(ActionForm):
    """The five parts of an answer; without one of them it is none."""

    claim = words(_("Claim: what the petitioner asks for"))
    facts = words(_("Facts found"), rows=5)
    law = words(_("Grounds: law, version, article"))
    opinion = words(_("Opinion on each point of the claim"), rows=4)
    remedy = words(_("Remedy: review within thirty days, where"))


class DeliverForm(ActionForm):
    way = choice(_("How it was delivered"), Petition.Way.choices)
    proof = line(_("Proof: receipt signed by, number of the letter"), required=False)


class MoreTimeForm(ActionForm):
    days = forms.IntegerField(label=_("Further days"), min_value=1, max_value=rules.MOST_MORE)
    reason = words(_("Reason (the petitioner will read it)"))


class DecideForm(ActionForm):
    approve = yes_no(_("Decision on more time"), _("approve it"), _("refuse it"))
    remark = words(pgettext_lazy("petitions", "Remark"), required=False)


class AskReviewForm(ActionForm):
    reason = words(_("Why the answer is not accepted"))


class ReviewForm(ActionForm):
    organ = line(_("Organ that reviewed"))
    result = choice(_("Result of the review"), Review.Result.choices)
    text = words(_("Written opinion"), rows=6)


class PlanForm(ActionForm):
    text = words(_("How it is settled"))
    due_on = day(_("To be settled by"))


class ChargeForm(ActionForm):
    leader = forms.ModelChoiceField(label=_("Leader"), queryset=Person.objects.none())
    harm = forms.TypedChoiceField(label=_("Harm to livelihoods"), coerce=int)
    people = forms.TypedChoiceField(label=_("People concerned"), coerce=int)
    duration = forms.TypedChoiceField(label=_("How long it has lasted"), coerce=int)
    units = forms.TypedChoiceField(label=_("Units that must act together"), coerce=int)
    turn = forms.TypedChoiceField(label=_("Risk that it gets worse"), coerce=int)
    reason = words(_("Reason for the choice"))
    due_on = day(_("To be settled by"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = people(("county_leader", "unit_head", "petition_head"))
        for name in rules.WORTH:
            self.fields[name].choices = [(0, _("none or little")), (1, _("some")), (2, _("much"))]


class PurposeForm(forms.Form):
    purpose = line(_("What do you need the name for?"), 200)


# ---------------------------------------------------------------------- public opinion


class MatterForm(forms.Form):
    title = line(_("In one line"), 80)
    source = line(_("Where it appeared"))
    link = forms.URLField(label=_("Link"), required=False, max_length=300, assume_scheme="https")
    appeared_at = moment(_("When it appeared"))
    heat = one_of(Heat, _("Heat"))
    reads = count(_("Reads so far"), 0)
    place = place(_("Place concerned"))
    text = words(_("What is said, without naming who says it"), rows=5)


class UnitForm(ActionForm):
    unit = organ(_("Unit that verifies"))


class HeatForm(ActionForm):
    heat = one_of(Heat, _("Heat"))
    reads = count(_("Reads so far"), 0)


class FactsForm(ActionForm):
    found = choice(_("What was found"), OnlineMatter.Found.choices)
    facts = words(_("Facts found"), rows=5)


class PublishForm(ActionForm):
    answer = words(_("Text of the answer"), rows=6)
    where = line(_("Where it is published"), 200)


class LessonForm(ActionForm):
    lesson = words(_("What is done better next time"))


# ---------------------------------------------------------------------- supervision


class PaperForm(forms.Form):
    kind = choice(_("Paper to be issued"), SupervisionPaper.Kind.choices)
    unit = organ(_("Unit it goes to"))
    about_no = line(_("Number of the petition it rests on"), 32, required=False)
    facts = words(_("Facts"), rows=4)
    demand = words(_("Demands"), rows=4)


class ReplyForm(ActionForm):
    text = words(pgettext_lazy("petitions", "Reply"), rows=5)


class EffectForm(ActionForm):
    effective = yes_no(_("Is it put right?"), _("yes, close it"), _("no, reply again"))
    effect = words(_("What was found"))


# ---------------------------------------------------------------------- rows with acts of their own


class About(forms.Form):
    """A form about one row, opened by one person."""

    def __init__(self, *args, row=None, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.user = row, user


class TextForm(About):
    text = words(pgettext_lazy("petitions", "In words"))


class SlotForm(About):
    leader = forms.ModelChoiceField(label=_("Leader"), queryset=Person.objects.none())
    unit = organ(_("Unit that prepares it"))
    room = line(_("Room"), 80)
    is_remote = forms.BooleanField(label=_("By video with a township's room"), required=False)
    town = forms.ModelChoiceField(label=_("Township with the room"), queryset=None, required=False)
    starts_at, ends_at = moment(_("Begins")), moment(_("Ends"))
    seats = count(_("Places in the queue"), 8, 1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = people(("county_leader", "unit_head", "petition_head"))
        if self.row:
            self.initial = {name: getattr(self.row, name) for name in self.fields}
        self.fields["town"].queryset = Place.objects.filter(valid_to=None, level=Place.Level.TOWNSHIP)


class BookForm(About):
    name = line(_("Name"), 40)
    phone = line(pgettext_lazy("petitions", "Telephone"), 32, required=False)
    people = forms.IntegerField(
        label=_("Number of people"), min_value=1, max_value=rules.MOST_REPRESENTATIVES, initial=1
    )
    matter = line(_("Matter in one line"), 200)


class TalkForm(About):
    record_text = words(_("Record of the talk"), rows=5)
    result = words(_("What the leader decided"))
    unit = organ(_("Unit that carries it out"))
    due_on = day(_("By this day"))


class ChargeNoteForm(About):
    kind = choice(_("What it was"), [("visit", _("visit to the people")), ("step", _("step forward"))])
    text = words(_("What was done"))


class DecideEntryForm(About):
    award = yes_no(_("Decision on the entry"), _("award it"), _("do not award it"))
    reason = words(_("Reason"))


class ShiftsForm(About):
    unit = organ(_("Unit on duty"))
    person = forms.ModelChoiceField(label=_("On duty"), queryset=Person.objects.none())
    leader = forms.ModelChoiceField(label=_("Leader on duty"), queryset=Person.objects.none())
    since = day(_("From the day"))
    days = forms.IntegerField(label=_("Number of days"), min_value=1, max_value=31, initial=7)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people(("opinion_officer", "petition_desk", "department_clerk"))
        self.fields["leader"].queryset = people(("county_leader", "unit_head", "petition_head"))
