"""Who may act on a motion or a meeting, and the rows locked until the act is over."""

from django.utils.translation import gettext as _

from huilian.engine import locking
from huilian.engine.access.queries import require, scope_of
from huilian.engine.directory.models import Person
from huilian.foundation.errors import NotAllowed

from ..models import AgendaItem, Meeting, Motion


def allow(by, action: str, owner) -> Person | None:
    """The person behind `by`, who may do `action` where `owner` (with place and unit) is; None for the system."""
    require(by, action)
    reach = scope_of(by, action)
    if not (reach.holds_place(owner.place) or reach.holds_unit(owner.unit)):
        raise NotAllowed(_("The decisions of %(place)s are not among those of your post.") % {"place": owner.place})
    return getattr(by, "person", None)


def locked(motion: Motion) -> Motion:
    return locking.locked(Motion.objects.select_related("case__procedure", "place", "unit", "matter"), motion.pk)


def locked_meeting(meeting: Meeting) -> Meeting:
    return locking.locked(Meeting.objects.select_related("place", "unit", "body"), meeting.pk)


def locked_item(item: AgendaItem) -> AgendaItem:
    """The item, with its meeting locked: whoever counts and whoever closes come one after the other."""
    meeting = locked_meeting(item.meeting)
    found = AgendaItem.objects.select_related("motion__case__procedure", "motion__matter").get(pk=item.pk)
    found.meeting = meeting
    return found
