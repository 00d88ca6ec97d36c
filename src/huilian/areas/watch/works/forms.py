"""Forms of the desk. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Appointment, Person
from huilian.engine.directory.powers import in_office
from huilian.engine.look.forms import ManyFiles, ManyFilesInput, YuanField
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation import money
from huilian.foundation.now import today

from .models import Change, Contractor, Event, LimitClass, Pay, Project, Quote, Signature
from .models.catalogue import Mode
from .queries.reach import money_of

ON_PAPER = [c for c in Signature.Role.choices if c[0] in ("representative", "builder", "village")]


class Day(forms.DateField):
    """The browser's own field for a day; today unless said otherwise."""

    def __init__(self, **kwargs):
        kwargs.setdefault("initial", today)
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class Photos(ManyFiles):
    """Up to three photographs in one field; how many the service counts."""

    def __init__(self, **kwargs):
        super().__init__(widget=ManyFilesInput({"accept": "image/*"}), required=False, **kwargs)


class Reason(forms.CharField):
    def __init__(self, **kwargs):
        kwargs.setdefault("label", pgettext_lazy("works", "Reason"))
        super().__init__(widget=forms.Textarea({"rows": 3}), max_length=200, **kwargs)


class GroundForm(ActionForm):
    note = Reason()


class ProposeForm(forms.Form):
    """A new work or purchase. Names of fields are those the service speaks of."""

    unit = forms.ModelChoiceField(label=_("Whose work it is"), queryset=None, empty_label=None)
    limit_class = forms.ModelChoiceField(label=_("Class by amount"), queryset=LimitClass.objects.all())
    title = forms.CharField(label=_("Name of the work"), max_length=80)
    scope = forms.CharField(label=_("What is done"), max_length=300, widget=forms.Textarea({"rows": 3}))
    site = forms.CharField(label=_("Where it is done"), max_length=120)
    fund = forms.CharField(label=pgettext_lazy("works", "Paid from"), max_length=60)
    estimate_cents = YuanField(label=_("Estimate in yuan"))
    decision_no = forms.CharField(label=_("Number of the decision"), max_length=40, required=False)
    asset_class = forms.ChoiceField(
        label=_("What it becomes"), choices=Project.Becomes.choices, required=False, initial="infrastructure"
    )
    is_emergency = forms.BooleanField(
        label=_("Emergency repair"), required=False, help_text=_("The decision is entered afterwards.")
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class QuoteForm(ActionForm):
    contractor = forms.ModelChoiceField(
        label=_("Firm or craftsman"), queryset=Contractor.objects.filter(state=Contractor.State.ACTIVE)
    )
    amount_cents = YuanField(label=_("Amount asked in yuan"))
    days = forms.IntegerField(label=_("Days it takes"), min_value=1)
    on = Day(label=_("Quoted on"))


class QuoteChoice(forms.ModelChoiceField):
    def label_from_instance(self, quote: Quote) -> str:
        return f"{quote.contractor} {money.text(quote.amount_cents)}"


class AwardForm(ActionForm):
    quote = QuoteChoice(label=_("Quotation"), queryset=Quote.objects.none())
    mode = forms.ChoiceField(label=_("How the builder was found"), choices=Mode.choices)
    deal_no = forms.CharField(label=_("Number of the deal on the exchange"), max_length=40, required=False)
    note = Reason(label=_("Why this one, if not the lowest"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        project = self.case.work
        self.fields["quote"].queryset = project.quotes.select_related("contractor")
        allowed = project.limit_class.modes.split() + (["direct"] if project.is_emergency else [])
        self.fields["mode"].choices = [c for c in Mode.choices if c[0] in allowed]


class SignForm(ActionForm):
    contract_no = forms.CharField(
        label=_("Number of the contract"), max_length=40, required=False, help_text=_("Given here when left empty.")
    )
    signed_on = Day(label=_("Signed on"))
    starts_on = Day(label=_("To begin on"))
    ends_on = Day(label=pgettext_lazy("works", "To be done by"), initial=None)
    retention_permille = forms.IntegerField(label=_("Kept back, per thousand"), min_value=0)
    overseer = forms.ModelChoiceField(label=_("Who watches the site"), queryset=Person.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["retention_permille"].initial = self.case.work.limit_class.retention_permille
        held = Appointment.objects.filter(in_office(today()), post__unit__place=self.case.place_id).values("person")
        self.fields["overseer"].queryset = Person.objects.filter(pk__in=held).order_by("name")


class EventForm(ActionForm):
    kind = forms.ChoiceField(label=_("What happened"), choices=[])
    on = Day(label=pgettext_lazy("a day", "On"))
    text = forms.CharField(label=_("In a sentence"), max_length=200)
    progress = forms.IntegerField(label=_("Done, per cent"), min_value=0, max_value=100, required=False)
    files = Photos(label=_("Photographs"), help_text=_("None are needed, at most three are kept."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = ["defect"] if self.case.step == "warranty" else ["start"]
        if self.case.work.started_on and self.case.step == "building":
            kinds = ["stage", "hidden", "remeasured"]
        self.fields["kind"].choices = [c for c in Event.Kind.choices if c[0] in kinds]
        self.fields["progress"].initial = self.case.work.progress


class FinishForm(ActionForm):
    on = Day(label=_("Finished on"))
    text = forms.CharField(label=_("In a sentence"), max_length=200)
    files = Photos(label=_("Photographs"), help_text=_("None are needed, at most three are kept."))


class ChangeForm(ActionForm):
    reason = Reason()
    quantities = forms.CharField(label=_("More or less of what"), max_length=200)
    amount_cents = YuanField(label=_("Amount in yuan, less with a minus"))
    decision_no = forms.CharField(
        label=_("Number of the new decision"), max_length=40, required=False,
        help_text=_("Needed where all changes together pass the county's share of the contract."),
    )  # fmt: skip


class ChangeChoice(forms.ModelChoiceField):
    def label_from_instance(self, change: Change) -> str:
        return f"{change.position}. {change.reason} {money.text(change.amount_cents)}"


class DecideForm(ActionForm):
    change = ChangeChoice(label=pgettext_lazy("works", "Change"), queryset=Change.objects.none(), empty_label=None)
    approve = forms.TypedChoiceField(
        label=_("Decision"), choices=[("yes", _("approve")), ("no", _("refuse"))], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = Reason(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["change"].queryset = self.case.work.changes.filter(state=Change.State.ASKED)


class PayForm(ActionForm):
    kind = forms.ChoiceField(label=_("Kind of payment"), choices=Pay.Kind.choices)
    amount_cents = YuanField(label=_("Amount in yuan"))
    invoice_no = forms.CharField(label=_("Number of the invoice"), max_length=40, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        left = money_of(self.case.work).left_cents
        self.fields["amount_cents"].help_text = _("At most %(left)s for now.") % {"left": money.text(max(left, 0))}


class PayChoice(forms.ModelChoiceField):
    def label_from_instance(self, pay: Pay) -> str:
        return f"{pay.get_kind_display()} {money.text(pay.amount_cents)}"


class OpenPayForm(ActionForm):
    pay = PayChoice(label=_("Payment"), queryset=Pay.objects.none(), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pay"].queryset = self.case.work.pays.filter(state=Pay.State.ASKED)


class PaidForm(OpenPayForm):
    on = Day(label=_("Paid on"))
    voucher_no = forms.CharField(label=_("Number of the voucher"), max_length=40)


class DropForm(OpenPayForm):
    note = Reason()


class LookForm(ActionForm):
    held_on = Day(label=_("Looked at on"))


class SignatureForm(ActionForm):
    agrees = forms.TypedChoiceField(
        label=_("Your opinion"), choices=[("yes", _("as it should be")), ("no", _("not as it should be"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    opinion = Reason(label=_("What you found"), required=False)


class SheetForm(ActionForm):
    role = forms.ChoiceField(label=_("They sign as"), choices=ON_PAPER)
    names = forms.CharField(label=_("Names, one a line"), widget=forms.Textarea({"rows": 4}), max_length=400)
    sheet = forms.FileField(
        label=_("Photograph of the signed sheet"), widget=forms.FileInput({"accept": "image/*,.pdf"})
    )


class AcceptForm(ActionForm):
    quality = Reason(label=_("What people saw"))


class MendForm(ActionForm):
    note = Reason(label=_("What is to be mended"))
    mend_by = Day(label=_("To be mended by"), initial=None)


class ClaimForm(ActionForm):
    amount_cents = YuanField(label=_("Amount in yuan"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for item in self.case.work.items.all():
            self.fields[f"measured_{item.position}"] = forms.DecimalField(
                label=_("Measured: %(item)s (%(measure)s)") % {"item": item.name, "measure": item.measure},
                min_value=0, max_digits=12, decimal_places=3, initial=item.quantity,
            )  # fmt: skip


class SettleForm(ActionForm):
    amount_cents = YuanField(label=_("Amount in yuan"))
    note = Reason(label=_("What was cut"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount_cents"].initial = self.case.work.claimed_cents


class ItemForm(forms.Form):
    """One more line of the budget."""

    trade = forms.CharField(label=_("Trade"), max_length=40)
    name = forms.CharField(label=_("Procedure of work"), max_length=80)
    spec = forms.CharField(label=_("Specification"), max_length=80, required=False)
    measure = forms.CharField(label=_("Unit of measure"), max_length=12)
    quantity = forms.DecimalField(label=_("Quantity"), min_value=0, max_digits=12, decimal_places=3)
    price_cents = YuanField(label=_("Unit price in yuan"))
    length_m = forms.DecimalField(label=_("Length, m"), required=False, max_digits=9, decimal_places=3)
    width_m = forms.DecimalField(label=_("Width, m"), required=False, max_digits=9, decimal_places=3)
    depth_m = forms.DecimalField(label=_("Depth, m"), required=False, max_digits=9, decimal_places=3)


class SheetOfItemsForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet with the whole budget"), help_text=_("It takes the place of all lines.")
    )
