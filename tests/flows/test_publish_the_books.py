"""What the books hold becomes what a village publishes, line by line and to the cent."""

from datetime import date, datetime

import pytest

from huilian.areas.serve.disclosure import queries, services
from huilian.areas.serve.disclosure.sources import SOURCES, party
from huilian.areas.watch.collective.queries import public
from huilian.areas.watch.collective.queries.published import set_at
from huilian.engine.trail.actors import SYSTEM
from huilian.flows import publish_the_books as flow
from huilian.foundation.errors import Conflict
from huilian.foundation.now import frozen
from tests.areas.collective import books as b


@pytest.fixture
def kept(cast):
    services.seed()
    with frozen(b.JUNE):
        books = b.opened(cast)
        b.posted(
            cast, books, date(2026, 6, 3), "鱼塘租金", ("102", 500_000), ("501-02", -500_000), payee="柳河食品厂",
            payee_kind="firm", attachments=2,
        )  # fmt: skip
        yield books


def test_every_source_of_the_catalogue_is_connected():
    assert set(SOURCES) >= {"finance.monthly", "finance.plan", "finance.settlement", "finance.assets", "finance.debts"}


@pytest.mark.django_db
def test_a_month_is_published_as_the_books_have_it(cast, kept):
    body = flow.month(cast.liuhe, queries.read_period("month", "2026-06"))

    totals = public.month_totals(kept, 202606)
    at = {c["key"]: i for i, c in enumerate(body.columns)}
    assert len(body.rows) == len(public.public_lines(kept, 202606)) == body.expected_rows == 1
    assert sum(r[at["income"]] or 0 for r in body.rows) == totals.in_cents == 500_000
    assert body.facts["balance_cents"] == totals.closing_cents
    assert body.rows[0][at["party"]] == "柳河食品厂" and body.rows[0][at["attachments"]] == 2


@pytest.mark.django_db
def test_months_without_any_line_keep_their_balance(cast, kept):
    found = flow.bodies_of(kept, 202603, 202606)

    assert sorted(found) == [202603, 202604, 202605, 202606]
    assert found[202605].facts["balance_cents"] == 9_050_000 and list(found[202605].rows) == []


@pytest.mark.django_db
def test_a_duty_is_drafted_from_the_books_and_a_village_without_books_is_told(cast, kept):
    with frozen(datetime(2026, 7, 2, 9)):
        services.open_obligations(since=date(2026, 7, 1), places=[cast.liuhe, cast.xiling])
        item = services.draft(queries.open_obligation(cast.liuhe, "finance.monthly", "2026-06"), by=SYSTEM)
        with pytest.raises(Conflict):
            services.draft(queries.open_obligation(cast.xiling, "finance.monthly", "2026-06"), by=SYSTEM)
        assets = services.draft(queries.open_obligation(cast.liuhe, "finance.assets", "2026H1"), by=SYSTEM)
        debts = services.draft(queries.open_obligation(cast.liuhe, "finance.debts", "2026H1"), by=SYSTEM)

    assert item.source == "finance.monthly" and item.summary["zh"].startswith("2026年6月，村里收入5,000.00元")
    assert assets.row_count == 0 and debts.row_count == 0
    assert set_at(cast.liuhe, date(2025, 12, 31)) is None


@pytest.mark.parametrize(
    "name,is_person,shown",
    [
        ("张建军", None, "张**"),
        ("安澜供电公司", None, "安澜供电公司"),
        ("张建军", False, "张建军"),
        ("欧阳建国", True, "欧阳**"),
        ("便民店", None, "便民店"),
        ("", None, ""),
    ],
)
def test_persons_are_cut_and_bodies_are_not(name, is_person, shown):
    assert party(name, is_person) == shown
