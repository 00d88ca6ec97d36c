"""Books of a village for the browser suite: a few months closed, vouchers in every state."""

from datetime import date, timedelta


def tell(cast) -> dict[str, str]:
    from huilian.areas.watch.collective.seeding import seed
    from huilian.areas.watch.collective.services import months, sets, vouchers
    from huilian.areas.watch.collective.services.bulk import Given, import_vouchers
    from huilian.engine.directory.models import Unit
    from huilian.engine.directory.services import add_units
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.now import today

    seed()
    year = today().year - 1
    [unit] = add_units([Unit(name="山前村股份经济合作社", kind="cooperative", place=cast.shanqian)], by=SYSTEM)
    books = sets.open_books(
        unit,
        starts_on=date(year, 1, 1),
        agency=cast.qingshi_agency,
        opening=[("101", 120_000), ("102", 8_650_000), ("113", 30_000, "张三"), ("301", -8_800_000)],
        by=SYSTEM,
    )
    rows = []
    for month in range(1, 4):
        rent = (("102", 320_000 + month), ("501-02", -320_000 - month))
        payee = {"payee": "柳河食品厂", "payee_kind": "firm"}
        rows.append(Given(books, date(year, month, 6), "收柳河食品厂租金", rent, values=payee))
        clean = (("514-01", 85_000), ("102", -85_000))
        rows.append(Given(books, date(year, month, 20), "支付保洁费", clean, values={"payee": "安澜保洁部"}))
    posted = import_vouchers(rows, by=SYSTEM)
    for month in (1, 2):
        months.hand_in(books, year * 100 + month, by=SYSTEM)
        months.close_month(books, year * 100 + month, by=SYSTEM)
    lines = [{"account": "513-02", "debit_cents": 26_000}, {"account": "101", "credit_cents": 26_000}]
    values = {"date": today() - timedelta(1), "summary": "购办公用品", "payee": "安澜文具店", "payee_kind": "firm"}
    waiting = vouchers.submit(vouchers.draft(books, values, lines, by=cast.ma_jun), by=cast.ma_jun)
    return {"told_books": str(books.pk), "voucher_posted": str(posted[0].pk), "voucher_waiting": str(waiting.pk),
            "books_month": f"{year}03"}  # fmt: skip
