"""Talks, three zeros, meetings over figures, tasks and checks by frequency."""

from itertools import groupby
from typing import ClassVar

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.documents.queries import attachments_of
from huilian.engine.look.text import day
from huilian.foundation.now import today

from .. import rules
from ..acts import MANAGE, PLAN, buttons
from ..models import Meeting, Talk
from ..queries import packs, reach, reasons, zeros
from .pages import PER_PAGE, history

SEE = "inspections.see"


def _paged(request: HttpRequest, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _rows(page, one):
    """The rows of a page as the list shows them."""
    page.object_list = [one(row) for row in page.object_list]
    return page


def _papers(kind: str, number: str, words: str) -> list[tuple[str, str]]:
    return [(reverse("inspections-paper", args=[kind, number, "docx"]), words)]


def _record(request: HttpRequest, kind: str, found, title: str, **words) -> HttpResponse:
    words |= {
        "found": found, "title": title, "acts": buttons(kind, found, request.user),
        "hidden": pgettext("a figure", "some"), "files": attachments_of(found), "history": history(found),
    }  # fmt: skip
    return render(request, "inspections/record.html", words)


@require_safe
@needs(SEE)
def talks(request: HttpRequest) -> HttpResponse:
    """Talks in reach, the latest first."""

    def one(t: Talk) -> dict:
        late = t.state in (Talk.State.INVITED, Talk.State.HELD) and t.due_on < today()
        return {"address": reverse("inspections-talk", args=[t.number]), "head": str(t.unit), "number": t.number,
                "tag": t.get_state_display(), "late": _("overdue") if late else "", "on": t.meet_on,
                "words": f"{t.get_kind_display()} · {t.why}"}  # fmt: skip

    doors = []
    if may(request.user, MANAGE):
        doors = [
            (reverse("inspections-invite"), _("Invite to a talk")),
            (reverse("inspections-zeros"), _("Three zeros")),
        ]
    words = {
        "title": _("Talks"), "sub": _("Why, what was asked for, by when, what came of it."), "doors": doors,
        "page": _rows(_paged(request, reach.visible_talks(request.user)), one),
        "empty": (_("No talk in your reach"), _("A talk begins with an alert, a matter overdue, a finding or a rate.")),
    }  # fmt: skip
    return render(request, "inspections/list.html", words)


@require_safe
@needs(SEE)
def talk(request: HttpRequest, number: str) -> HttpResponse:
    """One talk with its occasion, its record and what came of it."""
    t = get_object_or_404(reach.visible_talks(request.user), number=number)
    facts = [
        (_("Unit talked to"), t.unit, ""), (_("Responsible post"), f"{t.post.name} {t.person or ''}", ""),
        (_("Occasion"), f"{t.get_kind_display()} {t.source}", reasons.address(t.kind, t.source)),
        (_("From the unit"), t.sender, ""), (_("Invited on"), day(t.invited_on), ""),
        (_("Day of the talk"), day(t.meet_on), ""), (_("To be done by"), day(t.due_on), ""),
        (_("Held on"), day(t.held_on), ""), (_("Unit answered on"), day(t.followed_on), ""),
        (_("Ended on"), day(t.ended_on), ""),
        (_("The quarter talked about"), reasons.listed(t.before), ""),
        (_("The next quarter"), reasons.listed(t.after), ""),
    ]  # fmt: skip
    texts = [
        (_("Why"), t.why), (_("What the talk asks for"), t.demand), (pgettext("a talk", "What was said"), t.record),
        (_("What was done about it"), t.follow_up), (_("What came of it"), t.end_note),
    ]  # fmt: skip
    papers = _papers("invitation", t.number, _("Invitation (Word)"))
    if t.held_on:
        papers += _papers("talk", t.number, _("Record (Word)"))
    return _record(request, "talk", t, _("Talk with %(unit)s") % {"unit": t.unit}, facts=facts, texts=texts,
                   papers=papers)  # fmt: skip


@require_safe
@needs(PLAN)
def zeros_page(request: HttpRequest) -> HttpResponse:
    """Townships of a quarter, those without any result first."""
    now = rules.span("quarter", today())
    span = rules.quarter(request.GET.get("quarter", "")) or now.before
    towns = [(town, reasons.listed(town.figures)) for town in zeros.townships(span)]
    words = {"span": span, "townships": towns, "running": span.last >= today()}
    return render(request, "inspections/zeros.html", words)


@require_safe
@needs(PLAN)
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings over figures."""

    def one(m: Meeting) -> dict:
        return {"address": reverse("inspections-meeting", args=[m.number]), "head": m.title, "number": m.number,
                "tag": pgettext("a meeting", "held") if m.held_on else pgettext("a meeting", "called"), "on": m.meet_on,
                "words": f"{m.unit} · {day(m.starts_on)} – {day(m.ends_on)}"}  # fmt: skip

    words = {
        "title": _("Meetings over figures"), "sub": _("Figures are drawn up by themselves; conclusions become tasks."),
        "doors": [(reverse("inspections-call"), _("Call a meeting over figures"))],
        "page": _rows(_paged(request, reach.visible_meetings(request.user)), one),
        "empty": (_("No meeting was called yet"), _("A meeting begins with the figures of a period.")),
    }  # fmt: skip
    return render(request, "inspections/list.html", words)


@require_safe
@needs(PLAN)
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """One meeting: its frozen figures, conclusions, tasks."""
    m = get_object_or_404(reach.visible_meetings(request.user), number=number)
    facts = [
        (_("Called by"), m.unit, ""), (_("Figures"), f"{day(m.starts_on)} – {day(m.ends_on)}", ""),
        (_("Day of the meeting"), day(m.meet_on), ""), (_("Held on"), day(m.held_on), ""),
        (_("Who attended"), m.attended, ""),
    ]  # fmt: skip
    return _record(
        request, "meeting", m, m.title, facts=facts, texts=[(_("Conclusions"), m.minutes)], rows=m.pack,
        digest=m.digest, whole=packs.is_whole(m), with_tasks=True, tasks=m.tasks.select_related("unit"),
        papers=_papers("minutes", m.number, _("Minutes (Word)")) if m.held_on else [],
    )  # fmt: skip


class TaskFilter(forms.Form):
    WHERE: ClassVar = {
        "": lambda: Q(), "open": lambda: Q(done_on=None), "late": lambda: Q(done_on=None, due_on__lt=today()),
        "done": lambda: Q(done_on__isnull=False, accepted_on=None), "accepted": lambda: Q(accepted_on__isnull=False),
    }  # fmt: skip
    FROM: ClassVar = {"": Q(), "meeting": ~Q(meeting=None), "session": ~Q(session=None), "routine": ~Q(routine=None)}
    origin = forms.ChoiceField(
        label=gettext_lazy("Given by"), required=False,
        choices=[("", gettext_lazy("whatever gave it")), ("meeting", gettext_lazy("a meeting")),
                 ("session", gettext_lazy("a small class")), ("routine", gettext_lazy("a frequency"))],
    )  # fmt: skip
    state = forms.ChoiceField(
        label=gettext_lazy("How far it is"), required=False,
        choices=[("", gettext_lazy("however far")), ("open", gettext_lazy("not handed in")),
                 ("late", gettext_lazy("overdue")), ("done", gettext_lazy("waits to be checked")),
                 ("accepted", pgettext_lazy("a task", "accepted"))],
    )  # fmt: skip


@require_safe
@needs(SEE)
def tasks(request: HttpRequest) -> HttpResponse:
    """Tasks in reach, those due first."""
    rows = reach.visible_tasks(request.user)
    form = TaskFilter(request.GET or None)
    if form.is_valid():
        given = form.cleaned_data
        rows = rows.filter(TaskFilter.WHERE[given["state"]](), TaskFilter.FROM[given["origin"]])
    words = {
        "title": _("Tasks of units"),
        "sub": _("From meetings, small classes and checks by frequency: done and proved."),
        "doors": [(reverse("inspections-routines"), _("Checks by frequency"))], "form": form, "tasks": True,
        "here": reverse("inspections-tasks"), "page": _paged(request, rows),
        "empty": (_("No such task in your reach"), _("Tasks come from meetings, small classes and frequencies.")),
    }  # fmt: skip
    return render(request, "inspections/list.html", words)


@require_safe
@needs(SEE)
def task(request: HttpRequest, number: str) -> HttpResponse:
    """One task with its proof."""
    t = get_object_or_404(reach.visible_tasks(request.user), number=number)
    at = ""
    if t.meeting and may(request.user, PLAN):
        at = reverse("inspections-meeting", args=[t.meeting.number])
    elif t.session and may(request.user, PLAN):
        at = reverse("inspections-round", args=[t.session.round.number])
    facts = [
        (_("Unit that does it"), t.unit, ""), (_("Given by"), t.meeting or t.session or t.routine, at),
        (_("Given on"), day(t.given_on), ""), (_("To be done by"), day(t.due_on), ""),
        (_("Handed in on"), day(t.done_on), ""), (_("Accepted on"), day(t.accepted_on), ""),
        (_("Accepted by"), t.accepted_by, ""),
    ]  # fmt: skip
    texts = [(_("What is to be done"), t.what), (_("What was done about it"), t.result),
             (_("What the check of it gave"), t.note)]  # fmt: skip
    return _record(request, "task", t, t.what[:60], facts=facts, texts=texts)


@require_safe
@needs(SEE)
def routines(request: HttpRequest) -> HttpResponse:
    """「四个一」 Which unit did which check of a year, period by period."""
    said = request.GET.get("year", "")
    year = int(said) if said.isdecimal() and 2000 <= int(said) <= 2100 else today().year
    rows = reach.visible_tasks(request.user).filter(routine__isnull=False, period__startswith=str(year))
    rows = rows.order_by("routine", "unit__place__path", "unit", "period")
    found = [
        (routine, [(unit, list(given)) for unit, given in groupby(of_routine, key=lambda t: t.unit)])
        for routine, of_routine in groupby(rows, key=lambda t: t.routine)
    ]
    words = {"year": year, "found": found, "may_change": may(request.user, "inspections.catalogue")}
    return render(request, "inspections/routines.html", words)
