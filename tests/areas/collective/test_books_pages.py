"""Pages of the books: what is shown, taken out and done there, and who does not get in."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse

from huilian.areas.watch.collective.models import Month, Voucher, Year
from huilian.areas.watch.collective.services import importing, months, vouchers
from huilian.engine import sheets
from huilian.engine.registers.models import ImportRun
from huilian.engine.screening.models import Outbox
from huilian.foundation.errors import Conflict, NotAllowed
from huilian.foundation.now import frozen
from tests.stage import once

from .books import JUNE, closed, entered, opened, posted
from .test_books_import import ROWS, workbook

pytestmark = pytest.mark.django_db


def with_rent(cast):
    books = opened(cast)
    posted(cast, books, date(2026, 5, 3), "收食品厂租金", ("102", 120_050), ("501-02", -120_050), payee="柳河食品厂")
    posted(cast, books, date(2026, 5, 4), "应收周记水费", ("112", 1_500, "周记"), ("501-03", -1_500))
    return books


told, stage, cast = once(with_rent, at=JUNE)


@pytest.fixture
def books(stage):
    with frozen(JUNE):
        yield stage.world


def page(client, user, name, *args, status=200, **query):
    client.force_login(user)
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.getvalue().decode() if answer["Content-Type"].startswith("text/") else answer.getvalue()


KINDS = [
    ("trial", {"from": "202601", "to": "2026-05"}, "1,200.50"),
    ("balance", {"month": "202605"}, "资产总计"),
    ("results", {"month": "202605"}, "1,215.50"),
    ("results", {"year": "2026"}, "1,215.50"),
    ("notes", {"month": "202605"}, "周记"),
    ("general", {"year": "2026"}, "2026-05"),
    ("detail", {"account": "102", "from": "202605", "to": "202605"}, "收食品厂租金"),
    ("detail", {"account": "112", "party": "周记", "from": "202605", "to": "202605"}, "15.00"),
]


@pytest.mark.parametrize(("kind", "query", "seen"), KINDS)
def test_every_statement_and_ledger_is_shown_as_workbook_and_as_pdf(client, cast, books, kind, query, seen):
    shown = page(client, cast.tang_yun, "collective-paper", books.pk, kind, **query)
    content = page(client, cast.tang_yun, "collective-paper", books.pk, kind, **query, **{"as": "xlsx"})
    printed = page(client, cast.tang_yun, "collective-paper", books.pk, kind, **query, **{"as": "pdf"})

    assert seen in shown
    assert sum(1 for _r in sheets.read(BytesIO(content)).rows) >= 1
    assert printed.startswith(b"%PDF")


def test_a_ledger_leads_to_the_voucher_and_the_voucher_back(client, cast, books):
    voucher = Voucher.objects.get(summary="收食品厂租金")
    ledger = page(client, cast.li_xiao, "collective-paper", books.pk, "detail", account="102", month="202605")
    shown = page(client, cast.li_xiao, "collective-voucher", voucher.pk)

    assert reverse("collective-voucher", args=[voucher.pk]) in ledger
    assert "柳河食品厂" in shown and "马军" in shown and "唐云" in shown and voucher.digest in shown


def test_what_does_not_exist_or_lies_elsewhere_is_not_found(client, cast, books):
    for kind, query in (("nothing", {}), ("detail", {"account": "999"}), ("trial", {"month": "202613"})):
        page(client, cast.tang_yun, "collective-paper", books.pk, kind, status=404, **query)
    page(client, cast.sun_yan, "collective-books", status=403)
    page(client, cast.jiang_hong, "collective-books-of", 10**6, status=404)
    page(client, cast.tang_yun, "collective-books-text", books.pk, "cobol", status=404)


def test_the_overview_says_which_months_are_closed(client, cast, books):
    closed(cast, books, 202601, 202602)

    shown = page(client, cast.tang_yun, "collective-books")
    report = page(client, cast.tang_yun, "collective-books", by="figures", place=cast.qingshi.pk, month="202605")
    workbook_ = page(client, cast.jiang_hong, "collective-books", by="figures", month="202605", **{"as": "xlsx"})
    own = page(client, cast.tang_yun, "collective-books-of", books.pk)

    assert shown.count('class="done"') == 2 and "柳河村股份经济合作社" in shown
    assert "1,215.50" in report
    assert workbook_[:2] == b"PK"
    assert Month.objects.get(month=202601).digest[:16] in own


def test_the_county_sees_townships_first(client, cast, books):
    from huilian.engine.directory.models import Unit

    opened(cast, unit=Unit.objects.get(name="东湾村股份经济合作社"))
    shown = page(client, cast.jiang_hong, "collective-books", month="202605")

    assert "青石镇" in shown and "白沙乡" in shown and f"place={cast.qingshi.pk}" in shown


def test_a_month_is_handed_in_and_closed_on_the_page_of_the_books(client, cast, books):
    def act(user, what):
        client.force_login(user)
        return client.post(reverse("collective-month-act", args=[books.pk, 202601, what]), follow=True).content.decode()

    assert "还没有报送" in act(cast.tang_yun, "close")
    act(cast.li_xiao, "hand-in")
    act(cast.tang_yun, "close")

    assert Month.objects.get(month=202601).closed_at and Month.objects.count() == 1
    assert client.post(reverse("collective-month-act", args=[books.pk, 202601, "burn"])).status_code == 404


def test_a_voucher_goes_its_way_on_its_own_page(client, cast, books):
    voucher = entered(cast, books, date(2026, 6, 3), "保洁费", ("514-01", 800), ("102", -800), payee="保洁部")

    def act(user, what, **data):
        client.force_login(user)
        return client.post(reverse("collective-voucher-act", args=[voucher.pk, what]), data, follow=True)

    act(cast.ma_jun, "submit")
    refused = act(cast.ma_jun, "post")
    assert refused.status_code == 409 and "审批" in refused.content.decode()
    for user, what in ((cast.tang_yun, "review"), (cast.liu_changgui, "approve"), (cast.feng_lan, "stamp")):
        assert act(user, what).status_code == 200
    act(cast.ma_jun, "post")
    voucher.refresh_from_db()
    assert (voucher.state, voucher.number) == ("posted", 1)

    told = act(cast.tang_yun, "reverse", reason="重复记账").content.decode()

    assert "重复记账" in told and Voucher.objects.filter(reverses=voucher).exists()
    assert act(cast.tang_yun, "burn").status_code == 404


def test_a_draft_is_thrown_away_on_its_page(client, cast, books):
    voucher = entered(cast, books, date(2026, 6, 3), "保洁费", ("514-01", 800), ("102", -800))
    client.force_login(cast.ma_jun)

    client.post(reverse("collective-voucher-act", args=[voucher.pk, "discard"]))

    assert not Voucher.objects.filter(pk=voucher.pk).exists()


def given(content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return {"file": SimpleUploadedFile("三月.xlsx", content)}


def test_a_workbook_is_looked_at_and_then_entered(client, cast, books):
    client.force_login(cast.ma_jun)
    upload = reverse("collective-books-import", args=[books.pk])

    seen = client.post(upload, given(workbook()), follow=True)
    assert "1,315.10" in seen.content.decode() and Voucher.objects.filter(state="submitted").count() == 0
    run = ImportRun.objects.get()
    path = run.file.path
    client.post(reverse("collective-books-import-run", args=[books.pk, run.pk]), {"act": "enter"})

    assert Voucher.objects.filter(state="submitted").count() == 3
    run.refresh_from_db()
    assert run.state == "done" and not run.file
    assert path
    assert client.get(upload, {"template": "1"}).content[:2] == b"PK"


def test_faults_and_strange_headings_are_shown_and_a_file_is_given_up(client, cast, books):
    client.force_login(cast.ma_jun)
    upload = reverse("collective-books-import", args=[books.pk])
    wrong = [list(row) for row in ROWS]
    wrong[1][3] = "999"
    strange = ("RQ", "PZH", "ZY", "KM", "JF", "DF", "WL", "SKR", "FJ", "FP")

    faulty = client.post(upload, given(workbook(wrong)), follow=True).content.decode()
    unknown = client.post(upload, given(workbook(headings=strange)), follow=True).content.decode()
    none = client.post(upload, given(b"no table"))

    assert "999" in faulty and "RQ" in unknown and none.status_code == 422
    [second, first] = ImportRun.objects.order_by("-pk")
    matched = {
        "act": "match",
        "date": "RQ",
        "number": "PZH",
        "summary": "ZY",
        "code": "KM",
        "debit": "JF",
        "credit": "DF",
    }
    here = reverse("collective-books-import-run", args=[books.pk, second.pk])
    lacking = client.post(here, {**matched, "date": ""})
    assert lacking.status_code == 200 and "RQ" in lacking.content.decode()
    assert "1,315.10" in client.post(here, {**matched, "party": "WL"}, follow=True).content.decode()
    with pytest.raises(NotAllowed):
        importing.give_up(first, by=cast.tang_yun)
    with pytest.raises(NotAllowed):
        importing.enter_kept(first, books, by=cast.tang_yun)
    client.post(reverse("collective-books-import-run", args=[books.pk, first.pk]), {"act": "cancel"})
    first.refresh_from_db()
    assert first.state == "cancelled"
    with pytest.raises(Conflict):
        importing.enter_kept(first, books, by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        importing.keep_file(BytesIO(workbook()), "x.xlsx", books, by=cast.li_xiao)


def test_screening_hears_of_every_posting_and_closing(cast, books):
    def heard(act):
        before = Outbox.objects.filter(village_code=books.village_code).count()
        act()
        return Outbox.objects.filter(village_code=books.village_code).count() > before

    assert heard(lambda: posted(cast, books, date(2026, 6, 3), "收租金", ("102", 5), ("501-02", -5)))
    assert heard(lambda: months.hand_in(books, 202601, by=cast.li_xiao))
    assert heard(lambda: months.close_month(books, 202601, by=cast.tang_yun))
    assert heard(lambda: vouchers.reverse(Voucher.objects.get(month=202606), reason="金额写错", by=cast.tang_yun))
    assert not Year.objects.exists()
