"""Who sees which lead. Default deny: in the team, not stepped back, not concerned, no kin, not head of the unit."""

from django.db.models import Exists, OuterRef, QuerySet

from huilian.engine.access.queries import may, roles_that_may
from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Appointment
from huilian.engine.directory.powers import in_office
from huilian.foundation.now import now, today

from ..models import Concern, Lead, Meeting, Member, StockItem, Stocktake
from .marks import marks_around

SEE = "leads.see"


def visible_to(user) -> QuerySet[Lead]:
    """The only place that says who sees a lead."""
    if not may(user, SEE):
        return Lead.objects.none()
    team = Member.objects.filter(Member.running(now()), lead=OuterRef("pk"), user=user)
    mine = Lead.objects.filter(Exists(team.exclude(duty=Member.Duty.RECUSED)))
    return _free_of(mine, user).select_related("unit", "place", "handler")


def must_step_back(user, lead: Lead) -> bool:
    """Whether the marks, the unit's headship or an own statement keep `user` away from the lead."""
    own = lead.members.filter(user=user, duty=Member.Duty.RECUSED).exists()
    return own or not _free_of(Lead.objects.filter(pk=lead.pk), user).exists()


def works_on(user, number: str) -> bool:
    """Whether an open lead of this number is one of the user's."""
    return any(lead.is_open for lead in visible_to(user).filter(number=number))


def keeps_away(user, number: str) -> bool:
    """Whether the user must step back from the lead of this number; from one that is not there everybody."""
    lead = Lead.objects.filter(number=number).first()
    return lead is None or must_step_back(user, lead)


def _free_of(leads: QuerySet[Lead], user) -> QuerySet[Lead]:
    leads = leads.exclude(Exists(Concern.objects.filter(lead=OuterRef("pk"), digest__in=marks_around(user))))
    me = getattr(user, "person", None)
    if me is None:
        return leads
    headed = Appointment.objects.filter(in_office(today()), person=me, post__is_head=True).values_list("post__unit")
    return leads.exclude(unit__isnull=False, unit__in=[unit for (unit,) in headed])


def who_may(action: str) -> list[User]:
    """Accounts whose post allows an act on leads."""
    keys = {role.key for role in roles_that_may(action)}
    held = Appointment.objects.filter(in_office(today()), person__user__is_active=True)
    found = {user for user, roles in held.values_list("person__user", "post__roles") if keys.intersection(roles)}
    return [user for user in User.objects.filter(pk__in=found).order_by("pk") if may(user, action)]


def visible_meetings(user) -> QuerySet[Meeting]:
    """Case managers see all meetings, others those at which they were; of leads only the ones in their reach."""
    found = Meeting.objects.select_related("chair")
    return found if may(user, "leads.keep") else found.filter(present=user)


def visible_stock(user) -> QuerySet[Stocktake]:
    return Stocktake.objects.all() if may(user, SEE) else Stocktake.objects.none()


def stock_items(stocktake: Stocktake, user) -> QuerySet[StockItem]:
    found = stocktake.items.filter(lead__in=visible_to(user).order_by())
    return found.select_related("lead", "checker", "signer")
