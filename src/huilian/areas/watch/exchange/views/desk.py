"""The lots at a glance, applying, the papers of a lot, the keys of a reserve."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.clocks.queries import clock_face
from huilian.engine.documents.services import bytes_of
from huilian.engine.look.text import say
from huilian.engine.procedures.queries import current_procedure
from huilian.foundation.errors import NotAllowed, Refused

from .. import papers, services
from ..forms import LotForm
from ..models import Board, Lot, Mode, Right
from ..models.fields import FIELDS
from ..panels import deal_of
from ..queries import desk
from ..queries.reach import visible_lots

PER_PAGE = 15
both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs("exchange.see")
def home(request: HttpRequest) -> HttpResponse:
    """Every lot in reach by board, step and words; counts, award amount and saving rate of each board."""
    asked = {name: request.GET.get(name, "").strip()[:40] for name in ("board", "step", "q")}
    found = desk.lots_of(request.user, board=asked["board"], step=asked["step"], words=asked["q"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    counts = desk.steps_of(request.user)
    steps = [(s.key, say(s.name), counts.get(s.key, 0)) for s in current_procedure("lot").definition.steps]
    rows = [
        {
            "lot": lot,
            "face": clock_face(lot.case.lamp) if lot.case.lamp_id and lot.case.is_open else None,
            "step": say(lot.case.definition.step(lot.case.step).name),
        }
        for lot in page.object_list
    ]
    words = {
        "rows": rows,
        "page": page,
        "asked": asked,
        "steps": steps,
        "boards": Board.objects.all(),
        "figures": desk.figures(visible_lots(request.user)),
        "may_apply": may(request.user, "exchange.apply"),
    }
    return render(request, "exchange/home.html", words)


@both
@needs("exchange.apply")
def apply(request: HttpRequest) -> HttpResponse:
    """The application; what blocks it is said at its field and nothing typed is lost."""
    person = getattr(request.user, "person", None)
    appointment = person and person.appointments.select_related("post__unit").order_by("-starts_on").first()
    if not appointment:
        raise NotAllowed(_("Only somebody with a post can apply."))
    return _apply(
        request,
        lambda values, files: services.apply(appointment.post.unit, values, files, by=request.user),
        _("Bring a lot to the exchange"),
    )


@both
@needs("exchange.apply")
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Correct an application that was sent back."""
    lot = _lot(request, number)
    known = {name: getattr(lot, name) for name in LotForm.base_fields if hasattr(lot, name)}
    known |= {f"said_{key}": lot.said.get(key, "") for key in FIELDS}
    return _apply(
        request,
        lambda values, files: services.apply_again(lot, values, files, by=request.user),
        _("Correct the application"),
        lot,
        known,
    )


@both
@needs("exchange.key")
def key(request: HttpRequest, number: str) -> HttpResponse:
    """Take one of the two keys of a reserve. It is shown on this one page and kept nowhere."""
    lot, given = _lot(request, number), ""
    if request.method == "POST":
        try:
            given = services.hold_key(lot, by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("desk-case", number)
    response = render(request, "exchange/key.html", {"lot": lot, "given": given})
    response["Cache-Control"] = "no-store"
    return response


MADE = {
    "application": lambda lot: papers.application(lot),
    "notice": lambda lot: papers.notice_paper(lot.notices.select_related("lot__case")[0]),
    "confirmation": lambda lot: papers.confirmation(deal_of(lot)),
    "certificate": lambda lot: papers.certificate(deal_of(lot)),
}


@require_safe
@needs("exchange.see")
def paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A paper of a lot as PDF: application, latest notice, confirmation, certificate."""
    lot = _lot(request, number)
    if kind not in MADE:
        raise Http404
    try:
        form = MADE[kind](lot)
    except (IndexError, lot.deals.model.DoesNotExist):
        raise Http404 from None
    answer = HttpResponse(bytes_of(form, "pdf"), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{form.title}-{number}.pdf")
    return answer


def _apply(request: HttpRequest, send, title: str, lot: Lot | None = None, known=None) -> HttpResponse:
    """First what is traded and how, from the closed list; then what that asks for."""
    chosen = request.POST or request.GET
    right = Right.objects.select_related("board").filter(pk=_number(chosen.get("right"))).first()
    mode = Mode.objects.filter(pk=_number(chosen.get("mode"))).first()
    if lot and not (right and mode) and "choose" not in request.GET:
        right, mode = lot.right, lot.mode
    if not (right and mode):
        open_rights = Right.objects.filter(is_active=True).prefetch_related("modes")
        boards = Board.objects.prefetch_related(Prefetch("rights", open_rights))
        return render(request, "exchange/choose.html", {"boards": boards, "title": title, "lot": lot})
    form = LotForm(request.POST or None, right=right, mode=mode, initial=known or {})
    if request.method == "POST" and form.is_valid():
        files = [(file, file.name) for file in request.FILES.getlist("files")]
        try:
            lot = send(form.values(), files)
        except NotAllowed:
            raise
        except Refused as refused:
            shown = {field.name for field in form.visible_fields()}
            form.add_error(refused.field if refused.field in shown else None, str(refused))
        else:
            messages.success(request, _("%(number)s is on its way.") % {"number": lot.number})
            return redirect("desk-case", lot.number)
    words = {"form": form, "title": title, "files": True, "right": right, "mode": mode, "lot": lot}
    return render(request, "exchange/form.html", words, status=422 if form.is_bound else 200)


def _lot(request: HttpRequest, number: str) -> Lot:
    return get_object_or_404(visible_lots(request.user), case__number=number)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
