"""Whether something may rest on a deal of the exchange: what contracts and works ask."""

from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.procedures.grounds import Asked, Ground
from huilian.foundation.errors import Invalid
from huilian.foundation.money import text as money
from huilian.foundation.names import norm
from huilian.foundation.now import moment, today

from ..models import Deal, Lot

State = Deal.State


def check(number: str, asked: Asked) -> Ground:
    """The deal `number`, or Refused in one sentence: unknown, overturned, another's place or party, another price.

    What was agreed before the first lot was entered here rests on papers kept elsewhere: any number is taken then.
    """
    deal = _deals().filter(number=number).first()
    if deal is None:
        first = Lot.objects.order_by("pk").values_list("case__received_at", flat=True).first()
        if first is None or (asked.on or today()) < moment(first).date():
            return Ground(number)
        raise _no(_("There is no deal %(number)s on the exchange. Look at the notice of the result."), number)
    if deal.lot.place_id != asked.place.pk:
        raise _no(_("Deal %(number)s is one of %(place)s."), number, place=deal.lot.place)
    if deal.state in (State.ANNOUNCED, State.OVERTURNED, State.BROKEN):
        raise _no(_("Nothing can rest on deal %(number)s: %(state)s."), number, state=deal.get_state_display())
    if asked.purpose == "work" and not deal.lot.buys:
        raise _no(_("Deal %(number)s sells “%(lot)s”; no work is built on it."), number, lot=deal.lot.title)
    if asked.party and norm(asked.party) != norm(deal.registration.name):
        raise _no(_("Deal %(number)s was won by somebody else than %(party)s."), number, party=asked.party)
    cents = asked.yearly_cents if deal.lot.per_year else asked.amount_cents
    if cents and (cents > deal.price_cents if deal.lot.buys else cents < deal.price_cents):
        raise _no(
            _("Deal %(number)s was struck at %(price)s yuan; %(asked)s yuan is worse for the owner."),
            number, price=money(deal.price_cents), asked=money(cents),
        )  # fmt: skip
    return _ground(deal)


def find(number: str) -> Ground | None:
    """The deal with this number, whatever came of it."""
    deal = _deals().filter(number=number).first()
    return _ground(deal) if deal else None


def _deals():
    return Deal.objects.select_related("lot__case", "lot__place", "lot__board", "registration")


def _ground(deal: Deal) -> Ground:
    url = reverse("portal-lot", args=[deal.lot.number])
    return Ground(deal.number, deal.lot.title, url, deal.confirmed_on, deal.registration.name)


def _no(words: str, number: str, **more) -> Invalid:
    return Invalid(words % {"number": number, **more}, field="deal_no")
