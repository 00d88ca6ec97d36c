"""The yearly budget: entered by decision, changed by another, carried out beside the books."""

from datetime import date

import pytest

from huilian.areas.watch.collective.models import Budget
from huilian.areas.watch.collective.queries.budget import current_budget, execution
from huilian.areas.watch.collective.services import budget
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import frozen

from .books import JUNE, posted

pytestmark = pytest.mark.django_db
DECIDED = {"decision_no": "柳决〔2026〕1号", "decided_on": date(2026, 1, 10)}
PLAN = [("501-02", 500_000, "厂房"), ("513", 300_000, ""), ("513-01", 100_000, "误工")]


@pytest.fixture(autouse=True)
def _june():
    with frozen(JUNE):
        yield


def planned(cast, books, lines=PLAN, **more):
    return budget.save_budget(books, 2026, lines, **{**DECIDED, "by": cast.ma_jun, **more})


def test_a_budget_is_entered_with_its_decision(cast, books):
    made = planned(cast, books)

    assert (made.version, made.is_current, made.lines.count()) == (1, True, 3)
    assert Event.objects.filter(verb="collective.budget").count() == 1


def test_a_change_is_a_version_of_its_own_and_the_old_one_is_kept(cast, books):
    first = planned(cast, books)
    second = planned(cast, books, [("513", 400_000, "")], decision_no="柳决〔2026〕9号")

    first.refresh_from_db()
    assert (second.version, first.is_current) == (2, False) and current_budget(books, 2026) == second


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"decision_no": " "}, "decision_no"),
        ({"decided_on": date(2026, 7, 1)}, "decided_on"),
        ({"lines": []}, "lines"),
        ({"lines": [("999", 5, "")]}, "lines"),
        ({"lines": [("513", 5, ""), ("513", 6, "")]}, "lines"),
        ({"lines": [("513", 0, "")]}, "lines"),
    ],
)
def test_a_budget_that_is_not_right_is_refused(cast, books, more, field):
    with pytest.raises(Invalid) as refused:
        planned(cast, books, **more)

    assert refused.value.field == field and not Budget.objects.exists()


def test_only_the_agency_enters_a_budget(cast, books):
    for user in (cast.li_xiao, cast.sun_yan):
        with pytest.raises(NotAllowed):
            planned(cast, books, by=user)
    assert not Budget.objects.exists() and not Event.objects.filter(verb="collective.budget").exists()


def test_what_was_carried_out_stands_beside_what_was_planned(cast, books):
    made = planned(cast, books)
    posted(cast, books, date(2026, 6, 1), "租金", ("102", 200_000), ("501-02", -200_000))
    posted(cast, books, date(2026, 6, 2), "办公", ("513-02", 90_000), ("102", -90_000))
    posted(cast, books, date(2026, 6, 3), "误工", ("513-01", 120_000), ("102", -120_000))

    rows = {x.account.code: (x.actual, x.left) for x in execution(made)}

    assert rows == {"501-02": (200_000, 300_000), "513": (90_000, 210_000), "513-01": (120_000, -20_000)}
    assert {x.account.code: x.actual for x in execution(made, 202605)}["513"] == 0


def test_a_budget_is_read_from_a_file_with_its_faults():
    lines, faults = budget.read_budget('科目编码,预算金额,说明\n513-02,"￥1,200.00",办公\n513,五百,\n'.encode())

    assert lines == [("513-02", 120_000, "办公")] and [(f.row, f.letter) for f in faults] == [(3, "B")]
