"""「成员名册」「份额」 Who is a member and which household holds which shares; each change by a decision."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory import identity
from huilian.foundation import codes
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import AccountSet, Member, Share, ShareChange
from .keeping import decision, fresh, keeper, not_later, note, written

Kind = ShareChange.Kind


@transaction.atomic
def join(
    *,
    set: AccountSet,
    household: str,
    name: str,
    identity_number: str = "",
    is_head: bool = False,
    joined_on: date,
    ground: str = "",
    decision_no: str,
    by: Any,
) -> Member:
    """Enter a member by the decision that confirmed them. Of the identity number a digest and four digits are kept."""
    keeper(set, by)
    household = written(household, "household", _("Write the number of the household."))
    name = written(name, "name", _("Write the name of the member."))
    number = decision(decision_no)
    not_later(joined_on, "joined_on")
    digest, tail = identity_of(identity_number)
    if digest and Member.objects.filter(set=set, identity_digest=digest, left_on=None).exists():
        raise Conflict(_("This person is on the roll already."), field="identity_number")
    if is_head and Member.objects.filter(set=set, household=household, is_head=True, left_on=None).exists():
        raise Conflict(_("Household %(household)s has a head already.") % {"household": household}, field="is_head")
    member = Member.objects.create(
        set=set,
        household=household,
        name=name,
        identity_digest=digest,
        identity_tail=tail,
        is_head=is_head,
        joined_on=joined_on,
        ground=ground.strip(),
        decision_no=number,
    )
    _count(set)
    note("collective.join", member, by=by, household=household, decision=number)
    return member


@transaction.atomic
def leave(member: Member, *, on: date, decision_no: str, by: Any) -> Member:
    """Take a member off the roll by a decision, or after death. Their shares are changed by acts of their own."""
    number = decision(decision_no)
    member = fresh(member, by)
    if member.left_on:
        raise Conflict(_("%(member)s left the roll on %(day)s.") % {"member": member, "day": member.left_on})
    if on < member.joined_on:
        raise Invalid(_("Nobody leaves before they joined, on %(day)s.") % {"day": member.joined_on}, field="on")
    member.left_on, member.decision_no = not_later(on), number
    member.save(update_fields=["left_on", "decision_no"])
    _count(member.set)
    note("collective.leave", member, by=by, household=member.household, decision=number, on=on)
    return member


def identity_of(number: str) -> tuple[str, str]:
    """(digest, last four) of an identity number with a right check digit; empty when none is given."""
    if not number or not number.strip():
        return "", ""
    return identity.digest(number), codes.clean(number)[-4:]


@transaction.atomic
def set_up_share(
    *,
    set: AccountSet,
    household: str,
    holder: str,
    shares: Decimal,
    decision_no: str,
    published_on: date | None = None,
    kind: str = "基本份额",
    certificate_no: str = "",
    on: date | None = None,
    by: Any,
) -> Share:
    """Set up the shares of a household, by a decision that was published."""
    keeper(set, by)
    household = written(household, "household", _("Write the number of the household."))
    if Share.objects.filter(set=set, household=household, kind=kind).exists():
        raise Conflict(
            _("Household %(household)s holds such shares already. Change them instead.") % {"household": household},
            field="household",
        )
    day = not_later(on or today())
    share = Share.objects.create(
        set=set,
        household=household,
        holder=written(holder, "holder", _("Write who holds the shares.")),
        kind=kind.strip() or "基本份额",
        shares=Decimal(0),
        certificate_no=certificate_no.strip(),
    )
    return _turn(share, Kind.SET_UP, shares, day, decision(decision_no), published_on, "", by)


@transaction.atomic
def change_share(
    share: Share,
    *,
    shares: Decimal,
    on: date,
    decision_no: str,
    published_on: date | None = None,
    remark: str = "",
    by: Any,
) -> Share:
    """Change how many shares a household holds."""
    number = decision(decision_no)
    share = fresh(share, by)
    return _turn(share, Kind.CHANGED, shares, on, number, published_on, remark, by)


@transaction.atomic
def inherit_share(
    share: Share, *, heir: str, on: date, decision_no: str, published_on: date | None = None, remark: str = "", by: Any
) -> Share:
    """Note who holds the shares after the holder has died. An heir who is no member has the income, not the vote."""
    number = decision(decision_no)
    share = fresh(share, by)
    share.holder = written(heir, "heir", _("Write who holds the shares."))
    return _turn(share, Kind.INHERITED, share.shares, on, number, published_on, remark, by)


@transaction.atomic
def transfer_shares(
    share: Share, *, to: Share, shares: Decimal, on: date, decision_no: str, published_on: date | None = None, by: Any
) -> tuple[Share, Share]:
    """Move shares to another household of the same collective; the sum stays what it was."""
    number = decision(decision_no)
    if to.set_id != share.set_id or to.pk == share.pk or to.kind != share.kind:
        raise Invalid(
            _("Shares go to another household of the same collective, and stay of the same kind."), field="to"
        )
    first, second = (fresh(one, by) for one in sorted((share, to), key=lambda s: s.pk))
    giver, taker = (first, second) if first.pk == share.pk else (second, first)
    if not 0 < shares <= giver.shares:
        raise Invalid(_("The household holds %(n)s shares.") % {"n": giver.shares}, field="shares")
    _turn(giver, Kind.TRANSFERRED, giver.shares - shares, on, number, published_on, taker.household, by)
    _turn(taker, Kind.TRANSFERRED, taker.shares + shares, on, number, published_on, giver.household, by)
    return giver, taker


@transaction.atomic
def give_up_share(
    share: Share, *, on: date, decision_no: str, published_on: date | None = None, remark: str = "", by: Any
) -> Share:
    """Note that a household gives its shares up, of its own will and with the members' agreement."""
    number = decision(decision_no)
    share = fresh(share, by)
    return _turn(share, Kind.GIVEN_UP, Decimal(0), on, number, published_on, remark, by)


def _turn(
    share: Share, kind: str, after: Decimal, on: date, number: str, published_on: date | None, remark: str, by: Any
) -> Share:
    not_later(on)
    if published_on:
        not_later(published_on, "published_on")
    if after < 0 or (after == 0 and kind != Kind.GIVEN_UP and kind != Kind.TRANSFERRED):
        raise Invalid(_("Write how many shares it is, above zero; shares that end are given up."), field="shares")
    last = share.changes.order_by("-on", "-pk").first()
    if last and on < last.on:
        raise Invalid(
            _("These shares changed last on %(day)s; a change cannot lie before.") % {"day": last.on}, field="on"
        )
    before, share.shares = share.shares, after
    share.save()
    ShareChange.objects.create(
        share=share,
        kind=kind,
        on=on,
        before=before,
        after=after,
        decision_no=number,
        published_on=published_on,
        note=remark.strip()[:120],
    )
    note(
        f"collective.share_{kind}", share, by=by, household=share.household, before=before, after=after, decision=number
    )
    return share


def _count(set_: AccountSet) -> None:
    """How many members there are stands with the account set."""
    AccountSet.objects.filter(pk=set_.pk).update(members=Member.objects.filter(set=set_, left_on=None).count())
