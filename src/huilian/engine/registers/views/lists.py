"""The list: search, filters, order, pages, saved views, export, print."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huilian.engine.look.menu import GROUPS
from huilian.foundation.errors import Refused
from huilian.foundation.now import now

from .. import exporting, queries, services
from ..columns import columns_of, with_related
from ..declare import Register
from ..filtering import filterset_of
from ..tables import table_of
from .base import XLSX, download, on_register

PRINTED = 2000


@require_safe
@login_required
def index(request):
    """All registers this person may see, by what they are about."""
    groups = queries.registers_by_group(request.user)
    return render(request, "registers/index.html", {"shelves": [(GROUPS[g], found) for g, found in groups.items()]})


@dataclass
class Chosen:
    """The rows a request asks for: visible to the person, searched, filtered, in order."""

    register: Register
    request: object

    @cached_property
    def filters(self):
        rows = self.register.visible_to(self.request.user)
        return filterset_of(self.register)(self.request.GET, queryset=rows, request=self.request)

    @cached_property
    def rows(self):
        """Unsorted by the table."""
        rows = self.filters.qs
        if self.register.ordering:
            rows = rows.order_by(*self.register.ordering)
        # Rows of equal rank would change places from page to page.
        return rows if any(o.lstrip("-") in ("pk", "id") for o in _order(rows)) else rows.order_by(*_order(rows), "pk")

    @cached_property
    def table(self):
        return table_of(self.register, with_related(self.register, self.rows, columns_of(self.register)), self.request)

    @property
    def sorted(self):
        """The queryset in the order that was asked for."""
        return self.table.data.data


def _order(rows) -> list:
    given = list(rows.query.order_by) or list(rows.model._meta.ordering or ())
    return [o for o in given if isinstance(o, str)]


@require_safe
@on_register
def listing(request, register):
    """One page of the register; for htmx only the part below the heading."""
    chosen = Chosen(register, request)
    table = chosen.table
    page = _page(table, register.per_page, request)
    context = {
        "register": register,
        "filters": chosen.filters.form,
        "narrowed": any(v for k, v in request.GET.items() if k not in ("page", "sort")),
        "page": page,
        "rows": _rows(register, page),
        "columns": _headings(table),
        "count": page.paginator.count,
        "may_change": register.may_change(request.user),
        "here": reverse("register", args=[register.key]),
        "query": queries.query_of(request),
        "views": queries.views_of(register, request),
    }
    part = request.htmx and not request.htmx.history_restore_request
    response = render(request, "registers/list_part.html" if part else "registers/list.html", context)
    patch_vary_headers(response, ["HX-Request"])  # or the browser's back button would show the part alone
    return response


def _page(table, size: int, request):
    """The page asked for. Its keys are found first, so that a late page does not join and carry all rows before it."""
    rows = table.data.data
    page = Paginator(rows.select_related(None).prefetch_related(None).values_list("pk", flat=True), size).get_page(
        request.GET.get("page")
    )
    keys = list(page.object_list)
    found = {row.pk: row for row in rows.filter(pk__in=keys)}
    page.object_list = [found[key] for key in keys if key in found]
    return page


def _headings(table) -> list[dict]:
    """Headings with the address that sorts by them and how they are sorted now."""
    found = []
    current = {part.lstrip("-"): part for part in (table.order_by or ())}
    for column in table.columns:
        now_by = current.get(column.name, "")
        found.append(
            {
                "name": column.name,
                "title": str(column.column.column.title),
                "kind": column.column.column.kind,
                "sortable": column.orderable,
                "next": column.name if not now_by or now_by.startswith("-") else f"-{column.name}",
                "sorted": "" if not now_by else "descending" if now_by.startswith("-") else "ascending",
            }
        )
    return found


def _rows(register: Register, page) -> list[dict]:
    """The rows of the page with the address each leads to."""
    found = []
    for row in table_of(register, page.object_list, None).rows:
        href = register.link(row.record) or reverse("register-row", args=[register.key, row.record.pk])
        found.append({"href": href, "cells": [(bound.column.column, cell) for bound, cell in row.items()]})
    return found


@require_safe
@on_register
def export(request, register, kind):
    """What the list shows, all pages of it, as a workbook or as text."""
    chosen = Chosen(register, request)
    if kind not in ("xlsx", "csv"):
        raise Http404
    make = exporting.as_xlsx if kind == "xlsx" else exporting.as_csv
    content, count = make(register, chosen.sorted)
    services.record_export(register, rows=count, kind=kind, by=request.user)
    name = f"{register.title}{now():%Y%m%d}.{kind}"
    return download(content, name, XLSX if kind == "xlsx" else "text/csv; charset=utf-8")


@require_safe
@on_register
def print_list(request, register):
    """What the list shows, for paper: A4 landscape, head on each page, who made and who checked it."""
    chosen = Chosen(register, request)
    columns = columns_of(register)
    rows = with_related(register, chosen.sorted, columns)
    count = chosen.rows.count()
    context = {
        "register": register,
        "columns": columns,
        "rows": [[c.words(row) for c in columns] for row in rows[:PRINTED]],
        "count": count,
        "left": max(count - PRINTED, 0),
        "printed": PRINTED,
        "back": f"{reverse('register', args=[register.key])}?{queries.query_of(request)}",
    }
    return render(request, "registers/print.html", context)


@require_POST
@on_register
def keep_view(request, register):
    """Keep the present conditions under a name."""
    query = request.POST.get("query", "")
    try:
        view = services.save_view(register, request.POST.get("name", ""), query, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
        query = view.query
    return redirect(f"{reverse('register', args=[register.key])}?{query}")


@require_POST
@on_register
def forget_view(request, register, pk):
    """Remove one of one's own views."""
    services.forget_view(pk, by=request.user)
    return redirect("register", register.key)
