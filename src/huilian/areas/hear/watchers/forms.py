"""Fields of the forms on the desk. Whether an act is allowed is asked in the services."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Person, Unit
from huilian.engine.registers.lookups import Lookup
from huilian.foundation.errors import Refused
from huilian.foundation.now import moment, now, today

from .models import Appraisal, BoxOpening, Report, Seat, Stratum, Topic
from .queries.reach import serving
from .ways import open_to

CHOOSE = [("", "—")]


class Called(forms.CharField):
    """A row typed by its name."""

    def __init__(self, rows, **kwargs) -> None:
        super().__init__(**kwargs)
        self.lookup = Lookup(rows.model, rows)

    def clean(self, value):
        text = super().clean(value)
        try:
            return self.lookup.find(text) if text else None
        except Refused as refused:
            raise ValidationError(str(refused)) from refused


def text(label, *, rows: int = 4, required: bool = True, help_text="") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, required=required, help_text=help_text)


def line(label, *, most: int = 200, required: bool = True, help_text="") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text)


def day(label, *, required: bool = True, initial=None) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, initial=initial)


def pick(label, choices, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[*CHOOSE, *choices], required=required)


def row(label, rows, *, required: bool = True) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=rows, required=required)


def tick(label) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def number(label, *, least: int = 0, most: int | None = None, required: bool = True, initial=None):
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=required, initial=initial)


def topic() -> forms.ModelChoiceField:
    return row(_("Topic"), Topic.objects.filter(is_active=True), required=False)


def area_of(body):
    """Units of the area the body watches."""
    area = body.township or body.place
    return Unit.objects.filter(valid_to=None, place__path__gte=area.path, place__path__lte=area.highest_path)


def member(body) -> dict:
    """Somebody named for a body; under a code name only what the vault keeps."""
    name, phone = line(pgettext_lazy("of a person", "Name"), most=64), line(_("Phone number"), most=32, required=False)
    duty = line(_("What they look after"), most=120, required=False)
    kind = body.kind
    if kind.is_covered:
        return {"name": name, "phone": phone, "duty": duty}
    found = {"name": name, "person": Called(Person.objects.all(), label=_("Entry in the directory"),
             required=kind.bars_committee, help_text=_("By name, as it is written in the directory."))}  # fmt: skip
    if kind.bars_committee:
        del found["name"]
    found |= {"phone": phone, "duty": duty}
    if kind.key == "volunteers":
        found["group"] = pick(_("Kind of volunteer"), Seat.Group.choices)
    if kind.key == "contact":
        found |= {"stratum": row(_("Stratum"), Stratum.objects.filter(is_active=True)),
                  "address": line(_("Where letters go"))}  # fmt: skip
    if kind.entry != kind.Entry.INVITED:
        found |= {"minutes_of": day(_("Meeting that named them")), "minutes": line(_("What its minutes say"), most=300)}
    if kind.bars_committee:
        found |= {"declared": line(_("Interests they declared"), required=False), "is_head": tick(_("Heads the body"))}
    return found


def report(body, user) -> dict:
    return {
        "duty": pick(_("What kind of report"), Report.Duty.choices),
        "route": pick(_("How it came"), [c for c in Report.Route.choices if c[0] in ("box", "town", "spoken")]),
        "words": text(_("What is reported")),
        "topic": topic(),
        "unit": row(_("About which unit"), area_of(body), required=False),
        "mechanism": pick(_("Mechanism"), Report.Mechanism.choices, required=False),
        "important": tick(_("Important: hand it to the business line at once")),
        "secret": tick(_("Seal it: only officers of the commission read it")),
        "opening": row(_("Found in a box"), _openings(body), required=False),
        "meeting": row(_("Raised at a meeting"), body.meetings.all(), required=False),
    }


def _openings(body):
    return BoxOpening.objects.filter(box__body=body)


def members(body, label) -> forms.ModelChoiceField:
    return row(label, body.seats.filter(serving()))


def training(body) -> dict:
    topics = body.kind.training.splitlines()
    label = _("Topic of the training")
    seats = body.seats.filter(state__in=[Seat.State.NAMED, Seat.State.PASSED, Seat.State.SERVING])
    present = forms.ModelMultipleChoiceField(seats, label=_("Who was there"), widget=forms.CheckboxSelectMultiple)
    return {
        "held_on": day(_("Day of the training"), initial=today()),
        "topic": pick(label, [(t, t) for t in topics]) if topics else line(label, most=120),
        "seats": present,
    }


def duty_report() -> dict:
    return {
        "name": line(_("Who reported"), most=64),
        "post": line(_("In which post"), most=64),
        "year": number(_("Of which year"), least=2000, most=2999, initial=today().year - 1),
        "held_on": day(_("Day of the assembly"), initial=today()),
        "text": text(_("What was reported, in short"), help_text=_("At most 600 characters. Everybody may read it.")),
        "good": number(_("Votes: satisfied"), initial=0),
        "fair": number(_("Votes: basically satisfied"), initial=0),
        "poor": number(_("Votes: not satisfied"), initial=0),
    }


def answer(report) -> dict:
    outcome = pick(pgettext_lazy("watchers", "What came out"), Report.Outcome.choices, required=report.is_secret)
    if report.is_secret:
        return {"outcome": outcome}
    words = text(_("Answer to whoever reported"))
    return {"text": words, "outcome": outcome, "early": tick(_("Settled where it arose"))}


def ways(report) -> forms.ChoiceField:
    return pick(_("Where it goes on"), [(w.key, w.name) for w in open_to(report)])


def appraisal() -> dict:
    return {
        "year": number(_("Year appraised"), least=2000, most=2999, initial=today().year),
        "result": pick(pgettext_lazy("watchers", "Verdict"), Appraisal.Result.choices),
        "held_on": day(_("Day of the appraisal"), initial=today()),
        "votes": number(_("Votes given"), required=False),
    }


def opened_at() -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=_("When it was opened"), widget=widget, initial=moment(now()))
