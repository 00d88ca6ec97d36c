"""What everybody may know of lots: what is published, how it ended, whether a certificate is real. No bidder's name
before the end, no person's whole name ever."""

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from huilian.foundation.errors import Invalid
from huilian.foundation.wording import _

from ..codes import digest
from ..models import Board, Deal, Lot, Notice, Registration

JOINED = ("case__procedure", "board", "right", "mode", "place", "township", "owner", "auction", "draw")
SHOWN = ("notice", "trade", "result", "contract", "settle", "certify", "filing", "archived")


def published_lots(*, board: str = "", words: str = "", open_only: bool = False) -> QuerySet[Lot]:
    """Lots that have been published, the newest first."""
    found = Lot.objects.select_related(*JOINED).exclude(registers_from=None)
    if board:
        found = found.filter(board__key=board)
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(case__number__iexact=words) | Q(place__name__icontains=words)
        )
    return found.filter(case__step__in=("notice", "trade", "result")) if open_only else found


def boards() -> QuerySet[Board]:
    return Board.objects.all()


def lot_page(number: str) -> Lot | None:
    """One published lot by its number."""
    return published_lots().filter(case__number=number).first()


def notices(limit: int = 50) -> QuerySet[Notice]:
    """The newest notices of all lots, for the list and the feed."""
    return Notice.objects.select_related("lot__case", "lot__board", "lot__place")[:limit]


def result_of(lot: Lot) -> Deal | None:
    """The deal that stands, once its result is published."""
    return lot.deals.exclude(state__in=("overturned", "broken")).select_related("registration").first()


def certificate(number: str) -> Deal | None:
    """The deal a certificate was issued for; None when there is no such certificate or the deal does not stand."""
    found = Deal.objects.select_related("lot__owner", "lot__mode", "lot__right", "lot__case", "registration")
    return found.filter(certificate_no=number.strip(), state=Deal.State.CERTIFIED).first() if number.strip() else None


def registration_by_code(number: str, code: str) -> Registration:
    """A bidder's registration by its number and the code of the receipt: one answer for a wrong number and code."""
    found = Registration.objects.select_related("lot__case", "lot__auction", "lot__board")
    registration = found.filter(number=number.strip().upper()).first()
    if registration is None or not constant_time_compare(registration.code_digest, digest(code)):
        raise Invalid(_("Number and code do not belong together."), field="code")
    return registration
