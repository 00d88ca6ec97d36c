"""The policy library in plain words, and the columns on hot matters with what was promised."""

from django.core.paginator import Paginator
from django.views.decorators.http import require_safe

from huilian.areas.serve.disclosure import queries as disclosure
from huilian.foundation.now import today

from ..shell import public, show

PER_PAGE = 12


@require_safe
@public
def policies(request):
    subject, asked = request.GET.get("subject", "")[:24], request.GET.get("q", "").strip()[:40]
    page = Paginator(disclosure.policies(subject, asked), PER_PAGE).get_page(request.GET.get("page"))
    words = {"page": page, "subject": subject, "asked": asked, "subjects": disclosure.policy_subjects()}
    return show(request, "portal/policies.html", words)


@require_safe
@public
def columns(request):
    return show(request, "portal/columns.html", {"features": disclosure.features(), "today": today()})
