"""Cautions about efficiency with the appeal of the person concerned; reports of family occasions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.look.forms import act_page
from huilian.foundation.now import today

from .. import forms, rules, services
from ..acts import buttons
from ..queries import reach
from .pages import PER_PAGE, history

FAULTS = {
    "tables": gettext_lazy("more tables than the limit"),
    "guests": gettext_lazy("more guests than the limit"),
    "gifts_cents": gettext_lazy("more gift money than the limit"),
    "late_before": gettext_lazy("reported late before"),
    "late_after": gettext_lazy("reported late after"),
}


@require_safe
@needs("campaigns.cautions")
def cautions(request: HttpRequest) -> HttpResponse:
    """Cautions in reach, the latest first."""
    page = Paginator(reach.visible_cautions(request.user), PER_PAGE).get_page(request.GET.get("page"))
    words = {"page": page, "may_propose": may(request.user, "campaigns.caution_propose")}
    return render(request, "campaigns/cautions.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def caution(request: HttpRequest, number: str) -> HttpResponse:
    """One caution; the person concerned appeals here while there is time."""
    found = get_object_or_404(reach.visible_cautions(request.user), number=number)
    mine = found.person.user_id == request.user.pk
    words = {
        "c": found,
        "acts": [] if mine else buttons("caution", found, request.user),
        "may_appeal": mine and found.state == "given" and not found.outcome,
        "within": rules.APPEAL_WITHIN,
        "history": history(found),
    }

    def then(made) -> HttpResponse:
        messages.success(request, _("Entered."))
        return redirect("campaigns-caution", number)

    form = forms.AppealForm(request.POST or None, row=found, user=request.user)
    run = lambda data: services.appeal(found, **data, by=request.user)  # noqa: E731
    return act_page(request, form, run, then, "campaigns/caution.html", words)


@require_safe
@needs("campaigns.conduct")
def occasions(request: HttpRequest) -> HttpResponse:
    """Reports of family occasions in reach, for who checks them."""
    return _occasions(request, reach.visible_occasions(request.user))


@require_safe
@needs("campaigns.report")
def mine(request: HttpRequest) -> HttpResponse:
    """What the person reported."""
    return _occasions(request, reach.visible_occasions(request.user).filter(person__user=request.user.pk))


def _occasions(request: HttpRequest, rows) -> HttpResponse:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    words = {"page": page, "may_report": may(request.user, "campaigns.report"), "today": today()}
    return render(request, "campaigns/occasions.html", words)


@require_safe
@needs()
def occasion(request: HttpRequest, number: str) -> HttpResponse:
    """One report: the plan, what it came to, what is over or late."""
    found = get_object_or_404(reach.visible_occasions(request.user), number=number)
    own = found.person.user_id == request.user.pk
    doors = [(href, words) for href, words in buttons("occasion", found, request.user) if own == ("/report/" in href)]
    words = {"o": found, "acts": doors, "over": [FAULTS[code] for code in found.over], "history": history(found)}
    return render(request, "campaigns/occasion.html", words)
