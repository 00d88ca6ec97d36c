"""Forms of the acts on a citizen's matter. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Unit
from huilian.engine.look.text import say
from huilian.engine.procedures.kinds import ActionForm

from .models import Knowledge, Matter, Order, RefusalGround, Satisfaction, Solved
from .queries import answers_in_force, open_orders_like

YES_NO = [("yes", _("yes")), ("no", _("no"))]


def is_yes(value: str) -> bool:
    return value == "yes"


def text(label, **kwargs):
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)


class OrderForm(ActionForm):
    """A form that knows its order."""

    @property
    def order(self) -> Order:
        return self.case.hotline_order


class NoteForm(OrderForm):
    note = text(_("Reason"))


class AnswerAtOnceForm(OrderForm):
    knowledge = forms.ModelChoiceField(
        label=_("From the knowledge base"), queryset=Knowledge.objects.none(), required=False
    )
    answer = text(_("What the citizen was told"), required=False)

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


class ThreeWayForm(OrderForm):
    unit = forms.ModelChoiceField(label=_("Unit on the line"), queryset=Unit.objects.filter(valid_to=None))
    officer = forms.CharField(label=_("Officer on the line"), max_length=40)
    started_at = forms.DateTimeField(label=_("Began at"))
    ended_at = forms.DateTimeField(label=_("Ended at"))
    conclusion = text(_("Conclusion"))
    agrees = forms.ChoiceField(label=_("Does the citizen agree?"), choices=YES_NO, widget=forms.RadioSelect)


class DispatchForm(OrderForm):
    matter = forms.ModelChoiceField(
        label=_("Line of the dispatch catalogue"), queryset=Matter.objects.none(), required=False
    )
    unit = forms.ModelChoiceField(label=_("Unit that answers"), queryset=Unit.objects.none())
    class_key = forms.ChoiceField(label=_("Class (it decides the time limit)"))
    co_units = forms.ModelMultipleChoiceField(
        label=_("Co-handling units"), queryset=Unit.objects.none(), required=False
    )
    note = text(_("Note to the unit"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(valid_to=None).select_related("place")
        self.fields["matter"].queryset = Matter.objects.filter(is_active=True)
        self.fields["unit"].queryset = self.fields["co_units"].queryset = units
        self.fields["class_key"].choices = [
            (c.key, _("%(name)s: %(n)s working days") % {"name": say(c.name), "n": c.limit.length})
            for c in self.case.definition.classes
        ]
        if matter := self.order.matter:
            self.initial.setdefault("matter", matter.pk)


class MergeForm(OrderForm):
    first = forms.ModelChoiceField(label=_("The first matter"), queryset=Order.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first"].queryset = open_orders_like(self.order, self.user)
        self.fields["first"].label_from_instance = lambda order: f"{order.case.number} {order.case.title}"


class RefuseForm(OrderForm):
    ground = forms.ModelChoiceField(label=_("Legal ground"), queryset=RefusalGround.objects.filter(is_active=True))
    note = text(_("Facts"))


class ObjectForm(OrderForm):
    proposed = forms.ModelChoiceField(
        label=_("Whose matter it is"), queryset=Unit.objects.filter(valid_to=None), required=False
    )
    ground = text(_("Ground"))


class RulingForm(OrderForm):
    uphold = forms.TypedChoiceField(
        label=_("Ruling"),
        choices=[("yes", _("the objection is right: dispatch again")), ("no", _("the unit keeps the matter"))],
        coerce=is_yes,
        widget=forms.RadioSelect,
    )
    ruling = text(_("Reasons for the ruling"))


class ContactForm(OrderForm):
    reached = forms.TypedChoiceField(
        label=_("Reached?"), choices=YES_NO, coerce=is_yes, widget=forms.RadioSelect, initial="yes"
    )
    note = text(_("What was said"))


class AnswerForm(OrderForm):
    answer = text(_("Answer to the citizen"), help_text=_("What was found, what was done, on what basis."))


class ReportForm(OrderForm):
    report = text(_("Report to the hotline centre"), help_text=_("What was done, with what proof."))


class CheckForm(OrderForm):
    passed = forms.TypedChoiceField(
        label=_("Finding"),
        choices=[("yes", _("in order: on to the call-back")), ("no", _("send back to the unit"))],
        coerce=is_yes,
        widget=forms.RadioSelect,
    )
    note = text(_("What is missing"), required=False)


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
    note = text(_("What the citizen said"), required=False)
