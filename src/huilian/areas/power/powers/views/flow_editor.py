"""The flow editor: a table of steps, each opened for itself, every change kept in the draft at once.

Works without scripts: each button posts the page and leads back to the row it belongs to. With htmx only the editor is
exchanged. Whoever saved meanwhile is told of, and nothing of theirs is lost.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from huilian.engine.access.decorators import needs
from huilian.engine.look.text import say
from huilian.engine.procedures import comparing, drafts, editing, services
from huilian.engine.procedures.bpmn import NotSupported, read_bpmn
from huilian.engine.procedures.charts import chart_of_procedure
from huilian.engine.procedures.definition import parse
from huilian.engine.procedures.models import Draft
from huilian.engine.procedures.worklists import definitions
from huilian.foundation.errors import Refused

from .. import forms_flows as forms
from .flows import limits_of, rows_of, version_of

both = require_http_methods(["GET", "HEAD", "POST"])
NEW_STEP = {"zh": "新环节", "en": "New step"}


class Drawing:
    """What lies on the table: the draft, or the text in force while there is none."""

    def __init__(self, key: str):
        self.key = key
        self.draft: Draft | None = drafts.draft_of(key)
        self.body: dict = self.draft.body if self.draft else version_of(key).body
        self.revision = self.draft.revision if self.draft else 0

    def step(self, key: str) -> dict | None:
        return next((step for step in self.body["steps"] if step["key"] == key), None)


@both
@needs(drafts.DRAW)
def editor(request: HttpRequest, key: str) -> HttpResponse:
    """The table of steps with its chart; one step may be open to be written in."""
    drawing = Drawing(key)
    open_step, said, fault = request.GET.get("step", ""), None, ""
    if request.method == "POST":
        revision = int(request.POST.get("revision") or 0)
        act, _space, open_step = request.POST.get("do", "").partition(" ")
        if not (drawing.step(open_step) or (act == "save" and open_step)):
            fault = _("This step is no longer in the procedure. Look at the table again.")
        elif act == "save":
            said = _StepForms(drawing, open_step, request.POST)
            body = said.body() if said.is_valid() else None
        else:
            body = _changed(drawing.body, act, open_step)
        if not fault and body is not None:
            try:
                services.save_draft(body, revision=revision, by=request.user)
            except Refused as refused:
                fault = str(refused)
            else:
                to = _row_after(body, act, open_step)
                if not request.htmx:
                    return redirect(
                        f"{reverse('powers-flow-draft', args=[key])}#{'up' if act == 'up' else 'step'}-{to}"
                    )
                said, open_step = None, to if act == "add" else ""
        elif act != "save":
            open_step = ""
        drawing = Drawing(key)
    if said is None and open_step and drawing.step(open_step):
        said = _StepForms(drawing, open_step)
    return _page(request, drawing, said, fault)


def _changed(body: dict, act: str, step: str) -> dict:
    if act == "up":
        return editing.shift_step(body, step, -1)
    if act == "down":
        return editing.shift_step(body, step, 1)
    if act == "remove":
        return editing.remove_step(body, step)
    if act == "add":
        return editing.add_step(body, step, NEW_STEP)[0]
    raise Http404


def _row_after(body: dict, act: str, step: str) -> str:
    """The row the person looks at next: the new one, or the one they worked on."""
    keys = [s["key"] for s in body["steps"]]
    if act == "add":
        return keys[keys.index(step) + 1]
    return step if step in keys else keys[0] if keys else ""


def _page(request: HttpRequest, drawing: Drawing, said, fault: str) -> HttpResponse:
    d = parse(drawing.body)
    faults = drafts.faults_in(drawing.body)
    rows = rows_of(d, faults)
    at_rows = {row["key"] for row in rows}
    context = {
        "key": drawing.key,
        "d": d,
        "draft": drawing.draft,
        "revision": drawing.revision,
        "rows": rows,
        "faults": faults,
        "head_faults": [f for f in faults if f.step not in at_rows],
        "wrong": sum(not f.is_warning for f in faults),
        "limits": limits_of(d),
        "chart": chart_of_procedure(d),
        "said": said,
        "fault": fault,
        "last": rows[-1]["key"] if rows else "",
    }
    bad = fault or (said is not None and said.is_bound and not said.is_valid())
    template = "powers/flows/_editor.html" if request.htmx else "powers/flows/editor.html"
    return render(request, template, context, status=422 if bad else 200)


class _StepForms:
    """The forms of one step: itself, the ways out of it, its risk points."""

    def __init__(self, drawing: Drawing, key: str, data=None):
        self.key, self.drawing, self.is_bound = key, drawing, data is not None
        step = drawing.step(key)
        if step is None:
            raise Http404
        body = drawing.body
        ways = [m for m in body["moves"] if key in (m["from"] if isinstance(m["from"], list) else [m["from"]])]
        self.step = forms.StepForm(data, body=body, prefix="step", initial=forms.StepForm.initial_of(step))
        self.ways = forms.rows(forms.MoveForm, "ways", data, ways, body=body)
        self.risks = forms.rows(
            forms.RiskForm, "risks", data, [{**r, "key": str(r["mark"])} for r in step.get("risks", ())]
        )

    def is_valid(self) -> bool:
        return all([self.step.is_valid(), self.ways.is_valid(), self.risks.is_valid()])

    def body(self) -> dict:
        """The text with this step as written."""
        body = self.drawing.body
        marks = [r["mark"] for step in body["steps"] for r in step.get("risks", ())]
        risks = []
        for form in self.risks.forms:
            if form.cleaned_data and not form.cleaned_data["DELETE"]:
                mark = form.cleaned_data["key"]
                marks.append(int(mark) if mark.isdigit() else max(marks, default=0) + 1)
                risks.append({"mark": marks[-1], **form.values()})
        return editing.put_step(body, self.key, {**self.step.values(), "risks": risks}, self.ways.values())


@both
@needs(drafts.DRAW)
def head(request: HttpRequest, key: str) -> HttpResponse:
    """Name, lanes, classes with their whole limits, basis."""
    drawing = Drawing(key)
    body = drawing.body
    data = request.POST if request.method == "POST" else None
    form = forms.HeadForm(data, initial={**forms.named(body), "prefix": body.get("prefix", "")}, prefix="head")
    sets = [
        (_("Lanes: whose work"), forms.rows(forms.LaneForm, "lanes", data, body["lanes"])),
        (_("Classes and their whole limits"), forms.rows(forms.ClassForm, "classes", data, body.get("classes", []))),
        (_("What it rests on"), forms.rows(forms.BasisForm, "basis", data, list(body.get("basis", [])))),
    ]
    if data is not None and all([form.is_valid(), *(rows.is_valid() for _title, rows in sets)]):
        lanes, classes, basis = (rows.values() for _title, rows in sets)
        for stem, named in (("lane", lanes), ("class", classes)):
            taken = {row["key"] for row in named}
            for row in named:
                row["key"] = row["key"] or next(k for n in range(1, 99) if (k := f"{stem}-{n}") not in taken)
                taken.add(row["key"])
        values = {"name": form.name(), "prefix": form.cleaned_data["prefix"]}
        text = editing.put_head(body, {**values, "lanes": lanes, "classes": classes, "basis": basis})
        try:
            services.save_draft(text, revision=int(data.get("revision") or 0), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("powers-flow-draft", key)
    context = {"key": key, "name": say(body["name"]), "form": form, "sets": sets, "revision": drawing.revision}
    return render(request, "powers/flows/head.html", context, status=422 if data is not None else 200)


@both
@needs(drafts.DRAW)
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """A BPMN file in place of the draft, whole or not at all."""
    drawing = Drawing(key)
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    found: list = []
    if request.method == "POST" and form.is_valid():
        try:
            text = read_bpmn(form.cleaned_data["file"].read(), key=key, prefix=drawing.body.get("prefix", ""))
            services.save_draft({**text, "key": key}, revision=int(request.POST.get("revision") or 0), by=request.user)
        except NotSupported as refused:
            found = refused.found
            form.add_error("file", str(refused))
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("The file was taken over as the draft. Look at what is marked."))
            return redirect("powers-flow-draft", key)
    context = {
        "key": key,
        "name": say(drawing.body["name"]),
        "form": form,
        "found": found,
        "revision": drawing.revision,
    }
    return render(request, "powers/flows/upload.html", context, status=422 if form.errors else 200)


@both
@needs(drafts.DRAW)
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm, with what changes and what keeps running on the old version; then publish."""
    draft = drafts.draft_of(key)
    if draft is None:
        return redirect("powers-flow-draft", key)
    versions = drafts.versions_of(key)
    fault, behind = "", bool(versions) and versions[0].version != draft.based_on
    if request.method == "POST":
        revision = int(request.POST.get("revision") or 0)
        try:
            if "rebase" in request.POST:
                services.rebase_draft(key, revision=revision, by=request.user)
                return redirect("powers-flow-publish", key)
            made = services.publish_draft(key, revision=revision, by=request.user)
        except Refused as refused:
            fault = str(refused)
            draft = drafts.draft_of(key)
            if draft is None:
                return redirect("powers-flow", key)
        else:
            messages.success(request, _("Version %(version)s is in force for new cases.") % {"version": made.version})
            return redirect("powers-flow", key)
    running = drafts.open_cases_by_version()
    faults = drafts.faults_in(draft.body)
    context = {
        "key": key,
        "name": say(draft.body["name"]),
        "draft": draft,
        "next": versions[0].version + 1 if versions else 1,
        "running": sum(running.get(p.pk, 0) for p in versions),
        "behind": behind,
        "latest": versions[0].version if versions else 0,
        "wrong": [f for f in faults if not f.is_warning],
        "warnings": [f for f in faults if f.is_warning],
        "found": comparing.compare(versions[0].definition, draft.definition) if versions else None,
        "fault": fault,
    }
    return render(request, "powers/flows/publish.html", context, status=422 if fault else 200)


