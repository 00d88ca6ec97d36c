"""Reading links."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huilian.engine.trail.rules import subject_key

from .models import Link


@dataclass(frozen=True)
class Neighbour:
    """One link seen from a thing: `outward` when the thing is its source. `ref` is "kind:id" of the other end."""

    kind: str
    outward: bool
    other_kind: str
    other_id: str
    made_at: datetime
    made_by: str

    @property
    def ref(self) -> str:
        return f"{self.other_kind}:{self.other_id}"


def links_of(thing, kind: str | None = None) -> list[Neighbour]:
    """All links of `thing`, in the order they were made; only those of `kind` when given."""
    name, ident = subject_key(thing)
    rows = Link.objects.filter(Q(source_kind=name, source_id=ident) | Q(target_kind=name, target_id=ident)).order_by(
        "made_at", "pk"
    )
    found = []
    for row in rows.filter(kind=kind) if kind else rows:
        outward = (row.source_kind, row.source_id) == (name, ident)
        other = (row.target_kind, row.target_id) if outward else (row.source_kind, row.source_id)
        found.append(Neighbour(row.kind, outward, *other, row.made_at, row.made_by))
    return found
