"""Forms of talks and offices. Whether an act is allowed is asked in the services; what is sealed goes into boxes."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.look.forms import ManyFiles
from huilian.foundation.now import CHINA, moment, now, today

from .models import Incident, Talk
from .queries.reach import visible_rooms, who_may

AGES = [("", _("16 to 60")), ("minor", _("under 18")), ("over_60", _("60 and over"))]
HEALTH = [("", _("nothing known")), ("ill", _("chronic or serious illness")), ("pregnant", _("pregnant or nursing"))]


def words(label, *, required=True):
    area = forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})
    return forms.CharField(label=label, widget=area, required=required, max_length=4000)


class Hour(forms.DateTimeField):
    """A moment of the county's own time, typed without a zone."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"), **kwargs)

    def to_python(self, value):
        try:
            return datetime.fromisoformat(value).replace(tzinfo=CHINA) if value else None
        except (TypeError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class About(forms.Form):
    """A form about one row, opened by one person."""

    def __init__(self, *args, row=None, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.user = row, user


class Users(forms.TypedChoiceField):
    """Accounts to choose from; cleans to the account."""

    def offer(self, users) -> None:
        known = {str(user.pk): user for user in users}
        self.choices = [("", "—"), *((key, str(user)) for key, user in known.items())]
        self.coerce = known.get


class BookForm(About):
    room = forms.ModelChoiceField(label=_("Place of talks"), queryset=None)
    case_number = forms.CharField(label=_("Number of the lead"), max_length=32)
    begins_at = Hour(label=_("Planned from"))
    ends_at = Hour(label=_("Planned until"))
    people = forms.IntegerField(label=_("People in the room"), min_value=4, initial=4)
    second = Users(label=_("Second who talks"))
    guard = Users(label=_("Safety officer"))
    risk = forms.TypedChoiceField(label=_("Risk"), choices=Talk.Risk.choices, coerce=int)
    name = forms.CharField(label=_("Who is talked to (sealed)"), max_length=40)
    identity = forms.CharField(label=_("Identity number (sealed)"), max_length=18, required=False)
    post = forms.CharField(label=_("Unit and post (sealed)"), max_length=80, required=False)
    age = forms.ChoiceField(label=_("Age (sealed)"), choices=AGES, required=False)
    health = forms.ChoiceField(label=_("Health (sealed)"), choices=HEALTH, required=False)
    plan = words(_("Safety plan: dangers, measures, emergency contact (sealed)"))
    sections = [
        (_("Place and time"), ["room", "case_number", "begins_at", "ends_at", "people", "second", "guard"]),
        (_("Person and safety plan"), ["name", "identity", "post", "age", "health", "risk", "plan"]),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = visible_rooms(self.user).filter(is_active=True)
        self.fields["second"].offer(u for u in who_may("office.book") if u != self.user)
        self.fields["guard"].offer(u for u in who_may("office.guard") if u != self.user)


class DecideForm(About):
    agree = forms.TypedChoiceField(
        label=pgettext_lazy("a talk", "decision"), coerce=lambda value: value == "yes",
        choices=[("yes", pgettext_lazy("a talk", "agree")), ("no", pgettext_lazy("a talk", "do not agree"))],
    )  # fmt: skip


class MedicalForm(About):
    is_fit = forms.TypedChoiceField(
        label=_("Fit to be talked to"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("fit")), ("no", _("not fit"))],
    )
    text = words(_("Doctor and what was found (sealed)"))


class HandOverForm(About):
    taker = Users(label=_("Taken by"))
    is_well = forms.BooleanField(label=_("Body and mood as before"), required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        talk = self.row
        self.fields["taker"].offer([talk.guard] if self.user != talk.guard else [talk.talker, talk.second])


class IncidentForm(About):
    kind = forms.ChoiceField(label=_("Kind of incident"), choices=Incident.Kind.choices)
    happened_at = Hour(label=_("Happened at"), initial=lambda: moment(now()))
    text = words(_("What happened, what was done at once (sealed)"))


class FollowForm(About):
    text = words(_("What was done (sealed)"))


class PurposeForm(About):
    purpose = forms.CharField(label=_("For what purpose"), max_length=120)


class FinishForm(About):
    proof = forms.CharField(label=_("What was done"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    files = ManyFiles(label=_("Files that prove it"), required=False)


class AdoptForm(About):
    title = forms.CharField(label=_("Title of the document"), max_length=120)
    body = forms.CharField(label=_("Adopted by"), max_length=80)
    adopted_on = forms.DateField(label=_("Adopted on"), widget=forms.DateInput({"type": "date"}), initial=today)
    review_on = forms.DateField(label=_("To be reviewed on"), widget=forms.DateInput({"type": "date"}), required=False)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 8}), required=False)
    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = self.row.title


class SettleForm(About):
    note = forms.CharField(label=_("How it was settled"), max_length=200)


class SendForm(About):
    since = forms.DateField(label=_("Received from"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Received until"), widget=forms.DateInput({"type": "date"}), initial=today)


class TakeInForm(About):
    file = forms.FileField(label=_("Package (zip with manifest.json)"))
