"""The last station in the life of a payment."""

from datetime import date, datetime

import pytest

from huilian.areas.serve.disclosure import queries, services
from huilian.areas.watch.collective.queries.timeline import life_of_voucher
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen
from tests.areas.collective import books as b


@pytest.mark.django_db
def test_a_payment_is_on_the_board_once_its_month_is_published(cast):
    services.seed()
    with frozen(b.JUNE):
        books = b.opened(cast)
        rent = b.posted(cast, books, date(2026, 6, 3), "鱼塘租金", ("102", 500_000), ("501-02", -500_000), payee="甲")
        moved = b.posted(cast, books, date(2026, 6, 3), "计提", ("513-07", 100), ("152", -100))
        assert life_of_voucher(rent)[-1].state == "ahead"
        assert life_of_voucher(moved)[-1].state == "none"  # no money moved

    with frozen(datetime(2026, 8, 2, 9)):
        assert life_of_voucher(rent)[-1].gap == "not_on_board"
        services.open_obligations(since=date(2026, 7, 1), places=[cast.liuhe])
        item = services.draft(queries.open_obligation(cast.liuhe, "finance.monthly", "2026-06"), by=SYSTEM)
        item = services.check(services.send_to_check(item, by=SYSTEM), passed=True, by=SYSTEM)
        item = services.publish(item, by=SYSTEM)
        board = life_of_voucher(rent)[-1]

    assert (board.state, board.on, board.number) == ("done", date(2026, 8, 2), item.title)
    assert item.number in board.url
