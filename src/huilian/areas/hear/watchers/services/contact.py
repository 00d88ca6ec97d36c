"""「千人联系点」 Drawn by quota before witnesses, written to, and what comes back without a name."""

import secrets
from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.draws import services as draws
from huilian.engine.draws.models import Draw
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import Body, Card, Mailing, Seat, Stratum, Topic
from ..queries.reach import serving
from .guards import allow, locked, said, standing
from .reporting import words_of_card

MARKS = (1, 2, 3)  # satisfied, so-so, dissatisfied
SPARE = 5  # a batch may hold so many times the persons drawn: people pass cards on


@transaction.atomic
def make_mailing(body: Body, *, title: str, letter: str, wanted: int, by) -> Mailing:
    """Publish, stratum by stratum, the list a mailing is drawn from. The lists hold serial numbers, no names."""
    body = standing(body)
    allow(by, "watchers.govern", body)
    seats = list(body.seats.filter(serving()).exclude(stratum=None).values_list("pk", "stratum__key"))
    there = Counter(key for _pk, key in seats)
    strata = {s.key: s for s in Stratum.objects.filter(is_active=True)}
    parts = rules.shares({key: s.quota for key, s in strata.items()}, wanted, there)
    if wanted < 1 or sum(parts.values()) != wanted:
        raise Invalid(_("%(n)s persons of the strata can be written to.") % {"n": sum(parts.values())}, field="wanted")
    mailing = Mailing(
        number=next_number("LX", on=today()), body=body, title=said(title, "title", 120),
        letter=said(letter, "letter"), wanted=wanted, made_on=today(),
    )  # fmt: skip
    for key, part in parts.items():
        if part:
            listed = [{"key": str(pk), "label": f"{strata[key].name} {n}"}
                      for n, pk in enumerate((pk for pk, own in seats if own == key), 1)]  # fmt: skip
            draw = draws.announce(
                purpose=f"{mailing.title}（{strata[key].name}）"[:200],
                candidates=listed,
                wanted=part,
                place=body.place,
                by=by,
            )
            mailing.draws.append(draw.number)
    mailing.save()
    record("watchers.make_mailing", mailing, by=by, data={"wanted": wanted, "draws": mailing.draws})
    return mailing


@transaction.atomic
def draw_receivers(mailing: Mailing, *, words: str, by) -> Mailing:
    """Draw, with the words witnesses called out after the lists were published."""
    mailing = _of(mailing, by)
    if mailing.receivers:
        raise Conflict(_("The receivers are drawn already."))
    words = said(words, "words", 200)
    for draw in Draw.objects.filter(number__in=mailing.draws).order_by("number"):
        mailing.receivers += draws.reveal(draw, words=words, by=by).result
    mailing.save(update_fields=["receivers"])
    record("watchers.draw_receivers", mailing, by=by, data={"count": len(mailing.receivers)})
    return mailing


@transaction.atomic
def print_cards(mailing: Mailing, count: int | None = None, *, by) -> Mailing:
    """Give the batch its serial numbers and codes: as many as receivers, or more. None of them names a receiver."""
    mailing = _of(mailing, by)
    if not mailing.receivers or mailing.cards:
        raise Conflict(_("Cards are printed once, after the draw."))
    count = count or len(mailing.receivers)
    if not len(mailing.receivers) <= count <= SPARE * len(mailing.receivers):
        raise Invalid(
            _("Between %(least)s and %(most)s cards.")
            % {"least": len(mailing.receivers), "most": SPARE * len(mailing.receivers)},
            field="count",
        )
    Card.objects.bulk_create(
        Card(mailing=mailing, serial=n, token=secrets.token_urlsafe(12)) for n in range(1, count + 1)
    )
    mailing.cards = count
    mailing.save(update_fields=["cards"])
    record("watchers.print_cards", mailing, by=by, data={"cards": count})
    return mailing


@transaction.atomic
def send_out(mailing: Mailing, *, by) -> Mailing:
    """The envelopes went to the post."""
    mailing = _of(mailing, by)
    if not mailing.cards or mailing.sent_on:
        raise Conflict(_("Cards are printed first, and sent once."))
    mailing.sent_on = today()
    mailing.save(update_fields=["sent_on"])
    record("watchers.send_out", mailing, by=by, data={"cards": mailing.cards})
    return mailing


@transaction.atomic
def code_card(card: Card, *, marks: Mapping[str, int], words: str = "", topic: Topic | None = None,
              secret: bool = False, signed_by: Seat | None = None, by) -> Card:  # fmt: skip
    """Enter a card that came back on paper: a mark for each of the four topics, its words as a report."""
    card = locked(card)
    _of(card.mailing, by)
    if signed_by and (signed_by.body_id != card.mailing.body_id):
        raise Invalid(_("Who signed is not a contact person of this network."), field="signed_by")
    card.signed_by = signed_by
    return _came_back(card, marks, words, topic, secret, by)


@transaction.atomic
def fill_in(token: str, *, marks: Mapping[str, int], words: str = "", topic: Topic | None = None) -> Card:
    """Whoever holds the card fills it in online, once. Who it is nobody asks; the words are sealed."""
    card = Card.objects.select_for_update(of=("self",)).filter(token=token).first()
    if card is None:
        raise Invalid(_("There is no such card."), field="token")
    card.online = True
    by = Actor(kind="citizen", id=None, label=str(card))
    return _came_back(card, marks, words, topic, True, by)


def _came_back(card: Card, marks: Mapping[str, int], words: str, topic: Topic | None, secret: bool, by) -> Card:
    if card.returned_on:
        raise Conflict(_("This card came back already."))
    if not set(marks) <= set(Topic.Focus.values) or not set(marks.values()) <= set(MARKS):
        raise Invalid(_("Mark each topic with 1, 2 or 3."), field="marks")
    if not marks and not words.strip():
        raise Invalid(_("The card is empty."), field="marks")
    card.marks, card.returned_on = dict(marks), today()
    if words.strip():
        card.report = words_of_card(card.mailing.body, words, topic, secret, by)
    card.save()
    record("watchers.card_back", f"watchers.card:{card}", by=by, data={"online": card.online})
    return card


def _of(mailing: Mailing, by) -> Mailing:
    mailing = locked(mailing, "body__place", "body__unit")
    allow(by, "watchers.govern", mailing.body)
    return mailing
