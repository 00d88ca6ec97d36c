"""「村页面」 Finding a village, its money and publications, what is late, its questions, its board on paper."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huilian.areas.hear.hotline import queries as hotline
from huilian.areas.serve.disclosure import queries as disclosure
from huilian.engine.clocks.queries import clock_faces
from huilian.engine.directory import queries as directory

from .. import counting
from ..shell import KIOSK_VILLAGE, is_kiosk, public, qr, show

TOWNSHIP, VILLAGE = 4, 5
PER_PAGE = 20
LEDGER, KIOSK_LEDGER, KIOSK_LEDGER_LARGE = 10, 5, 3  # lines on the village page; all of them stand on the item's own


def here(code: str):
    place = disclosure.village_at(code)
    if place is None:
        raise Http404
    return place


@require_safe
@public
def finder(request):
    """A village by its name or through its township; a short number of its code leads straight to it."""
    county = hotline.county()
    asked = request.GET.get("q", "").strip()[:40]
    town = request.GET.get("town", "")
    words: dict = {"asked": asked, "towns": [], "found": []}
    if county is not None and asked:
        places = directory.find_places(asked, within=county, level=VILLAGE, limit=40)
        if len(places) == 1:
            return redirect("portal-village", places[0].code)
        words["found"], words["nothing"] = places, not places
    elif county is not None and town.isascii() and town.isdigit():
        words["town"] = directory.below(county, TOWNSHIP).filter(code=town).first()
        if words["town"] is None:
            raise Http404
        words["found"] = list(directory.below(words["town"], VILLAGE).select_related("parent").order_by("path"))
    elif county is not None:
        words["towns"] = list(directory.below(county, TOWNSHIP).order_by("path"))
    return show(request, "portal/villages.html", words, here="portal-villages")


@require_safe
@public
def village(request, code):
    place = here(code)
    if place.code != code:
        return redirect("portal-village", place.code, permanent=True)  # merged into another village
    page = disclosure.village_page(place)
    kiosk = is_kiosk(request)
    counting.opened(place.code)
    most = LEDGER if not kiosk else KIOSK_LEDGER if request.pref.size == "std" else KIOSK_LEDGER_LARGE
    shown = page.ledger[:most]
    words = {
        "v": page,
        "place": place,
        "township": place.parent,
        "ledger": shown,
        "more_lines": len(page.ledger) - len(shown),
        "asked": with_faces(page.questions),
        "acts": _acts(place, page),
        "qr_of": reverse("portal-village", args=[place.code]),
    }
    response = show(request, "portal/village.html", words, here="portal-villages")
    if kiosk and request.GET.get("face") == "kiosk":
        response.set_cookie(KIOSK_VILLAGE, place.code, max_age=31_536_000, samesite="Lax", httponly=True)
    return response


def _acts(place, page) -> list[dict]:
    return [
        {
            "href": reverse("portal-say"),
            "label": _("I have something to say"),
            "note": _("With or without a name"),
            "icon": "message-square-warning",
        },
        {
            "href": reverse("portal-village-items", args=[place.code]),
            "label": _("I want to look up"),
            "note": _("Accounts, lists, decisions of the village"),
            "icon": "search",
        },
        {
            "href": f"{reverse('portal-services')}?v={place.code}",
            "label": _("Get something done"),
            "note": _("Certificates, aid, permits: free, and without running about"),
            "icon": "file-check",
        },
    ]


def with_faces(questions) -> list[tuple]:
    """Questions with the face of the clock that runs for them."""
    questions = list(questions)
    faces = clock_faces(q.case.lamp for q in questions if q.case.lamp_id)
    return [(q, faces.get(q.case.lamp_id)) for q in questions]


@require_safe
@public
def items(request, code):
    """Everything that is or was up, by affairs and year."""
    place = here(code)
    affairs, year = request.GET.get("affairs", ""), request.GET.get("year", "")
    kinds = dict(disclosure.affairs())
    affairs = affairs if affairs in kinds else ""
    found = disclosure.items_of(place, affairs=affairs, year=year)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    words = {"place": place, "page": page, "affairs": affairs, "kinds": kinds, "year": year}
    return show(request, "portal/village_items.html", words, here="portal-villages")


@require_safe
@public
def questions(request, code):
    place = here(code)
    page = Paginator(disclosure.questions_of(place=place), PER_PAGE).get_page(request.GET.get("page"))
    words = {"place": place, "page": page, "asked": with_faces(page.object_list)}
    return show(request, "portal/village_questions.html", words, here="portal-villages")


@require_safe
@public
def board(request, code):
    """「公开栏」 The A3 sheet for the board: the month line by line, what else is up, a code that leads to the page."""
    place = here(code)
    up = disclosure.board_of(place)
    money = next((item for item in up if item.kind.key == disclosure.MONEY_KIND), None)
    words = {
        "place": place,
        "money": money,
        "table": disclosure.table_of(money) if money else None,
        "others": [item for item in up if item is not money],
        "page_qr": qr(request.build_absolute_uri(reverse("portal-village", args=[place.code])), scale=6),
        "phones": hotline.telephones(),
    }
    return render(request, "portal/board.html", words)
