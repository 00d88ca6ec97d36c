"""One SVG sprite with only the icons in use, cut out of the lucide wheel; served at a content-hashed address."""

import hashlib
import re
import zipfile
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

# Add a name here to use another of lucide's icons; a name the wheel does not have stops the start-up of tests.
NAMES = tuple(
    """
    a-large-small accessibility archive arrow-left arrow-right arrow-right-left arrow-up-down badge-check banknote
    bell book-open briefcase-business building-2 calendar-clock calendar-days chart-column check chevron-down
    chevron-left chevron-right chevron-up circle-alert circle-check circle-question-mark circle-pause circle-play
    circle-x clipboard-list clock-3 contrast copy download ear eye eye-off external-link file-check file-spreadsheet
    file-text flag folder-open funnel gauge gavel git-merge graduation-cap grip-vertical hand-coins handshake
    headphones history house id-card image inbox info key-round landmark languages layout-dashboard link list-checks
    lock log-in log-out mail map map-pin megaphone menu message-circle message-square-warning messages-square mic
    minus monitor moon network newspaper paperclip pencil phone phone-call phone-incoming phone-outgoing plus
    printer qr-code radio receipt-text refresh-cw rotate-ccw route save scale scroll-text search send server
    settings shield-alert shield-check siren sliders-horizontal split sprout stamp star sun table tag thumbs-down
    thumbs-up timer tractor trash-2 trending-down trending-up triangle-alert undo-2 upload user user-check user-plus
    users video volume-2 vote wallet wheat x
    """.split()  # noqa: SIM905 (a list of words is read, a list of quotes is not)
)


class NoSuchIcon(LookupError):
    """An icon was asked for that is not in the sprite."""


@lru_cache(maxsize=1)
def sprite() -> tuple[str, str]:
    """The sprite and the hash that stands in its address."""
    wheel = zipfile.ZipFile(Path(find_spec("lucide").origin).parent / "lucide.zip")
    symbols = []
    for name in NAMES:
        try:
            source = wheel.read(f"{name}.svg").decode()
        except KeyError:
            raise NoSuchIcon(f"lucide has no icon {name!r}") from None
        inner = re.sub(r"\s+", " ", re.search(r"<svg[^>]*>(.*)</svg>", source, re.S).group(1)).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    body = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'
    return body, hashlib.sha256(body.encode()).hexdigest()[:12]
