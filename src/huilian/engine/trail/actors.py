"""Who acts. The trail keeps a number and a label, no foreign key: a closed account must not change history."""

from dataclasses import dataclass

USER, MACHINE, CITIZEN = "user", "system", "citizen"


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is "user", "system", "citizen" or another short word; `label` is what a history shows.

    The label of an official is their name: they act in office. The label of a citizen is what they are to the record
    ("the caller", a receipt code's mask), never their name.
    """

    kind: str
    id: str | None = None
    label: str = ""


SYSTEM = Actor(MACHINE, None, "huilian")


def as_actor(by: object) -> Actor:
    """An Actor, or a signed-in user. Raises TypeError for anything else, an anonymous user included."""
    if isinstance(by, Actor):
        return by
    key = getattr(by, "pk", None)
    if key is None or not hasattr(by, "get_username"):
        raise TypeError(f"by= must be a signed-in user or an Actor, not {by!r}")
    return Actor(USER, str(key), getattr(by, "name", "") or by.get_username())
