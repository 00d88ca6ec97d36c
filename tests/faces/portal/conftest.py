"""The story of these pages."""

import pytest
from django.core.cache import cache

from tests.stage import once

from . import story

told, stage, cast = once(story.tell)


@pytest.fixture
def people(stage):
    cache.clear()
    stage.cast.facts = stage.world
    return stage.cast
