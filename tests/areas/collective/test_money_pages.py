"""The agency's pages: nothing typed is lost, many villages and vouchers at once, the bank page, a request, a budget."""

import io
from datetime import date

import pytest
from django.urls import reverse

from huilian.areas.watch.collective.models import BankLine, BankStatement, Budget, EntryDraft, Payment, Voucher
from huilian.areas.watch.collective.queries import agency
from huilian.areas.watch.collective.queries.chart import chart_of
from huilian.areas.watch.collective.reading.entry import read_entry
from huilian.areas.watch.collective.services import entry as services
from huilian.areas.watch.collective.services import vouchers
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import frozen
from tests.stage import once

from .books import JUNE, marked, opened, paying, posted
from .test_money_bank import ROWS, basic, file

pytestmark = pytest.mark.django_db
SAID = {
    "date": "2026-06-03",
    "summary": "六月保洁费",
    "payee": "安澜保洁部",
    "payee_kind": "firm",
    "account": ["514-01", "yxck", ""],
    "debit": ["=2*400", "", ""],
    "credit": ["", "", ""],
    "party": ["", "", ""],
    "line_summary": ["", "", ""],
}


@pytest.fixture(autouse=True)
def _june():
    with frozen(JUNE):
        yield


told, stage, cast = once(paying, at=JUNE)


@pytest.fixture
def clerk(client, cast, books):
    client.force_login(cast.ma_jun)
    return client


def page(books):
    return reverse("collective-entry", args=[books.pk])


def read(books, **more):
    return read_entry({**SAID, **more}, chart_of(books))


# What was typed


def test_accounts_are_found_by_code_pinyin_and_name_and_the_missing_amount_is_put_in(books):
    entered = read(books)

    assert [(t.account, t.debit, t.credit) for t in entered.lines] == [("514-01", 80_000, 0), ("102", 0, 80_000)]
    assert entered.gap == 0 and not entered.faults
    assert read(books, account=["51401", "银行存款"]).lines[1].account == "102"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"account": ["收入", "102"]}, "line-0"),
        ({"account": ["没有这科目", "102"]}, "line-0"),
        ({"account": ["", "102"]}, "line-0"),
        ({"debit": ["八百", ""]}, "line-0"),
        ({"date": "六月三日"}, "date"),
        ({"attachments": "两张"}, "attachments"),
    ],
)
def test_every_fault_is_said_at_its_place(books, more, field):
    assert field in read(books, **more).faults


# The page


def test_only_who_enters_vouchers_sees_the_page_and_only_own_villages(client, cast, books):
    client.force_login(cast.li_xiao)
    assert client.get(page(books)).status_code == 403
    far = opened(cast, unit=cast.dongwan_cooperative)
    client.force_login(cast.ma_jun)
    assert client.get(page(far)).status_code == 404


def test_a_voucher_is_kept_and_the_next_one_begins_on_the_same_day(clerk, cast, books):
    answer = clerk.post(page(books), {**SAID, "do": "save"}, follow=True)

    voucher = Voucher.objects.get(summary="六月保洁费")
    assert (voucher.state, voucher.total_cents, voucher.prepared_by) == ("draft", 80_000, cast.person("ma_jun"))
    html = answer.content.decode()
    assert 'value="2026-06-03"' in html and f'value="undo-{voucher.pk}"' in html
    assert not EntryDraft.objects.exists()

    clerk.post(page(books), {"do": f"undo-{voucher.pk}"})
    assert not Voucher.objects.filter(pk=voucher.pk).exists()


def test_a_voucher_can_be_handed_over_at_once(clerk, books):
    clerk.post(page(books), {**SAID, "do": "submit"})

    assert Voucher.objects.get(summary="六月保洁费").state == "submitted"


def test_an_unbalanced_voucher_is_kept_as_a_draft_but_not_handed_over(clerk, books):
    wrong = {**SAID, "credit": ["", "700", ""]}
    answer = clerk.post(page(books), {**wrong, "do": "submit"})

    assert answer.status_code == 422 and "100.00" in answer.content.decode()
    assert not Voucher.objects.filter(summary="六月保洁费").exists()
    assert EntryDraft.objects.get().said["credit"] == ["", "700", ""]


def test_what_is_typed_is_kept_on_the_way_and_comes_back(clerk, books):
    answer = clerk.post(reverse("collective-entry-beside", args=[books.pk]), {**SAID, "account": ["514-01"]})

    assert 'data-gap="80000"' in answer.content.decode()
    assert "六月保洁费" in clerk.get(page(books)).content.decode()
    clerk.post(page(books), {"do": "clear"})
    assert not EntryDraft.objects.exists()


