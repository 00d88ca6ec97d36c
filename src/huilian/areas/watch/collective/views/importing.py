"""A workbook of vouchers: handed in, looked at, its columns matched if need be, then entered all or not at all."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huilian.engine import sheets
from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.registers.models import ImportRun
from huilian.foundation.errors import Refused

from ..models import AccountSet
from ..queries.reach import sets_of
from ..reading.vouchers import NEEDED, columns
from ..services import importing

State = ImportRun.State
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FAULTS = 200
EXAMPLES = 8


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("Workbook of vouchers"),
        help_text=gettext_lazy(
            "xlsx, xls, ods or csv: one line of a voucher in each row. Nothing is entered before you confirm."
        ),
    )


class MappingForm(forms.Form):
    """For each column the heading of the file in which it stands."""

    def __init__(self, headings: list[str], data: Any = None) -> None:
        super().__init__(data)
        choices = [("", _("(not in this file)")), *((h, h) for h in headings if h)]
        for column in columns():
            if column.key != "name":
                self.fields[column.key] = forms.ChoiceField(
                    label=str(column.heading), choices=choices, required=column.key in NEEDED
                )


def _set(request: HttpRequest, pk: int) -> AccountSet:
    return get_object_or_404(sets_of(request.user, "collective.enter").select_related("place", "unit"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("collective.enter")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a file in."""
    accounts = _set(request, pk)
    if request.GET.get("template"):
        content = sheets.template(columns(), _("Vouchers"))
        response = HttpResponse(
            content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
        response["Content-Disposition"] = 'attachment; filename="vouchers.xlsx"'
        return response
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            kept = importing.keep_file(given.file, given.name, accounts, by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("collective-books-import-run", pk, kept.pk)
    context = {"set": accounts, "form": form, "columns": [c for c in columns() if c.key != "name"], "needed": NEEDED}
    return render(request, "collective/books/upload.html", context, status=200 if request.method != "POST" else 422)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("collective.enter")
def run(request: HttpRequest, pk: int, run: int) -> HttpResponse:
    """What the file would do; POST enters it, matches its columns, or gives it up."""
    accounts = _set(request, pk)
    kept = get_object_or_404(
        ImportRun, pk=run, register=importing.REGISTER, user=request.user, state=State.READY, report__set=pk
    )
    mapping = MappingForm(kept.report["headings"], request.POST if request.POST.get("act") == "match" else None)
    refusal = None
    if request.method == "POST":
        try:
            done = _carry_out(request, accounts, kept, mapping)
        except Refused as found:
            refusal = str(found)
        else:
            if done is not None:
                return done
    with kept.file.open("rb") as file:
        looked = importing.look(file, accounts, by=request.user)
    context = {
        "set": accounts,
        "run": kept,
        "looked": looked,
        "mapping": mapping if looked.missing else None,
        "faults": looked.faults[:FAULTS],
        "more": max(len(looked.faults) - FAULTS, 0),
        "examples": looked.ready[:EXAMPLES],
        "refusal": refusal,
        "history": may(request.user, "collective.close"),
    }
    return render(request, "collective/books/look.html", context, status=422 if refusal else 200)


def _carry_out(
    request: HttpRequest, accounts: AccountSet, kept: ImportRun, mapping: MappingForm
) -> HttpResponse | None:
    act = request.POST.get("act")
    if act == "match":
        if not mapping.is_valid():
            return None
        importing.match_columns(tuple(kept.report["headings"]), mapping.cleaned_data, by=request.user)
        return redirect("collective-books-import-run", accounts.pk, kept.pk)
    if act == "cancel":
        importing.give_up(kept, by=request.user)
        return redirect("collective-books-of", accounts.pk)
    found = importing.enter_kept(kept, accounts, history=request.POST.get("history") == "1", by=request.user)
    messages.success(request, _("Vouchers entered: %(count)d.") % {"count": len(found)})
    return redirect("collective-books-of", accounts.pk)
