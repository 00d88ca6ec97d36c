"""The facts that blocking rules ask for, each one walk along an index: they run while somebody waits."""

from datetime import date, datetime, timedelta

from django.db import connection

from huilian.engine.procedures.models import Case
from huilian.foundation.now import CHINA

from ..models import AccountSet
from ..rules.blocking import SPLIT_DAYS, Paid

# "NOT (… = '')" is written as in the partial index: SQLite uses such an index only where its condition stands so.
_USED = """
SELECT 1, v.month, v.number, v.set_id FROM collective_invoice i
JOIN collective_voucher v ON v.id = i.voucher_id
WHERE i.number = %s AND NOT (i.number = '') AND v.is_reversed = %s AND v.reverses_id IS NULL
UNION ALL
SELECT 2, 0, p.case_id, p.set_id FROM collective_payment p
JOIN procedures_case c ON c.id = p.case_id
WHERE p.invoice_no = %s AND NOT (p.invoice_no = '') AND p.voucher_id IS NULL AND c.state = 'open' AND p.id <> %s
LIMIT 1"""
_HELD = """
SELECT b.opening_cents + b.debit_cents - b.credit_cents FROM collective_balance b
WHERE b.set_id = %s AND b.account_id = %s ORDER BY b.month DESC LIMIT 1"""
_PAID = """
SELECT v.id, v.month, v.number, v.date, v.total_cents, '' FROM collective_voucher v
WHERE v.set_id = %s AND v.payee_norm = %s AND v.date >= %s AND v.date <= %s
  AND v.kind = 'payment' AND v.is_reversed = %s AND v.reverses_id IS NULL
UNION ALL
SELECT 0, 0, 0, c.received_at, p.amount_cents, c.number FROM collective_payment p
JOIN procedures_case c ON c.id = p.case_id
WHERE p.set_id = %s AND p.payee_norm = %s AND p.voucher_id IS NULL AND c.state = 'open'
  AND c.received_at >= %s AND p.id <> %s"""


def invoice_used(number: str, *, but: int = 0) -> str:
    """Where the paper `number` stands already: a voucher (2026-05 no. 12) or an open request; "" for nowhere.

    `but`: the request that asks.
    """
    if not number:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_USED, [number, False, number, but])
        found = cursor.fetchone()
    if not found:
        return ""
    kind, month, number, set_id = found
    if kind == 1:
        name = AccountSet.objects.values_list("name", flat=True).get(pk=set_id)
        return f"{name} {month // 100}-{month % 100:02d}-{number or '—'}"
    return Case.objects.values_list("number", flat=True).get(pk=number)


def cash_held(set: AccountSet, cash_account: int) -> int:
    """Cents of cash by the posted books."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [set.pk, cash_account])
        found = cursor.fetchone()
    return found[0] if found else 0


def paid_to(set: AccountSet, payee_norm: str, day: date, *, but: int = 0, but_voucher: int = 0) -> list[Paid]:
    """What the payee got from these books, or is asked for, within `SPLIT_DAYS` days up to `day`."""
    if not payee_norm:
        return []
    first = day - timedelta(days=SPLIT_DAYS)
    as_day = connection.ops.adapt_datefield_value
    since = connection.ops.adapt_datetimefield_value(datetime(first.year, first.month, first.day, tzinfo=CHINA))
    given = [set.pk, payee_norm, as_day(first), as_day(day), False, set.pk, payee_norm, since, but]
    with connection.cursor() as cursor:
        cursor.execute(_PAID, given)
        rows = cursor.fetchall()
    return [Paid(row[4], row[3], row[1], row[2], row[5]) for row in rows if not row[0] or row[0] != but_voucher]
