"""「廉政风险目录」 Where power can be misused, as each unit published it; drafts to speak to, without a name."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.areas.power.risks import services
from huilian.areas.power.risks.queries import public as risks
from huilian.foundation.errors import Invalid, Refused

from .. import drafts
from ..forms_risks import RiskOpinionForm
from ..shell import public, show
from .say import TRAP

HERE = "portal-powers"
PER_PAGE = 20


@require_safe
@public
def finder(request):
    """Directories in force by the name of a unit; those open for opinions."""
    asked = request.GET.get("q", "").strip()[:40]
    words = {"asked": asked, "found": risks.in_force(asked), "open": risks.open_now()}
    return show(request, "portal/risks.html", words, here=HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def directory(request, number):
    """One directory; while it lies open, an opinion or objection can be given."""
    found = risks.directory_of(number)
    if found is None:
        raise Http404
    form = RiskOpinionForm(request.POST or None) if services.is_open(found) else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            if request.POST.get(TRAP):
                raise Invalid(_("A field that must stay empty was filled in. Please press the button once more."))
            drafts.require_pace(request)
            services.give_opinion(found, form.cleaned_data["text"], point=form.cleaned_data["point"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            drafts.note_sent(request)
            return redirect(f"{request.path}?sent=1")
    words = {
        "d": found,
        "page": Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "trap": TRAP,
        "sent": "sent" in request.GET,
        "changes": risks.changes_of(found),
        "answers": risks.answers_of(found),
    }
    status = 422 if form is not None and form.errors else 200
    return show(request, "portal/risks_directory.html", words, here=HERE, writing=True, status=status)
