"""What waits in the books of many villages at once: the town agency's day on one page, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet

from ..models import AccountSet, BankLine, EntryDraft, Line, Month, Voucher, VoucherTemplate
from ..rules.months import first_day, last_day, month_of, next_month, previous_month, word
from .bank import last_days, sets_visible_to, waiting_lines
from .payments import waiting_requests

HAND_IN_DAY = 10  # facts of the counties: the papers of a month are handed in by the 10th of the next
SPAN = 730  # days back in which a payee's last voucher is looked for


@dataclass(frozen=True, slots=True)
class Desk:
    """One village on the agency's page."""

    set: AccountSet
    drafts: int
    submitted: int
    requests: int
    bank_lines: int
    statements_upto: date | None
    to_close: int | None  # the oldest open month whose papers are here and that is over; None: none
    missing: tuple[str, ...]  # "papers": not handed in by the 10th; "statement": none for the last month
    kept: bool = False  # an entry of mine lies unfinished

    @property
    def month_words(self) -> str:
        return word(self.to_close) if self.to_close else ""

    @property
    def closed_words(self) -> str:
        return word(self.set.closed_month) if self.set.closed_month else ""

    @property
    def waits(self) -> int:
        return self.drafts + self.submitted + self.requests + self.bank_lines + bool(self.to_close) + len(self.missing)


def desks(user, day: date) -> list[Desk]:
    """Every village this person keeps books for, the one with most to do first. Ten queries, however many villages."""
    sets = list(sets_visible_to(user, "collective.enter").filter(closed_on=None).select_related("place", "township"))
    keys = [s.pk for s in sets]
    counts = _counts(keys)
    lines, requests, days = waiting_lines(keys), waiting_requests(keys), last_days(keys)
    handed = _handed_in(keys)
    kept = set(EntryDraft.objects.filter(user=user, set__in=keys).values_list("set", flat=True))
    found = [
        Desk(
            s,
            counts.get((s.pk, "draft"), 0),
            counts.get((s.pk, "submitted"), 0),
            requests.get(s.pk, 0),
            lines.get(s.pk, 0),
            days.get(s.pk) if days.get(s.pk) != date.min else None,
            _to_close(s, handed.get(s.pk, set()), day),
            _missing(s, handed.get(s.pk, set()), days.get(s.pk), day),
            s.pk in kept,
        )
        for s in sets
    ]
    return sorted(found, key=lambda d: (-d.waits, d.set.village_code))


def _counts(keys: list[int]) -> dict[tuple[int, str], int]:
    rows = Voucher.objects.filter(set__in=keys, state__in=("draft", "submitted")).order_by()
    return {(key, state): n for key, state, n in rows.values_list("set", "state").annotate(n=Count("pk"))}


def _handed_in(keys: list[int]) -> dict[int, set[int]]:
    """Months whose papers are here and that are not closed, by set."""
    found: dict[int, set[int]] = {}
    rows = Month.objects.filter(set__in=keys, closed_at=None).exclude(submitted_at=None)
    for key, month in rows.values_list("set", "month"):
        found.setdefault(key, set()).add(month)
    return found


def _oldest_open(set_: AccountSet) -> int:
    return next_month(set_.closed_month) if set_.closed_month else month_of(set_.starts_on)


def _to_close(set_: AccountSet, handed: set[int], day: date) -> int | None:
    month = _oldest_open(set_)
    return month if month in handed and last_day(month) < day else None


def _missing(set_: AccountSet, handed: set[int], statement: date | None, day: date) -> tuple[str, ...]:
    before = previous_month(month_of(day))
    if before < month_of(set_.starts_on):
        return ()
    missing = []
    if day.day > HAND_IN_DAY and before > set_.closed_month and before not in handed:
        missing.append("papers")
    if statement is not None and statement < first_day(before) and day.day > HAND_IN_DAY:
        missing.append("statement")
    return tuple(missing)


def waiting_vouchers(user, state: str = "", set_key: int | None = None) -> QuerySet[Voucher]:
    """Vouchers that are not posted, in the books this person keeps or reviews, the oldest first."""
    sets = sets_visible_to(user, "collective.see")
    rows = Voucher.objects.filter(set__in=sets, state__in=[state] if state else ["draft", "submitted"])
    if set_key:
        rows = rows.filter(set=set_key)
    return rows.select_related("set", "prepared_by", "reviewed_by").order_by("set__village_code", "date", "pk")


def drafts_of(set_: AccountSet, top: int = 8) -> list[Voucher]:
    """The drafts of one village, the newest first."""
    return list(Voucher.objects.filter(set=set_, state="draft").order_by("-pk")[:top])


def latest_voucher(set_: AccountSet, person) -> Voucher | None:
    """The last voucher somebody entered here, else anybody."""
    rows = Voucher.objects.filter(set=set_).exclude(kind__in=("carry", "opening")).filter(reverses=None)
    own = rows.filter(prepared_by=person).order_by("-pk").first() if person else None
    return own or rows.order_by("-pk").first()


def templates_for(set_: AccountSet) -> list[VoucherTemplate]:
    """Templates of the county and of this set, those of the set first."""
    rows = VoucherTemplate.objects.filter(Q(set=None) | Q(set=set_), is_active=True)
    return sorted(rows, key=lambda t: (t.set_id is None, t.name))


def last_like(line: BankLine) -> Voucher | None:
    """The last posted voucher with the same other side and the same direction: how such money was booked before."""
    if not line.counter_norm:
        return None
    kind = "receipt" if line.amount_cents > 0 else "payment"
    rows = Voucher.objects.filter(
        set=line.bank_account.set_id,
        payee_norm=line.counter_norm,
        kind=kind,
        state="posted",
        is_reversed=False,
        date__gte=line.date - timedelta(days=SPAN),
    )
    return rows.order_by("-date", "-pk").first()


def lines_of(voucher: Voucher) -> list[Line]:
    return list(Line.objects.filter(voucher=voucher).select_related("account").order_by("position"))


def parties_of(set_: AccountSet, top: int = 200) -> list[str]:
    """Names that stood in these books lately: proposals for the other party."""
    rows = Voucher.objects.filter(set=set_).exclude(payee="").values("payee").annotate(last=Max("pk"))
    return [name for name, _last in rows.order_by("-last").values_list("payee", "last")[:top]]
