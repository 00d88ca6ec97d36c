"""What a person does to their own desk. Acts on cases belong to the cases."""

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from .models import SavedView

MOST_VIEWS = 12  # more cannot be told apart in a row of links
PASSING = ("page", "csrfmiddlewaretoken", "name")  # where one stands in a list is not part of a view


@transaction.atomic
def save_view(page: str, name: str, query: str, *, by) -> SavedView:
    """Keep the filter `query` of the list `page` under `name`; the same name again replaces it."""
    name = name.strip()
    if not name:
        raise Invalid(_("Give the view a name."), field="name")
    kept = QueryDict(query, mutable=True)
    for key in PASSING:
        kept.pop(key, None)
    text = kept.urlencode()
    if len(text) > 500:
        raise Invalid(_("This filter is too long to be kept."), field="name")
    mine = SavedView.objects.filter(user=by, page=page)
    if not mine.filter(name=name[:24]).exists() and mine.count() >= MOST_VIEWS:
        raise Invalid(
            _("You have %(n)s saved views here already. Remove one you no longer need.") % {"n": MOST_VIEWS},
            field="name",
        )
    view, _made = SavedView.objects.update_or_create(user=by, page=page, name=name[:24], defaults={"query": text})
    return view


@transaction.atomic
def remove_view(pk: int, *, by) -> None:
    """Forget one of one's own views; somebody else's is not found and stays."""
    SavedView.objects.filter(pk=pk, user=by).delete()


def note_export(page: str, query: str, rows: int, *, by) -> None:
    """Write into the trail that rows left the house in a workbook, and which."""
    record("desk.export", f"desk.list:{page}", by=by, data={"rows": rows, "filter": query})
