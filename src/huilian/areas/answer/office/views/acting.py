"""One page for every act on a row; booking; the sheet on which items are marked, on a phone as well."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import require
from huilian.engine.look.forms import act_page
from huilian.foundation.errors import NotAllowed, Refused

from .. import forms, services
from ..acts import THINGS
from ..models import Item
from ..queries import reach, states
from ..services.checking import LISTS

both = require_http_methods(["GET", "HEAD", "POST"])
SHEETS = {  # what is looked at: rows in reach, key, page to go back to
    "room": (reach.visible_rooms, "pk", lambda row: reverse("office-room", args=[row.pk])),
    "unit": (reach.offices, "pk", lambda row: reverse("office-office", args=[row.pk])),
    "talk": (reach.visible_to, "number", lambda row: reverse("office-talk", args=[row.number])),
}


@both
@needs()
def act(request: HttpRequest, kind: str, key: str, verb: str) -> HttpResponse:
    """One act on one row that the person sees."""
    thing = THINGS.get(kind)
    if thing is None or verb not in thing.acts or (thing.key == "pk" and not key.isdigit()):
        raise Http404
    doing, user = thing.acts[verb], request.user
    row = get_object_or_404(thing.visible(user), **{thing.key: key})
    require(user, doing.action)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = doing.form(*given, row=row, user=user)
    back = thing.page(row)
    return act_on(request, form, doing.title, lambda data: doing.run(row, data, user), lambda made: back, back)


@both
@needs("office.book")
def book(request: HttpRequest) -> HttpResponse:
    """Ask for a place with the safety plan."""
    user = request.user
    form = forms.BookForm(request.POST or None, user=user)

    def run(data):
        person = {key: data.pop(key) for key in ("name", "identity", "post", "age", "health")}
        return services.book(data.pop("room"), **data, person=person, talker=user, by=user)

    return act_on(
        request, form, _("Book a place of talks"), run, lambda made: reverse("office-talk", args=[made.number]),
        reverse("office-home"),
    )  # fmt: skip


def act_on(request: HttpRequest, form, title, run, target, back: str) -> HttpResponse:
    """The page of one act; then to what it gave."""

    def then(made) -> HttpResponse:
        messages.success(request, _("Entered."))
        return redirect(target(made))

    return act_page(request, form, run, then, "office/form.html", {"title": title, "back": back})


@both
@needs()
def sheet(request: HttpRequest, kind: str, key: str, name: str) -> HttpResponse:
    """Items of one list with a mark, words and a photograph each; what is left out stays as it was."""
    if kind not in SHEETS or name not in LISTS[kind] or (SHEETS[kind][1] == "pk" and not key.isdigit()):
        raise Http404
    rows, field, page = SHEETS[kind]
    thing = get_object_or_404(rows(request.user), **{field: key})
    table, trouble = states.table(name, **{kind: thing}), ""
    if request.method == "POST":
        try:
            services.note_checks(thing, _seen(request, [item for item, _check in table]), by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            trouble = str(refused)
        else:
            messages.success(request, _("Entered."))
            return redirect(page(thing))
    shown = [(item, check, request.POST.get(f"m{item.pk}", ""), request.POST.get(f"t{item.pk}", ""))
             for item, check in table]  # fmt: skip
    words = {"thing": thing, "list": Item.List(name), "rows": shown, "trouble": trouble, "back": page(thing)}
    return render(request, "office/sheet.html", words, status=422 if trouble else 200)


def _seen(request: HttpRequest, items: list[Item]) -> list[services.Seen]:
    found = []
    for item in items:
        if (mark := request.POST.get(f"m{item.pk}")) in ("good", "bad"):
            photo = request.FILES.get(f"p{item.pk}")
            found.append(services.Seen(item, mark == "good", request.POST.get(f"t{item.pk}", ""),
                                       (photo, photo.name) if photo else None))  # fmt: skip
    return found
