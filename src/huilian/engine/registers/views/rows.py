"""One row: its page with the history, the form, and the verbs."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.queries import may, require
from huilian.foundation.errors import NotAllowed, Refused

from .. import queries, services
from ..columns import sections_of
from ..forms import RegisterForm
from .base import on_register, row_of


@require_safe
@on_register
def detail(request, register, pk):
    """All of a row that is not sealed, what may be done with it, and what was done."""
    row = row_of(register, request, pk)
    sections = [
        (legend, [(c.title, c.words(row) or "—") for c in columns]) for legend, columns in sections_of(register)
    ]
    context = {
        "register": register,
        "row": row,
        "sections": sections,
        "verbs": [v for v in register.verbs if may(request.user, v.action) and v.when(row)],
        "may_edit": register.may_edit and register.may_change(request.user),
        "history": queries.history(register, row),
        "crumbs": _crumbs(register),
    }
    return render(request, "registers/detail.html", context)


@require_http_methods(["GET", "POST"])
@on_register
def add(request, register):
    """A new row."""
    register.require_change(request.user)
    if not register.may_add:
        raise Http404
    return _form(request, register, None)


@require_http_methods(["GET", "POST"])
@on_register
def edit(request, register, pk):
    """Change a row."""
    register.require_change(request.user)
    if not register.may_edit:
        raise Http404
    return _form(request, register, row_of(register, request, pk))


def _form(request, register, row):
    form = RegisterForm(register, request.user, row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        try:
            saved = services.save_row(register, row, values, seen=form.cleaned_data["seen"], by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved: %(row)s.") % {"row": saved})
            return redirect("register-row", register.key, saved.pk)
    listing = reverse("register", args=[register.key])
    crumbs = _crumbs(register)
    if row is not None:
        crumbs.append((str(row), reverse("register-row", args=[register.key, row.pk])))
    context = {
        "register": register,
        "row": row,
        "form": form,
        "crumbs": crumbs,
        "cancel": crumbs[-1][1] if row is not None else listing,
    }
    return render(request, "registers/form.html", context, status=200)


def _crumbs(register) -> list[tuple[str, str]]:
    return [
        (_("Registers"), reverse("registers")),
        (str(register.title), reverse("register", args=[register.key])),
    ]


@require_http_methods(["GET", "POST"])
@on_register
def act(request, register, pk, verb):
    """A verb: a page of its own that says what will happen, and asks for what is needed."""
    found = next((v for v in register.verbs if v.key == verb), None)
    if found is None:
        raise Http404
    require(request.user, found.action)
    row = row_of(register, request, pk)
    page = reverse("register-row", args=[register.key, row.pk])
    form = _verb_form(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            told = services.run_verb(register, found, row, form.cleaned_data, by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            if found.told:
                context = {
                    "register": register,
                    "row": row,
                    "title": found.label,
                    "told": found.told(told),
                    "page": page,
                }
                response = render(request, "registers/told.html", context)
                response["Cache-Control"] = "no-store"
                return response
            messages.success(request, _("Done: %(act)s.") % {"act": found.label})
            return redirect(
                page if register.visible_to(request.user).filter(pk=row.pk).exists() else page.rsplit("/", 2)[0] + "/"
            )
    context = {
        "title": f"{found.label}：{row}",
        "text": found.text,
        "facts": [],
        "form": form,
        "submit": found.label,
        "cancel": page,
        "danger": found.danger,
    }
    return render(request, "look/confirm.html", context)


def _verb_form(verb, data) -> forms.Form:
    """The verb's fields, each time anew: choices and initial days are those of now."""
    fields = {name: make() if callable(make) else make for name, make in verb.fields.items()}
    return type("VerbForm", (forms.Form,), fields)(data)
