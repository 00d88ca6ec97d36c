"""「订阅」 Those who follow a board or a place hear of each notice by e-mail; nothing personal is in it."""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Place
from huilian.engine.inbox import adapters
from huilian.engine.jobs import enqueue, job
from huilian.foundation.errors import Invalid
from huilian.foundation.now import now

from .. import codes
from ..models import Board, Notice, Subscriber

STOP = Signer(salt="exchange.stop")  # our own signature in the letters: the token itself is not kept


@transaction.atomic
def subscribe(email: str, *, board: Board | None = None, place: Place | None = None) -> str:
    """Ask to hear of notices. A letter with a link goes to the address; only after that anything is sent. The token."""
    try:
        validate_email(email.strip())
    except Exception as bad:
        raise Invalid(_("This is no e-mail address."), field="email") from bad
    token = secrets.token_urlsafe(24)
    Subscriber.objects.create(
        email=email.strip(), board=board, place=place, token_digest=codes.digest(token, "subscriber"), asked_at=now()
    )
    enqueue(send_letter, email=email.strip(), key="confirm", about=token)
    return token


@transaction.atomic
def confirm(token: str) -> Subscriber:
    """The link of the letter was followed."""
    subscriber = _by(token)
    subscriber.confirmed_at = subscriber.confirmed_at or now()
    subscriber.save(update_fields=["confirmed_at"])
    return subscriber


@transaction.atomic
def unsubscribe(token: str) -> None:
    """No more letters; the address is forgotten. `token`: of the first letter, or the one every notice carries."""
    Subscriber.objects.filter(email=_by(token).email).delete()


def tell_subscribers(notice: Notice) -> None:
    """One job for all who follow this board and this place."""
    enqueue(send_notice, notice=notice.pk)


@job(retries=6, atomic=False)
def send_notice(notice: int) -> int:
    """Hand the letters to the gateway."""
    options, found = (
        adapters.channels().get("email"),
        Notice.objects.select_related("lot__board", "lot__case").get(pk=notice),
    )
    if options is None:
        return 0
    lot = found.lot
    following = Subscriber.objects.exclude(confirmed_at=None).filter(
        Q(board=None) | Q(board=lot.board_id), Q(place=None) | Q(place__in=[lot.place_id, lot.township_id or 0])
    )
    readers = {one.email: one for one in following.order_by("email", "-pk")}
    with translation.override(settings.LANGUAGE_CODE):
        for address, reader in readers.items():
            stop = _address(f"trading/follow/{STOP.sign(reader.pk)}/?stop=1")
            text = f"{lot.number} {lot.title}\n{_address(f'trading/{lot.number}/')}\n\n"
            _send(options, address, found.get_kind_display(), text + _("No more letters: %(url)s") % {"url": stop})
    return len(readers)


@job(retries=6, atomic=False)
def send_letter(email: str, key: str, about: str) -> None:
    """The letter by which an address says yes."""
    if options := adapters.channels().get("email"):
        with translation.override(settings.LANGUAGE_CODE):
            title = _("Notices of the exchange")
            text = _("Follow this link to receive the notices: %(url)s") % {"url": _address(f"trading/follow/{about}/")}
        _send(options, email, title, text)


def _send(options, address: str, title, text: str) -> None:
    adapters.sender(options["send"])(address, str(title), text)


def _address(path: str) -> str:
    return f"{settings.SITE['address'].rstrip('/')}/{path}"


def _by(token: str) -> Subscriber:
    try:
        known = Q(pk=STOP.unsign(token), confirmed_at__isnull=False)
    except BadSignature:
        known = Q(token_digest=codes.digest(token, "subscriber"))
    found = Subscriber.objects.filter(known).first()
    if found is None:
        raise Invalid(_("This link is no longer good."))
    return found
