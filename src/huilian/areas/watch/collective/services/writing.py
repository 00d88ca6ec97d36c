"""What drafting, posting, closing and merging share: a voucher's lines, its check, its lock, its words in the trail."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from huilian.foundation.errors import Invalid
from huilian.foundation.now import today

from ..models import AccountSet, Line, Voucher
from ..queries.chart import Chart
from ..rules import vouchers as rules
from ..rules.months import word

PEOPLE = ("prepared_by_id", "reviewed_by_id", "approved_by_id", "stamped_by_id")


def in_chinese(sentence: object, **values: object) -> str:
    """A summary that the books write themselves: in Chinese, whatever language the person reads."""
    with override("zh-hans"):
        return str(sentence) % values


def subject(voucher: Voucher | int) -> str:
    """How the trail names a voucher: by its key, for numbers begin again every month."""
    return f"collective.voucher:{voucher if isinstance(voucher, int) else voucher.pk}"


def moves_of(voucher: Voucher) -> list[tuple[int, int, int, int]]:
    return [(x.account_id, voucher.month, x.debit_cents, x.credit_cents) for x in voucher.lines.all()]


def entries_of(voucher: Voucher, chart: Chart) -> list[rules.Entry]:
    """The voucher's lines as the rules see them."""
    entries = []
    for line in voucher.lines.all():
        account = chart.by_pk[line.account_id]
        entries.append(
            rules.Entry(
                account.code,
                line.debit_cents,
                line.credit_cents,
                line.party,
                line.summary,
                account.kept,
                line.party_key,
            )
        )
    return entries


def head_of(voucher: Voucher) -> dict[str, object]:
    """What the digest covers beside the lines. `reviewed` and the others are the persons' keys."""
    return {
        "set": voucher.set_id,
        "month": voucher.month,
        "number": voucher.number,
        "date": voucher.date.isoformat(),
        "kind": str(voucher.kind),
        "summary": voucher.summary,
        "payee": voucher.payee,
        "decision": voucher.decision_no,
        "contract": voucher.contract_no,
        "fund": voucher.fund,
        "people": [getattr(voucher, p) for p in PEOPLE],
        "reverses": voucher.reverses_id,
    }


def write_lines(voucher: Voucher, entries: Sequence[rules.Entry], chart: Chart) -> None:
    Line.objects.bulk_create(
        Line(
            voucher=voucher,
            position=at,
            account=chart.by_code[e.code],
            debit_cents=e.debit,
            credit_cents=e.credit,
            summary=e.summary,
            party=e.party,
            party_key=e.party_key,
        )
        for at, e in enumerate(entries, 1)
    )


def check(voucher: Voucher, entries: Sequence[rules.Entry]) -> None:
    """Raise Invalid, naming the voucher, unless it is right in itself and its month is open."""
    s = voucher.set
    try:
        for at, entry in enumerate(entries, 1):
            if entry.debit < 0 or entry.credit < 0:
                raise Invalid(
                    _("Line %(line)d has a negative amount. Put it on the other side, or reverse the wrong voucher.")
                    % {"line": at},
                    field="lines",
                    row=at,
                )
        voucher.total_cents = rules.check_entries(entries)
        voucher.kind = rules.check_kind(voucher.kind, entries)
        rules.check_date(
            voucher.date, starts_on=s.starts_on, closed_on=s.closed_on, closed_month=s.closed_month, today=today()
        )
    except Invalid as wrong:
        raise Invalid(f"{named(voucher)}{wrong}", field=wrong.field, row=wrong.row) from None


def named(voucher: Voucher) -> str:
    return _("%(day)s “%(summary)s”: ") % {"day": voucher.date, "summary": voucher.summary[:30]}


def not_waiting(voucher: Voucher) -> str:
    if voucher.state == Voucher.State.POSTED:
        return _("%(voucher)sIt is posted already, as number %(number)s of %(month)s. Reverse it if it is wrong.") % {
            "voucher": named(voucher),
            "number": voucher.number,
            "month": word(voucher.month),
        }
    return _("%(voucher)sIt has not been handed over for review.") % {"voucher": named(voucher)}


def lock_sets(keys: Iterable[int]) -> list[AccountSet]:
    """Lock sets of books in the order of their keys, so that no two posters wait for each other for ever."""
    return list(
        AccountSet.objects.select_for_update(of=("self",))
        .select_related("place", "unit")
        .filter(pk__in=list(keys))
        .order_by("pk")
    )


def save(voucher: Voucher, *fields: str) -> None:
    voucher.revision += 1
    voucher.save(update_fields=[*fields, "revision"])


def told(voucher: Voucher, chart: Chart | None = None) -> dict[str, object]:
    """What the trail keeps of a voucher: amounts and accounts, no names. `chart` adds the lines."""
    found = {"cents": voucher.total_cents, "month": word(voucher.month), "number": voucher.number or "—"}
    if voucher.digest:
        found["digest"] = voucher.digest
    if chart:
        found["lines"] = [f"{e.code} {e.debit} {e.credit}" for e in entries_of(voucher, chart)]
    return found
