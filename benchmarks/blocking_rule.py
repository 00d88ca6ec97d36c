"""A rule that blocks a payment against one SELECT along the same index, while somebody waits for the answer.

    python benchmarks/blocking_rule.py [--vouchers 200000] [--rounds 400] [--json]

Books of a hundred organisations with their vouchers, invoices and balances are written straight into the tables. Each
rule asks for its facts and decides; beside it one SELECT of the same rows by the same index through the same
connection. Both are called in turn with values of their own, and the ratio of their medians counts. Works on a database
of its own in a temporary folder; with DATABASE_URL on an empty PostgreSQL database.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
QUICK = ("--vouchers", "20000", "--rounds", "200")
SETS, PAYEES = 100, 60
FIRST = date(2026, 1, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vouchers", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huilian-bench-") as home:
        os.environ.update(HUILIAN_HOME=home, HUILIAN_SECRET="bench", DJANGO_SETTINGS_MODULE="huilian.project.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        fill(options.vouchers)
        results = {"database": connection.vendor, "vouchers": options.vouchers, **measure(options.rounds)}
    if options.json:
        print(json.dumps(results, indent=1))
    else:
        for name, value in results.items():
            print(f"{name:<52} {value:>12,.3f}" if isinstance(value, float) else f"{name:<52} {value!s:>12}")


def fill(many: int) -> None:
    """Vouchers, each with an invoice; one balance of cash a month; procedures and cases stay empty but for one each."""
    from django.db import connection, transaction

    from huilian.areas.watch.collective.models import Account, AccountSet, Balance, Invoice, Voucher
    from huilian.areas.watch.collective.seeding import seed
    from huilian.engine import bulk
    from huilian.engine.directory.models import Place, Unit
    from huilian.foundation.now import CHINA

    rng = random.Random(4)
    seed()
    at = datetime(2026, 6, 1, tzinfo=CHINA)
    county = Place.objects.create(code="999901000000", name="县", level=Place.Level.COUNTY, path="999901")
    places = [
        Place(code=f"99990110{n:04d}", name=f"村{n}", level=Place.Level.VILLAGE, parent=county, path=f"99990110{n:04d}")
        for n in range(1, SETS + 1)
    ]
    with transaction.atomic():
        bulk.insert(places)
        units = bulk.insert([Unit(name=f"合作社{p.pk}", kind="cooperative", place=p) for p in places])
        sets = bulk.insert(
            [
                AccountSet(unit=u, place=u.place, township=county, village_code=int(u.place.code), name=u.name,
                           starts_on=FIRST)
                for u in units
            ]
        )  # fmt: skip
        vouchers = []
        for n in range(many):
            day = FIRST + timedelta(days=rng.randrange(150))
            payee = f"商户{rng.randrange(PAYEES)}"
            vouchers.append(
                Voucher(set=sets[n % SETS], number=n, month=day.year * 100 + day.month, date=day, kind="payment",
                        state="posted", summary="支出", total_cents=rng.randrange(1000, 900_000), payee=payee,
                        payee_norm=payee, entered_at=at, posted_at=at)
            )  # fmt: skip
        bulk.insert(vouchers)
        bulk.insert(
            [Invoice(voucher=v, kind="invoice", number=f"26{n:08d}", amount_cents=1) for n, v in enumerate(vouchers)]
        )
        cash = Account.objects.get(set=None, code="101")
        bulk.insert(
            [Balance(set=s, account=cash, month=202600 + m, debit_cents=50_000) for s in sets for m in range(1, 7)]
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(rounds: int) -> dict:
    from django.db import connection

    from huilian.areas.watch.collective.models import Account, AccountSet, Invoice
    from huilian.areas.watch.collective.queries.blocking import cash_held, invoice_used, paid_to
    from huilian.areas.watch.collective.queries.chart import tiers_on
    from huilian.areas.watch.collective.rules import blocking
    from huilian.areas.watch.collective.rules.money import Limits

    rng = random.Random(5)
    sets, most = list(AccountSet.objects.all()), Invoice.objects.count()
    cash = Account.objects.get(set=None, code="101").pk
    day, tiers, limits = date(2026, 5, 20), tiers_on(date(2026, 5, 20)), Limits(cash_payment=100_000)
    as_day = connection.ops.adapt_datefield_value

    def select(sql: str, given: list) -> list:
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall()

    def duplicate(number: str, *_rest) -> None:
        blocking.check_invoice(number, invoice_used(number))

    def duplicate_bare(number: str, *_rest) -> list:
        return select("SELECT id, voucher_id FROM collective_invoice WHERE number = %s AND NOT (number = '')", [number])

    def enough_cash(_number: str, books, _payee: str) -> None:
        blocking.check_cash(20_000, held=cash_held(books, cash), limits=limits)

    def enough_cash_bare(_number: str, books, _payee: str) -> list:
        sql = "SELECT opening_cents, debit_cents FROM collective_balance WHERE set_id = %s AND account_id = %s"
        return select(f"{sql} ORDER BY month DESC LIMIT 1", [books.pk, cash])

    def split(_number: str, books, payee: str) -> None:
        blocking.splitting(90_000, paid_to(books, payee, day), tiers)

    def split_bare(_number: str, books, payee: str) -> list:
        sql = "SELECT id, month, number, date, total_cents FROM collective_voucher WHERE set_id = %s"
        given = [books.pk, payee, as_day(day - timedelta(days=blocking.SPLIT_DAYS)), as_day(day)]
        return select(f"{sql} AND payee_norm = %s AND date >= %s AND date <= %s", given)

    results: dict = {}
    for name, rule, bare in (
        ("invoice paid twice", duplicate, duplicate_bare),
        ("cash above the limit or not there", enough_cash, enough_cash_bare),
        ("payments split", split, split_bare),
    ):
        ours, theirs = [], []
        for turn in range(rounds + 20):
            given = (f"27{rng.randrange(most):08d}", rng.choice(sets), f"商户{rng.randrange(PAYEES)}")
            pair = ((rule, ours), (bare, theirs)) if turn % 2 else ((bare, theirs), (rule, ours))
            for act, times in pair:
                began = time.perf_counter()
                act(*given)
                if turn >= 20:
                    times.append(time.perf_counter() - began)
        results |= {
            f"{name}: the rule, ms": statistics.median(ours) * 1e3,
            f"{name}: one indexed SELECT, ms": statistics.median(theirs) * 1e3,
            f"{name}: ratio": statistics.median(ours) / statistics.median(theirs),
        }
    return results


if __name__ == "__main__":
    main()
