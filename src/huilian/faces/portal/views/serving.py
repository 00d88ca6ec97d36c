"""「办事」 What one may come for and what to bring, where and who is there today, what is on offer; the cards."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.areas.hear.hotline import queries as hotline
from huilian.areas.serve.disclosure.queries import village_at
from huilian.areas.serve.services.queries import public as services
from huilian.areas.serve.services.services.points import sign_up
from huilian.foundation.errors import Invalid, Refused

from .. import drafts
from ..forms_serving import SignUpForm
from ..shell import KIOSK_VILLAGE, public, show
from .say import TRAP

HERE = "portal-services"


def village_of(request):
    """The village somebody came from: in the address, or the one a touch screen stands in; None when unknown."""
    code = request.GET.get("v") or request.COOKIES.get(KIOSK_VILLAGE, "")
    return village_at(code) if code.isascii() and code.isdigit() else None


@require_safe
@public
def finder(request):
    """Items by words and by class; the points near the village one came from."""
    asked, category = request.GET.get("q", "").strip()[:40], request.GET.get("class", "")
    classes = services.classes()
    name = next((name for key, name, _n in classes if key == category), "")
    village = village_of(request)
    words = {
        "asked": asked,
        "category": name,
        "classes": classes,
        "items": list(services.guides(asked, category if name else "")) if asked or name else [],
        "village": village,
        "points": services.points_near(village or hotline.county()),
    }
    return show(request, "portal/services.html", words, here=HERE)


@require_safe
@public
def guide(request, code):
    """「办事指南」 One item: for whom, what to bring, how long, where; it costs nothing."""
    found = services.guide(code)
    if found is None:
        raise Http404
    village = village_of(request)
    words = {
        "guide": found,
        "item": found.item,
        "village": village,
        "points": services.points_near(village or hotline.county(), found.item),
    }
    return show(request, "portal/service.html", words, here=HERE)


@require_safe
@public
def point(request, pk):
    """「服务点」 Who is on duty today and their telephone, what was promised, what can be done here."""
    page = services.point_page(pk)
    if page is None:
        raise Http404
    words = {"page": page, "point": page.point, "postings": list(services.postings(point=page.point))}
    return show(request, "portal/point.html", words, here=HERE)


@require_safe
@public
def postings(request):
    """Work, courses, loans that are open today."""
    return show(request, "portal/postings.html", {"postings": list(services.postings())}, here=HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@public(personal=True)
def posting(request, number):
    """One of them, and signing up for it."""
    found = services.postings().filter(number=number).first()
    if found is None:
        raise Http404
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get(TRAP):
                raise Invalid(_("A field that must stay empty was filled in. Please press the button once more."))
            drafts.require_pace(request)
            sign_up(found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            drafts.note_sent(request)
            messages.success(request, _("You are on the list. The service point will call you."))
            return redirect("portal-posting", found.number)
    words = {"posting": found, "form": form, "trap": TRAP}
    status = 422 if form.errors else 200
    return show(request, "portal/posting.html", words, here=HERE, writing=True, status=status)


@require_safe
@public
def card(request, code):
    """「监督卡」 Whom a card is about, and what can be done from here."""
    found = services.card(code)
    if found is None:
        raise Http404
    return show(request, "portal/card.html", {"card": found, "point": found.point}, here=HERE)
