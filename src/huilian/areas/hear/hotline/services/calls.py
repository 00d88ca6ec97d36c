"""The call on the line: the operator's draft, and what one page does with it in one transaction."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.foundation.errors import Invalid
from huilian.foundation.now import now

from ..models import Draft, Order
from .intake import answer_at_once, merge, new_code, take

MOST_KEPT = 20_000  # characters of one field; a call that says more is a letter


def keep_draft(said: dict[str, str], *, by) -> Draft:
    """Keep what was typed so far. Not recorded in the trail: nothing has been done yet."""
    require(by, "hotline.take")
    said = {str(key): str(value)[:MOST_KEPT] for key, value in said.items()}
    return Draft.objects.update_or_create(user=by, defaults={"said": said, "kept_at": now()})[0]


def drop_draft(*, by) -> None:
    """Clear the page for another call."""
    Draft.objects.filter(user=by).delete()


@transaction.atomic
def take_call(*, by, answer: str | None = None, repeats: Order | None = None, **said) -> tuple[Order, str]:
    """Register a call and, in the same breath, answer it at once or let it follow an earlier matter.

    `said` is what `take` asks for. Returns the order and the code that the caller is told; the draft is done with.
    All or nothing: where the answer is refused nothing is registered either.
    """
    code = new_code()
    order = take(by=by, code=code, **said)
    if repeats is not None:
        order = merge(order, repeats, by=by)
    elif answer is not None:
        if not answer.strip():
            raise Invalid(_("Write the answer or choose one from the knowledge base."), field="answer")
        order = answer_at_once(order, answer, by=by)
    drop_draft(by=by)
    return order, code
