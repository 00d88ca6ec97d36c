"""What is due, the audits in reach, one audit, its books, papers; one page for every act."""

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.documents.queries import attachments_of
from huilian.engine.documents.services import bytes_of
from huilian.engine.look.forms import act_page
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.errors import NotAllowed, Refused
from huilian.foundation.now import today

from . import forms, papers, services
from .acts import THINGS, buttons
from .models import Audit, Finding
from .queries import reach
from .queries.due import step_due
from .rules import differences
from .services.working import scope_of

both = require_http_methods(["GET", "HEAD", "POST"])
EVENTS, PER_PAGE, SOON = 40, 25, 6
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Filter(django_forms.Form):
    phase = django_forms.ChoiceField(
        label=pgettext_lazy("audits", "Phase"), required=False,
        choices=[("", gettext_lazy("every phase")), *Audit.Phase.choices],
    )  # fmt: skip
    state = django_forms.ChoiceField(
        label=gettext_lazy("State of the audit"), required=False,
        choices=[("", gettext_lazy("running and closed")), ("open", gettext_lazy("running audits")),
                 ("late", gettext_lazy("report overdue")), ("closed", gettext_lazy("closed audits"))],
    )  # fmt: skip
    words = django_forms.CharField(label=pgettext_lazy("audits", "Village, office or number"), required=False,
                                   max_length=40)  # fmt: skip


@require_safe
@needs("audits.see")
def home(request: HttpRequest) -> HttpResponse:
    """The audits in reach, and above them what is due next."""
    user = request.user
    standing = ~Q(findings__state=Finding.State.DROPPED)
    rows = reach.visible_audits(user).annotate(
        n_found=Count("findings", filter=standing & Q(report_on__isnull=False)),
        n_done=Count("findings", filter=Q(findings__state=Finding.State.DONE)),
    )
    form = Filter(request.GET or None)
    if form.is_valid():
        given = form.cleaned_data
        if given["phase"]:
            rows = rows.filter(phase=given["phase"])
        if given["state"] == "late":
            rows = rows.filter(report_on=None, due_on__lt=today(), case__state="open")
        elif given["state"]:
            rows = rows.filter(case__state=given["state"])
        if word := given["words"]:
            rows = rows.filter(Q(place__name__icontains=word) | Q(office__icontains=word) | Q(number__icontains=word))
    waiting = reach.visible_proposals(user).filter(audit=None, put_aside="")
    words = {
        "form": form,
        "page": Paginator(rows.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page")),
        "due": [(p, buttons("proposal", p, user)) for p in waiting[:SOON]],
        "n_due": waiting.count(),
        "today": today(),
        "may_plan": may(user, reach.PLAN),
    }
    return render(request, "audits/home.html", words)


@require_safe
@needs(reach.PLAN)
def due(request: HttpRequest) -> HttpResponse:
    """Every audit that is due, the earliest first."""
    waiting = reach.visible_proposals(request.user).filter(audit=None, put_aside="")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(p, buttons("proposal", p, request.user)) for p in page]
    return render(request, "audits/due.html", {"page": page, "due": rows, "today": today()})


@require_POST
@needs(reach.PLAN)
def plan_from(request: HttpRequest, pk: int) -> HttpResponse:
    """One click makes the plan of what is due."""
    proposal = get_object_or_404(reach.visible_proposals(request.user), pk=pk)
    try:
        made = services.plan_from(proposal, by=request.user)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("audits-home")
    return redirect("audits-audit", made.number)


