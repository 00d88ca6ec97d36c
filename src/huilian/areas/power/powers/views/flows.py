"""Procedures shown: which there are, one in a version, two compared, on paper, as a BPMN file."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.directory.roles import catalogue
from huilian.engine.look.text import say
from huilian.engine.procedures import comparing, drafts
from huilian.engine.procedures.bpmn import write_bpmn
from huilian.engine.procedures.charts import chart_of_procedure, limit_words
from huilian.engine.procedures.definition import Definition, Move
from huilian.engine.procedures.models import Draft, Procedure
from huilian.engine.procedures.worklists import definitions

SEE = "powers.see"
PER_PAGE = 30


@require_safe
@needs(SEE)
def listing(request: HttpRequest) -> HttpResponse:
    """Every procedure of the house: its version in force, what runs on which version, whether a draft lies there."""
    words = request.GET.get("q", "").strip()
    texts, running = definitions(), drafts.open_cases_by_version()
    rows: dict[str, dict] = {}
    for pk, key, version, at in Procedure.objects.order_by("key", "version").values_list(
        "pk", "key", "version", "published_at"
    ):
        row = rows.setdefault(key, {"key": key, "running": [], "name": "", "draft": False})
        row |= {"version": version, "at": at, "text": texts[pk], "name": say(texts[pk].name)}
        if running.get(pk):
            row["running"].insert(0, (version, running[pk]))
    for draft in Draft.objects.all():
        row = rows.setdefault(draft.key, {"key": draft.key, "running": [], "text": draft.definition})
        row |= {"draft": True, "name": row.get("name") or say(draft.definition.name)}
    found = [row for row in rows.values() if words.lower() in f"{row['key']} {row['name']}".lower()]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row["limits"] = limits_of(row["text"])
        row["steps"] = sum(step.kind != "end" for step in row["text"].steps)
    return render(
        request, "powers/flows/list.html", {"page": page, "q": words, "may_draw": may(request.user, drafts.DRAW)}
    )


def version_of(key: str, number: str | None = None) -> Procedure:
    """The version asked for, else the one in force. Raises `Http404`."""
    rows = Procedure.objects.filter(key=key)
    if number:
        rows = rows.filter(version=number) if number.isdigit() else rows.none()
    found = rows.order_by("-version").first()
    if found is None:
        raise Http404
    return found


@require_safe
@needs(SEE)
def shown(request: HttpRequest, key: str) -> HttpResponse:
    """One version: its chart, its steps, and the history of its versions."""
    if not Procedure.objects.filter(key=key).exists() and Draft.objects.filter(key=key).exists():
        return render(request, "powers/flows/not_yet.html", {"draft": drafts.draft_of(key)}, status=404)
    procedure = version_of(key, request.GET.get("version"))
    running = drafts.open_cases_by_version()
    versions = [
        {"procedure": p, "running": running.get(p.pk, 0), "before": p.version - 1} for p in drafts.versions_of(key)
    ]
    context = {
        "procedure": procedure,
        "d": procedure.definition,
        "chart": chart_of_procedure(procedure.definition),
        "rows": rows_of(procedure.definition),
        "limits": limits_of(procedure.definition),
        "versions": versions,
        "is_current": procedure.version == versions[0]["procedure"].version,
        "draft": drafts.draft_of(key),
        "may_draw": may(request.user, drafts.DRAW),
    }
    return render(request, "powers/flows/shown.html", context)


@require_safe
@needs(SEE)
def compared(request: HttpRequest, key: str) -> HttpResponse:
    """「流程再造前后对比」 Two versions, or a version and the draft: steps and ways, posts, limits, days saved."""
    draft = drafts.draft_of(key)
    versions = drafts.versions_of(key)
    if not versions:
        raise Http404
    latest = versions[0].version
    new = request.GET.get("new") or ("draft" if draft else str(latest))
    old = request.GET.get("old") or str(latest if new == "draft" else max(1, int(new) - 1 if new.isdigit() else 1))
    before = version_of(key, old).definition
    if new == "draft" and draft is None:
        raise Http404
    after = draft.definition if new == "draft" else version_of(key, new).definition
    found = comparing.compare(before, after)
    context = {
        "key": key,
        "name": say(after.name),
        "old": old,
        "new": new,
        "versions": [p.version for p in versions],
        "has_draft": draft is not None,
        "found": found,
        "classes": [_limit_row(c) for c in found.classes],
        "limits": [_limit_row(c) for c in found.limits],
        "added": [(say(s.name), posts_of(s), limit_words(s.limit)) for s in found.added],
        "removed": [(say(s.name), posts_of(s), limit_words(s.limit)) for s in found.removed],
        "changed": [(say(c.new.name), ", ".join(str(PARTS[part]) for part in c.what)) for c in found.changed],
        "steps_saved": found.steps[0] - found.steps[1],
        "days_saved": found.workdays[0] - found.workdays[1],
        "charts": [chart_of_procedure(before, key="old"), chart_of_procedure(after, key="new")],
    }
    return render(request, "powers/flows/compare.html", context)


def _limit_row(change) -> tuple[str, str, str, int | None]:
    return say(change.name), limit_words(change.old) or "—", limit_words(change.new) or "—", change.saved


@require_safe
@needs(SEE)
def printed(request: HttpRequest, key: str) -> HttpResponse:
    """Chart and steps on A4."""
    procedure = version_of(key, request.GET.get("version"))
    d = procedure.definition
    context = {
        "procedure": procedure,
        "d": d,
        "chart": chart_of_procedure(d),
        "rows": rows_of(d),
        "limits": limits_of(d),
    }
    return render(request, "powers/flows/print.html", context)


@require_safe
@needs(SEE)
def bpmn(request: HttpRequest, key: str) -> HttpResponse:
    """The version as a BPMN 2.0 file."""
    procedure = version_of(key, request.GET.get("version"))
    response = HttpResponse(
        write_bpmn(procedure.definition, version=procedure.version), content_type="application/xml; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{key}-v{procedure.version}.bpmn"'
    return response


class _Parts(dict):
    """What a step can differ in, in words."""

    def __missing__(self, part: str) -> str:
        return {
            "name": _("name"),
            "lane": _("lane of the chart"),
            "kind": _("kind of step"),
            "roles": _("posts"),
            "holder": _("whose people act"),
            "produces": _("what must be produced"),
            "discloses": _("what is disclosed"),
            "risks": _("risk points"),
        }[part]


PARTS = _Parts()


def limits_of(d: Definition) -> list[tuple[str, str]]:
    """The whole limit of each class, in words."""
    return [(say(c.name), limit_words(c.limit)) for c in d.classes]


def posts_of(step) -> str:
    """Who acts at a step, in words."""
    if step.kind == "end":
        return ""
    known = catalogue()
    names = _(", ").join(known[role].name if role in known else role for role in step.roles)
    if step.holder == "unit" and names:
        return _("%(posts)s of the unit in charge") % {"posts": names}
    return names or (_("anybody") if step.holder == "anyone" else "")


def rows_of(d: Definition, faults=()) -> list[dict]:
    """The table of steps in words; faults stand at their row."""
    lanes = {key: say(name).replace("|", "") for key, name in d.lanes}
    return [
        {
            "key": step.key,
            "number": number,
            "name": say(step.name),
            "kind": step.kind,
            "lane": lanes.get(step.lane, ""),
            "posts": posts_of(step),
            "limit": limit_words(step.limit),
            "produces": [say(paper) for paper in step.produces],
            "discloses": [say(paper) for paper in step.discloses],
            "risks": [{"mark": r.mark, "level": r.level, "name": say(r.name), "note": say(r.note)} for r in step.risks],
            "next": [way_words(d, move, step.key) for move in d.moves_from(step.key)],
            "faults": (own := [fault for fault in faults if fault.step == step.key]),
            "wrong": any(not fault.is_warning for fault in own),
        }
        for number, step in enumerate(d.steps, 1)
    ]


def way_words(d: Definition, move: Move, source: str) -> str:
    """A next step in words: “Agree” → 3 Decision (the whole time starts; a note is needed)."""
    numbers = {step.key: f"{i} {say(step.name)}" for i, step in enumerate(d.steps, 1)}
    clock = {
        "start": _("the whole time starts"),
        "begin": _("the whole time starts on this day"),
        "restart": _("the whole time starts anew"),
        "stop": _("the whole time stops"),
        "reopen": _("the whole time runs on"),
        "pause": _("the whole time rests"),
        "resume": _("the whole time runs on"),
    }
    needs = {
        "note": _("with a note"),
        "unit": _("with the unit that takes over"),
        "handler": _("with the handler"),
        "class": _("with the class of the matter"),
    }
    extra = [clock[move.clock]] if move.clock in clock else []
    extra += [needs[need] for need in move.needs if need in needs]
    where = numbers.get(move.target, move.target) if move.target else _("stays")
    words = {"way": say(move.name) or move.verb, "step": where, "extra": _("; ").join(extra)}
    return (_("“%(way)s” → %(step)s (%(extra)s)") if extra else _("“%(way)s” → %(step)s")) % words
