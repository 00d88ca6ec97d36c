"""Proposals under a field while one types: units, places, lines of the catalogue. Every signed-in clerk may ask."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..queries import catalogue_lines, county_of, place_label, places_named, unit_label, units_named

LONGEST = 60


def _answer(request: HttpRequest, propose) -> HttpResponse:
    typed = next(iter(request.GET.values()), "").strip()[:LONGEST]
    options = propose(typed) if typed else []
    return render(request, "hotline/fields/options.html", {"options": options})


@require_safe
@login_required
def units(request: HttpRequest) -> HttpResponse:
    return _answer(request, lambda typed: [(unit_label(unit), "") for unit in units_named(typed)])


@require_safe
@login_required
def places(request: HttpRequest) -> HttpResponse:
    county = county_of(request.user)
    return _answer(request, lambda typed: [(place_label(p), p.code) for p in places_named(typed, county)])


@require_safe
@login_required
def matters(request: HttpRequest) -> HttpResponse:
    return _answer(request, lambda typed: [(f"{m.code} {m.name}", m.topic) for m in catalogue_lines(typed)])
