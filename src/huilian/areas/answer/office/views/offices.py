"""Offices beside one another, one office, coverage of documents, one document."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.documents.queries import attachments_of
from huilian.foundation.now import today

from .. import services
from ..acts import buttons
from ..forms import AdoptForm
from ..models import Item, Slot
from ..queries import comparing, reach, states
from ..services.checking import LISTS
from .acting import act_on, both


@require_safe
@needs(reach.WORK)
def offices(request: HttpRequest) -> HttpResponse:
    """Facilities, standard, documents, duties and staff, office by office."""
    return render(request, "office/offices.html", {"offices": comparing.compared(reach.offices(request.user))})


@require_safe
@needs(reach.WORK)
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """One office: what it has, what it must do, who is appointed."""
    user = request.user
    unit = get_object_or_404(reach.offices(user), pk=pk)
    tasks = reach.visible_tasks(user).filter(unit=unit, due_on__year=today().year).order_by("-due_on")[:40]
    (compared,) = comparing.compared([unit])
    slots = [(slot, compared.adopted.get(slot.pk)) for slot in Slot.objects.filter(is_active=True)
             if compared in comparing.answers_for(slot.list, [compared])]  # fmt: skip
    words = {
        "office": compared, "unit": unit, "today": today(), "slots": slots,
        "lists": [(name, states.table(name, unit=unit)) for name in map(Item.List, LISTS["unit"])],
        "posts": comparing.staffing(unit),
        "tasks": [(task, attachments_of(task), buttons("task", task, user)) for task in tasks],
    }  # fmt: skip
    return render(request, "office/office.html", words)


@require_safe
@needs(reach.WORK)
def coverage(request: HttpRequest, name: str) -> HttpResponse:
    """Which office has which document."""
    if name not in Slot.List.values:
        raise Http404
    found = comparing.answers_for(name, comparing.compared(reach.offices(request.user)))
    slots = Slot.objects.filter(list=name, is_active=True)
    rows = [(slot, [(o, o.adopted.get(slot.pk)) for o in found]) for slot in slots]
    words = {"name": Slot.List(name), "offices": found, "rows": rows, "lists": Slot.List, "today": today()}
    return render(request, "office/coverage.html", words)


@require_safe
@needs(reach.WORK)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a document, who has read it, and the versions before."""
    found = get_object_or_404(reach.visible_adoptions(request.user), pk=pk)
    read, unread = comparing.readers_of(found)
    words = {
        "doc": found, "read": read, "unread": unread, "acts": buttons("document", found, request.user),
        "others": reach.visible_adoptions(request.user).filter(slot=found.slot, unit=found.unit).exclude(pk=pk),
    }  # fmt: skip
    return render(request, "office/document.html", words)


@both
@needs(reach.WORK)
def adopt(request: HttpRequest, unit: int, slot: int) -> HttpResponse:
    """Enter a version that the office adopted."""
    place = get_object_or_404(Slot, pk=slot, is_active=True)
    owner = get_object_or_404(reach.offices(request.user), pk=unit)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AdoptForm(*given, row=place, user=request.user)

    def run(data):
        file = data.pop("file")
        return services.adopt(place, owner, **data, file=(file, file.name) if file else None, by=request.user)

    return act_on(
        request, form, _("Enter a version of %(title)s") % {"title": place}, run,
        lambda made: reverse("office-document", args=[made.pk]), reverse("office-office", args=[owner.pk]),
    )  # fmt: skip
