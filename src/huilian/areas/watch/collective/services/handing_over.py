"""What follows the books when a village is merged: things, contracts, debts, members and their shares."""

from django.db.models import Value
from django.db.models.functions import Concat, Left

from ..models import AccountSet, Asset, Contract, Debt, Member, Share


def things_follow(old: AccountSet, into: AccountSet) -> dict[str, int]:
    """Hand everything that is registered over with the books, in the caller's transaction; how many of each.

    Household numbers that both villages use get the old village's name before them, so that no two become one.
    """
    taken = set(Share.objects.filter(set=into).values_list("household", flat=True))
    taken |= set(Member.objects.filter(set=into).values_list("household", flat=True))
    moved = {}
    for model in (Member, Share):
        rows = model.objects.filter(set=old)
        prefix = Value(f"{old.place.name[:8]}-")
        rows.filter(household__in=taken).update(household=Concat(prefix, Left("household", 11)))
        moved[model._meta.model_name] = rows.update(set=into)
    for model in (Asset, Contract, Debt):
        moved[model._meta.model_name] = model.objects.filter(set=old).update(set=into)
    now_in = Member.objects.filter(set=into, left_on=None).count()
    AccountSet.objects.filter(pk=into.pk).update(members=now_in)
    AccountSet.objects.filter(pk=old.pk).update(members=0)
    return moved
