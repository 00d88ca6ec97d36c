"""What rules name is found again: who answers, where it is, and which official is named in it."""

from datetime import date

import pytest
from django.urls import reverse

from huilian.areas.watch.collective import subjects as ours
from huilian.areas.watch.collective.models import Debt, Line
from huilian.engine.alerts import evidence, showing
from huilian.engine.screening.subjects import resolve
from huilian.foundation.now import frozen

from .books import JUNE, opened, posted

pytestmark = pytest.mark.django_db
LIUHE = 999901101201


def test_a_voucher_is_answered_for_by_the_organisation_whose_books_it_stands_in(cast):
    with frozen(JUNE):
        accounts = opened(cast)
        voucher = posted(cast, accounts, date(2026, 6, 3), "收鱼塘租金", ("102", 100_000), ("501-02", -100_000))
    line = Line.objects.filter(voucher=voucher).first()

    found = resolve(
        [(f"voucher:{voucher.pk}", LIUHE), (f"voucher_line:{line.pk}", LIUHE), (f"set:{accounts.pk}", LIUHE)]
    )

    for about in found.values():
        assert (about.unit, about.place, about.township) == (accounts.unit, cast.liuhe, cast.qingshi)
    assert str(voucher) in found[f"voucher:{voucher.pk}"].label
    assert found[f"voucher:{voucher.pk}"].data_owner == accounts.agency


def test_an_official_to_whom_money_is_owed_is_named_in_it(cast):
    accounts = opened(cast)
    head = cast.person("liu_changgui")
    head.identity_digest = "k" * 64
    head.save()
    debt = Debt.objects.create(
        set=accounts, number="ZW-0001", direction="borrowed", counterpart=head.name, counterpart_key="k" * 64,
        counterpart_kind="cadre", principal_cents=100, balance_cents=100, began_on=accounts.starts_on,
    )  # fmt: skip

    about = resolve([(f"debt:{debt.pk}", LIUHE)])[f"debt:{debt.pk}"]

    assert list(about.persons) == [head]


def test_an_alert_shows_people_names_and_words_instead_of_ids_codes_and_digests(cast):
    fields = {
        "voucher_id": 1, "village_code": LIUHE, "voucher_date": "2026-06-10", "kind": "payment", "method": "cash",
        "payee_key": "f3a9", "payee_norm": "王小明", "handler_id": cast.person("li_xiao").pk, "approver_id": None,
        "entered_at": "2026-06-10T09:00:00", "reviewer_id": 0,
    }  # fmt: skip

    (row,) = showing._rows([evidence.row("voucher", 1, fields)], {})

    shown = dict(row["pairs"])
    assert list(shown.values()) == ["柳河村", "2026-06-10", "付款凭证", "现金", "李* 报账员", "2026-06-10 09:00"]


def test_what_is_gone_falls_back_to_its_village(cast):
    about = resolve([("voucher:987654", LIUHE), ("village:999901101201", LIUHE)])

    assert {a.unit for a in about.values()} == {cast.liuhe_cooperative}


def test_every_kind_reads_its_rows_and_makes_its_page():
    for name, kind in ours.KINDS.items():
        assert kind(["1", "x"]) == {}, name
        pages = kind.page(Anything())
        assert reverse(pages[0], args=pages[1]), name


class Anything:
    """A row that has every number."""

    def __getattr__(self, name):
        return 1 if name.endswith(("pk", "_id")) else Anything()
