"""Event logs from outside: the list, handing one in, what came of it, its two maps, its findings."""

import csv
from typing import Any

import yaml
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.directory.models import Unit
from huilian.engine.look.text import say
from huilian.engine.mining.telling import lines, sentence
from huilian.engine.procedures.models import Procedure
from huilian.foundation.errors import Refused

from ..models import OutsideLog
from ..queries import logs as queries
from ..services import logs as services

PAGE = 50
VARIANTS = 20
SHARES = ((80, "80 %"), (90, "90 %"), (95, "95 %"), (99, "99 %"), (100, "100 %"))
PROCEDURE_KILOBYTES = 256
may_judge = needs("monitoring.logs")


class HandInForm(forms.Form):
    """A log, and the procedure it should have followed: one published here, or a file."""

    title = forms.CharField(label=gettext_lazy("Title of the log"), max_length=120)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit it comes from"), required=False)
    file = forms.FileField(
        label=gettext_lazy("Log"),
        help_text=gettext_lazy("XES (also .gz), CSV, or a workbook with one event in each row; at most 200 MB."),
    )
    procedure = forms.ChoiceField(label=gettext_lazy("Published procedure"), required=False)
    procedure_file = forms.FileField(
        label=gettext_lazy("or a procedure file"),
        required=False,
        help_text=gettext_lazy(
            "YAML; its part “log” says which step each activity enters, and the limits between events."
        ),
    )
    case = forms.CharField(label=gettext_lazy("For a table: heading of the case"), required=False, max_length=60)
    activity = forms.CharField(label=gettext_lazy("heading of the activity"), required=False, max_length=60)
    time = forms.CharField(label=gettext_lazy("heading of the moment"), required=False, max_length=60)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["unit"].queryset = Unit.objects.order_by("name")
        latest: dict[str, Procedure] = {}
        for one in Procedure.objects.exclude(key__contains=".").order_by("version"):
            latest[one.key] = one
        named = sorted((key, say(one.body["name"])) for key, one in latest.items())
        self.fields["procedure"].choices = [("", "—"), *named]
        self.published = latest

    def clean_procedure_file(self) -> dict | None:
        given = self.cleaned_data["procedure_file"]
        if given is None:
            return None
        try:
            if given.size > PROCEDURE_KILOBYTES << 10:
                raise ValueError
            body = yaml.safe_load(given.read().decode())
        except (ValueError, yaml.YAMLError, RecursionError):
            body = None
        if not isinstance(body, dict):
            raise forms.ValidationError(_("This is not a readable procedure file (YAML in UTF-8, at most 256 KB)."))
        return body

    def clean(self) -> dict:
        data = super().clean()
        published = self.published.get(data.get("procedure"))
        data["body"] = data.get("procedure_file") or (published and published.body)
        if not data["body"] and not self.errors:
            raise forms.ValidationError(_("Choose the procedure by which the log is judged, or hand its file in."))
        data["columns"] = {part: data[part] for part in ("case", "activity", "time") if data.get(part)}
        return data


@require_safe
@may_judge
def all_logs(request: HttpRequest) -> HttpResponse:
    """Every log that was handed in."""
    asked = OutsideLog.objects.select_related("unit").defer("result", "procedure")
    if text := request.GET.get("q", "").strip():
        asked = asked.filter(title__icontains=text) | asked.filter(number__icontains=text)
    return render(
        request,
        "monitoring/logs/list.html",
        {"page": Paginator(asked, PAGE).get_page(request.GET.get("page")), "q": text},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may_judge
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand a log in."""
    form = HandInForm(request.POST, request.FILES) if request.method == "POST" else HandInForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            log = services.hand_in_log(
                given["file"].file, given["file"].name, title=given["title"], procedure=given["body"],
                unit=given["unit"], columns=given["columns"], by=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return redirect("monitoring-log", log.number)
    return render(request, "monitoring/logs/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@may_judge
def log(request: HttpRequest, number: str) -> HttpResponse:
    """How far a log is, or what came of it."""
    log = get_object_or_404(OutsideLog.objects.select_related("unit"), number=number)
    context: dict[str, Any] = {"log": log}
    if log.state == OutsideLog.State.DONE:
        found, _off = queries.discovered(log)
        context |= {
            "told": log.result["log"], "way": log.result["way"], "limits": queries.limits(log),
            "kinds": queries.kinds(log), "unknown": log.result["unknown_activities"],
            "variants": [
                (v.cases, " → ".join(_step(log, name) for name in v.activities)) for v in found.variants[:VARIANTS]
            ],
        }  # fmt: skip
    return render(request, "monitoring/logs/log.html", context)


def _step(log: OutsideLog, name: str) -> str:
    key = log.prescription.activities.get(name)
    return say(log.prescription.definition.step(key).name) if key else f"{name}（?）"


@require_safe
@may_judge
def process(request: HttpRequest, number: str) -> HttpResponse:
    """The prescribed and the discovered process side by side, and every way as a table."""
    log = _judged(number)
    share = next((share for share, _name in SHARES if str(share) == request.GET.get("share")), 95)
    rows = Paginator(queries.ways(log), PAGE).get_page(request.GET.get("page"))
    context = {
        "log": log,
        "pictures": queries.pictures(log, share / 100),
        "page": rows,
        "share": share,
        "shares": SHARES,
    }
    return render(request, "monitoring/logs/map.html", context)


@require_safe
@may_judge
def findings(request: HttpRequest, number: str) -> HttpResponse:
    """Findings, by kind and by case."""
    log = _judged(number)
    asked = _asked(request)
    found = queries.findings(log, **asked)
    page = Paginator(range(found.num_rows), PAGE).get_page(request.GET.get("page"))
    shown = found.slice(page.start_index() - 1, PAGE).to_pylist() if found.num_rows else []
    names = {kind: name for kind, name, _cases, _rows in queries.kinds(log)}
    context = {
        "log": log, "page": page, "kinds": queries.kinds(log), "asked": asked, "total": found.num_rows,
        "rows": [(row["case"], names[row["kind"]], row["on"], sentence(log.prescription, row)) for row in shown],
    }  # fmt: skip
    return render(request, "monitoring/logs/findings.html", context)


@require_safe
@may_judge
def export(request: HttpRequest, number: str) -> HttpResponse:
    """The same findings as CSV that Excel opens."""
    log = _judged(number)
    found = queries.findings(log, **_asked(request))
    services.record_export(log, rows=found.num_rows, by=request.user)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{log.number}.csv"'
    csv.writer(response).writerows(lines(found, log.prescription))
    return response


def _judged(number: str) -> OutsideLog:
    return get_object_or_404(OutsideLog.objects.select_related("unit"), number=number, state=OutsideLog.State.DONE)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {
        "kind": request.GET.get("kind", ""),
        "about": request.GET.get("about", ""),
        "case": request.GET.get("q", "").strip(),
    }
