"""What the books say of a stretch: each figure with its number, private persons masked, who kept them."""

from datetime import date

import pytest

from huilian.areas.answer.audits import hooks
from huilian.foundation.now import frozen
from tests.areas.collective import books as b


@pytest.fixture
def kept(cast):
    with frozen(b.JUNE):
        books = b.opened(cast)
        b.posted(cast, books, date(2026, 5, 12), "付挖机台班费", ("515", 1_500_000), ("102", -1_500_000),
                 payee="王大力", payee_kind="person", attachments=1, decision_no="JY1",
                 decided_on=date(2026, 5, 1))  # fmt: skip
        yield books


def test_figures_are_drawn_with_their_numbers(cast, kept):
    with frozen(b.JUNE):
        sections = {s["key"]: s for s in hooks.draw(cast.liuhe, date(2026, 1, 1), date(2026, 5, 31))}

    bank = next(r for r in sections["standing"]["rows"] if r["label"].startswith("102"))
    assert (bank["was"], bank["cents"]) == (9_000_000, 7_500_000) and bank["href"].endswith("from=202601&to=202605")
    (large,) = sections["large"]["rows"]
    assert large["cents"] == 1_500_000 and large["ref"] == "记-202605-1" and "王大力" not in large["label"]
    assert (sections["large"]["count"], sections["large"]["cents"]) == (1, 1_500_000)
    assert sections["cash"]["rows"] == [] and sections["live"]["count"] == 0
    assert hooks.draw(cast.shanqian, date(2026, 1, 1), date(2026, 5, 31))[0]["rows"] == []


def test_who_kept_the_books_is_known(cast, kept):
    with frozen(b.JUNE):
        kept_by = hooks.kept_by(cast.liuhe, date(2026, 1, 1), date(2026, 5, 31))

    assert {cast.ma_jun.person.pk, cast.tang_yun.person.pk, cast.luo_cheng.person.pk} <= kept_by
    assert cast.jiang_hong.person.pk not in kept_by
