"""A row in reach, or a refusal that is written down and says nothing."""

from django.http import Http404

from huilian.engine.trail.services import record


def found_or_refused(rows, user, kind: str, **key):
    """The row; 404 whether it is not there or not theirs to see, and the try stands in the trail."""
    row = rows.filter(**key).first()
    if row is None:
        record("leads.refuse", f"leads.{kind}:{next(iter(key.values()))}"[:80], by=user)
        raise Http404
    return row
