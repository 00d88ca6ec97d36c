"""「依据」 A paper of another area that an act rests on: the decision behind a payment, a contract, a listing.

The area that keeps such papers provides a check at start-up; the area that needs one asks here and knows nobody:

    grounds.require("decision", number, place=village, purpose="contract", amount_cents=cents)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huilian.engine.directory.models import Place
from huilian.foundation.errors import Invalid

PURPOSES = frozenset({"payment", "contract", "listing", "work", "seal", "disposal", "debt"})


@dataclass(frozen=True)
class Ground:
    """What is known of the paper. Only the number is certain where nobody keeps such papers."""

    number: str
    title: str = ""
    url: str = ""
    decided_on: date | None = None
    winner: str = ""  # whom the paper names, if it names somebody


@dataclass(frozen=True)
class Asked:
    """What an act wants to rest on a paper. Amounts in cents, the whole and a year's; `about` is what it concerns, in
    the asker's words, `party` with whom, `on` the day of the act (today if None)."""

    place: Place
    purpose: str
    amount_cents: int | None = None
    about: str = ""
    yearly_cents: int | None = None
    party: str = ""
    on: date | None = None


Check = Callable[[str, Asked], Ground]  # the paper, or Refused in one sentence
Find = Callable[[str], Ground | None]

_providers: dict[str, tuple[Check, Find]] = {}


def provide(kind: str, check: Check, find: Find) -> None:
    """Answer for papers of this kind from now on."""
    _providers[kind] = check, find


def require(
    kind: str, number: str, *, place: Place, purpose: str, amount_cents: int | None = None, about: str = "",
    yearly_cents: int | None = None, party: str = "", on: date | None = None,
) -> Ground:  # fmt: skip
    """The paper `number`, good for what is `Asked`: this purpose, place, amount. Raises `Refused` if it is not.

    Where nobody keeps papers of this kind any number will do, but there must be one.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"nobody knows the purpose {purpose!r}")
    number = number.strip()
    if not number:
        raise Invalid(
            _("Give the number of the paper this rests on; without it nothing can be done."), field=f"{kind}_no"
        )
    if kind not in _providers:
        return Ground(number)
    check, _find = _providers[kind]
    return check(number, Asked(place, purpose, amount_cents, about.strip(), yearly_cents, party.strip(), on))


def find(kind: str, number: str) -> Ground | None:
    """The paper with this number, whatever may be said of it; None if nobody keeps it."""
    return _providers[kind][1](number.strip()) if kind in _providers and number.strip() else None
