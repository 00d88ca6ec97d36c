"""A small story told into an empty database: everything through services, nothing left broken, the trail in order."""

from collections import Counter
from datetime import datetime

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction

from demo import cast, story
from huilian.areas.hear.hotline.models import Order
from huilian.engine.accounts.models import User
from huilian.engine.alerts.models import Alert
from huilian.engine.procedures.models import Case, Extension, State, Supervision
from huilian.engine.screening.models import Hit, Run
from huilian.engine.trail.models import Event
from huilian.engine.trail.verify import verify
from huilian.foundation.now import CHINA, frozen
from huilian.project.cli.seed import sow

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 15, 0, tzinfo=CHINA)  # a Thursday


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Told once for the module, and rolled back."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic(), frozen(NOON):
        patch.setenv("HUILIAN_DEMO_PASSWORD", "For-a-visitor-26")
        yield story.tell(scale=0.02, sow=sow)
        transaction.set_rollback(True)


def test_a_small_story_is_told_whole(told):
    orders = Order.objects.select_related("case")

    assert told.password == "For-a-visitor-26"
    assert told.imported >= 50
    assert orders.count() >= told.lived
    assert set(story.standing.EACH) - {"paused", "extension", "helped", "not_reached"} <= {
        o.case.step for o in orders if o.case.state == State.OPEN
    }
    assert Case.objects.filter(kind="hotline", state=State.CLOSED).exists()
    assert Case.objects.filter(is_paused=True).exists()
    assert Extension.objects.filter(approved=None).exists()
    assert Supervision.objects.exists()
    assert not Case.objects.filter(received_at__gt=NOON).exists()
    assert not Event.objects.filter(at__gt=NOON).exists()
    assert not list(verify())


def test_the_cast_can_sign_in_with_the_printed_password_and_officers_have_a_second_factor(told):
    users = {u.username: u for u in User.objects.filter(username__in=[m.login for m in cast.members()])}

    assert len(users) == len(cast.members())
    assert check_password(told.password, users["zhouhui"].password)
    assert set(cast.codes()) == {"zhaojianguo", "linzheng", "sysadmin", "secadmin", "audadmin"}
    others = User.objects.exclude(username__in=users)
    assert others.exists()
    assert not any(u.has_usable_password() for u in others)


def _hits() -> list[tuple[str, int, int]]:
    return list(Hit.objects.filter(gone_at=None).values_list("rule", "village_code", "level"))


def test_all_that_was_planted_in_the_books_is_found(told):
    hits = _hits()

    def found(truth) -> bool:
        return any(r == truth.rule and v == truth.village and level >= truth.level for r, v, level in hits)

    assert len({t.rule for t in told.truth}) >= 50
    assert [t for t in told.truth if not found(t)] == []
    assert [run.faults for run in Run.objects.all() if run.faults] == []


def test_what_is_found_beside_it_is_counted(told, record_property):
    """Findings that nothing was planted for, by rule: the honest things of the plan, and nothing that shames a rule."""
    true = {(t.rule, t.village) for t in told.truth if not t.honest}
    honest = {(t.rule, t.village) for t in told.truth if t.honest}
    others = [h for h in _hits() if (h[0], h[1]) not in true and not h[0].startswith("XT")]

    by_rule = Counter(rule for rule, _village, _level in others)
    for rule, count in sorted(by_rule.items()):
        record_property(rule, count)
    assert {(rule, village) for rule, village, _level in others} - honest == set()


def test_some_alerts_have_gone_the_whole_way_and_some_stand_at_every_step(told):
    alerts = Alert.objects.filter(rule__startswith="ZJ")

    assert alerts.filter(state=Alert.State.CLOSED, verdict=Alert.Verdict.TRUE, colour=0).exists()
    assert alerts.filter(verdict=Alert.Verdict.UNTRUE).exists()
    assert alerts.filter(verdict=Alert.Verdict.DATA_ERROR).exists()
    assert {"raised", "explaining", "checking"} <= set(
        alerts.filter(case__isnull=False).values_list("case__step", flat=True)
    )
