"""Whom an auction's end is told to: the area that opened it, inside the same transaction."""

from collections.abc import Callable

from .models import Auction

Told = Callable[[Auction], None]
_told: dict[str, Told] = {}


def register(purpose: str, told: Told) -> None:
    """Call `told(auction)` when an auction of `purpose` has ended or was terminated (`auction.state`, `.outcome`).

    It runs in the transaction that ends the auction and must not refuse: what it raises keeps the auction open.
    """
    if _told.setdefault(purpose, told) is not told:
        raise ValueError(f"somebody else is already told of the end of auctions for '{purpose}'")


def tell(auction: Auction) -> None:
    if auction.purpose in _told:
        _told[auction.purpose](auction)
