"""Books that leave the house as plain text: allowed to who may see them, and written down."""

from collections.abc import Iterator

from django.db import transaction

from huilian.engine.trail.services import record

from ..models import AccountSet
from ..queries import plain_text
from .acting import allow
from .sets import subject


@transaction.atomic
def export_ledger(accounts: AccountSet, form: str, *, by) -> Iterator[str]:
    """The posted vouchers of a set in one of `plain_text.FORMATS`, piece by piece."""
    allow(by, "collective.see", accounts)
    pieces = plain_text.write(accounts, form)
    record("collective.export_ledger", subject(accounts), by=by, data={"form": form}, place=accounts.place)
    return pieces
