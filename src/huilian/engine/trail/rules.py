"""What exactly is hashed. An outside reader who is given an event and its salt can recompute all of it."""

from collections.abc import Mapping
from datetime import datetime

from huilian.foundation import hashing

_DOMAIN = b"huilian event 1\n"
SALT_LENGTH = 16  # 128 random bits: nobody can find an event's contents by trying likely ones against the public log.


def event_digest(
    *,
    at: datetime,
    verb: str,
    subject_kind: str,
    subject_id: str,
    actor_kind: str,
    actor_id: str,
    actor_label: str,
    place: str,
    data: Mapping[str, object],
    salt: bytes,
    algorithm: str,
) -> bytes:
    """digest("huilian event 1\\n" + salt + canonical JSON of the fields). `data` must already be plain."""
    fields = {
        "at": hashing.moment_text(at),
        "verb": verb,
        "subject": [subject_kind, subject_id],
        "actor": [actor_kind, actor_id, actor_label],
        "place": place,
        "data": data,
    }
    return hashing.digest(_DOMAIN + bytes(salt) + hashing.dump(fields), algorithm)


def next_link(previous: bytes, event_id: int, digest: bytes, algorithm: str) -> bytes:
    """The chain also binds the event's number, which the public entry (the digest alone) does not show."""
    return hashing.chain(previous, event_id.to_bytes(8, "big") + digest, algorithm)


def subject_key(subject: object) -> tuple[str, str]:
    """(kind, id) under which the trail keeps a subject: a model instance (its `number`, else its key) or "kind:id".

    Raises ValueError for a string without a colon and for an instance that has neither number nor key.
    """
    if isinstance(subject, str):
        kind, colon, key = subject.partition(":")
        if not (kind and colon and key):
            raise ValueError(f"'{subject}' is not written kind:id")
        return kind, key
    label = subject._meta.label_lower  # type: ignore[attr-defined]
    number = getattr(subject, "number", None) or subject.pk  # type: ignore[attr-defined]
    if number is None:
        raise ValueError(f"an unsaved {label} has no history")
    return label, str(number)
