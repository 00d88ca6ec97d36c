"""Forms of the desk. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.look.forms import YuanField
from huilian.engine.look.text import say
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation.now import today

from . import rules
from .models import Board, Expert, Lot, Mode, Registration, Right, Witness
from .models.fields import FIELDS

AREA = forms.Textarea(attrs={"rows": 3})


class Day(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class LotForm(forms.Form):
    """What is applied for: its names are those of the service. What the way of transfer asks for stands at the end."""

    board = forms.ModelChoiceField(queryset=Board.objects.all(), widget=forms.HiddenInput)
    right = forms.ModelChoiceField(queryset=Right.objects.all(), widget=forms.HiddenInput)
    mode = forms.ModelChoiceField(queryset=Mode.objects.all(), widget=forms.HiddenInput)
    method = forms.ChoiceField(label=_("Method of bidding"), choices=Lot.Method.choices)
    title = forms.CharField(label=_("Title of the lot"), max_length=120)
    description = forms.CharField(label=_("Description"), required=False, widget=AREA)
    location = forms.CharField(label=_("Where it lies"), max_length=120, required=False)
    area_mu = forms.DecimalField(label=_("Area in mu"), required=False, min_value=0, decimal_places=3)
    use = forms.CharField(label=pgettext_lazy("exchange", "Use"), max_length=80, required=False)
    term_months = forms.IntegerField(label=_("Term in months"), required=False, min_value=1)
    land_term_ends = forms.DateField(label=_("Contract of the land ends on"), required=False, widget=Day)
    asset_no = forms.CharField(label=_("Number of the asset in the books"), max_length=40, required=False)
    ownership_proof = forms.CharField(label=_("Proof of ownership"), max_length=120)
    valuation_cents = YuanField(label=_("Valuation in yuan"), required=False)
    valued_by = forms.CharField(label=_("Valued by"), max_length=80, required=False)
    start_cents = YuanField(label=_("Starting price or ceiling in yuan"))
    per_year = forms.BooleanField(label=_("The price is per year"), required=False)
    step_cents = YuanField(label=_("Step of bids in yuan"), required=False)
    deposit_cents = YuanField(label=_("Deposit in yuan"), required=False)
    has_reserve = forms.BooleanField(label=_("A sealed reserve price is kept"), required=False)
    decision_no = forms.CharField(label=_("Number of the decision"), max_length=40)
    sitting_tenant = forms.CharField(label=_("Sitting tenant with priority"), max_length=80, required=False)

    def __init__(self, *args, right: Right, mode: Mode, initial: dict, **kwargs):
        chosen = {"board": right.board_id, "right": right.pk, "mode": mode.pk}
        super().__init__(*args, initial=initial | chosen, **kwargs)
        self.said = [f"said_{key}" for key in mode.fields]
        for name, key in zip(self.said, mode.fields, strict=True):
            self.fields[name] = forms.CharField(label=say(FIELDS[key]), max_length=200, required=False)

    def values(self) -> dict:
        """What the service takes."""
        given = dict(self.cleaned_data)
        given["said"] = {name.removeprefix("said_"): given.pop(name) for name in self.said}
        return given | {name: given[name] or 0 for name in ("step_cents", "deposit_cents")}


class OpinionForm(ActionForm):
    opinion = forms.CharField(label=_("Opinion of the township"), widget=AREA, max_length=300)


class NoteForm(ActionForm):
    note = forms.CharField(label=pgettext_lazy("exchange", "Reason"), widget=AREA)


class PublishForm(ActionForm):
    until = forms.DateField(
        label=_("Registration until"), required=False, widget=Day, help_text=_("Empty: the shortest time there is.")
    )
    text = forms.CharField(label=_("What else is said"), widget=AREA, required=False)


class ExtendForm(ActionForm):
    until = forms.DateField(
        label=_("Registration until"), required=False, widget=Day, help_text=_("Empty: one more period.")
    )


class LowerForm(ExtendForm):
    start_cents = YuanField(label=_("New price in yuan"))
    decision_no = forms.CharField(label=_("Number of the new decision"), max_length=40)
    note = forms.CharField(label=pgettext_lazy("exchange", "Reason"), widget=AREA)


class ListAgainForm(ActionForm):
    start_cents = YuanField(label=_("Starting price or ceiling in yuan"))
    decision_no = forms.CharField(label=_("Number of the decision"), max_length=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("start_cents", "decision_no"):
            self.fields[name].initial = getattr(self.case.lot, name)


class CorrectForm(ActionForm):
    description = forms.CharField(label=_("Description"), required=False, widget=AREA)
    use = forms.CharField(label=pgettext_lazy("exchange", "Use"), max_length=80, required=False)
    note = forms.CharField(label=_("What is corrected"), widget=AREA)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("description", "use"):
            self.fields[name].initial = getattr(self.case.lot, name)


class CloseForm(ActionForm):
    online = forms.BooleanField(label=_("Sealed prices are given online"), required=False)


class SignForm(ActionForm):
    signed_on = forms.DateField(label=_("Signed on"), widget=Day, initial=today)
    starts_on = forms.DateField(label=_("Starts on"), widget=Day)
    ends_on = forms.DateField(
        label=_("Ends on"), widget=Day, required=False, help_text=_("Empty: by the term of the lot.")
    )
    contract_no = forms.CharField(
        label=_("Number of the contract"),
        max_length=40,
        required=False,
        help_text=_("Empty where the owner's books are kept here: then it is entered there as a draft."),
    )


class ReserveForm(ActionForm):
    cents = YuanField(label=_("Reserve price in yuan"))


class KeyForm(ActionForm):
    key = forms.CharField(label=_("Your key"), max_length=80, widget=forms.TextInput({"autocomplete": "off"}))


# Acts on what hangs on a lot: forms of the page of work.


class ExamineForm(forms.Form):
    qualified = forms.TypedChoiceField(
        label=_("Qualified"),
        choices=[("yes", _("qualified")), ("no", _("not qualified"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Registration.Priority.choices, coerce=int)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class DepositForm(forms.Form):
    amount_cents = YuanField(label=_("Amount in yuan"))
    payer = forms.CharField(label=_("Paid by"), max_length=80)
    payer_account = forms.CharField(label=_("From account"), max_length=40)
    bank_ref = forms.CharField(label=_("Number of the bank line"), max_length=40)
    arrived_at = forms.DateTimeField(label=_("Arrived at"), widget=forms.DateTimeInput({"type": "datetime-local"}))


class RefundForm(forms.Form):
    refund_ref = forms.CharField(label=_("Number of the refund"), max_length=40)


class PriceForm(forms.Form):
    price_cents = YuanField(label=_("Price in yuan"))
    round = forms.IntegerField(label=_("Round"), min_value=1, initial=1)


class MarkForm(forms.Form):
    """One expert's sheet for one bidder."""

    seat = forms.ModelChoiceField(label=_("Expert"), queryset=None)
    plan = forms.DecimalField(label=_("Plan"), min_value=0, max_value=rules.MOST_POINTS["plan"])
    record = forms.DecimalField(label=_("Past work"), min_value=0, max_value=rules.MOST_POINTS["record"])
    team = forms.DecimalField(label=_("People and machines"), min_value=0, max_value=rules.MOST_POINTS["team"])

    def __init__(self, *args, lot, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = lot.seats.select_related("expert")
        self.fields["seat"].label_from_instance = lambda seat: seat.expert.name


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Answer"), widget=AREA, max_length=1000)


class ObjectionForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), widget=AREA, max_length=1000)
    upheld = forms.TypedChoiceField(
        label=_("Decision on the objection"),
        choices=[("no", _("not upheld")), ("yes", pgettext_lazy("an objection", "upheld"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class BoardForm(forms.Form):
    on = forms.DateField(label=_("On the village board since"), widget=Day, initial=today)
    photo = forms.FileField(
        label=_("Photograph"), required=False, widget=forms.FileInput({"accept": "image/*", "capture": ""})
    )


class WitnessForm(forms.Form):
    step = forms.ChoiceField(label=pgettext_lazy("exchange", "Step"))
    on = forms.DateField(label=pgettext_lazy("exchange", "Day"), widget=Day, initial=today)
    how = forms.ChoiceField(label=_("How"), choices=Witness.How.choices)
    opinion = forms.CharField(label=pgettext_lazy("exchange", "Opinion"), widget=AREA, max_length=500)
    is_wrong = forms.BooleanField(label=_("Something is wrong"), required=False)

    def __init__(self, *args, lot, **kwargs):
        super().__init__(*args, **kwargs)
        keys = dict.fromkeys(lot.case.steps.values_list("step", flat=True))
        self.fields["step"].choices = [(key, say(lot.case.definition.step(key).name)) for key in keys]
        self.fields["step"].initial = lot.case.step


class MoneyForm(forms.Form):
    amount_cents = YuanField(label=_("Amount in yuan"))
    bank_ref = forms.CharField(label=_("Number of the bank line"), max_length=40)
    on = forms.DateField(label=pgettext_lazy("exchange", "Day"), widget=Day, initial=today)


class PanelForm(forms.Form):
    field = forms.ChoiceField(label=_("Field of work"), required=False)
    wanted = forms.IntegerField(label=_("How many experts"), min_value=5, initial=5)
    recused = forms.ModelMultipleChoiceField(
        label=_("Who steps back"), queryset=Expert.objects.filter(is_active=True), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever works for the owner or a bidder is left out without a tick."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why they step back"), max_length=80, required=False)

    def __init__(self, *args, lot, **kwargs):
        super().__init__(*args, **kwargs)
        fields = Expert.objects.filter(is_active=True).order_by("field").values_list("field", flat=True).distinct()
        self.fields["field"].choices = [("", _("all")), *((f, f) for f in fields)]


class UndrawForm(forms.Form):
    reason = forms.CharField(label=pgettext_lazy("exchange", "Reason"), widget=AREA, max_length=200)


class DrawForm(forms.Form):
    words = forms.CharField(label=_("Words of the witnesses"), max_length=200, required=False)