@both
@needs(drafts.DRAW)
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm, then throw the draft away."""
    draft = drafts.draft_of(key)
    if draft is None:
        return redirect("powers-flows")
    text = _("The draft is thrown away. The version in force and running cases stay as they are.")
    if request.method == "POST":
        try:
            services.discard_draft(key, revision=int(request.POST.get("revision") or 0), by=request.user)
        except Refused as refused:
            text = str(refused)
        else:
            messages.success(request, _("The draft was thrown away."))
            return redirect("powers-flow", key) if draft.based_on else redirect("powers-flows")
    context = {
        "title": _("Throw the draft away"),
        "text": text,
        "facts": [
            (pgettext("procedure", "Procedure"), say(draft.body["name"])),
            (_("Saved by"), draft.saved_by or "—"),
        ],
        "form": forms.Revision(initial={"revision": draft.revision}),
        "submit": _("Throw it away"),
        "cancel": reverse("powers-flow-draft", args=[key]),
        "danger": True,
    }
    return render(request, "look/confirm.html", context)


@both
@needs(drafts.DRAW)
def new(request: HttpRequest) -> HttpResponse:
    """A procedure that is not there yet: from three empty steps, from another one, or from a BPMN file."""
    texts = {d.key: d for d in definitions().values()}  # the last of each key is the one in force
    form = forms.NewForm(request.POST or None, request.FILES or None, known={k: say(d.name) for k, d in texts.items()})
    found: list = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        name = {"zh": given["name_zh"], **({"en": given["name_en"]} if given["name_en"] else {})}
        own = {"key": given["key"], "name": name, "prefix": given["prefix"], "origin": drafts.COUNTY}
        try:
            if given["file"]:
                text = read_bpmn(given["file"].read())
            elif given["copy_of"]:
                text = version_of(given["copy_of"]).body
            else:
                text = editing.blank(given["key"], name, given["prefix"])
            services.save_draft({**text, **own}, revision=0, by=request.user)
        except NotSupported as refused:
            found = refused.found
            form.add_error("file", str(refused))
        except Refused as refused:
            form.add_error("file" if given["file"] else None, str(refused))
        else:
            return redirect("powers-flow-draft", given["key"])
    return render(request, "powers/flows/new.html", {"form": form, "found": found}, status=422 if form.errors else 200)
