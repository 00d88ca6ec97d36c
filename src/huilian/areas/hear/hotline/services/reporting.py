"""Taking the report out of the house leaves a trace."""

from django.db import transaction

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record


@transaction.atomic
def note_report(month: str, form: str, *, by) -> None:
    """Record that `by` took the report of `month` ("2026-10") as `form`."""
    require(by, "hotline.report")
    record("hotline.take_report", f"hotline.report:{month}", by=by, data={"month": month, "form": form})
