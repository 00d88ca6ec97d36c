"""Lots and what hangs on them in reach of a person."""

from django.db.models import QuerySet

from huilian.engine.access.queries import scope

from ..models import Deal, Deposit, Lot, Objection, Registration

JOINED = ("case__procedure", "case__clock", "case__lamp", "board", "right", "mode", "place", "township", "owner")


def visible_lots(user, action: str = "exchange.see") -> QuerySet[Lot]:
    return scope(Lot.objects.select_related(*JOINED), user, unit="owner", action=action)


def visible_registrations(user) -> QuerySet[Registration]:
    """Who registered: not for the owner, who must not know the bidders before the end."""
    found = Registration.objects.select_related("lot__case", "lot__board", "lot__place")
    lots = scope(Lot.objects.all(), user, unit="owner", action="exchange.bidders").order_by()
    return found.filter(lot__in=lots)


def visible_deposits(user) -> QuerySet[Deposit]:
    found = Deposit.objects.select_related("registration__lot__case")
    return found.filter(registration__in=visible_registrations(user).order_by())


def visible_deals(user) -> QuerySet[Deal]:
    found = Deal.objects.select_related("lot__case", "lot__board", "lot__owner", "lot__mode", "registration")
    return found.filter(lot__in=visible_lots(user).order_by())


def visible_objections(user) -> QuerySet[Objection]:
    return Objection.objects.select_related("lot__case", "deal").filter(lot__in=visible_lots(user).order_by())
