"""An application that somebody has begun: what is kept of it between the pages, and what is asked next.

The browser holds a token in a signed cookie; the services area keeps one draft for each item under that token, for as
many days as the county has set. A touch screen forgets both as soon as somebody leaves.
"""

from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

from django.conf import settings

from huilian.areas.serve.disclosure.queries import village_at
from huilian.areas.serve.services.queries import public as services
from huilian.areas.serve.services.services.applying import drop_draft, save_draft

from .forms_serving import FieldsForm, WhoForm
from .shell import is_kiosk

COOKIE, SALT = "huilian_apply", "portal.applying"
COOKIE_AGE = 30 * 86400
BEGUN, SENT = "portal_begun", "portal_applied"  # in the session: items begun, what was sent last


@dataclass(frozen=True)
class Begun:
    """A draft as the pages use it. `said` holds texts as they were typed; `key` makes sending twice harmless."""

    item: object
    materials: tuple
    draft: object
    token: str

    @property
    def said(self) -> dict[str, str]:
        return self.draft.said

    @property
    def key(self) -> str:
        return self.said["key"]

    @cached_property
    def village(self):
        return village_at(self.said.get("place", ""))

    @property
    def steps(self) -> list[str]:
        """What is asked for this item."""
        optional = {"fields": bool(self.item.fields), "papers": bool(self.materials)}
        return [step for step in ("where", "who", "fields", "papers", "check") if optional.get(step, True)]

    @property
    def missing(self) -> str:
        """The first step without a good answer; papers may be handed in later."""
        if self.village is None:
            return "where"
        if not WhoForm(self.said).is_valid():
            return "who"
        return "" if FieldsForm(self.item, self.said).is_valid() else "fields"

    @property
    def papers(self) -> list[tuple]:
        """(listed paper, its files)."""
        files = list(self.draft.files.all())
        return [(m, [file for file in files if file.material_id == m.pk]) for m in self.materials]

    def keep(self, step: str, **said: str) -> None:
        """Write what was typed on a step."""
        kept = save_draft(self.token, item=self.item, said={**self.said, **said}, step=step)
        self.draft.said, self.draft.kept_at = kept.said, kept.kept_at


def _token_of(request, code: str) -> str:
    """What the draft of an item is kept under; "" for a browser that has begun nothing."""
    own = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    return f"{own}:{code}" if own else ""


def begun(request, code: str) -> Begun | None:
    """The draft this browser has for an item, as long as the item is on offer."""
    found = services.guide(code)
    draft = services.draft_of(_token_of(request, code)) if found else None
    return Begun(found.item, found.materials, draft, _token_of(request, code)) if draft else None


def begin(request, response, item, place: str) -> None:
    """Make a draft for an item, or go on with the one there is; `place` is the village one came from."""
    own = request.get_signed_cookie(COOKIE, default="", salt=SALT) or uuid4().hex
    token = f"{own}:{item.code}"
    known = services.draft_of(token)
    said = {"key": uuid4().hex, **(known.said if known else {})}
    if place:
        said["place"] = place
    save_draft(token, item=item, said=said, step=known.step if known else "")
    request.session[BEGUN] = sorted({*request.session.get(BEGUN, []), item.code})
    age = None if is_kiosk(request) else COOKIE_AGE
    secure = settings.SESSION_COOKIE_SECURE
    response.set_signed_cookie(COOKIE, own, salt=SALT, max_age=age, httponly=True, samesite="Lax", secure=secure)


def discard(request, response) -> None:
    """Forget what this session has begun, its files, and a code that is still being shown."""
    for code in request.session.pop(BEGUN, []):
        if token := _token_of(request, code):
            drop_draft(token)
    request.session.pop(SENT, None)
    response.delete_cookie(COOKIE)
