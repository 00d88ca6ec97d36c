"""「待派」「待回访」 What waits at the centre: matters to accept and send out, and citizens to call back."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.clocks.queries import clock_faces
from huilian.engine.look.text import say
from huilian.foundation.now import moment, today

from .. import rules
from ..models import CallBack, Satisfaction, Solved
from ..queries import CALLING, INCOMING, counts_at_centre, open_stays, orders_at

PAGE = 12


@needs("hotline.take")
@require_safe
def incoming(request: HttpRequest) -> HttpResponse:
    """Matters sent in by citizens, to be accepted, and accepted ones to be sent out; the oldest first."""
    waiting = counts_at_centre(request.user)
    step = request.GET.get("step", "")
    steps = (step,) if step in INCOMING else INCOMING
    page = Paginator(orders_at(steps, request.user), PAGE).get_page(request.GET.get("page"))
    home = reverse("hotline-incoming")
    tabs = [
        {"href": home, "label": _("All"), "count": sum(waiting.get(s, 0) for s in INCOMING), "current": not step},
        *(
            {
                "href": f"{home}?step={key}",
                "label": words,
                "count": waiting.get(key, 0),
                "current": step == key,
                "icon": icon,
            }
            for key, words, icon in (("raised", _("To accept"), "inbox"), ("sorting", _("To send out"), "send"))
        ),
    ]
    rows = _rows(page.object_list, _next_step, lambda order: [str(order.matter.name)] if order.matter else [])
    return render(request, "hotline/incoming.html", {"page": page, "rows": rows, "tabs": tabs})


@needs("hotline.take")
@require_safe
def call_backs(request: HttpRequest) -> HttpResponse:
    """Citizens to be called back. Who answered a matter sees it, and sees that somebody else must call."""
    page = Paginator(orders_at(CALLING, request.user), PAGE).get_page(request.GET.get("page"))
    orders = list(page.object_list)
    attempts = _attempts(orders)

    def tags(order) -> list[str]:
        return _said(order) + _tried(attempts.get(order.pk, [])) + _not_mine(order, request.user)

    rows = _rows(orders, lambda order: reverse("desk-act", args=[order.case.number, "call_back"]), tags)
    return render(
        request, "hotline/call_backs.html", {"page": page, "rows": rows, "most": rules.CALLS_BEFORE_UNREACHED}
    )


def _next_step(order) -> str:
    number = order.case.number
    return reverse("hotline-dispatch", args=[number]) if order.case.step == "sorting" else reverse(
        "desk-case", args=[number]
    )  # fmt: skip


def _attempts(orders) -> dict[int, list[CallBack]]:
    """Failed calls of the running round, by order."""
    found: dict[int, list[CallBack]] = {}
    rounds = {order.pk: order.case.round for order in orders}
    for call in CallBack.objects.filter(order__in=list(rounds), reached=False).order_by("pk"):
        if call.round == rounds[call.order_id]:
            found.setdefault(call.order_id, []).append(call)
    return found


def _tried(calls: list[CallBack]) -> list[str]:
    days = {moment(call.at).date() for call in calls}
    if not days:
        return []
    words = [ngettext("not reached on %(n)s day", "not reached on %(n)s days", len(days)) % {"n": len(days)}]
    if today() in days:
        words.append(_("tried today"))
    return words


def _said(order) -> list[str]:
    """What the citizen already said of the answer on the web."""
    if order.rated_at is None:
        return []
    words = [str(Solved(order.solved).label)] if order.solved else []
    return words + ([str(Satisfaction(order.satisfaction).label)] if order.satisfaction else [])


def _not_mine(order, user) -> list[str]:
    handler = order.case.handler.user_id if order.case.handler else None
    return [_("answered by you")] if rules.same_person(user.pk, order.answered_by_id, handler) else []


def _rows(orders, address, tags) -> list[dict]:
    """What the part `look/parts/worklist.html` needs."""
    orders = list(orders)
    stays = open_stays([order.case for order in orders])
    faces = clock_faces([stay.clock for stay in stays.values() if stay.clock_id])
    rows = []
    for order in orders:
        case, stay = order.case, stays.get(order.case_id)
        rows.append(
            {
                "key": case.pk,
                "href": address(order),
                "title": case.title,
                "number": case.number,
                "source": str(order.channel),
                "tags": tags(order),
                "clock": faces[stay.clock_id] if stay and stay.clock_id else None,
                "place": case.township or case.place or "",
                "place_sub": case.place if case.township_id and case.place_id != case.township_id else "",
                "unit": case.unit or "",
                "person": case.handler or "",
                "step": say(case.definition.step(case.step).name),
            }
        )
    return rows
