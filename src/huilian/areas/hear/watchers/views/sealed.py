"""Reading a sealed report with one's own key, and handing its words on without writing them down in between."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huilian.engine.access.decorators import needs
from huilian.engine.vault.web import needs_key, token_of
from huilian.foundation.errors import NotAllowed, Refused

from .. import services
from ..forms import ways
from ..queries import reach


class PurposeForm(forms.Form):
    """What it is opened for: everybody who confides may be shown this list."""

    purpose = forms.CharField(label=gettext_lazy("What you open it for"), max_length=200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("watchers.cover")
@needs_key
def read(request: HttpRequest, number: str) -> HttpResponse:
    """The words, after a purpose was given. The look is kept."""
    report = get_object_or_404(reach.visible_reports(request.user), number=number, is_secret=True)
    form, words = PurposeForm(request.POST or None), ""
    if form.is_valid():
        words = services.read_words(
            report, token=token_of(request), purpose=form.cleaned_data["purpose"], by=request.user
        )
    may_pass = report.state == "open" and len(ways(report).choices) > 1
    page = {"report": report, "form": form, "words": words, "pass_form": _pass_form(report)() if may_pass else None}
    response = render(request, "watchers/sealed.html", page)
    response["Cache-Control"] = "no-store"
    return response


def _pass_form(report):
    return type("PassForm", (forms.Form,), {"way": ways(report)})


@require_http_methods(["POST"])
@needs("watchers.cover")
@needs_key
def pass_on(request: HttpRequest, number: str) -> HttpResponse:
    """The sealed words go on sealed."""
    report = get_object_or_404(reach.visible_reports(request.user), number=number, is_secret=True)
    try:
        done = services.pass_on(report, way=request.POST.get("way", ""), token=token_of(request), by=request.user)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It went on as %(number)s.") % {"number": done.passed_to})
    return redirect("watchers-report", number)
