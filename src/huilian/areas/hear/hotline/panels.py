"""What the panels of a citizen's matter show."""

from django.utils.translation import gettext as _

from huilian.engine.access.queries import may
from huilian.engine.procedures.guards import may_act
from huilian.engine.procedures.models import Extension
from huilian.foundation.masking import mask_name, mask_phone
from huilian.foundation.now import moment

from . import rules
from .models import Order, Satisfaction, Solved
from .queries import earlier_orders, may_open_caller, order_of
from .similar import similar_orders


def takes_calls(user) -> bool:
    return may(user, "hotline.take")


def holds(case, user) -> bool:
    """Whether the matter lies with `user` now."""
    return case.is_open and may_act(case, user)


def matter(case, user) -> dict:
    order = order_of(case)
    return {
        "order": order,
        "merged": list(order.merged.select_related("case")),
        "answers_first": rules.answers_first(order.returns) and bool(case.unit_id),
    }


def answer(case, user) -> dict:
    order = order_of(case)
    return {
        "order": order,
        "solved": Solved(order.solved).label if order.solved else "",
        "satisfaction": Satisfaction(order.satisfaction).label if order.satisfaction else "",
    }


def talks(case, user) -> dict:
    """Contacts, three-way calls, objections and call-backs of a matter."""
    order = order_of(case)
    return {
        "contacts": list(order.contacts.select_related("by")),
        "three_way_calls": list(order.three_way_calls.select_related("unit", "by")),
        "objections": list(order.objections.select_related("unit", "proposed")),
        "call_backs": list(order.call_backs.select_related("by")),
    }


def checklist(case, user) -> dict:
    """双反馈一回访: what must have happened before the matter can be closed."""
    order = order_of(case)
    accepted = case.steps.filter(left_by="accept").values_list("left_at", flat=True).first()
    call = order.call_backs.filter(reached=True, round=case.round).order_by("-id").first()
    items = [
        (_("Accepted"), accepted),
        (_("Citizen contacted"), order.contacted_at),
        (_("Answer to the citizen"), order.answered_at),
    ]
    if not order.at_once:
        items.append((_("Report to the centre"), order.reported_at))
    items.append((_("Call-back"), call.at if call else None))
    return {
        "items": [
            {"label": label, "done": at is not None, "note": f"{moment(at):%m-%d %H:%M}" if at else _("to do")}
            for label, at in items
        ]
    }


def caller(case, user) -> dict:
    """Who called, masked. The whole number is opened on its own page, with a purpose, and leaves a trace."""
    order = order_of(case)
    hidden = order.keeps_secret and not may(user, "hotline.see_caller")
    phone = mask_phone(order.caller_phone) if order.caller_phone else _("none given")
    return {
        "order": order,
        "name": _("known to the hotline centre only") if hidden else _caller_name(order),
        "phone": "" if hidden else phone,
        "earlier": earlier_orders(order.caller_phone, user).exclude(pk=order.pk).count(),
        "may_open": bool(order.caller_phone or order.caller_name) and may_open_caller(order, user),
    }


def _caller_name(order: Order) -> str:
    if order.is_anonymous:
        return _("no name given")
    return mask_name(order.caller_name)


def similar(case, user) -> dict:
    """Open matters that say the same, while this one may still follow one of them."""
    if case.step not in ("raised", "sorting") or not takes_calls(user):
        return {"similar": []}
    order = order_of(case)
    return {"similar": similar_orders(case.title, order.text, user, place=case.place, but=order, top=3)}


def promises(case, user) -> dict:
    """What was promised on air about this matter."""
    return {"promises": list(order_of(case).promises.select_related("unit", "clock", "programme"))}


def has_untold_extension(case) -> bool:
    """Whether more time was approved and the citizen does not know it yet."""
    return Extension.objects.filter(case=case, approved=True, told_at=None).exists()
