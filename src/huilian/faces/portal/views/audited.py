"""「审计结果」 What audits of a village's heads came to, by office."""

from django.http import Http404
from django.views.decorators.http import require_safe

from huilian.areas.answer.audits.queries.public import results_in
from huilian.areas.serve.disclosure.queries import village_at

from ..shell import public, show

MOST = 30


@require_safe
@public
def village(request, code):
    """Published results of a village."""
    place = village_at(code)
    if place is None:
        raise Http404
    return show(
        request, "portal/audited.html", {"place": place, "found": results_in(place)[:MOST]}, here="portal-villages"
    )
