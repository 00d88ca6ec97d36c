"""Who may act on a seal, and the rows locked until the act is over."""

from django.utils.translation import gettext as _

from huilian.engine import locking
from huilian.engine.access.queries import recused, require, scope_of
from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.roles import catalogue
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import today

from ..models import Request, Seal


def allow(by, action: str, seal: Seal) -> Person | None:
    """The person behind `by`, who may do `action` with this seal; None for the system. Raises NotAllowed."""
    require(by, action)
    if not scope_of(by, action).holds_place(seal.place):
        raise NotAllowed(_("%(seal)s is not among the seals of your post.") % {"seal": seal})
    return getattr(by, "person", None)


def locked(request: Request) -> Request:
    joined = ("case", "seal__place", "seal__unit", "seal__keeper", "document_class")
    return locking.locked(Request.objects.select_related(*joined), request.pk)


def locked_seal(seal: Seal) -> Seal:
    return Seal.objects.select_for_update(of=("self",)).select_related("place", "unit", "keeper").get(pk=seal.pk)


def stands_apart(person: Person | None, by, request: Request) -> None:
    """Raise NotAllowed where one person would do two things: ask, review, approve and keep stay apart (facts §4.4)."""
    if person is None:
        return
    held = {
        request.applicant_id: _("You asked for this seal yourself, so somebody else must agree to it."),
        request.seal.keeper_id: _("You keep this seal, so you cannot agree to its use."),
        request.reviewer_id: _("You reviewed this yourself, so somebody else must approve it."),
    }
    held.pop(None, None)
    if person.pk in held:
        raise NotAllowed(held[person.pk])
    if why := recused(by, persons=[request.applicant] if request.applicant else []):
        raise NotAllowed(why)


def unit_with(role: str, seal: Seal) -> Unit:
    """The unit whose people act next. Raises Invalid where nobody holds the post, so that nothing lies unseen."""
    place = seal.township if role == "seal_approver" else seal.place
    found = Appointment.objects.filter(in_office(today()), post__unit__place=place).select_related("post__unit")
    for appointment in found.order_by("pk"):
        if role in appointment.post.roles:
            return appointment.post.unit
    raise Invalid(
        _("Nobody in %(place)s holds the post of %(role)s. Have somebody appointed, then go on.")
        % {"place": place or seal.place, "role": catalogue()[role].name}
    )
