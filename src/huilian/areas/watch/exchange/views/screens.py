"""The shapes of prices over a window of time, by lot, board and township; the same as a workbook."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from huilian.engine import sheets
from huilian.engine.access.decorators import needs
from huilian.engine.directory.models import Place
from huilian.foundation.bids import LEAST, LOOK, SCREENS

from ..models import Board
from ..queries import screens

PER_PAGE = 20


@require_safe
@needs("exchange.bidders")
def home(request: HttpRequest) -> HttpResponse:
    """Lots by score, and what boards and townships have on average."""
    asked = {name: request.GET.get(name, "").strip()[:12] for name in ("board", "township", "days")}
    days = int(asked["days"]) if asked["days"] in map(str, screens.WINDOWS) else screens.WINDOWS[1]
    found = screens.over_window(request.user, days=days, board=asked["board"], township=asked["township"])
    if request.GET.get("as") == "xlsx":
        return _workbook(found, days)
    query = request.GET.copy()
    query["as"] = "xlsx"
    query.pop("page", None)
    words = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "boards": screens.groups(found, "board"),
        "townships": screens.groups(found, "township"),
        "all_boards": Board.objects.all(),
        "all_townships": Place.objects.filter(level=Place.Level.TOWNSHIP, valid_to=None),
        "windows": screens.WINDOWS,
        "asked": asked,
        "days": days,
        "least": LEAST,
        "look": LOOK,
        "sheet": query.urlencode(),
    }
    return render(request, "exchange/screens.html", words)


def _workbook(found: list[screens.Screened], days: int) -> HttpResponse:
    columns = [
        sheets.Column("number", _("Number")),
        sheets.Column("title", _("Lot")),
        sheets.Column("board", pgettext("exchange", "Board")),
        sheets.Column("place", pgettext("exchange", "Owner")),
        sheets.Column("prices", pgettext("shape of prices", "Prices"), kind="integer"),
        sheets.Column("score", pgettext("shape of prices", "Score"), kind="integer"),
        *(sheets.Column(s.key, str(screens.WORDS[s.key][0])) for s in SCREENS),
    ]
    rows = [
        {
            "number": one.lot.number,
            "title": one.lot.title,
            "board": str(one.lot.board),
            "place": str(one.lot.owner),
            "prices": one.shape.prices if one.shape else None,
            "score": one.score,
            **{line.reading.screen.key: line.value for line in one.lines},
        }
        for one in found
    ]
    title = _("Shapes of prices, last %(days)s days") % {"days": days}
    file = sheets.write(columns, rows, title, note=_("Advice, not a verdict: honest prices may look the same."))
    answer = HttpResponse(file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="screens-{days}.xlsx"'
    return answer
