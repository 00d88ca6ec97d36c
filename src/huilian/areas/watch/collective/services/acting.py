"""Who acts on a set of books: whether a post allows it here, and which person stands behind the account."""

from django.utils.translation import gettext as _

from huilian.engine.access.queries import recused, require, scope_of
from huilian.engine.directory.models import Organisation, Person
from huilian.foundation.errors import NotAllowed
from huilian.foundation.names import norm

from ..models import AccountSet, Voucher


def allow(by, action: str, set: AccountSet) -> Person | None:
    """The person behind `by`, who may do `action` on these books; None for the system. Raises NotAllowed."""
    require(by, action)
    reach = scope_of(by, action)
    if not (reach.holds_place(set.place) or reach.holds_unit(set.unit)):
        raise NotAllowed(_("The books of %(set)s are not among those of your post.") % {"set": set})
    return getattr(by, "person", None)


def stands_apart(person: Person | None, by, voucher: Voucher) -> None:
    """Raise NotAllowed where `person` or their kin is the other side of the voucher (回避)."""
    if person is None or not voucher.payee:
        return
    if voucher.payee_kind in ("person", "member") and not voucher.payee_key and norm(person.name) == voucher.payee_norm:
        raise NotAllowed(_("The money of this voucher goes to you or comes from you, so somebody else must do this."))
    persons = [Person(name=voucher.payee, identity_digest=voucher.payee_key)] if voucher.payee_key else []
    firms = list(Organisation.objects.filter(name=voucher.payee)) if voucher.payee_kind == "firm" else []
    if why := recused(by, persons=persons, units=firms):
        raise NotAllowed(why)
