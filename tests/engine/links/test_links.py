"""Links between things of different areas."""

import pytest

from huilian.engine.links.models import Link
from huilian.engine.links.queries import links_of
from huilian.engine.links.services import link
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.queries import history_of

pytestmark = pytest.mark.django_db


def test_a_link_is_seen_from_both_ends():
    link("hotline.order:HX20261122-0001", "leads.lead:XS1", "led_to", by=SYSTEM)

    (seen,) = links_of("hotline.order:HX20261122-0001")
    assert (seen.kind, seen.outward, seen.ref) == ("led_to", True, "leads.lead:XS1")
    (seen,) = links_of("leads.lead:XS1", "led_to")
    assert (seen.outward, seen.ref) == (False, "hotline.order:HX20261122-0001")
    assert links_of("leads.lead:XS1", "other") == []


def test_linking_twice_changes_nothing_and_is_recorded_once():
    for _ in range(2):
        link("a:1", "b:2", "led_to", by=SYSTEM)

    assert Link.objects.count() == 1
    assert len(list(history_of("a:1"))) == 1


def test_a_thing_without_a_name_cannot_be_linked():
    with pytest.raises(ValueError, match="kind:id"):
        link("nothing", "b:2", "led_to", by=SYSTEM)

    assert not Link.objects.exists()