def test_the_page_tells_of_a_paper_used_twice_and_of_too_much_cash(clerk, cast, books):
    first = read(books, invoice_no="88", invoice_kind="invoice")
    services.enter(books, first, by=cast.ma_jun)

    said = {**SAID, "invoice_no": "88", "account": ["514-01", "101"], "debit": ["1200", ""]}
    html = clerk.post(reverse("collective-entry-beside", args=[books.pk]), said).content.decode()

    assert html.count('class="notice"') == 2


def test_a_template_a_copy_and_a_draft_fill_the_page(clerk, cast, books):
    voucher = services.enter(books, read(books), by=cast.ma_jun)
    template = next(t for t in agency.templates_for(books) if t.name == "支付保洁费")

    assert "514-01" in clerk.get(page(books) + f"?template={template.pk}").content.decode()
    assert "安澜保洁部" in clerk.get(page(books) + "?copy=last").content.decode()
    html = clerk.get(page(books) + f"?voucher={voucher.pk}").content.decode()
    assert f'name="voucher" value="{voucher.pk}"' in html

    changed = {**SAID, "debit": ["900", "", ""], "voucher": voucher.pk, "revision": voucher.revision, "do": "save"}
    clerk.post(page(books), changed)
    voucher.refresh_from_db()
    assert voucher.total_cents == 90_000
    assert clerk.post(page(books), changed).status_code == 422  # somebody saw an older one


def test_services_of_the_entry_page_are_refused_to_others_and_nothing_changes(cast, books):
    with pytest.raises(NotAllowed):
        services.keep(books, {"summary": "x"}, by=cast.li_xiao)
    with pytest.raises(NotAllowed):
        services.enter(books, read(books), by=cast.tang_yun)
    with pytest.raises(Invalid):
        services.enter(books, read(books, summary=""), by=cast.ma_jun)
    assert not EntryDraft.objects.exists() and not Voucher.objects.filter(kind="payment").exists()


def test_an_entry_of_the_bank_becomes_a_voucher_and_finds_its_way_back(clerk, cast, books):
    account = basic(cast, books)
    posted(cast, books, date(2026, 5, 1), "收租金", ("102", 500), ("501-02", -500), payee="柳河食品厂")
    clerk.post(reverse("collective-bank-read", args=[account.pk]), {"file": upload(*ROWS)})
    line = BankLine.objects.get(amount_cents=120_000)

    html = clerk.get(page(books) + f"?bank={line.pk}").content.decode()
    assert "501-02" in html and "1,200.00" in html and "柳河食品厂" in html
    said = {**SAID, "account": ["102", "501-02"], "debit": ["1200", ""], "bank": line.pk, "do": "submit"}
    clerk.post(page(books), {**said, "date": "2026-06-01", "payee": "别的写法"})
    voucher = Voucher.objects.get(source=f"bank:{line.pk}")
    vouchers.post(vouchers.review(voucher, by=cast.tang_yun), by=cast.ma_jun)

    line.refresh_from_db()
    assert line.voucher == voucher


# Many at once


def test_the_agencys_day_shows_what_waits_in_each_village(clerk, cast, books):
    services.enter(books, read(books), by=cast.ma_jun)
    (desk,) = agency.desks(cast.ma_jun, JUNE.date())

    assert (desk.set, desk.drafts, desk.missing) == (books, 1, ("papers",))
    html = clerk.get(reverse("collective-agency")).content.decode()
    assert "柳河村" in html
    assert clerk.get(reverse("collective-agency") + "?q=没有").status_code == 200


