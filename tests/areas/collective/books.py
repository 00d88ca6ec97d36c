"""Books for tests: those of 柳河村 from 2026-01 on, and a short way to enter and post."""

from datetime import date, datetime

import yaml

from huilian.areas.watch.collective.seeding import seed
from huilian.areas.watch.collective.services import months, sets, vouchers
from huilian.engine.directory.models import Unit
from huilian.engine.procedures.services import publish
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import CHINA
from huilian.project.discover import SOURCE

JUNE = datetime(2026, 6, 18, 10, tzinfo=CHINA)
OPENING = [
    ("101", 50_000),
    ("102", 9_000_000),
    ("112", 200_000, "柳河食品厂"),
    ("113", 30_000, "张三"),
    ("113", -10_000, "李四"),
    ("151-01", 20_000_000),
    ("152", -2_000_000),
    ("301", -15_000_000),
    ("311-02", -10_270_000),
    ("322-02", -2_000_000),
]


def opened(cast, *, starts_on=date(2026, 1, 1), opening=OPENING, unit=None):
    agency = Unit.objects.get(name__contains="代理中心")
    seed()
    return sets.open_books(
        unit or cast.liuhe_cooperative, starts_on=starts_on, agency=agency, opening=opening, by=SYSTEM
    )


def paying(cast):
    """Books of a village whose payments are asked for and approved."""
    publish(yaml.safe_load((SOURCE / "areas/watch/collective/procedures/payment.yaml").read_text()), by=SYSTEM)
    return opened(cast)


def lines(*rows):
    """("102", 500) is a debit, ("501-02", -500) a credit; a third value is whom it concerns."""
    return [
        {
            "account": code,
            "debit_cents": max(cents, 0),
            "credit_cents": max(-cents, 0),
            "party": rest[0] if rest else "",
        }
        for code, cents, *rest in rows
    ]


def entered(cast, books, day, summary, *rows, by=None, **values):
    return vouchers.draft(books, {"date": day, "summary": summary, **values}, lines(*rows), by=by or cast.ma_jun)


def marked(cast, voucher):
    """Handed over, and with every mark a payment needs."""
    voucher = vouchers.submit(voucher, by=cast.ma_jun)
    voucher = vouchers.review(voucher, by=cast.tang_yun)
    if voucher.kind == "payment":
        large = voucher.total_cents > 200_000
        voucher = vouchers.approve(voucher, by=cast.luo_cheng if large else cast.liu_changgui)
        voucher = vouchers.stamp(voucher, by=cast.feng_lan)
    return voucher


def posted(cast, books, day, summary, *rows, **values):
    return vouchers.post(marked(cast, entered(cast, books, day, summary, *rows, **values)), by=cast.ma_jun)[0]


def closed(cast, books, *which):
    """Months handed in and closed, one after the other."""
    for month in which:
        months.hand_in(books, month, by=cast.li_xiao)
        if month % 100 == 12:
            months.close_year(books, month // 100, by=cast.tang_yun)
        else:
            months.close_month(books, month, by=cast.tang_yun)
    books.refresh_from_db()
    return books