@both
@needs(reach.PLAN)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan an audit that no term proposes."""
    form = forms.PlanForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Plan an audit"), lambda data: services.plan(**data, by=request.user),
        lambda made: reverse("audits-audit", args=[made.number]), reverse("audits-home"),
    )  # fmt: skip


@both
@needs()
def act(request: HttpRequest, kind: str, key: str, verb: str) -> HttpResponse:
    """One act on one row that the person sees."""
    thing = THINGS.get(kind)
    if thing is None or verb not in thing.acts or (thing.key == "pk" and not key.isdigit()):
        raise Http404
    doing = thing.acts[verb]
    row = get_object_or_404(thing.visible(request.user), **{thing.key: key})
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = doing.form(*given, row=row, user=request.user)
    return _act(
        request, form, doing.title, lambda data: doing.run(row, data, request.user), lambda made: thing.page(row),
        thing.page(row),
    )  # fmt: skip


def _act(request: HttpRequest, form, title, run, target, back: str) -> HttpResponse:
    def then(made) -> HttpResponse:
        messages.success(request, _("Entered."))
        return redirect(target(made))

    return act_page(request, form, run, then, "audits/form.html", {"title": title, "back": back})


@require_safe
@needs("audits.see")
def audit(request: HttpRequest, number: str) -> HttpResponse:
    """One audit: plan, team, evidence, findings with their answers and repairs, papers, history."""
    user = request.user
    rows = reach.visible_audits(user).select_related("case__lamp", "township")
    found = get_object_or_404(rows, number=number)
    inside = reach.audits_worked_on(user).filter(pk=found.pk).exists()
    findings = reach.visible_findings(user).filter(audit=found).order_by("pk").prefetch_related("evidence")
    words = {
        "a": found,
        "scope": scope_of(found),
        "step_due": step_due(found) if found.case.is_open else None,
        "inside": inside,
        "acts": buttons("audit", found, user),
        "team": [(m, buttons("member", m, user)) for m in found.members.select_related("person")],
        "evidence": [
            (e, list(attachments_of(e))) for e in found.evidence.select_related("taken_by")
        ] if inside else [],
        "findings": [
            (f, buttons("finding", f, user), list(attachments_of(f)))
            for f in findings.select_related("verified_by", "handed_in_by")
        ],
        "takings": list(found.takings.defer("body")) if inside else [],
        "papers": papers.of(found, inside=inside),
        "history": _history(found) if inside else [],
        "today": today(),
    }  # fmt: skip
    return render(request, "audits/audit.html", words)


def _history(found: Audit) -> list[dict]:
    events = history_of(found.case).reverse()[:EVENTS]
    return [{"when": event.at, "who": actor_name(event), "head": sentence(event)} for event in events]


@require_safe
@needs("audits.see")
def books(request: HttpRequest, number: str) -> HttpResponse:
    """What the books said when the audit began, what they said at the report, and what differs."""
    found = get_object_or_404(reach.audits_worked_on(request.user), number=number)
    takings = {t.stage: t for t in found.takings.all()}
    chosen = takings.get(request.GET.get("at", "")) or next(iter(takings.values()), None)
    if chosen is None:
        raise Http404
    begin, report = takings.get("begin"), takings.get("report")
    words = {
        "a": found, "chosen": chosen, "takings": list(takings.values()),
        "changes": differences(begin.body, report.body) if begin and report else None,
    }  # fmt: skip
    return render(request, "audits/books.html", words)


@require_safe
@needs("audits.see")
def workbook(request: HttpRequest, number: str) -> HttpResponse:
    """The frozen figures as a workbook, one sheet a section."""
    found = get_object_or_404(reach.audits_worked_on(request.user), number=number)
    taken = found.takings.filter(stage=request.GET.get("at", "")).first() or found.takings.first()
    if taken is None:
        raise Http404
    return _file(papers.workbook(taken), f"{found.number}-{taken.stage}", "xlsx")


@require_safe
@needs("audits.see")
def paper(request: HttpRequest, number: str, kind: str, as_type: str) -> HttpResponse:
    """「审计通知书、取证记录、征求意见稿、审计报告、整改通知、结果运用建议」 on paper."""
    found = get_object_or_404(reach.visible_audits(request.user), number=number)
    inside = reach.audits_worked_on(request.user).filter(pk=found.pk).exists()
    if as_type not in ("docx", "pdf") or kind not in dict(papers.of(found, inside=inside)):
        raise Http404
    form = papers.PAPERS[kind].write(found)
    return _file(bytes_of(form, as_type), form.title, as_type)


def _file(content: bytes, name: str, as_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[as_type])
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{as_type}")
    return answer
