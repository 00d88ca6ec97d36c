"""Two book one room in the same instant, each on a connection of their own: one of them has it."""

import pytest

from huilian.areas.answer.office.models import Talk
from huilian.foundation.errors import Conflict
from tests.areas.exchange.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_room_is_given_once(office):
    came = at_once(office.book, office.book)
    assert sum(isinstance(each, Conflict) for each in came) == 1 and Talk.objects.count() == 1
