"""「派单」 Where a matter goes: the catalogue to search, what past orders suggest, like matters; a person decides."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.directory.models import Unit
from huilian.engine.procedures.guards import require_free
from huilian.foundation.errors import Conflict, NotAllowed, Refused

from .. import rules, services
from ..forms import DispatchForm, of_line
from ..models import Matter, Order
from ..queries import catalogue_lines, line_unit, orders_visible_to, unit_label
from ..similar import similar_orders
from ..suggesting import suggest
from .taking import DONE

RELATED = ("case__procedure", "case__clock", "case__unit", "case__place__parent", "case__township", "channel", "matter")


def order_for(request: HttpRequest, number: str) -> Order:
    """The order `number`, or 404; 403 for somebody who must step back."""
    order = orders_visible_to(request.user).select_related(*RELATED).filter(case__number=number).first()
    if order is None:
        raise Http404
    require_free(order.case, request.user)
    return order


@needs("hotline.take")
@require_http_methods(["GET", "HEAD", "POST"])
def dispatch(request: HttpRequest, number: str) -> HttpResponse:
    """The page. A press on a line, a unit or a class beside the form fills it in; nothing typed is lost."""
    order = order_for(request, number)
    case = order.case
    if request.method != "POST":
        return _page(request, order, DispatchForm(case=case, user=request.user))
    if picked := _picked(request, order):
        typed = {name: request.POST.get(name, "") for name in DispatchForm.base_fields}
        return _page(request, order, DispatchForm(initial=typed | picked, case=case, user=request.user))
    form = DispatchForm(request.POST, case=case, user=request.user)
    status = 422
    if form.is_valid():
        d = form.cleaned_data
        revision = request.POST.get("revision", "")
        try:
            services.dispatch(
                order,
                unit=d["unit"],
                class_key=d["class_key"],
                matter=d["matter"],
                co_units=d["co_units"],
                note=d["note"],
                by=request.user,
                expected=int(revision) if revision.isdecimal() and len(revision) < 10 else None,
            )
        except Refused as refused:
            field = {"class": "class_key"}.get(refused.field, refused.field)
            form.add_error(field if field in form.fields else None, str(refused))
            status = 409 if isinstance(refused, Conflict) else 403 if isinstance(refused, NotAllowed) else 422
        else:
            messages.success(request, _("%(number)s went to %(unit)s.") % {"number": number, "unit": d["unit"]})
            return redirect("hotline-incoming")
    return _page(request, order, form, status=status)


@needs("hotline.take")
@require_safe
def lines(request: HttpRequest, number: str) -> HttpResponse:
    """Lines of the catalogue for what is typed into the search: for htmx."""
    order = order_for(request, number)
    return render(request, "hotline/parts/lines.html", {"lines": _lines(order, request.GET.get("q", ""))})


def _picked(request: HttpRequest, order: Order) -> dict:
    """What a button beside the form fills in."""
    if line := request.POST.get("line", ""):
        matter = Matter.objects.filter(is_active=True, code=line).first()
        return of_line(matter, order.case.place) if matter else {}
    if unit := request.POST.get("take_unit", ""):
        found = Unit.objects.filter(valid_to=None, pk=unit).first() if unit.isdecimal() and len(unit) < 10 else None
        return {"unit": found} if found else {}
    if key := request.POST.get("take_class", ""):
        return {"class_key": key}
    return {}


def _lines(order: Order, words: str) -> list[dict]:
    found = catalogue_lines(words or f"{order.case.title} {order.text}", top=6)
    return [{"line": line, "unit": line_unit(line, order.case.place)} for line in found]


def _page(request: HttpRequest, order: Order, form, *, status: int = 200) -> HttpResponse:
    case = order.case
    words = request.GET.get("q", "")
    named = [unit_label(p.unit) for p in case.parties.select_related("unit__place__parent") if p.unit]
    context = {
        "order": order,
        "case": case,
        "form": form,
        "revision": request.POST.get("revision", case.revision),
        "open": case.step == "sorting",
        "trail": [(_("Incoming matters"), reverse("hotline-incoming")), (case.number, _address(case))],
        "q": words,
        "lines": _lines(order, words),
        "advices": suggest(case.title, order.text, case.place),
        "similar": similar_orders(case.title, order.text, request.user, place=case.place, but=order, top=4),
        "objections": list(order.objections.select_related("unit", "proposed")),
        "answers_first": rules.answers_first(order.returns),
        "named": named,
        "done": request.session.pop(DONE, None),
    }
    return render(request, "hotline/dispatch.html", context, status=status)


def _address(case) -> str:
    return reverse("desk-case", args=[case.number])
