"""「会场」 The page of one meeting, made for a tablet in the room: who is here, who says what, how the vote goes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required as signed_in
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huilian.engine.access.queries import may
from huilian.foundation.errors import Invalid, NotAllowed, Refused

from .. import forms, papers, services
from ..models import Meeting, Seat
from ..queries import reach
from ..queries.room import room_of
from .desk import paper as answer_with


@require_safe
@signed_in
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """The meeting as it stands. Those who are due see it too; only the clerk writes."""
    found = _visible(request, number)
    keeps = may(request.user, "decisions.keep") and reach.visible_meetings(request.user, "decisions.keep").filter(
        pk=found.pk
    )
    person = getattr(request.user, "person", None)
    words = {
        "m": found,
        "room": room_of(found),
        "keeps": bool(keeps),
        "own": found.attendances.filter(seat__person=person).select_related("seat").first() if person else None,
        "begin": forms.BeginForm(meeting=found),
        "file_form": forms.FileForm(),
        "papers": papers.NAMES,
    }
    return render(request, "decisions/meeting.html", words)


@require_POST
@signed_in
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One act in the room. What is refused is said on the page and nothing of it is kept."""
    found = _visible(request, number)
    if verb not in ACTS:
        raise Http404
    try:
        with transaction.atomic():
            ACTS[verb](request, found)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is entered."))
    return redirect(f"{reverse('decisions-meeting', args=[number])}#{request.POST.get('at', '')}".rstrip("#"))


@require_safe
@signed_in
def paper(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """The notice, the signing sheet, the ballots or the minutes to be filled in, on A4."""
    found = _visible(request, number)
    if what not in papers.NAMES:
        raise Http404
    address = request.build_absolute_uri(reverse("decisions-meeting", args=[number]))
    return answer_with(papers.of_meeting(found, what, address), f"{papers.NAMES[what][0]}-{number}")


def _visible(request: HttpRequest, number: str) -> Meeting:
    return get_object_or_404(reach.visible_meetings(request.user), number=number)


def _begin(request, found):
    form = forms.BeginForm(request.POST, meeting=found)
    if not form.is_valid():
        raise Invalid(_("Write who chairs, and how many are due where there is no roll."))
    services.begin(found, **form.cleaned_data, by=request.user)


def _mark(request, found):
    seats = list(Seat.objects.filter(pk__in=_numbers(request, "seat")))
    if not seats:
        raise Invalid(_("Tick at least one name."))
    services.mark(found, seats, request.POST.get("how", ""), by=request.user)


def _unmark(request, found):
    services.unmark(found, _seat(request, "seat"), by=request.user)


def _represent(request, found):
    services.represent(found, _seat(request, "absent"), _seat(request, "carrier"), by=request.user)


def _count(request, found):
    services.count_present(found, present=_whole(request, "present"), by=request.user)


def _speak(request, found):
    services.speak(_item(request, found), _seat(request, "seat"), words=request.POST.get("words", ""), by=request.user)


def _step_back(request, found):
    services.step_back(
        _item(request, found), _seat(request, "seat"), reason=request.POST.get("reason", ""), by=request.user
    )


def _cast(request, found):
    """Votes by name: one for each person whose choice was ticked."""
    item = _item(request, found)
    chosen = {key[2:]: choice for key, choice in request.POST.items() if key.startswith("v-") and choice}
    if not chosen:
        raise Invalid(_("Tick at least one vote."))
    for seat in Seat.objects.filter(pk__in=[key for key in chosen if key.isdigit()]):
        services.cast(item, seat, chosen[str(seat.pk)], by=request.user)


def _tally(request, found):
    counts = {name: _whole(request, name) for name in ("yes", "no", "abstain")}
    services.tally(_item(request, found), **counts, tellers=request.POST.get("tellers", ""), by=request.user)


def _file(request, found):
    form = forms.FileForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Invalid(_("Choose a file first."))
    file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
    if kind == "minutes":
        services.keep_minutes(found, file, file.name, by=request.user)
    else:
        services.keep_sheet(found, file, file.name, kind=kind, page=form.cleaned_data["page"], by=request.user)


def _close(request, found):
    services.close(found, guests=request.POST.get("guests", ""), by=request.user)


def _cancel(request, found):
    services.cancel(found, reason=request.POST.get("reason", ""), by=request.user)


ACTS = {
    "begin": _begin,
    "mark": _mark,
    "unmark": _unmark,
    "represent": _represent,
    "count": _count,
    "step_back": _step_back,
    "speak": _speak,
    "cast": _cast,
    "tally": _tally,
    "file": _file,
    "close": _close,
    "cancel": _cancel,
}


def _numbers(request, name: str) -> list[int]:
    return [int(text) for text in request.POST.getlist(name) if text.isdigit()]


def _seat(request, name: str) -> Seat:
    return get_object_or_404(Seat, pk=(_numbers(request, name) or [0])[0])


def _item(request, found):
    return get_object_or_404(found.items, pk=(_numbers(request, "item") or [0])[0])


def _whole(request, name: str) -> int:
    text = request.POST.get(name, "").strip() or "0"
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise Invalid(_("Write whole numbers."))
    return int(text)