def test_the_agencys_day_asks_as_much_for_many_villages_as_for_one(clerk, cast, books, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        agency.desks(cast.ma_jun, JUNE.date())


def test_many_are_posted_and_each_says_what_became_of_it(clerk, cast, books):
    right = marked(cast, services.enter(books, read(books), by=cast.ma_jun))
    lacking = services.enter(books, read(books, summary="没有盖章"), by=cast.ma_jun, hand_over=True)

    answer = clerk.post(reverse("collective-waiting"), {"act": "post", "ids": [right.pk, lacking.pk]})

    right.refresh_from_db()
    lacking.refresh_from_db()
    assert (right.state, lacking.state) == ("posted", "submitted")
    assert "没有盖章" in answer.content.decode()


def test_many_are_handed_over_reviewed_and_thrown_away(client, cast, books):
    one, two = (services.enter(books, read(books, summary=s), by=cast.ma_jun) for s in ("甲", "乙"))
    client.force_login(cast.ma_jun)
    where = reverse("collective-waiting")
    client.post(where, {"act": "submit", "ids": [one.pk]})
    assert client.post(where, {"act": "review", "ids": [one.pk]}).status_code == 403
    client.post(where, {"act": "discard", "ids": [two.pk]})
    client.force_login(cast.tang_yun)
    client.post(where, {"act": "review", "ids": [one.pk]})

    one.refresh_from_db()
    assert one.reviewed_by == cast.person("tang_yun") and not Voucher.objects.filter(pk=two.pk).exists()
    assert client.get(where + f"?set={books.pk}&state=submitted").status_code == 200


# Bank, budget, request


def upload(*rows, name="六月.csv", **more):
    made = io.BytesIO(file(*rows, **more).getvalue())
    made.name = name
    return made


def test_the_bank_page_reads_matches_undoes_and_takes_back(clerk, cast, books):
    account = basic(cast, books)
    spent = posted(cast, books, date(2026, 6, 1), "保洁", ("514-01", 80_000), ("102", -80_000))
    where, match = (reverse(f"collective-bank-{x}", args=[account.pk]) for x in ("read", "match"))

    assert clerk.post(where, {"file": upload("2026-06-01,x,¥一千,,91200.00,,")}).status_code == 422
    clerk.post(where, {"file": upload(*ROWS)})
    html = clerk.get(reverse("collective-bank-account", args=[account.pk])).content.decode()
    assert "柳河食品厂" in html and html.count('name="voucher" value=') == 1
    line = BankLine.objects.get(amount_cents=-80_000)
    clerk.post(match, {"line": line.pk, "voucher": spent.pk})
    line.refresh_from_db()
    assert line.voucher == spent
    clerk.post(match, {"do": "rule"})
    clerk.post(match, {"do": "undo", "line": line.pk})
    line.refresh_from_db()
    assert line.voucher is None

    for more in ("", "?day=2026-06-02", "?print=1"):
        assert clerk.get(reverse("collective-reconciliation", args=[account.pk]) + more).status_code == 200
    assert clerk.get(reverse("collective-bank")).status_code == 200
    clerk.post(where, {"do": "withdraw", "statement": BankStatement.objects.get().pk})
    assert not BankStatement.objects.exists()


def test_the_bank_page_asks_for_unknown_headings(clerk, cast, books):
    account = basic(cast, books)
    where = reverse("collective-bank-read", args=[account.pk])

    answer = clerk.post(where, {"file": upload("2026-06-01,1200,91200", head="甲,乙,丙\n")})
    assert 'name="map-date"' in answer.content.decode()
    mapping = {"map-date": "甲", "map-amount": "乙", "map-balance": "丙"}
    clerk.post(where, {"file": upload("2026-06-01,1200,91200", head="甲,乙,丙\n"), **mapping})

    assert BankLine.objects.count() == 1


def test_a_budget_is_entered_from_a_file_and_printed(clerk, cast, books):
    where = reverse("collective-budget", args=[books.pk])
    decided = {"year": 2026, "decision_no": "柳决1号", "decided_on": "2026-01-10"}

    wrong = clerk.post(where, {**decided, "file": upload("513,五百,", head="科目编码,预算金额,说明\n")})
    assert wrong.status_code == 422 and not Budget.objects.exists()
    clerk.post(where, {**decided, "file": upload("513,5000,", head="科目编码,预算金额,说明\n")})

    assert Budget.objects.get().lines.get().amount_cents == 500_000
    assert "5,000.00" in clerk.get(where).content.decode()
    assert clerk.get(reverse("collective-budget-print", args=[books.pk])).status_code == 200


def test_a_village_asks_for_a_payment_and_sees_what_blocks_it(client, cast, books):
    client.force_login(cast.li_xiao)
    where = reverse("collective-payment-new")
    said = {
        "set": books.pk, "purpose": "六月保洁费", "amount_cents": "=2*8000", "account": "514-01", "payee": "安澜保洁部",
        "payee_kind": "firm", "method": "bank", "handler": "李晓",
    }  # fmt: skip

    assert client.get(where).status_code == 200
    answer = client.post(where, said)
    assert answer.status_code == 422 and 'id="id_decision_no_error"' in answer.content.decode()
    answer = client.post(where, {**said, "decision_no": "柳决3号"}, follow=True)

    payment = Payment.objects.get()
    assert payment.amount_cents == 1_600_000 and "16,000.00" in answer.content.decode()
    client.force_login(cast.liu_changgui)
    number = payment.case.number
    assert client.get(reverse("desk-act", args=[number, "agree"])).status_code == 200
    client.post(reverse("desk-act", args=[number, "return"]), {"note": "票据不全", "revision": 1})
    client.force_login(cast.li_xiao)
    assert "安澜保洁部" in client.get(reverse("desk-act", args=[number, "resubmit"])).content.decode()
