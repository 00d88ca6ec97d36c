"""What somebody has begun to say, kept on the server until it is sent: nothing is lost by going back or by a cut line.

The draft lies in the session, its files in the store under `drafts/`. Neither holds a network address.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import BinaryIO
from uuid import uuid4

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.documents import attachments
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

KEY, SENT, TIMES = "portal_draft", "portal_sent", "portal_times"
FOLDER = "drafts"
ACCEPTED = frozenset({"jpg", "png", "pdf", "mp3", "m4a", "wav", "mp4"})
MOST_FILES, MEGABYTES = 6, 20
MOST_AN_HOUR = 5  # matters that one browser may send within an hour
MOST_A_MINUTE = 60  # and all browsers together within a minute: a county's people do not write faster
CODE_SHOWN = 1800  # seconds during which the follow-up code can still be shown to who sent the matter


@dataclass
class Draft:
    """The answers so far; texts as they were typed, so that a wrong one is still there to be corrected."""

    token: str = field(default_factory=lambda: uuid4().hex)
    topic: str = ""
    chosen: bool = False  # whether the first question was answered; "none of these" is an answer
    q: str = ""
    town: int = 0
    place: int = 0
    place_name: str = ""
    where: str = ""
    text: str = ""
    files: list = field(default_factory=list)  # {"id", "path", "name", "size"}
    named: str = ""  # yes, no, or not answered yet
    name: str = ""
    phone: str = ""
    secret: bool = False
    no_charge: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.chosen or self.place or self.where or self.text or self.files or self.named)


def draft_of(request) -> Draft:
    kept = request.session.get(KEY) or {}
    return Draft(**{k: v for k, v in kept.items() if k in Draft.__dataclass_fields__})


def keep(request, draft: Draft) -> None:
    request.session[KEY] = asdict(draft)


def discard(request) -> None:
    """Forget the draft, its files and a code that is still being shown."""
    for file in draft_of(request).files:
        default_storage.delete(file["path"])
    for key in (KEY, SENT):
        request.session.pop(key, None)


def add_file(draft: Draft, upload: BinaryIO, name: str) -> None:
    """Keep a photo or recording with the draft. Raises Invalid."""
    if len(draft.files) >= MOST_FILES:
        raise Invalid(_("At most %(most)s files can be handed in with one matter.") % {"most": MOST_FILES})
    kind, size, _digest = attachments.check(upload, name, accepted=ACCEPTED, megabytes=MEGABYTES)
    path = default_storage.save(f"{FOLDER}/{uuid4().hex}.{kind}", upload)
    draft.files.append({"id": uuid4().hex[:8], "path": path, "name": attachments.honest_name(name, kind), "size": size})


def remove_file(draft: Draft, file_id: str) -> None:
    for file in [f for f in draft.files if f["id"] == file_id]:
        default_storage.delete(file["path"])
        draft.files.remove(file)


def require_pace(request) -> None:
    """Raise Conflict when this browser, or all together, send faster than people write. No address is looked at."""
    moment = now().timestamp()
    recent = [t for t in request.session.get(TIMES, []) if moment - t < 3600]
    if len(recent) >= MOST_AN_HOUR:
        raise Conflict(
            _(
                "You have sent %(most)s matters within an hour. What you have written is kept; please send it in an "
                "hour, or call the hotline."
            )
            % {"most": MOST_AN_HOUR}
        )
    minute = f"portal-sent-{int(moment // 60)}"
    cache.add(minute, 0, 120)
    if cache.incr(minute) > MOST_A_MINUTE:
        raise Conflict(_("Very many messages are coming in just now. What you have written is kept; try in a minute."))


def note_sent(request) -> None:
    """Count something that was sent without a draft."""
    moment = now().timestamp()
    request.session[TIMES] = [t for t in request.session.get(TIMES, []) if moment - t < 3600] + [moment]


def send_once(request, send) -> dict:
    """Call `send(draft) -> (number, code)` at most once for a draft, however often the button is pressed.

    The session's row is locked, so that a second press waits and then finds the first one's result.
    """
    store = request.session
    with transaction.atomic():
        row = store.model.objects.select_for_update().filter(session_key=store.session_key).first()
        stored = row.get_decoded() if row else {}
        if not stored.get(KEY):
            if stored.get(SENT):
                store[SENT] = stored[SENT]
                store.pop(KEY, None)
                return stored[SENT]
            raise Conflict(_("There is nothing to send any more. If you have a number, follow your matter with it."))
        draft = draft_of(request)
        number, code = send(draft)
        moment = now().timestamp()
        store[SENT] = {"number": number, "code": code, "at": moment}
        store[TIMES] = [t for t in store.get(TIMES, []) if moment - t < 3600] + [moment]
        store.pop(KEY, None)
        store.save()
    for file in draft.files:
        default_storage.delete(file["path"])
    return store[SENT]


def note_code(request, key: str, number: str, code: str) -> None:
    """Keep number and code of something that was sent in the session, for the page that shows them."""
    request.session[key] = {"number": number, "code": code, "at": now().timestamp()}


def code_shown(request, key: str) -> dict | None:
    """Number and code kept under `key`, while the code may still be shown."""
    kept = request.session.get(key)
    if kept and now().timestamp() - kept["at"] > CODE_SHOWN:
        request.session.pop(key)
        return None
    return kept


def sent(request) -> dict | None:
    """Number and code of the matter that was just sent, while the code may still be shown."""
    return code_shown(request, SENT)


def forget_code(request) -> None:
    request.session.pop(SENT, None)


def sweep(older_than: datetime) -> int:
    """Delete files of drafts that were left lying. Returns how many."""
    if not default_storage.exists(FOLDER):
        return 0
    paths = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    old = [path for path in paths if default_storage.get_modified_time(path) < older_than]
    for path in old:
        default_storage.delete(path)
    return len(old)
