"""A year of books for every village of 安澜县, and what in them is not as it should be."""

from datetime import date, datetime

from huilian.engine.screening.services import screen
from huilian.foundation.now import frozen, now, today

from ..company import Company
from . import boards, lives, plants, telling
from .economy import Village

LONG = "青石镇"  # its villages have three years of books
PLANTED = (LONG, "白沙镇")  # the townships in which things were planted; a small story tells these alone


def tell_money(
    county, company: Company, begun: datetime, *, full: bool, scale: float, seed: int, stage
) -> tuple[int, int, int, list[plants.Truth]]:
    """Tell the money chain: books, what was found three weeks ago and what became of it, boards, and what is found now.

    Gives how many vouchers, publications and alerts there are, and what had to be found.
    """
    books = telling.invent(county, seed=seed, towns=PLANTED if scale < 1 else ())

    def since(v: Village) -> date:
        return _years_back(3 if full or v.town.name == LONG else 1)

    with stage("books", len(books.villages) * 100) as step:
        with frozen(begun):
            plants.declare(books.villages)
            vouchers = telling.open_books(books, since=since, step=step)
            raised = screen().raised
        lives.tell(lives.waiting(), books.truth, company, now())
        vouchers += telling.go_on(books, step=step)
    with stage("boards"):
        published = boards.publish(books)
    with stage("screen"):
        raised += screen().raised
    return vouchers, published, raised, books.truth


def _years_back(count: int) -> date:
    day = today().replace(day=1)
    return day.replace(year=day.year - count)
