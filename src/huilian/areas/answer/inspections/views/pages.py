"""The calendar, one round, coverage, findings, one finding, letters, papers."""

from typing import ClassVar

from django import forms as django_forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.documents.services import bytes_of
from huilian.engine.draws.queries import chosen
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.now import today

from .. import papers, rules
from ..acts import MANAGE, PLAN, buttons
from ..models import Finding, Letter
from ..panels import repair
from ..queries import reach, tables
from ..services.guards import running

EVENTS, PER_PAGE = 40, 25
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def history(*subjects) -> list[dict]:
    events = [event for subject in subjects if subject for event in history_of(subject).reverse()[:EVENTS]]
    events.sort(key=lambda event: event.at, reverse=True)
    return [{"when": event.at, "who": actor_name(event), "head": sentence(event)} for event in events[:EVENTS]]


@require_safe
@needs("inspections.fill")
def calendar(request: HttpRequest) -> HttpResponse:
    """The year's rounds of all four forces on one calendar, as far as the person sees them."""
    said = request.GET.get("year", "")
    year = int(said) if said.isdecimal() and 2000 <= int(said) <= 2100 else today().year
    found = tables.months(reach.visible_rounds(request.user), year)
    words = {"months": found, "year": year, "may_plan": may(request.user, PLAN), "may_note": may(request.user, MANAGE),
             "lacks_patrol": year == today().year and tables.lacks_patrol(today())}  # fmt: skip
    return render(request, "inspections/calendar.html", words)


@require_safe
@needs("inspections.fill")
def round_page(request: HttpRequest, number: str) -> HttpResponse:
    """One round: targets with their sheets, the team and its authorities, the lot."""
    user = request.user
    found = get_object_or_404(
        reach.visible_rounds(user).select_related("joint_unit", "draw", "decision"), number=number
    )
    targets = reach.visible_targets(user).filter(round=found).select_related("sheet").prefetch_related("findings")
    words = {
        "round": found,
        "acts": buttons("round", found, user),
        "may_change": may(user, PLAN) and found.state == "planned",
        "targets": [(t, buttons("target", t, user)) for t in targets],
        "members": [
            (m, running(m), buttons("member", m, user)) for m in found.members.select_related("person", "round")
        ],
        "drawn": chosen(found.draw) if found.draw_id else [],
        "sessions": found.sessions.prefetch_related("homework__unit"),
        "history": history(found),
    }
    return render(request, "inspections/round.html", words)


@require_safe
@needs(PLAN)
def coverage(request: HttpRequest) -> HttpResponse:
    """Which villages were inspected in the last five years, township by township."""
    since = rules.months_later(today(), -12 * tables.TERM_YEARS)
    towns = tables.coverage(since)
    done, of = sum(t.done for t in towns), sum(len(t.villages) for t in towns)
    words = {"towns": towns, "since": since, "done": done, "of": of}
    return render(request, "inspections/coverage.html", words)


class Filter(django_forms.Form):
    state = django_forms.ChoiceField(
        label=_("State of the repair"),
        required=False,
        choices=[("", _("every state")), ("untold", _("unit not told yet")), ("open", _("being put right")),
                 ("late", _("late")), ("closed", _("signed off"))],
    )  # fmt: skip
    source = django_forms.ChoiceField(
        label=_("Found by"), required=False, choices=[("", _("whoever found it")), *Finding.Source.choices]
    )
    words = django_forms.CharField(label=_("Words"), required=False, max_length=40)


@require_safe
@needs("inspections.see")
def findings(request: HttpRequest) -> HttpResponse:
    """Findings in reach with their clocks, and which items are found most."""
    rows = reach.visible_findings(request.user).select_related("case__lamp")
    every = rows
    form = Filter(request.GET or None)
    if form.is_valid():
        given = form.cleaned_data
        if given["state"] == "untold":
            rows = rows.filter(case=None)
        elif given["state"] == "late":
            rows = rows.filter(case__state="open", case__colour=3)
        elif given["state"]:
            rows = rows.filter(case__state=given["state"])
        if given["source"]:
            rows = rows.filter(source=given["source"])
        if given["words"]:
            rows = rows.filter(fact__icontains=given["words"])
    words = {
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "items": tables.by_item(every),
        "may_note": may(request.user, MANAGE),
    }
    return render(request, "inspections/findings.html", words)


@require_safe
@needs()
def finding(request: HttpRequest, number: str) -> HttpResponse:
    """One finding before and after the unit knows of it; who may see it is the question of `reach` alone."""
    rows = reach.visible_findings(request.user).select_related("parent", "repeat_of", "item__form", "case__lamp")
    found = get_object_or_404(rows, number=number)
    words = {
        "f": found,
        "acts": buttons("finding", found, request.user),
        "history": history(found, found.case),
        "alone": True,
        **repair(found),
    }
    return render(request, "inspections/finding.html", words)


class LetterFilter(django_forms.Form):
    """Letters, or among them the suggestions, by how far they are."""

    WHERE: ClassVar = {
        "": Q(), "open": Q(answered_on=None), "unfollowed": Q(answered_on__isnull=False, outcome=""),
        "not": Q(outcome__in=["partly", "not"]), "done": Q(outcome="done"),
    }  # fmt: skip
    kind = django_forms.ChoiceField(
        label=_("Kind of letter"), required=False, choices=[("", _("every kind")), *Letter.Kind.choices]
    )
    state = django_forms.ChoiceField(
        label=_("How far it is"), required=False,
        choices=[("", _("however far")), ("open", _("not answered")), ("unfollowed", _("answered, not checked again")),
                 ("not", _("not carried out, or in part")), ("done", _("carried out"))],
    )  # fmt: skip


@require_safe
@needs("inspections.see")
def letters(request: HttpRequest) -> HttpResponse:
    """Letters to and from, with the day their answer is due."""
    found = reach.visible_letters(request.user)
    form = LetterFilter(request.GET or None)
    if form.is_valid():
        found = found.filter(**{k: v for k, v in {"kind": form.cleaned_data["kind"]}.items() if v})
        found = found.filter(LetterFilter.WHERE[form.cleaned_data["state"]])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(letter, buttons("letter", letter, request.user)) for letter in page]
    words = {"form": form, "page": page, "rows": rows, "today": today(), "may_write": may(request.user, MANAGE)}
    return render(request, "inspections/letters.html", words)


@require_safe
@needs()
def paper(request: HttpRequest, kind: str, key: str, as_type: str) -> HttpResponse:
    """「反馈意见、整改通知书、三张清单、销号单、监督建议书」 on paper."""
    making = papers.PAPERS.get(kind)
    if making is None or as_type not in TYPES:
        raise Http404
    visible, field, write = making
    if field == "pk" and not key.isdigit():
        raise Http404
    form = write(get_object_or_404(visible(request.user), **{field: key}))
    if form is None:
        raise Http404
    answer = HttpResponse(bytes_of(form, as_type), content_type=TYPES[as_type])
    answer["Content-Disposition"] = content_disposition_header(True, f"{form.title}.{as_type}")
    return answer
