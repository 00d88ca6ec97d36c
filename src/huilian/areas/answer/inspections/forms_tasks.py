"""Forms of talks, meetings, sessions and tasks."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Post
from huilian.engine.look.forms import ManyFiles
from huilian.foundation.now import today

from . import rules
from .forms import About, day, line, pick, standing_units, words
from .queries.reasons import reasons

TALK_DAYS, TASK_DAYS = 3, 30


class Reasons(forms.RadioSelect):
    """Each occasion with a link to where it can be read."""

    option_template_name = "inspections/parts/reason.html"

    def create_option(self, *args, **kwargs):
        option = super().create_option(*args, **kwargs)
        option["url"] = self.addresses.get(option["value"], "")
        return option


class UnitForm(forms.Form):
    unit = pick(_("Unit talked to"), standing_units())
    quarter = forms.CharField(required=False, widget=forms.HiddenInput)


class InviteForm(About):
    """`row` is the unit."""

    reason = forms.ChoiceField(label=_("Occasion"), widget=Reasons)
    post = pick(_("Responsible post"))
    why = forms.CharField(
        label=_("Why, in the words of the invitation"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text=_("Empty: the words of the occasion."),
    )  # fmt: skip
    demand = words(_("What the talk asks for"))
    meet_on = day(_("Day of the talk"))
    due_on = day(_("To be done by"))
    sender = pick(_("From the unit"))

    def __init__(self, *args, quarter=None, **kwargs):
        super().__init__(*args, **kwargs)
        found = reasons(self.row, self.user, quarter)
        self.fields["reason"].choices = [(r.key, f"{r.number} {r.words}") for r in found]
        self.fields["reason"].widget.addresses = {r.key: r.url for r in found}
        self.fields["post"].queryset = Post.objects.filter(unit=self.row).order_by("-is_head", "name")
        self.fields["post"].label_from_instance = lambda post: post.name
        mine = scope(standing_units(), self.user, place=None, unit="pk", action="inspections.manage")
        self.fields["sender"].queryset = mine
        self.fields["meet_on"].initial = today() + timedelta(TALK_DAYS)
        self.fields["due_on"].initial = today() + timedelta(TASK_DAYS)


class HeldForm(About):
    held_on = day(_("Held on"), initial=today)
    text = words(pgettext_lazy("a talk", "What was said"), rows=8)


class FollowForm(About):
    text = words(_("What was done about it"), rows=5)
    files = ManyFiles(label=_("Papers or photographs"), required=False)


class NoteForm(About):
    note = words(_("What came of it"))


class AcceptForm(About):
    note = words(_("What was seen (may stay empty)"), required=False)


class DoneForm(About):
    result = words(_("What was done about it"))
    files = ManyFiles(label=_("Papers or photographs"))


class MeetingForm(About):
    title = line(_("Title"), 120)
    unit = pick(_("Called by"))
    starts_on = day(_("Figures from"))
    ends_on = day(_("Figures up to"))
    meet_on = day(_("Day of the meeting"), initial=today)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        span = rules.span("quarter", today()).before
        self.fields["unit"].queryset = scope(
            standing_units(), self.user, place="place", unit="pk", action="inspections.plan"
        )
        self.fields["starts_on"].initial, self.fields["ends_on"].initial = span.first, span.last


class MinutesForm(About):
    held_on = day(_("Held on"), initial=today)
    attended = line(_("Who attended"), 300)
    minutes = words(_("Conclusions"), rows=8)


class TaskForm(About):
    units = forms.ModelMultipleChoiceField(label=_("Units that do it"), queryset=None)
    what = words(_("What is to be done"))
    due_on = day(_("To be done by"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = standing_units()
        self.fields["due_on"].initial = today() + timedelta(TASK_DAYS)


class SessionForm(About):
    held_on = day(_("Held on"), initial=today)
    subject = line(_("Subject of the session"))
    teacher = line(_("Taught by"), 100)
    attended = line(_("Who attended"), 300)
    homework = words(_("Homework of every unit"), required=False)
    due_on = day(_("Homework due"), required=False)
