"""Forms of integrity risks. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Appointment, Person, Post, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.look.text import say
from huilian.foundation.now import today

from .models import (
    Asked,
    Directory,
    Disposal,
    Finding,
    Intervention,
    Measure,
    Opinion,
    RiskPoint,
    Scheme,
    Signal,
)
from .models.catalogue import Grade, Importance
from .queries.frequency import used_of
from .queries.progress import live_points

WORDS = {"rows": 3}
DAY = {"type": "date"}


def words(label, *, required=True):
    return forms.CharField(label=label, widget=forms.Textarea(attrs=WORDS), required=required)


def line(label, length=300, *, required=True):
    return forms.CharField(label=label, max_length=length, required=required)


def day(label, *, required=True):
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY), required=required)


def units_for(user, action: str):
    """Standing units that `user` reaches by an action."""
    return scope(Unit.objects.filter(valid_to=None), user, place="place", unit="pk", action=action)


def people_of(unit):
    held = Appointment.objects.filter(in_office(today()), post__unit=unit)
    return Person.objects.filter(pk__in=held.values("person")).order_by("name")


def posts_of(user):
    """Posts that `user` holds today."""
    held = Appointment.objects.filter(in_office(today()), person__user=user)
    return Post.objects.filter(pk__in=held.values("post")).select_related("unit").order_by("pk")


class About(forms.Form):
    """A form about one row, opened by one person."""

    def __init__(self, *args, row=None, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.row, self.user = row, user


class TextForm(About):
    text = words(pgettext_lazy("risks", "In words"))


class EditForm(TextForm):
    """The text as it stands, to be corrected."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = self.row.text
        self.fields["text"].widget.attrs["rows"] = 14


