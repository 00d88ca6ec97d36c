"""SVG sprites with only the icons in use, cut out of the lucide wheel; served at content-hashed addresses."""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path

import brotli
from django.urls import reverse

# Add a name here to use another of lucide's icons; a name the wheel does not have stops the start-up of tests.
PUBLIC = tuple(  # what the pages for citizens show: a small sprite, for a slow telephone
    """
    a-large-small accessibility arrow-left arrow-right bell book-open check chevron-down chevron-right contrast
    download file-check file-spreadsheet file-text house image languages lock log-in log-out map map-pin
    message-square-warning messages-square moon paperclip pencil phone plus printer rotate-ccw scale scroll-text
    search send settings shield-check siren star thumbs-down trending-down trending-up undo-2 user volume-2 x
    """.split()  # noqa: SIM905 (a list of words is read, a list of quotes is not)
)
NAMES = (
    *PUBLIC,
    *"""
    archive arrow-right-left arrow-up-down badge-check banknote briefcase-business building-2 calendar-clock
    calendar-days chart-column chevron-left chevron-up circle-alert circle-check circle-question-mark circle-pause
    circle-play circle-x clipboard-list clock-3 copy ear eye eye-off external-link flag folder-open funnel gauge
    gavel git-merge graduation-cap grip-vertical hand-coins handshake headphones history id-card inbox info
    key-round landmark layout-dashboard link list-checks mail megaphone menu message-circle mic minus monitor
    network newspaper phone-call phone-incoming phone-outgoing qr-code radio receipt-text refresh-cw route save
    server shield-alert sliders-horizontal split sprout stamp sun table tag thumbs-up timer tractor trash-2
    triangle-alert upload user-check user-plus users video vote wallet wheat
    """.split(),  # noqa: SIM905
)


class NoSuchIcon(LookupError):
    """An icon was asked for that is not in the sprite."""


@dataclass(frozen=True)
class Sprite:
    """An SVG file of symbols, and the hash that stands in its address."""

    body: str

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.body.encode()).hexdigest()[:12]

    @cached_property
    def brotli(self) -> bytes:
        return brotli.compress(self.body.encode())


@lru_cache(maxsize=1)
def sprites() -> tuple[Sprite, Sprite]:
    """The sprite of the public pages, and that of what only the desk and the board show."""
    wheel = zipfile.ZipFile(Path(find_spec("lucide").origin).parent / "lucide.zip")
    return _sprite(wheel, PUBLIC), _sprite(wheel, NAMES[len(PUBLIC) :])


def _sprite(wheel: zipfile.ZipFile, names) -> Sprite:
    symbols = []
    for name in names:
        try:
            source = wheel.read(f"{name}.svg").decode()
        except KeyError:
            raise NoSuchIcon(f"lucide has no icon {name!r}") from None
        inner = re.sub(r"\s+", " ", re.search(r"<svg[^>]*>(.*)</svg>", source, re.S).group(1)).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    return Sprite(f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>')


@lru_cache(maxsize=len(NAMES))
def address(name: str) -> str:
    """Where an icon is: `/icons/….svg#bell`."""
    return f"{reverse('look-icons', args=[sprites()[name not in PUBLIC].digest])}#{name}"
