"""「村里的决议」 Each decision of a village, from the motion to the result, as anybody may read it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.views.decorators.http import require_safe

from huilian.areas.power.decisions import queries as decisions

from ..shell import public, show
from .village import PER_PAGE, here

HERE = "portal-villages"


@require_safe
@public
def of_village(request, code):
    """Every motion of a village, newest first."""
    place = here(code)
    page = Paginator(decisions.decisions_of(place), PER_PAGE).get_page(request.GET.get("page"))
    words = {"place": place, "page": page, "rows": [(m, decisions.step_name(m)) for m in page.object_list]}
    return show(request, "portal/village_decisions.html", words, here=HERE)


@require_safe
@public
def decision(request, number):
    """One of them: how it stands in a sentence, each step with its count, what hangs out, what was done."""
    found = decisions.public_motion(number)
    if found is None:
        raise Http404
    return show(request, "portal/decision.html", {"d": found, "m": found.motion}, here=HERE)
