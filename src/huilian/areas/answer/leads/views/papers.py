"""The library of charts and papers; writing and reading a sealed paper."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.documents.services import bytes_of
from huilian.engine.look.text import say
from huilian.engine.vault.web import needs_key, token_of
from huilian.foundation.errors import NotAllowed, Refused
from huilian.foundation.now import today

from .. import papers, services
from ..forms import About
from ..queries import reach
from .doors import found_or_refused

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
@needs(reach.SEE)
def library(request: HttpRequest) -> HttpResponse:
    """Six aspects with their templates; for a lead, those that can be written for it."""
    lead = request.GET.get("lead", "")
    if lead:
        found_or_refused(reach.visible_to(request.user), request.user, "lead", number=lead)
    words = {"aspects": papers.aspects().values(), "lead": lead}
    return render(request, "leads/papers.html", words)


@require_safe
@needs(reach.SEE)
def aspect(request: HttpRequest, aspect: str) -> HttpResponse:
    """The charts of one aspect and its templates as blank forms."""
    found = papers.aspects().get(aspect)
    if found is None:
        raise Http404
    if (key := request.GET.get("blank")) and key in {t.key for t in found.papers}:
        template = papers.templates()[key]
        blank = papers.compose(template, {}, sender=papers.SENDER, serial=0, day=today())
        return download(blank, template.name["zh"], request.GET.get("as", "docx"))
    return render(request, "leads/aspect.html", {"aspect": found, "charts": papers.charts_of(found)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(reach.SEE)
@needs_key
def write(request: HttpRequest, number: str, template: str) -> HttpResponse:
    """First the purpose, for the box is opened to fill the fields; then the fields; then it is sealed."""
    user = request.user
    lead = found_or_refused(reach.visible_to(user), user, "lead", number=number)
    kind = papers.templates().get(template)
    if kind is None:
        raise Http404
    token, posted = token_of(request), request.method == "POST" and "seal" in request.POST
    form = PaperForm(request.POST if posted else None, row=lead, user=user)
    form.ask(kind, lead.papers.filter(template=template).order_by("number", "version"))
    if posted and form.is_valid():
        try:
            given = dict(form.cleaned_data)
            services.make_paper(lead, template=template, again=given.pop("again"), values=given, by=user)
            return redirect("leads-lead", number)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
    elif request.method == "POST" and not posted:
        try:
            purpose = str(_("writing the paper “%(name)s”")) % {"name": say(kind.name)}
            found = services.suggested(lead, template=template, purpose=purpose, token=token, by=user)
            form.initial = found
        except Refused as refused:
            return render(request, "leads/write.html", {"lead": lead, "kind": kind, "trouble": refused}, status=422)
    words = {"lead": lead, "kind": kind, "form": form if request.method == "POST" else None}
    return render(request, "leads/write.html", words, status=422 if form.is_bound and form.errors else 200)


@require_safe
@needs(reach.SEE)
@needs_key
def read(request: HttpRequest, number: str, paper: str, version: int, form: str) -> HttpResponse:
    """A sealed paper as PDF or Word, made while it is read; nothing of it is kept open."""
    user = request.user
    lead = found_or_refused(reach.visible_to(user), user, "lead", number=number)
    found = lead.papers.filter(number=paper, version=version).first()
    if found is None or form not in TYPES:
        raise Http404
    made = services.open_paper(found, purpose=str(_("reading a paper")), token=token_of(request), by=user)
    return download(made, found.title, form)


class PaperForm(About):
    """The fields of a template."""

    def ask(self, kind: papers.Template, before) -> None:
        for key in kind.fields:
            shown = papers.fields()[key]
            widget = forms.Textarea(attrs={"rows": 4}) if shown.get("long") else forms.TextInput()
            self.fields[key] = forms.CharField(label=say(shown), widget=widget, required=False, max_length=4000)
        numbers = list(dict.fromkeys(p.number for p in before))
        self.fields["again"] = forms.ChoiceField(
            label=_("instead of"), required=False, choices=[("", _("a new paper")), *((n, n) for n in numbers)]
        )


def download(made, name: str, form: str) -> HttpResponse:
    """A paper as a file that no cache keeps."""
    if form not in TYPES:
        raise Http404
    answer = HttpResponse(bytes_of(made, form), content_type=TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}")
    answer["Cache-Control"] = "no-store"
    return answer
