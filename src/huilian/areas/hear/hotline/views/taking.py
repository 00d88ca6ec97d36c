"""「登记来电」 One page for the call on the line. Works as a plain form; with htmx it helps while one types."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huilian.engine.access.decorators import needs
from huilian.foundation.errors import Invalid, NotAllowed, Refused
from huilian.foundation.masking import mask_name

from .. import services
from ..fields import find_place
from ..forms import CallForm
from ..models import Draft, Matter
from ..queries import (
    answers_in_force,
    catalogue_lines,
    county_of,
    earlier_orders,
    knowledge_for,
    line_unit,
    orders_visible_to,
)
from ..similar import similar_orders
from ..suggesting import suggest

DONE = "hotline-done"  # what the last call became: number and code, shown once


@needs("hotline.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """The page; what was typed before is still there. `?phone=` is how an exchange opens it for a ringing line."""
    if request.method == "POST":
        return _do(request)
    draft = Draft.objects.filter(user=request.user).first()
    said = dict(draft.said) if draft else {}
    if request.GET.get("phone") and not said.get("phone"):
        said["phone"] = request.GET["phone"][:20]
    form = CallForm(initial=said | _ticked(said), user=request.user)
    return _page(request, form, said, draft=draft, done=request.session.pop(DONE, None))


@needs("hotline.take")
@never_cache
@require_POST
def beside(request: HttpRequest) -> HttpResponse:
    """Keep what was typed, and answer with everything that may help: for htmx, twice a second at most."""
    said = _said(request)
    draft = services.keep_draft(said, by=request.user) if any(said[k] for k in TYPED) else None
    return render(request, "hotline/parts/beside.html", {**_help(said, request.user), "draft": draft})


TYPED = ("phone", "name", "place", "where", "title", "text", "answer")  # without these there is nothing to keep


def _do(request: HttpRequest) -> HttpResponse:
    """One of the buttons. Everything typed is kept, whatever comes of it."""
    said, act = _said(request), request.POST.get("do", "register")
    if act == "clear":
        services.drop_draft(by=request.user)
        return redirect("hotline-take")
    filled = _filled(request, said)
    if any(said[k] for k in TYPED):
        services.keep_draft(said, by=request.user)
    if filled:
        return _page(request, CallForm(initial=said | _ticked(said), user=request.user), said)
    form = CallForm(said, user=request.user)
    if form.is_valid():
        first = _first(request)
        answer = form.cleaned_data["answer"] if act == "answer" else None
        try:
            order, code = services.take_call(by=request.user, answer=answer, repeats=first, **form.said())
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return _on(request, order, code, "merge" if first else act)
    return _page(request, form, said, status=422)


def _on(request: HttpRequest, order, code: str, act: str) -> HttpResponse:
    """Where the operator goes next."""
    number = order.case.number
    request.session[DONE] = {"number": number, "code": f"{code[:5]}-{code[5:]}", "act": act}
    if act == "dispatch":
        return redirect("hotline-dispatch", number)
    if act == "three_way_call":
        return redirect("desk-act", number, "three_way_call")
    messages.success(request, _("%(number)s is registered.") % {"number": number})
    return redirect("hotline-take")


def _filled(request: HttpRequest, said: dict) -> bool:
    """A button beside the form that fills something in: an answer of the knowledge base, a line of the catalogue."""
    if entry := answers_in_force().filter(pk=_id(request, "use")).first():
        said["answer"] = entry.answer
        return True
    if line := Matter.objects.filter(is_active=True, pk=_id(request, "line")).first():
        said["matter"] = f"{line.code} {line.name}"
        return True
    return False


def _first(request: HttpRequest):
    """The earlier matter this call repeats, where that button was pressed."""
    number = request.POST.get("merge", "")
    return orders_visible_to(request.user).filter(case__number=number).first() if number else None


def _id(request: HttpRequest, name: str) -> int | None:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _said(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in CallForm.base_fields}


def _ticked(said: dict) -> dict:
    """A draft holds texts; a box wants its own kind."""
    return {"keeps_secret": said.get("keeps_secret") == "on"}


def _help(said: dict, user) -> dict:
    """Earlier calls, answers, catalogue lines, suggestions and like matters for what is being said."""
    title, text, phone = (said.get(key, "").strip() for key in ("title", "text", "phone"))
    words = f"{title} {text}".strip()
    try:
        place = find_place(said["place"], county_of(user)) if said.get("place", "").strip() else None
    except Invalid:
        place = None
    lines = catalogue_lines(words, top=4) if words else []
    earlier = list(earlier_orders(phone, user)[:5])
    known = next((o.caller_name for o in earlier if o.caller_name and not o.keeps_secret), "")
    return {
        "asked": bool(words),
        "earlier": earlier,
        "known_as": mask_name(known) if known else "",
        "phone": phone,
        "knowledge": knowledge_for(words) if words else [],
        "lines": [{"line": line, "unit": line_unit(line, place)} for line in lines],
        "advices": suggest(title, text, place),
        "similar": similar_orders(title, text, user, place=place, top=4) if words else [],
    }


def _page(request: HttpRequest, form, said: dict, *, draft=None, done=None, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "draft": draft,
        "done": done,
        "beside": reverse("hotline-beside"),
        "errors": form.non_field_errors() if form.is_bound else (),
        **_help(said, request.user),
    }
    return render(request, "hotline/take.html", context, status=status)
