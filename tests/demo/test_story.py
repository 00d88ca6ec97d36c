"""A small story told into an empty database: everything through services, nothing left broken, the trail in order."""

from datetime import datetime

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction

from demo import cast, story
from huilian.areas.hear.hotline.models import Order
from huilian.engine.accounts.models import User
from huilian.engine.procedures.models import Case, Extension, State, Supervision
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
