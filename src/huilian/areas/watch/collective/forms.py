"""Forms of the acts on requests to pay, bank accounts and budgets. Whether an act is allowed the services ask."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from huilian.engine.look.forms import YuanField
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation.money import text as yuan
from huilian.foundation.now import today

from .models import AccountSet, BankAccount, Payment, Voucher
from .queries.chart import chart_of
from .queries.cited import cited, held
from .rules.sums import amount as read_amount
from .rules.vouchers import MONEY


class AmountField(YuanField):
    """An amount in yuan as it is typed, or a small sum such as =12*300. Cleans to cents."""

    read = staticmethod(read_amount)


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class ListedInput(forms.TextInput):
    """A field that proposes `listed`, pairs of value and name, and takes others too."""

    template_name = "collective/fields/listed.html"
    listed = ()

    def get_context(self, name, value, attrs):
        found = super().get_context(name, value, {**(attrs or {}), "list": f"list_{name}"})
        return {**found, "listed": self.listed}


class RequestForm(forms.Form):
    """A request to pay. Names of fields are those the service speaks of."""

    set = forms.ModelChoiceField(label=gettext_lazy("Books of"), queryset=AccountSet.objects.none(), empty_label=None)
    purpose = forms.CharField(label=gettext_lazy("What the money is for"), max_length=120)
    amount_cents = AmountField(label=gettext_lazy("Amount in yuan"))
    account = forms.ChoiceField(label=gettext_lazy("Account it is spent on"))
    payee = forms.CharField(label=gettext_lazy("Who gets the money"), max_length=80)
    payee_kind = forms.ChoiceField(label=gettext_lazy("What the payee is"), choices=Voucher.PayeeKind.choices[1:])
    payee_account = forms.CharField(label=gettext_lazy("Account number of the payee"), max_length=40, required=False)
    method = forms.ChoiceField(label=gettext_lazy("How it is to be paid"), choices=Voucher.Method.choices[:2])
    invoice_no = forms.CharField(label=gettext_lazy("Number of the invoice"), max_length=40, required=False)
    decision_no = forms.CharField(
        label=gettext_lazy("Number of the decision"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Needed from the county's limit on."),
    )
    decided_on = forms.DateField(label=gettext_lazy("Day of the decision"), required=False, widget=DayInput)
    contract_no = forms.CharField(label=gettext_lazy("Number of the contract"), max_length=40, required=False)
    fund = forms.CharField(label=gettext_lazy("Earmarked fund it is paid from"), max_length=60, required=False)
    power_item = forms.CharField(
        label=gettext_lazy("Item of the list of powers"),
        max_length=8,
        required=False,
        widget=ListedInput,
        help_text=gettext_lazy(
            "The code, if the payment rests on one. What is on no list in force is raised as an alert."
        ),
    )
    handler = forms.CharField(label=gettext_lazy("Who bought or ordered it"), max_length=40)

    def __init__(self, *args, sets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["set"].queryset = sets
        first = sets.first()
        self.fields["account"].choices = spendable(first) if first else []
        self.fields["power_item"].widget.listed = held(first.unit) if first else []

    def values(self) -> dict:
        return {k: v for k, v in self.cleaned_data.items() if k != "set"}


def spendable(set: AccountSet) -> list[tuple[str, str]]:
    """Accounts on which money may be spent, as choices."""
    chart = chart_of(set)
    return [
        (a.code, str(a))
        for a in chart.accounts
        if a.is_active
        and a.code not in chart.divided
        and a.element in ("asset", "liability", "cost", "expense")
        and int(a.code[:3]) not in MONEY
    ]


class PaymentForm(ActionForm):
    """A form that knows its request."""

    @property
    def payment(self) -> Payment:
        return self.case.payment


class ResubmitForm(RequestForm):
    """The request once more, filled in as it stands."""

    def __init__(self, *args, case, user, **kwargs):
        payment = case.payment
        initial = {name: getattr(payment, name) for name in self.base_fields if name not in ("account", "power_item")}
        initial |= {
            "account": payment.account.code,
            "power_item": (cited(case) or [""])[0],
            **(kwargs.pop("initial", None) or {}),
        }
        super().__init__(*args, sets=AccountSet.objects.filter(pk=payment.set_id), initial=initial, **kwargs)
        self.fields["set"].required = False
        self.fields["set"].widget = forms.HiddenInput()


class GroundForm(PaymentForm):
    note = forms.CharField(label=gettext_lazy("Ground"), widget=forms.Textarea({"rows": 4}))


class BookForm(PaymentForm):
    day = forms.DateField(label=gettext_lazy("Paid on"), widget=DayInput)
    attachments = forms.IntegerField(label=gettext_lazy("Papers attached"), min_value=0, max_value=999, initial=0)
    paid_from = forms.ModelChoiceField(
        label=gettext_lazy("Paid from"),
        queryset=BankAccount.objects.none(),
        required=False,
        empty_label=pgettext_lazy("collective", "basic account, or cash"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("day", today())
        self.fields["paid_from"].queryset = BankAccount.objects.filter(set=self.payment.set_id, closed_on=None)


class BudgetFileForm(forms.Form):
    """A budget as a file, with the decision it rests on."""

    year = forms.IntegerField(label=gettext_lazy("Year of the budget"), min_value=2000, max_value=2100)
    decision_no = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=40)
    decided_on = forms.DateField(label=gettext_lazy("Day of the decision"), widget=DayInput)
    file = forms.FileField(
        label=gettext_lazy("File with account, amount and note"),
        help_text=gettext_lazy("Excel or CSV with the headings 科目编码, 预算金额, 说明."),
    )


def said(value: int) -> str:
    """Cents as they are typed."""
    return _("%(amount)s yuan") % {"amount": yuan(value)}
