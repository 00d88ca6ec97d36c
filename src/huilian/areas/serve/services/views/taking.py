"""「窗口受理」 One page by keyboard; and the applicant's number opened for a purpose, and the papers to print."""

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.foundation.errors import Invalid, NotAllowed, Refused

from ..forms import TakeForm
from ..models import Application, Item, SupervisionCard
from ..prints import card_of
from ..queries import desk
from ..services import applying, telling

both = require_http_methods(["GET", "HEAD", "POST"])
DONE = "services-done"  # number and code of what was just taken in, shown once


@needs("service.take")
@never_cache
@both
def take(request: HttpRequest) -> HttpResponse:
    """Choose the item first (GET), then everything else on the same page. What was typed stays."""
    point = desk.home_point(request.user)
    if point is None:
        raise NotAllowed(_("Your unit keeps no service point. Ask the service officer to enter it."))
    sent = request.method == "POST"
    given = request.POST if sent else request.GET
    items = Item.objects.filter(is_active=True, kind=Item.Kind.CASE, offers__point=point, offers__may_accept=True)
    item = items.filter(code=given.get("item", "")).first()
    form = TakeForm(request.POST if sent else None, items=items, item=item, places=desk.same_place(point))
    status = 200
    if sent and request.POST.get("do") == "send":
        status = 422
        if form.is_valid():
            try:
                application = applying.apply(
                    form.cleaned_data["item"],
                    applicant={key: form.cleaned_data[key] for key in ("name", "phone", "identity")},
                    fields=form.said(),
                    place=form.cleaned_data["place"],
                    channel=form.cleaned_data["channel"],
                    deliver_to=form.cleaned_data["deliver_to"],
                    seen=form.cleaned_data["seen"],
                    point=point,
                    by=request.user,
                )
            except NotAllowed:
                raise
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            else:
                number = application.case.number
                request.session[DONE] = {"number": number, "code": f"{application.code[:5]}-{application.code[5:]}"}
                return redirect("desk-case" if "handle" in request.POST else "services-take", *_number(request, number))
    context = {
        "form": form,
        "item": item,
        "point": point,
        "done": request.session.pop(DONE, None) if not sent else None,
    }
    return render(request, "services/take.html", context, status=status)


def _number(request: HttpRequest, number: str) -> list[str]:
    return [number] if "handle" in request.POST else []


def application_for(request: HttpRequest, number: str) -> Application:
    found = desk.application_for(request.user, number)
    if found is None:
        raise Http404
    return found


@needs("service.see")
@never_cache
@both
def applicant(request: HttpRequest, number: str) -> HttpResponse:
    """GET asks for the purpose; POST shows name and number and has written down who opened them."""
    application, found, fault = application_for(request, number), None, ""
    if request.method == "POST":
        try:
            purpose = request.POST.get("purpose", "")
            found = telling.reveal_applicant(application, purpose=purpose, by=request.user)
        except Invalid as refused:
            fault = str(refused)
    words = {"application": application, "found": found, "fault": fault}
    return render(request, "services/applicant.html", words, status=422 if fault else 200)


@needs("service.see")
@never_cache
@require_safe
def printed(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One paper of an application, for the printer."""
    application = application_for(request, number)
    try:
        paper = telling.print_paper(application, key, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk-case", number)
    address = request.build_absolute_uri(reverse("desk-case", args=[number]))
    return render(request, "services/print.html", {"paper": paper, "application": application, "qr": qr(address)})


@needs("service.see")
@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    """「监督卡」 for the printer, with the code that leads people to rating and complaining."""
    found = SupervisionCard.objects.select_related("point", "person").filter(code=code).first()
    if found is None or not desk.points_visible_to(request.user).filter(pk=found.point_id).exists():
        raise Http404
    return render(
        request,
        "services/card.html",
        {"card": found, "paper": card_of(found), "qr": qr(request.build_absolute_uri(f"/s/{found.code}"))},
    )


def qr(address: str) -> str:
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2)
