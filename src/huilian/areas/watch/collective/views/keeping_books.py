"""Books set up on the desk: opened for an organisation, given their opening balances and accounts, handed over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huilian.engine import sheets
from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may, scope
from huilian.engine.directory.models import Unit
from huilian.foundation.errors import Refused

from ..models import AccountSet
from ..queries.chart import chart_of
from ..queries.reach import SEE, sets_of
from ..reading import openings
from ..services import importing, sets

DAY = forms.DateInput(attrs={"type": "date"})


class OpenForm(forms.Form):
    """Whose books, from when, kept by whom."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("organisation whose books they are"))
    starts_on = forms.DateField(label=gettext_lazy("first day of the books"), widget=DAY)
    agency = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("bookkeeping agency"), required=False,
        help_text=gettext_lazy("Leave it empty where the village keeps its books itself."),
    )  # fmt: skip

    def __init__(self, user: Any, data: Any = None) -> None:
        super().__init__(data)
        units = scope(Unit.objects.filter(valid_to=None), user, unit="pk", action="collective.catalogue")
        self.fields["unit"].queryset = units.filter(kind=Unit.Kind.COOPERATIVE, account_set=None)  # type: ignore
        self.fields["agency"].queryset = units.filter(kind=Unit.Kind.STATION)  # type: ignore


class OpeningForm(forms.Form):
    """The workbook."""

    file = forms.FileField(
        label=gettext_lazy("Workbook of opening balances"),
        help_text=gettext_lazy(
            "One account in each row, with whom or what it concerns where the account is kept by that."
        ),
    )


class AccountForm(forms.Form):
    """A sub-account."""

    parent = forms.CharField(label=gettext_lazy("Below account"), max_length=3)
    name = forms.CharField(label=gettext_lazy("name of the account"), max_length=60)


class MergeForm(forms.Form):
    """Into which books, from when."""

    into = forms.ModelChoiceField(AccountSet.objects.none(), label=gettext_lazy("Books that take them over"))
    on = forms.DateField(label=gettext_lazy("Last day of these books"), widget=DAY)

    def __init__(self, user: Any, old: AccountSet, data: Any = None) -> None:
        super().__init__(data)
        found = sets_of(user, "collective.close").filter(closed_on=None).exclude(pk=old.pk)
        self.fields["into"].queryset = found  # type: ignore


def _form(request: HttpRequest, form: forms.Form, title: str, act: Any, trail: list, **more: Any) -> HttpResponse:
    """Show a form; on POST carry `act` out, with the refusal on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            target = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("It was done."))
            return redirect(target)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "title": title, "trail": trail, **more}
    return render(request, "collective/books/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("collective.catalogue")
def open_books(request: HttpRequest) -> HttpResponse:
    """Begin the books of an organisation that has none."""

    def act(given: dict[str, Any]) -> str:
        made = sets.open_books(given["unit"], starts_on=given["starts_on"], agency=given["agency"], by=request.user)
        return reverse("collective-books-of", args=[made.pk])

    form = OpenForm(request.user, request.POST if request.method == "POST" else None)
    trail = [(_("Account sets"), reverse("collective-books"))]
    return _form(request, form, _("Open the books of an organisation"), act, trail)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("collective.close")
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Opening balances from a workbook, all or none."""
    set_ = get_object_or_404(sets_of(request.user, "collective.close"), pk=pk)
    if request.GET.get("template"):
        content = sheets.template(openings.columns(), _("Opening balances"))
        response = HttpResponse(content, content_type="application/octet-stream")
        response["Content-Disposition"] = 'attachment; filename="opening.xlsx"'
        return response

    def act(given: dict[str, Any]) -> str:
        importing.import_openings(given["file"].file, set_, by=request.user)
        return reverse("collective-books-of", args=[pk])

    posted = request.method == "POST"
    form = OpeningForm(request.POST if posted else None, request.FILES if posted else None)
    trail = [(set_.name, reverse("collective-books-of", args=[pk]))]
    return _form(request, form, _("Opening balances"), act, trail, template="?template=1", upload=True)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE)
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """「科目表」 The accounts these books use; a sub-account of their own can be added."""
    set_ = get_object_or_404(sets_of(request.user).select_related("place", "unit"), pk=pk)

    def act(given: dict[str, Any]) -> str:
        sets.add_account(set_, given["parent"], given["name"], by=request.user)
        return reverse("collective-chart", args=[pk])

    form = AccountForm(request.POST if request.method == "POST" else None)
    trail = [(set_.name, reverse("collective-books-of", args=[pk]))]
    adds = may(request.user, "collective.enter")
    return _form(request, form, _("Chart of accounts"), act, trail, accounts=chart_of(set_).accounts, hidden=not adds)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("collective.close")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the books of a merged village over."""
    set_ = get_object_or_404(sets_of(request.user, "collective.close").select_related("place"), pk=pk, closed_on=None)

    def act(given: dict[str, Any]) -> str:
        sets.merge_sets(set_, given["into"], given["on"], by=request.user)
        return reverse("collective-books-of", args=[given["into"].pk])

    form = MergeForm(request.user, set_, request.POST if request.method == "POST" else None)
    trail = [(set_.name, reverse("collective-books-of", args=[pk]))]
    said = _("All it stands at goes over by one voucher here and one there; these books are sealed for good.")
    return _form(request, form, _("Hand the books over"), act, trail, said=said)
