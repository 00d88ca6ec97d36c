"""Two lists compared by a number of which nothing is kept."""

import io
from datetime import timedelta

import pytest

from huilian.areas.answer.campaigns import rules, services
from huilian.areas.answer.campaigns.models import Comparison, Difference
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import begun, verbs

PEOPLE = ("110101199003070011", "110101199003070038", "110101199003070054", "110101199003070070")


def valid(stem: str) -> str:
    """`stem` of 17 digits with its check digit (GB 11643)."""
    weights = [2 ** (17 - n) % 11 for n in range(17)]
    return stem + "10X98765432"[sum(int(d) * w for d, w in zip(stem, weights, strict=True)) % 11]


A, B, C, D = (valid(person[:17]) for person in PEOPLE)


def table(*numbers: str) -> io.BytesIO:
    return io.BytesIO("\n".join(["姓名,身份证号", *(f"某某,{n}" for n in numbers)]).encode())


@pytest.fixture
def task(site):
    campaign = begun(site, kind="livelihood")
    given = {"title": "死亡人员领低保", "left": "低保发放名册", "right": "火化登记", "wrong": "both",
             "due_on": today() + timedelta(days=10)}  # fmt: skip
    with pytest.raises(NotAllowed):
        services.plan_comparison(campaign, given, by=site.village)
    return services.plan_comparison(campaign, given, by=site.officer)


def test_what_stands_in_both_lists_is_found_and_no_number_is_kept(site, task):
    with pytest.raises(NotAllowed):
        services.compare(task, table(A), table(A), by=site.village)

    task = services.compare(task, table(A, B, C, "12345"), table(D, B), by=site.officer)

    (found,) = task.differences.all()
    assert (found.left_row, found.right_row) == (3, 3)
    assert (task.left_rows, task.right_rows, task.both, task.unread) == (4, 2, 1, 1)
    kept = str(list(Comparison.objects.values())) + str(list(Difference.objects.values()))
    kept += str(list(Event.objects.values_list("data", flat=True)))
    assert not any(number in kept for number in (A, B, C, D))
    assert {"campaigns.plan_comparison", "campaigns.compare"} <= verbs(task)


def test_rows_become_a_problem_once_and_stay_when_lists_are_compared_again(site, task):
    task = services.compare(task, table(A, B, C), table(B, C), by=site.officer)
    first, second = task.differences.all()
    given = {"unit": site.cast.civil_affairs, "fact": "发放未核对死亡信息"}
    with pytest.raises(NotAllowed):
        services.take_up_differences(task, [first], **given, by=site.village)
    with pytest.raises(Invalid):
        services.take_up_differences(task, [], **given, by=site.officer)
    problem = services.take_up_differences(task, [first], **given, by=site.officer)
    with pytest.raises(Conflict):
        services.take_up_differences(task, [first, second], **given, by=site.officer)
    services.compare(task, table(A, B), table(B), by=site.officer)

    assert "低保发放名册 / 火化登记" in problem.fact and problem.source == "comparison"
    assert [d.problem for d in task.differences.all()] == [problem]
    assert "campaigns.note" in verbs(problem)


def test_either_side_may_be_what_is_wrong():
    found = rules.compare([(2, "a"), (3, "b"), (4, "b")], [(2, "b"), (3, "c")])

    assert found.side("both") == {"b": (3, 2)}
    assert found.side("left") == {"a": (2, None)} and found.side("right") == {"c": (None, 3)}
