"""The campaigns, one campaign, one comparison, papers."""

from django import forms as django_forms
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.documents.services import bytes_of
from huilian.engine.trail.queries import actor_name, history_of, sentence

from .. import papers
from ..acts import MANAGE, buttons
from ..models import Entry
from ..queries import figures, reach

EVENTS, PER_PAGE, ENTRIES = 40, 25, 15
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def history(*subjects) -> list[dict]:
    """What was done with these things, newest first."""
    events = [event for subject in subjects for event in history_of(subject).reverse()[:EVENTS]]
    events.sort(key=lambda event: event.at, reverse=True)
    return [{"when": event.at, "who": actor_name(event), "head": sentence(event)} for event in events[:EVENTS]]


@require_safe
@needs("campaigns.see")
def home(request: HttpRequest) -> HttpResponse:
    """The campaigns in reach, those that run first, with the own problems in each."""
    mine = reach.visible_problems(request.user).filter(state="accepted").order_by().values("pk")
    rows = reach.visible_campaigns(request.user).annotate(
        n=Count("problems", filter=Q(problems__in=mine)),
        n_open=Count("problems", filter=Q(problems__in=mine, problems__case__state="open")),
    )
    page = Paginator(rows.order_by("-state", "-starts_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "campaigns/home.html", {"page": page, "may_plan": may(request.user, MANAGE)})


class Filter(django_forms.Form):
    state = django_forms.ChoiceField(
        label=_("State of the problem"), required=False,
        choices=[("", _("every problem")), ("proposed", _("proposed, not decided")), ("open", _("being put right")),
                 ("late", _("late")), ("closed", _("signed off")), ("refused", _("not taken up"))],
    )  # fmt: skip


@require_safe
@needs("campaigns.see")
def campaign(request: HttpRequest, number: str) -> HttpResponse:
    """One campaign: what it is about, its problem base, what it counts, funds, comparisons."""
    user = request.user
    found = get_object_or_404(reach.visible_campaigns(user).prefetch_related("joint"), number=number)
    manages = may(user, MANAGE)
    rows = reach.visible_problems(user).filter(campaign=found).select_related("case__lamp")
    form = Filter(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    if state == "late":
        rows = rows.filter(case__state="open", case__colour=3)
    elif state in ("open", "closed"):
        rows = rows.filter(case__state=state)
    elif state:
        rows = rows.filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "c": found,
        "form": form,
        "page": page,
        "rows": [(p, buttons("problem", p, user)) for p in page],
        "acts": buttons("campaign", found, user),
        "manages": manages,
    }
    if manages:
        words |= {
            "counts": figures.counts(found),
            "aspects": figures.by_aspect(found),
            "lines": [(t, buttons("measure", t.measure, user)) for t in figures.totals(found)],
            "entries": [
                (e, buttons("entry", e, user))
                for e in Entry.objects.filter(measure__campaign=found).select_related("measure", "unit")[:ENTRIES]
            ],
            "funds": [(f, buttons("fund", f, user)) for f in found.funds.select_related("unit", "campaign")],
            "comparisons": found.comparisons.annotate(
                n=Count("differences"), n_taken=Count("differences", filter=Q(differences__problem__isnull=False))
            ),
            "history": history(found),
        }
    return render(request, "campaigns/campaign.html", words)


@require_safe
@needs(MANAGE)
def comparison(request: HttpRequest, number: str) -> HttpResponse:
    """One comparison: what it looks for, the counts, the rows that differ."""
    found = get_object_or_404(reach.visible_comparisons(request.user), number=number)
    rows = found.differences.select_related("problem__case")
    words = {
        "t": found,
        "acts": buttons("comparison", found, request.user),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "history": history(found),
    }
    return render(request, "campaigns/comparison.html", words)


@require_safe
@needs()
def paper(request: HttpRequest, kind: str, key: str, as_type: str) -> HttpResponse:
    """「整治台账、通报、整改销号单」 on paper."""
    making = papers.PAPERS.get(kind)
    if making is None or as_type not in TYPES:
        raise Http404
    visible, field, write = making
    form = write(get_object_or_404(visible(request.user), **{field: key}))
    if form is None:
        raise Http404
    answer = HttpResponse(bytes_of(form, as_type), content_type=TYPES[as_type])
    answer["Content-Disposition"] = content_disposition_header(True, f"{form.title}.{as_type}")
    return answer
