"""Bringing a spreadsheet in: choose, match columns, look at what would happen, confirm."""

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.engine import sheets
from huilian.foundation.errors import NotAllowed, Refused

from .. import importing, services
from ..columns import Misspelt, path_of, typed_of
from ..lookups import Lookup
from ..models import ImportRun
from .base import XLSX, download, on_register

State = ImportRun.State


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(
            "xlsx, xls, ods or csv, at most 20 MB and 100,000 rows. Nothing is written before you confirm."
        ),
        error_messages={"empty": gettext_lazy("The file is empty. Choose the file again.")},
    )


def _crumbs(register) -> list[tuple[str, str]]:
    return [
        (_("Registers"), reverse("registers")),
        (str(register.title), reverse("register", args=[register.key])),
    ]


def _context(register, **more) -> dict:
    return {"register": register, "crumbs": _crumbs(register), **more}


@require_http_methods(["GET", "POST"])
@on_register
def import_file(request, register):
    """Hand a file in."""
    register.require_change(request.user)
    if not register.fields:
        raise Http404
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            run = services.begin_import(register, upload.file, upload.name, by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("register-import-run", register.key, run.pk)
    columns = list(zip(typed_of(register), importing.sheet_columns(register, request.user), strict=True))
    mine = ImportRun.objects.filter(register=register.key, user=request.user)[:5]
    return render(request, "registers/import.html", _context(register, form=form, columns=columns, runs=mine))


@require_safe
@on_register
def template(request, register):
    """The empty form that fits."""
    register.require_change(request.user)
    content = sheets.template(importing.sheet_columns(register, request.user), str(register.title))
    return download(content, _("%(title)s template.xlsx") % {"title": register.title}, XLSX)


def _run(request, register, pk) -> ImportRun:
    register.require_change(request.user)
    return get_object_or_404(ImportRun, pk=pk, register=register.key, user=request.user)


@require_safe
@on_register
def import_run(request, register, pk):
    """Where an import stands; while the worker has it, the page asks every two seconds."""
    run = _run(request, register, pk)
    if run.state == State.MAPPING:
        return _mapping(request, register, run)
    faults = [sheets.Fault(*one) for one in run.report.get("faults", ())[: services.FAULTS_SHOWN]]
    context = _context(register, run=run, faults=faults, report=run.report, left=_left(run, faults))
    part = request.htmx and not request.htmx.history_restore_request
    return render(request, "registers/import_part.html" if part else "registers/import_run.html", context)


def _left(run: ImportRun, faults) -> int:
    return len(run.report.get("faults", ())) + run.report.get("more", 0) - len(faults)


def _mapping(request, register, run, form=None):
    form = form or MappingForm(register, request.user, run)
    return render(request, "registers/mapping.html", _context(register, run=run, form=form, report=run.report))


class MappingForm(forms.Form):
    """For each column of the register the heading in the file."""

    def __init__(self, register, user, run, data=None) -> None:
        super().__init__(data)
        choices = [("", _("(not in this file)")), *((h, h) for h in run.report.get("headings", ()) if h)]
        names = {h for h, _label in choices}
        for column in importing.sheet_columns(register, user):
            guess = next((n for n in column.names if n in names), "")
            self.fields[column.key] = forms.ChoiceField(
                label=capfirst(str(column.heading)), choices=choices, required=column.required, initial=guess
            )


@require_http_methods(["GET", "POST"])
@on_register
def column_map(request, register, pk):
    """Match the columns."""
    run = _run(request, register, pk)
    if not run.report.get("headings"):
        raise Http404
    form = MappingForm(register, request.user, run, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.map_columns(run, form.cleaned_data, by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("register-import-run", register.key, run.pk)
    return _mapping(request, register, run, form)


@require_POST
@on_register
def import_confirm(request, register, pk):
    """Write it."""
    run = services.confirm_import(_run(request, register, pk), by=request.user)
    if run.state == State.DONE:
        messages.success(
            request,
            _("Imported: %(added)d new, %(changed)d changed.") % {"added": run.added, "changed": run.changed},
        )
    return redirect("register-import-run", register.key, run.pk)


@require_POST
@on_register
def import_cancel(request, register, pk):
    """Give it up."""
    services.cancel_import(_run(request, register, pk), by=request.user)
    messages.info(request, _("The import was given up; nothing was written."))
    return redirect("register", register.key)


@require_safe
@on_register
def faults(request, register, pk):
    """The faulty rows as a workbook."""
    run = _run(request, register, pk)
    if run.state != State.FAULTY:
        raise Http404
    return download(services.fault_book(run), _("Faults in %(name)s") % {"name": run.name} + ".xlsx", XLSX)


@require_safe
@on_register
def choices(request, register, name):
    """Suggestions while the name of another row is typed."""
    register.require_change(request.user)
    try:
        field = path_of(register.model, name)[-1]
    except Misspelt:
        raise Http404 from None
    if name not in {c.name for c in typed_of(register)} or not isinstance(
        field, models.ForeignKey | models.OneToOneField | models.ManyToManyField
    ):
        raise Http404
    lookup = Lookup(field.related_model, register.choices_for(name, request.user))
    typed = request.GET.get(name, "")
    before, _comma, last = typed.rpartition("、") if field.many_to_many else ("", "", typed)
    words = [(f"{before}、" if before else "") + lookup.words_of(row) for row in lookup.like(last)]
    return render(request, "registers/choices.html", {"words": words})
