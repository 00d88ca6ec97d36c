"""The pages of rules: list, one rule, datasets, and the editor of an auditor."""

from collections import defaultdict
from datetime import timedelta

import yaml
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may, scope_of
from huilian.engine.alerts.models import Appeal
from huilian.engine.directory.models import Place
from huilian.engine.look.levels import BY_COLOUR
from huilian.engine.look.text import say
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.errors import Refused
from huilian.foundation.now import moment, now

from . import queries, services, trying
from .catalogue import datasets as all_datasets
from .catalogue import rule_files
from .forms import CapForm, FilterForm, ParametersForm, StatusForm, WriteForm
from .models import Feed, Hit, RuleSetting, RuleVersion, Run
from .rule import LADDER, Fault

PAGE = 50
HITS = 20
SAMPLE = """/*
id: QX01
names: {zh: 我的模型, en: My rule}
group: QX
grain: village
reads: [voucher]
parameters:
  yellow_cents: {value: 500000, unit: cents, zh: 黄色起点, en: yellow from}
levels: {yellow: {zh: 达到起点, en: from the limit on}}
explain: {zh: "{voucher_date}支付{total_cents:money}", en: "{total_cents:money} paid on {voucher_date}"}
weight: 1
status: trial
owner: discipline
*/
SELECT v.village_code, 'voucher:' || CAST(v.voucher_id AS VARCHAR) AS subject, '' AS key, 1 AS level,
       'voucher:' || CAST(v.voucher_id AS VARCHAR) AS evidence, v.voucher_date, v.total_cents
FROM voucher v
WHERE v.kind = 'payment' AND v.total_cents >= $yellow_cents
"""


@require_safe
@needs("screening.see")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule with its status, what it finds now and how often it was right."""
    known = queries.rules()
    form = FilterForm(sorted({r.rule.group for r in known}), request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    text = (wanted.get("q") or "").strip().lower()
    shown = [
        r
        for r in known
        if (not wanted.get("group") or r.rule.group == wanted["group"])
        and (not wanted.get("status") or r.status == wanted["status"])
        and (not text or text in f"{r.rule.id} {' '.join(r.rule.names.values())}".lower())
    ]
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    counts, precisions = queries.counts(), queries.precisions()
    last = Run.objects.filter(kind=Run.Kind.FULL).first()
    context = {
        "form": form,
        "rows": [
            {"r": r, "status": RuleSetting.Status(r.status).label, "hits": counts.get(r.rule.id, 0),
             "precision": _percent(precisions.get(r.rule.id)), "raised": _raised(precisions.get(r.rule.id))}
            for r in page
        ],
        "page": page,
        "total": len(known),
        "active": sum(1 for r in known if r.raises),
        "hits": sum(counts.values()),
        "last": last,
        "waiting": queries.waiting(),
        "cap": queries.daily_cap(),
        "may_write": may(request.user, "screening.write"),
        "may_decide": may(request.user, "screening.decide"),
        "cap_form": CapForm(initial={"cap": queries.daily_cap()}),
        "feeds": _feeds(),
    }  # fmt: skip
    return render(request, "screening/rules.html", context)


@require_safe
@needs("screening.see")
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule: what it says, how it is set, how it did, and what it finds now."""
    return render(request, "screening/rule.html", _context(request, _found(rule)))


