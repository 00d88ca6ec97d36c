"""What the agency's pages show: books of a village, a statement of the bank, drafts, a request on its way, a budget."""

import io
from datetime import date, timedelta


def tell(people) -> dict[str, str]:
    import yaml

    from huilian.areas.watch.collective.models import Account, AccountSet, BankAccount
    from huilian.areas.watch.collective.seeding import seed
    from huilian.areas.watch.collective.services import bank, budget, payments, sets, vouchers
    from huilian.engine.procedures.services import publish
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.now import today
    from huilian.project.discover import SOURCE

    publish(yaml.safe_load((SOURCE / "areas/watch/collective/procedures/payment.yaml").read_text()), by=SYSTEM)
    seed()
    books = AccountSet.objects.filter(unit=people.liuhe_cooperative).first() or sets.open_books(
        people.liuhe_cooperative,
        starts_on=date(today().year, 1, 1),
        agency=people.qingshi_agency,
        opening=[("102", 9_000_000), ("301", -9_000_000)],
        by=SYSTEM,
    )
    account = BankAccount.objects.filter(set=books, closed_on=None).first() or bank.save_bank_account(
        None,
        {
            "set": books,
            "number": "6217000011112222",
            "bank": "安澜农商银行",
            "holder": books.name,
            "kind": "basic",
            "account": Account.objects.get(set=None, code="102"),
        },
        by=people.ma_jun,
    )
    day = today() - timedelta(days=2)
    rows = f"{day},租金,1200.00,,91200.00,柳河食品厂\n{day},保洁,,800.00,90400.00,安澜保洁部\n"
    head = "交易日期,摘要,收入金额,支出金额,账户余额,对方户名\n"
    bank.import_statement(account, io.BytesIO((head + rows).encode()), "对账单.csv", by=people.ma_jun)
    lines = [{"account": "514-01", "debit_cents": 80_000}, {"account": "102", "credit_cents": 80_000}]
    for summary in ("十一月保洁费", "村道保洁费"):
        vouchers.draft(books, {"date": day, "summary": summary, "payee": "安澜保洁部"}, lines, by=people.ma_jun)
    decided = {"decision_no": "柳决〔2026〕1号", "decided_on": date(today().year, 1, 10)}
    budget.save_budget(
        books, today().year, [("513", 300_000, "办公"), ("514", 70_000, "")], by=people.ma_jun, **decided
    )
    wanted = {
        "purpose": "村道保洁费",
        "amount_cents": 80_000,
        "account": "514-01",
        "payee": "安澜保洁部",
        "payee_kind": "firm",
        "handler": "李晓",
    }
    payment = payments.request(books, wanted, by=people.li_xiao)
    return {"books": str(books.pk), "bank_account": str(account.pk), "payment": payment.case.number}
