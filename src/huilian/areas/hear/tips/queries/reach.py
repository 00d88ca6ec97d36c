"""Who may see a tip, and who must step back from it. Everything else of the area asks here."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from huilian.engine.access.queries import may
from huilian.engine.accounts.models import User
from huilian.engine.directory.identity import keyed
from huilian.engine.directory.models import Appointment, Kin, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.queries import holders_of
from huilian.engine.vault.services.keys import key_of
from huilian.foundation.now import now, today

from ..models import Interest, Mark, Member, Tip

SEE, LEAD = "tips.see", "tips.approve"  # leaders of the commission decide on tips, and lead them


def unit_mark(unit: Unit) -> str:
    return keyed("unit", str(unit.pk))


def name_mark(name: str) -> str:
    return keyed("name", name)


def marks_of(user) -> frozenset[str]:
    """Digests by which a tip could name this officer, somebody of their kin, or a unit they head.

    A namesake steps back as well: a tip less is no harm, a tip seen by the person named is one for good.
    """
    me = getattr(user, "person", None)
    if me is None:
        return frozenset()
    kin = Q(person=me) | Q(relative=me)
    if me.identity_digest:
        kin |= Q(identity_digest=me.identity_digest)
    found = {name_mark(me.name), me.identity_digest}
    for row in Kin.sealed.filter(kin, withdrawn_on=None).select_related("person", "relative"):
        found |= {name_mark(row.name), row.identity_digest, name_mark(row.person.name), row.person.identity_digest}
        if row.relative:
            found |= {name_mark(row.relative.name), row.relative.identity_digest}
    headed = Appointment.objects.filter(in_office(today()), person=me, post__is_head=True).select_related("post__unit")
    found |= {unit_mark(appointment.post.unit) for appointment in headed}
    return frozenset(found - {""})


def visible_to(user) -> QuerySet[Tip]:
    """Tips of whose team the user is today, less those that name them, their kin or a unit they head, and those in
    which they have an interest."""
    found = Tip.objects.select_related("case__procedure", "case__lamp", "case__clock", "unit", "place")
    if not may(user, SEE):
        return found.none()
    teams = Member.objects.filter(user=user, ended_at=None, until__gt=now()).values("tip")
    return found.filter(pk__in=teams).exclude(pk__in=stepped_back(user))


def stepped_back(user) -> QuerySet:
    """Tips from which the user must step back, as keys."""
    named = Mark.objects.filter(digest__in=marks_of(user)).exclude(kind=Mark.Kind.REPORTER).values("tip")
    return Tip.objects.filter(Q(pk__in=named) | Q(pk__in=Interest.objects.filter(user=user).values("tip"))).values("pk")


def must_step_back(user, tip: Tip) -> bool:
    return Tip.objects.filter(pk=tip.pk, pk__in=stepped_back(user)).exists()


def officers(role: str, marks: Iterable[str] = (), unit: Unit | None = None) -> list[User]:
    """Officers of `role` (in `unit`) with a key whom none of `marks` concerns."""
    marks = set(marks)
    users = [p.user for p in holders_of(role, unit=unit) if p.user and p.user.is_active]
    return [user for user in users if key_of(user) and not marks & marks_of(user)]


def find(number: str, user) -> Tip | None:
    """The tip `number`, if the user may see it."""
    return visible_to(user).filter(number=number).first()