class StartForm(About):
    unit = forms.ModelChoiceField(label=_("Unit of the cycle"), queryset=None)
    scheme = forms.ModelChoiceField(label=_("Scheme of stages"), queryset=Scheme.objects.filter(is_active=True))
    cause = forms.CharField(
        label=_("What has changed"), max_length=200, required=False,
        help_text=_("Empty: the yearly cycle. Written: a cycle in part because of this change."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(self.user, "risks.write")


class StageForm(About):
    inputs, outputs = words(_("What it rests on")), words(_("What came of it"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stage = self.row.stage_called(self.row.step) if self.row.step else {}
        for name in ("inputs", "outputs"):
            self.fields[name].help_text = say(stage[name]) if stage.get(name) else ""


class PointForm(forms.ModelForm):
    """A point with the way it was found."""

    way = forms.ChoiceField(label=_("Way of finding"), choices=Finding.Way.choices)
    told = line(_("In their words"), required=False)

    class Meta:
        model = RiskPoint
        fields = (
            "unit", "level", "post", "section", "kind", "field", "name", "manifestation", "basis", "bounds", "duty",
            "item_code", "procedure_key", "step", "rule",
        )  # fmt: skip
        widgets = {"manifestation": forms.Textarea(attrs=WORDS)}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = units_for(user, "risks.write")
        self.fields["unit"].queryset = units
        self.fields["post"].queryset = Post.objects.filter(unit__in=units, valid_to=None).select_related("unit")
        if self.instance.pk:
            del self.fields["way"], self.fields["told"]


class OwnForm(forms.ModelForm):
    """A risk of a post that the person holds."""

    class Meta:
        model = RiskPoint
        fields = ("post", "kind", "field", "name", "manifestation")
        widgets = {"manifestation": forms.Textarea(attrs=WORDS)}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        posts = posts_of(user)
        self.fields["post"].queryset, self.fields["post"].required = posts, True
        self.fields["post"].initial = posts.first()


class FindingForm(About):
    way = forms.ChoiceField(label=_("Way of finding"), choices=Finding.Way.choices)
    told = line(_("In their words"), required=False)


class MergeForm(About):
    into = forms.ModelChoiceField(label=_("Point it is the same as"), queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = live_points(self.row.unit).exclude(pk=self.row.pk)


class GradeForm(About):
    importance = forms.TypedChoiceField(
        label=_("Importance of the power"), choices=Importance.choices, coerce=int, widget=forms.RadioSelect
    )
    told_count = forms.IntegerField(label=_("How often the power was used in a year"), min_value=0, required=False)
    grade = forms.TypedChoiceField(
        label=pgettext_lazy("risks", "Grade"), choices=Grade.choices, coerce=int, widget=forms.RadioSelect
    )
    deviation = line(_("Why another grade than suggested"), required=False)
    watcher = forms.ModelChoiceField(label=_("Section head, for grade three"), queryset=None, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["watcher"].queryset = people_of(self.row.unit)
        if used_of(self.row) is not None:
            del self.fields["told_count"]


class MeasureForm(About):
    type = forms.ChoiceField(label=_("Type of measure"), choices=Measure.Type.choices)
    phase = forms.ChoiceField(label=_("Phase"), choices=Measure.Phase.choices)
    text = line(_("Measure of prevention"))
    responsible = line(_("Who is responsible"), 60)
    due_on = day(_("In place by"), required=False)


class CheckForm(About):
    checked_on = day(_("Checked on"))
    looked_at = forms.IntegerField(label=_("Things looked at"), min_value=1)
    faults = forms.IntegerField(label=_("Faults found"), min_value=0)
    text = line(_("Findings in words"), required=False)


class AskForm(About):
    unit = forms.ModelChoiceField(label=_("Unit of the directory"), queryset=None)
    until = day(_("Opinions until"))
    scope = forms.ChoiceField(label=_("Who may read it"), choices=Directory.Scope.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(self.user, "risks.write")


class AskedForm(About):
    who = forms.ChoiceField(label=_("Who was asked"), choices=Asked.Who.choices)
    called = line(_("Name or group"), 80)
    people = forms.IntegerField(label=_("How many"), min_value=1)
    way = line(_("How they were asked"), 80)


class OpinionForm(About):
    point = line(_("Number of the point, if it is about one"), 32, required=False)
    text = words(_("Opinion"))


class AnswerForm(About):
    taken = forms.ChoiceField(label=_("What became of it"), choices=Opinion.Taken.choices)
    answer = words(_("Answer"))


class NoticeForm(About):
    days = forms.IntegerField(label=_("Days of the public notice"), min_value=1, initial=5)


class ResolveForm(About):
    minutes_no = line(_("Number of the minutes"), 60)
    resolved_on = day(_("Day of the leaders' meeting"))


class ProposeForm(About):
    person = forms.ModelChoiceField(label=pgettext_lazy("disposal", "Person"), queryset=None)
    point = forms.ModelChoiceField(label=_("Risk point"), queryset=None, required=False)
    signal = forms.ModelChoiceField(label=_("Signal"), queryset=None, required=False)
    severity = forms.TypedChoiceField(label=_("Severity"), choices=Disposal.Severity.choices, coerce=int)
    kind = forms.ChoiceField(label=_("Disposal"), choices=Disposal.Kind.choices)
    deviation = line(_("Why another than fits the severity"), required=False)
    facts, demand = words(_("Facts"), required=False), words(_("What the person must do"), required=False)
    sealed_no = forms.CharField(
        label=_("Number of the sealed paper"), max_length=60, required=False,
        help_text=_("For a hand-over only; then facts and demand stay empty."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = units_for(self.user, "risks.dispose")
        held = Appointment.objects.filter(in_office(today()), post__unit__in=units)
        self.fields["person"].queryset = Person.objects.filter(pk__in=held.values("person")).order_by("name")
        self.fields["point"].queryset = RiskPoint.objects.filter(unit__in=units, state="final")
        self.fields["signal"].queryset = Signal.objects.filter(unit__in=units, state=Signal.State.LINKED)


class DecideForm(About):
    agree = forms.TypedChoiceField(
        label=_("Decision on the disposal"), coerce=lambda v: v == "yes", widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("disposal", "approve")), ("no", pgettext_lazy("disposal", "refuse"))],
    )  # fmt: skip
    ground = line(_("Ground of a refusal"), required=False)


class ServeForm(About):
    reply_days = forms.IntegerField(label=_("Days until the answer is due"), min_value=1, max_value=60, initial=10)


class EffectForm(About):
    effective = forms.TypedChoiceField(
        label=_("What the check showed"), coerce=lambda v: v == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("put right")), ("no", _("not put right"))],
    )  # fmt: skip
    effect = words(_("What the check found"))


class SignalForm(About):
    unit = forms.ModelChoiceField(label=_("Unit concerned"), queryset=None)
    source = forms.ChoiceField(label=_("Source"), choices=Signal.Source.choices)
    ref = line(_("Number at the source"), 60, required=False)
    arose_on = day(_("Arose on"))
    text = line(_("What the signal says"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(self.user, "risks.watch")


class LinkForm(About):
    point = forms.ModelChoiceField(label=_("Risk point"), queryset=None)
    analysis = line(_("Analysis"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = live_points(self.row.unit)


class PlanForm(About):
    kind = forms.ChoiceField(label=_("Intervention"), choices=Intervention.Kind.choices)
    plan = line(_("What is planned"))
    planned_on = day(_("Planned for"))
    signal = forms.ModelChoiceField(label=_("Signal"), queryset=None, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signal"].queryset = self.row.signals.all()


class QuarterForm(About):
    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
    quarter = forms.TypedChoiceField(label=_("Quarter"), choices=[(n, n) for n in range(1, 5)], coerce=int)


class ProposalForm(About):
    unit = forms.ModelChoiceField(label=_("Unit it is proposed to"), queryset=None)
    text = line(_("Proposal"))
    due_on = day(_("To be done by"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(self.user, "risks.report")
