"""Looking into a tip: with one's own key, for a purpose, written down; a planted one tells on whoever opens it."""

import json

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.queries import holders_of
from huilian.engine.inbox.services import notify
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.models import Box
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict

from ..models import Tip
from ..queries.reach import SEE
from .guards import team_tip


def box_of(tip: Tip, part: str) -> Box:
    """The newest box of a part. Raises Conflict where there is none, or it was destroyed."""
    box = boxes_of(tip.subject).filter(part=part).last()
    if box is None:
        raise Conflict(_("It is not here any more."))
    return box


@transaction.atomic
def open_part(tip: Tip, part: str, *, purpose: str, token: str, by) -> str:
    """The text of one part. Raises NotAllowed (not of the team, key locked, opened by two), Invalid (no purpose)."""
    tip = team_tip(tip, SEE, by)
    plain = vault.open_box(box_of(tip, part), token=token, purpose=purpose, by=by).decode()
    if tip.is_canary:
        sprung(tip, by)
    return plain


def content_of(tip: Tip, *, purpose: str, token: str, by) -> dict:
    """What the tip says: {text, persons, files}. Raises as `open_part`."""
    return json.loads(open_part(tip, "content", purpose=purpose, token=token, by=by))


def open_attachment(tip: Tip, n: int, *, purpose: str, token: str, by):
    """The pieces of file `n` as it was handed in, cleaned. Raises as `open_part`."""
    with transaction.atomic():
        found = team_tip(tip, SEE, by)
        if found.is_canary:
            sprung(found, by)
    return vault.open_file(box_of(found, f"file-{n}"), token=token, purpose=purpose, by=by)


def sprung(tip: Tip, by) -> None:
    """Tell those who watch that somebody opened what nobody had a reason to open."""
    record("tips.spring", tip, by=by)
    watchers = [p.user for p in holders_of("tip_watcher") if p.user and p.user != by]
    notify(watchers, "tips.sprung", subject=tip, params={"number": tip.number, "name": str(by)}, level=2)
