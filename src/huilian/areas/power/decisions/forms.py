"""Forms of the desk. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.look.forms import YuanField
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation.now import today

from .models import Matter, Meeting, Motion, Quorum, Sheet

MOMENT = {"type": "datetime-local"}
DAY = {"type": "date"}


class NoteForm(ActionForm):
    note = forms.CharField(label=pgettext_lazy("decisions", "In a sentence"), widget=forms.Textarea(attrs={"rows": 3}))


class SignForm(ActionForm):
    agrees = forms.TypedChoiceField(
        label=_("Opinion of the committee"),
        choices=[("yes", _("no objection")), ("no", _("objection"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


class AnswerForm(ActionForm):
    text = forms.CharField(label=_("Answer"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class AnnounceForm(ActionForm):
    text = forms.CharField(label=_("What everybody reads"), widget=forms.Textarea(attrs={"rows": 5}))
    photo = forms.FileField(
        label=_("Photograph of the board"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )


class ExecuteForm(ActionForm):
    on = forms.DateField(label=_("Date"), initial=today, widget=forms.DateInput(attrs=DAY))
    what = forms.CharField(label=_("What was carried out"), max_length=200)
    winner = forms.CharField(label=_("With whom"), max_length=120, required=False)
    amount_cents = YuanField(label=_("Amount"), required=False)
    reference = forms.CharField(label=_("Number of the contract or payment"), max_length=40, required=False)


class MotionForm(forms.Form):
    """A new motion; which chain it goes along follows from its kind."""

    unit = forms.ModelChoiceField(label=_("Unit that decides"), queryset=None)
    matter = forms.ModelChoiceField(label=_("Kind of matter"), queryset=None)
    title = forms.CharField(label=_("Motion"), max_length=120)
    text = forms.CharField(label=_("What is to be decided"), widget=forms.Textarea(attrs={"rows": 5}))
    reason = forms.CharField(label=_("Why it is brought up"), max_length=200, required=False)
    amount_cents = YuanField(label=_("Amount"), required=False)
    winner = forms.CharField(
        label=_("Whom it names"),
        max_length=120,
        required=False,
        help_text=_("Only where the decision itself is about somebody; who wins a tender is not known yet."),
    )
    replaces = forms.ModelChoiceField(label=_("Replaces the decision"), queryset=None, required=False)
    files = forms.FileField(label=_("Papers"), required=False)

    def __init__(self, *args, units, decided, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["matter"].queryset = Matter.objects.filter(valid_to=None)
        self.fields["replaces"].queryset = decided
        if len(units) == 1:
            self.fields["unit"].initial = units[0].pk


class CallForm(forms.Form):
    """A meeting; everything on its agenda is chosen here and nothing can be added later."""

    motions = forms.ModelMultipleChoiceField(
        label=_("Agenda"), queryset=Motion.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    starts_at = forms.DateTimeField(label=_("Begins"), widget=forms.DateTimeInput(attrs=MOMENT))
    venue = forms.CharField(label=_("Venue"), max_length=80)
    mode = forms.ChoiceField(label=_("How it meets"), choices=Meeting.Mode.choices)
    from_paper = forms.BooleanField(
        label=_("It has been held; I enter it from paper"),
        required=False,
        help_text=_("What was not kept (order, days of notice) stands beside it and is seen by the rules."),
    )
    noticed_on = forms.DateField(label=_("Notice was given on"), required=False, widget=forms.DateInput(attrs=DAY))

    body = forms.ChoiceField(label=_("Counted by"), required=False)
    field_order = ("motions", "body")

    def __init__(self, *args, motions, body, other="", **kwargs):
        super().__init__(*args, **kwargs)
        if other:
            households = Quorum.objects.get(key=other, valid_to=None)
            self.fields["body"].choices = [(body.key, body), (households.key, households)]
        else:
            del self.fields["body"]
        self.fields["motions"].queryset = Motion.objects.filter(pk__in=[m.pk for m in motions])
        self.fields["motions"].initial = [m.pk for m in motions][:1]


class BeginForm(forms.Form):
    chair = forms.CharField(label=_("Chaired by"), max_length=40)
    due = forms.IntegerField(label=_("Number due"), min_value=1, required=False)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        if meeting.body.is_rolled:
            del self.fields["due"]


class FileForm(forms.Form):
    """A scan of a signing sheet, a photograph or the minutes."""

    file = forms.FileField(label=_("Scan or photograph"))
    kind = forms.ChoiceField(label=_("Kind of paper"), choices=[*Sheet.Kind.choices, ("minutes", _("minutes"))])
    page = forms.IntegerField(
        label=_("Page"), min_value=1, required=False, help_text=_("Only where the code on the sheet cannot be read.")
    )
