"""「成员名册」「份额登记」「收益分配」 Members, shares, distributions."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.registers import Column, Verb, register
from huilian.foundation.errors import Invalid
from huilian.foundation.masking import mask_name
from huilian.foundation.now import today

from ..models import Distribution, DistributionRow, Limit, Member, Share, ShareChange, Voucher
from ..queries.chart import limit_rows
from ..queries.reach import KEEP, rows_of
from ..services import distributing
from ..services import members as services
from .columns import VILLAGE, Kept, amount, day, decision, identity, say_origin, text, typed_amount

NUMBER_OF_SHARES = lambda: forms.DecimalField(label=_("Number of shares"), max_digits=12, decimal_places=4, min_value=0)  # noqa: E731
BY_DECISION = {"on": day(_("Date")), "decision_no": decision(), "published_on": day(_("Published on"), False, None)}
REMARK = {"remark": text(_("Remark"), False)}


@register
class Members(Kept):
    key, title, model, icon = "collective-members", _("Roll of members"), Member, "users"
    about = _("Members of the collectives by household. Of an identity number a keyed digest and four digits are kept.")
    columns = (
        "household",
        "name",
        VILLAGE,
        "identity_tail",
        "is_head",
        "joined_on",
        "left_on",
        "ground",
        "decision_no",
    )
    filters = ("set__place", "is_head", "joined_on", "left_on")
    search = ("household", "name", "decision_no")
    ordering = ("set", "household", "-is_head", "pk")
    sections = (
        (_("Member"), ("set", "household", "name", "identity_tail", "is_head")),
        (_("Membership"), ("joined_on", "left_on", "ground", "decision_no")),
    )
    fields = (
        "set",
        "household",
        "name",
        identity("identity_number", _("identity number")),
        "is_head",
        "joined_on",
        "ground",
        Column("decision_no", required=True),
    )
    import_key = ("set", "household", "name")
    save_with = (services.join, None)
    verbs = (
        Verb(
            "leave",
            _("Take off the roll"),
            services.leave,
            KEEP,
            {"on": day(_("Last day")), "decision_no": decision()},
            when=lambda m: m.left_on is None,
            danger=True,
        ),
    )

    def visible_to(self, user: Any):
        return rows_of(Member.objects.select_related("set__place"), user)


def _changes(share: Share) -> list[str]:
    return [
        f"{c.on} {c.get_kind_display()} {c.before:f} → {c.after:f} {c.decision_no}"
        for c in share.changes.order_by("on", "pk")
    ]


@register
class Shares(Kept):
    key, title, model, icon = "collective-shares", _("Register of shares"), Share, "id-card"
    about = _("What each household holds. A share is a right to the income; each change rests on a published decision.")
    columns = ("household", "holder", VILLAGE, "kind", "shares", "certificate_no")
    filters = ("set__place", "kind")
    search = ("household", "holder", "certificate_no")
    ordering = ("set", "household", "kind")
    sections = (
        (_("Shares of the household"), ("set", "household", "holder", "kind", "shares", "certificate_no")),
        (_("Changes"), (Column("changes_told", _("Changes"), value=_changes),)),
    )
    fields = (
        "set",
        "household",
        "holder",
        Column("kind", required=False),
        "shares",
        "certificate_no",
        Column(
            "decision_no",
            _("decision number"),
            value=lambda s: "",
            parse=lambda t: str(t or "").strip(),
            required=False,
        ),
    )
    import_key = ("set", "household", "kind")
    save_with = (services.set_up_share, None)
    verbs = (
        Verb(
            "change",
            _("Change the number"),
            services.change_share,
            KEEP,
            {"shares": NUMBER_OF_SHARES, **BY_DECISION, **REMARK},
            icon="pencil",
        ),
        Verb(
            "inherit",
            _("Inherited"),
            services.inherit_share,
            KEEP,
            {"heir": text(_("Heir")), **BY_DECISION, **REMARK},
            icon="user-check",
        ),
        Verb(
            "give-up",
            _("Given up"),
            services.give_up_share,
            KEEP,
            {**BY_DECISION, **REMARK},
            when=lambda s: s.shares > 0,
            danger=True,
            icon="x",
        ),
    )

    def visible_to(self, user: Any):
        return rows_of(Share.objects.select_related("set__place"), user)


@register
class ShareChanges(Kept):
    key, title, model, icon = "collective-share-changes", _("Changes of shares"), ShareChange, "history"
    about = _("Each with the decision it rests on and the day it was published.")
    change = ""
    columns = (
        "on",
        Column("share__set__place", pgettext_lazy("collective", "village")),
        Column("share__household", _("household number")),
        "kind",
        "before",
        "after",
        "decision_no",
        "published_on",
        "note",
    )
    filters = ("share__set__place", "kind", "on")
    search = ("share__household", "decision_no")
    ordering = ("-on", "-pk")

    def visible_to(self, user: Any):
        return rows_of(ShareChange.objects.select_related("share__set__place"), user, by="share__set")

    def subject(self, row: ShareChange):
        return row.share


def _voucher(distribution: Distribution, number: str) -> Voucher:
    """The posted voucher written as month and number, such as 202606-12."""
    month, _dash, last = number.strip().replace("-", "", number.count("-") - 1).partition("-")
    if month.isdigit() and last.isdigit():
        found = Voucher.objects.filter(set=distribution.set_id, month=int(month), number=int(last)).first()
        if found:
            return found
    raise Invalid(
        _("There is no voucher %(number)s. Write month and number, such as 202606-12.") % {"number": number},
        field="voucher",
    )


def _paid(distribution: Distribution, *, voucher: str, by: Any) -> int:
    return distributing.note_paid(distribution, _voucher(distribution, voucher), by=by)


def _plan(*, set: Any, year: int, reserve_permille: int | None, members_cents: int | None, by: Any) -> Distribution:
    return distributing.plan_distribution(
        set, year, reserve_permille=reserve_permille, members_cents=members_cents, by=by
    )


def _permille(text: Any) -> int | None:
    text = "" if text is None else str(text).strip()
    if text and not text.isdigit():
        raise Invalid(_("Write a whole number, such as 300 for 30 %."), field="reserve_permille")
    return int(text) if text else None


def _least_reserve() -> str:
    row = limit_rows(today()).get(Limit.Key.RESERVE)
    words = _("Per thousand; 300 is 30 %%. Empty: the least, which is %(least)s (%(origin)s).")
    return words % {"least": row.told if row else "0%", "origin": say_origin(row.origin) if row else "—"}


@register
class Distributions(Kept):
    key, title, model, icon = "collective-distributions", _("Distributions"), Distribution, "banknote"
    about = _("Losses first, then the reserve, then the members by their shares. Decided after ten days in the open.")
    columns = (
        VILLAGE,
        "year",
        "state",
        amount("available_cents"),
        amount("reserve_cents"),
        amount("members_cents"),
        "shown_from",
        "decided_on",
        "decision_no",
    )
    sections = (
        (_("Plan"), ("set", "year", "state", "available_cents", "reserve_cents", "members_cents")),
        (_("Decided by the members"), ("shown_from", "decided_on", "decision_no", "voucher")),
    )
    fields = (
        "set",
        "year",
        Column(
            "reserve_permille",
            _("to the reserve, per thousand"),
            value=lambda d: None,
            parse=_permille,
            required=False,
            hint=lazy(_least_reserve, str)(),
        ),
        typed_amount("members_cents", _("to the members"), empty=None),
    )
    filters = ("set__place", "year", "state")
    search = ("decision_no",)
    ordering = ("-year", "set")
    import_key = ("set", "year")
    save_with = (_plan, None)
    verbs = (
        Verb(
            "show",
            _("Lay it open"),
            distributing.show_plan,
            KEEP,
            {"on": day(_("Open to the members from"))},
            when=lambda d: d.state == "draft",
            icon="eye",
        ),
        Verb(
            "decide",
            _("Enter the decision"),
            distributing.decide_distribution,
            KEEP,
            {"decision_no": decision(), "on": day(_("Decided on"))},
            when=lambda d: d.state == "draft" and d.shown_from is not None,
            icon="vote",
        ),
        Verb(
            "book",
            _("Draft the voucher"),
            distributing.book_distribution,
            "collective.enter",
            {"on": day(_("Date"))},
            when=lambda d: d.state in ("decided", "booked") and d.voucher_id is None,
            icon="receipt-text",
        ),
        Verb(
            "pay",
            _("Draft the payment"),
            lambda row, *, on, by: distributing.draft_payout(row, on=on, by=by),
            "collective.enter",
            {"on": day(_("Date"))},
            when=lambda d: d.state == "booked",
            icon="banknote",
        ),
        Verb(
            "paid",
            _("Note as paid"),
            _paid,
            KEEP,
            {"voucher": text(_("Voucher, such as 202606-12"))},
            when=lambda d: d.state == "booked",
            icon="check",
        ),
    )

    def visible_to(self, user: Any):
        return rows_of(Distribution.objects.select_related("set__place"), user)


@register
class DistributionRows(Kept):
    key, title, model, icon = (
        "collective-distribution-rows",
        _("Payments to households"),
        DistributionRow,
        "list-checks",
    )
    about = _("What each household gets of a year's income, and whether it was paid.")
    change = ""
    columns = (
        Column("distribution__set__place", pgettext_lazy("collective", "village")),
        Column("distribution__year", _("year")),
        "household",
        "holder",
        "shares",
        amount("amount_cents"),
        "paid_on",
    )
    filters = ("distribution__set__place", "distribution__year", "distribution__state", "paid_on")
    search = ("household", "holder")
    ordering = ("-distribution__year", "household")
    masked = {"holder": mask_name}
    purpose = _("payment list of the distribution, signed by the households")

    def visible_to(self, user: Any):
        rows = DistributionRow.objects.select_related("distribution__set__place")
        return rows_of(rows, user, by="distribution__set")

    def subject(self, row: DistributionRow):
        return row.distribution
