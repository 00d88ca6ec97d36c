"""「随机抽取」 Draws by lot: list and digest before, seed and result after, the record for everybody."""

from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huilian.engine.draws import queries
from huilian.engine.draws.models import Draw

from ..shell import public as open_page
from ..shell import show

HERE, PER_PAGE = "portal-services", 12


@require_safe
@open_page
def finder(request):
    """Every draw, the newest first."""
    asked = request.GET.get("q", "").strip()[:40]
    page = Paginator(queries.of_places(asked), PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "portal/draws.html", {"asked": asked, "page": page}, here=HERE)


@require_safe
@open_page
def draw(request, number):
    """One draw. Who is left out stands with the reason; names only where they may be known."""
    found = _draw(number)
    drawn = set(found.result)
    words = {
        "draw": found,
        "rows": [(c["key"], _name(found, c), c["key"] in drawn) for c in found.candidates],
        "chosen": [(c["key"], _name(found, c)) for c in queries.chosen(found)],
        "excluded": [(c["key"], _name(found, c), c["reason"]) for c in found.excluded],
        "why": queries.why_cancelled(found) if found.state == Draw.State.CANCELLED else "",
        "seed": bytes(found.seed).hex() if found.state == Draw.State.DRAWN else "",
    }
    return show(request, "portal/draw.html", words, here=HERE)


@require_safe
def record(request, number):
    """All that is needed to draw again, as a file."""
    found = _draw(number)
    answer = JsonResponse(queries.record_of(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    return answer


def _draw(number: str) -> Draw:
    found = queries.by_number(number)
    if found is None:
        raise Http404(_("There is no such draw."))
    return found


def _name(draw: Draw, candidate: dict[str, str]) -> str:
    return candidate["label"] if draw.names_shown else ""
