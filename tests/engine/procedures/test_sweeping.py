"""Many cases at once: following their clocks, opened by rules, given cards."""

import pytest

from huilian.engine.clocks import services as clocks
from huilian.engine.procedures import services
from huilian.engine.procedures.models import Card, Case
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid
from huilian.foundation.now import frozen
from tests.engine.alerts import world
from tests.engine.alerts.world import MONDAY, at


@pytest.fixture
def county(cast):
    world.build(cast)
    with frozen(MONDAY):
        yield cast


def test_only_open_cases_follow_and_only_those_that_differ_are_written(county):
    still, closed, other = world.many(county, 3)
    Case.objects.filter(pk=closed.pk).update(state="closed", closed_at=at(17))
    changed = clocks.sweep(at(24))

    assert services.follow_sweep([c.id for c in changed]) == 2
    assert services.follow_sweep([c.id for c in changed]) == 0

    assert list(Case.objects.order_by("pk").values_list("colour", flat=True)) == [3, 0, 3]
    assert Case.objects.get(pk=still.pk).revision == still.revision == 0
    assert other.due_on.day == 23


def test_a_pause_is_followed_too(county):
    case = world.many(county, 1)[0]
    clocks.pause(case.clock, reason="等待材料", by=SYSTEM)

    assert services.follow_sweep([case.clock_id]) == 1

    assert Case.objects.get(pk=case.pk).is_paused


def test_cases_opened_together_have_what_one_opened_alone_has(county):
    case = world.many(county, 2)[1]

    assert (case.step, case.state, case.clock.kind, case.due_on.day) == ("received", "open", "whole", 23)
    assert case.steps.get().step == "received"
    assert Event.objects.filter(verb="procedures.open", subject_id=case.number).count() == 1


def test_an_unknown_class_opens_nothing(county):
    case = world.matter(county)
    before = Case.objects.count(), Event.objects.count()
    wrong = Case(number="SX-X", procedure=case.procedure, kind="matter", title="题", class_key="none")

    with pytest.raises(Invalid):
        services.open_many([wrong])

    assert (Case.objects.count(), Event.objects.count()) == before


def test_a_card_is_given_once(county):
    case = world.matter(county)
    given = services.Given(case, Card.Ground.OVERRUN, 1, "逾期", county.housing)

    assert services.give_cards([given, given]) == 1
    assert services.give_cards([given]) == 0

    assert Card.objects.get().unit == county.housing
    assert Event.objects.filter(verb="procedures.card").count() == 1