@require_POST
@needs("screening.decide")
def parameters(request: HttpRequest, rule: str) -> HttpResponse:
    """Other thresholds."""
    found = _found(rule)
    form = ParametersForm(found, request.POST)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in found.rule.parameters}
        try:
            services.set_parameters(rule, values, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Saved. Everything is screened again with it."))
            return redirect("rule", rule)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return render(request, "screening/rule.html", _context(request, found, parameters_form=form), status=422)


@require_POST
@needs("screening.decide")
def status(request: HttpRequest, rule: str) -> HttpResponse:
    """On trial, active, demoted or off."""
    found = _found(rule)
    form = StatusForm(request.POST)
    if form.is_valid():
        try:
            services.set_status(rule, form.cleaned_data["status"], reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Saved. Everything is screened again with it."))
            return redirect("rule", rule)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return render(request, "screening/rule.html", _context(request, found, status_form=form), status=422)


@require_POST
@needs("screening.decide")
def cap(request: HttpRequest, rule: str) -> HttpResponse:
    """How many new alerts a day, of one rule or ("all") of the county."""
    form = CapForm(request.POST)
    if form.is_valid():
        try:
            services.set_daily_cap(
                form.cleaned_data["cap"],
                rule="" if rule == "all" else rule,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            messages.success(request, _("Saved. Everything is screened again with it."))
        except Refused as refused:
            messages.error(request, str(refused))
    else:
        messages.error(request, _("Say why, in a sentence."))
    return redirect("rules") if rule == "all" else redirect("rule", rule)


@require_safe
@needs("screening.see")
def datasets(request: HttpRequest) -> HttpResponse:
    """What rules may read."""
    readers = _readers()
    rows = [{"d": d, "readers": len(readers[d.name])} for d in all_datasets().values()]
    return render(request, "screening/datasets.html", {"rows": rows})


@require_safe
@needs("screening.see")
def dataset(request: HttpRequest, name: str) -> HttpResponse:
    """One dataset, column by column."""
    found = all_datasets().get(name)
    if found is None:
        raise Http404
    return render(request, "screening/dataset.html", {"d": found, "readers": _readers()[name]})


def _readers() -> dict[str, list[str]]:
    """The rules that read each dataset."""
    readers = defaultdict(list)
    for r in queries.rules():
        for name in r.rule.reads:
            readers[name].append(r.rule.id)
    return readers


@require_http_methods(["GET", "HEAD", "POST"])
@needs("screening.write")
def write(request: HttpRequest) -> HttpResponse:
    """Write a rule: check it, try it on a year of the county's data, save it for trial."""
    tried, saved = None, None
    form = WriteForm(request.POST or None, initial={"text": _template(request.GET.get("from", ""))})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            if request.POST.get("act") == "save":
                saved = services.save_trial(text, by=request.user)
                messages.success(request, _("Saved for trial: %(rule)s.") % {"rule": saved.rule})
                return redirect("rule", saved.rule)
            tried = trying.try_out(text, by=request.user)
        except Refused as refused:
            tried = trying.Tried(faults=[Fault(str(refused), line=refused.row or 0)])
    context = {"form": form, "tried": tried, "names": [d for d in all_datasets().values() if not d.sealed],
               "seconds": round(trying.SECONDS), "most": trying.MOST_ROWS, "shown": trying.SHOWN}  # fmt: skip
    return render(request, "screening/write.html", context)


# ---------------------------------------------------------------------- inside


def _found(rule_id: str) -> queries.InForce:
    try:
        return queries.rule_of(rule_id)
    except Refused as refused:
        raise Http404(str(refused)) from None


def _context(request: HttpRequest, found: queries.InForce, **forms) -> dict:
    rule_ = found.rule
    scope = scope_of(request.user, "screening.see")
    hits = queries.visible(queries.live().filter(rule=rule_.id), scope).select_related("alert")
    page = Paginator(hits, HITS).get_page(request.GET.get("page"))
    names = dict(Place.objects.filter(code__in=[f"{h.village_code:012d}" for h in page]).values_list("code", "name"))
    precision = queries.precision(rule_.id)
    history = [
        {"when": moment(e.at), "who": actor_name(e), "head": sentence(e), "body": "", "level": None}
        for e in history_of(f"rule:{rule_.id}").reverse()[:30]
    ]
    return {
        "found": found,
        "rule": rule_,
        "status": RuleSetting.Status(found.status).label,
        "ladder": [(BY_COLOUR[LADDER[level]], words) for level, words in rule_.levels.items()],
        "parameters": [
            (p, p.told(found.values[name]), p.value != found.values[name]) for name, p in rule_.parameters.items()
        ],
        "cases": _cases(rule_.id),
        "precision": precision,
        "share": _percent(precision),
        "appeals": Appeal.objects.filter(alert__rule=rule_.id).count(),
        "page": page,
        "hits": [{"h": h, "level": BY_COLOUR[h.level], "why": _why(h, found),
                  "place": names.get(f"{h.village_code:012d}", h.village_code)} for h in page],
        "versions": RuleVersion.objects.filter(rule=rule_.id).select_related("made_by")[:10],
        "history": history,
        "may_decide": may(request.user, "screening.decide"),
        "may_write": may(request.user, "screening.write"),
        "parameters_form": ParametersForm(found),
        "status_form": StatusForm(initial={"status": found.status}),
        "cap_form": CapForm(initial={"cap": found.daily_cap}),
        **forms,
    }  # fmt: skip


def _why(hit: Hit, found: queries.InForce) -> str:
    try:
        return say(queries.explanation(hit, found.rule, found.values))
    except (KeyError, ValueError):  # found by an older version with other facts; the next pass tells it anew
        return hit.subject


def _cases(rule_id: str) -> list[dict]:
    """The cases beside a rule of the house: what raises it and what nearly does."""
    path = next((p for p in rule_files() if p.stem == rule_id), None)
    beside = path.with_name(f"{rule_id}.cases.yaml") if path else None
    if beside is None or not beside.exists():
        return []
    cases = yaml.safe_load(beside.read_text(encoding="utf-8"))["cases"]
    return [{"name": say(c["name"]), "level": BY_COLOUR[max((e["level"] for e in c["expect"]), default=0)],
             "raises": bool(c["expect"])} for c in cases]  # fmt: skip


def _template(rule_id: str) -> str:
    """The text an editor begins with: a small rule, or that of a rule of the county."""
    kept = RuleVersion.objects.filter(rule=rule_id, own=True).first() if rule_id else None
    return kept.text if kept else SAMPLE


def _percent(precision) -> str:
    share = precision.share if precision else None
    return f"{share:.0%}" if share is not None else ""


def _raised(precision) -> int:
    return precision.raised if precision else 0


def _feeds() -> list[dict]:
    limit = now()
    return [
        {"feed": f, "late": f.last_at is None or f.last_at + timedelta(days=f.every_days) < limit}
        for f in Feed.objects.select_related("unit")
    ]
