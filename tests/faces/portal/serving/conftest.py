"""Three service points and the default catalogue, as a citizen finds them."""

import pytest
from django.core.cache import cache

from tests.areas.services.conftest import county, moment

__all__ = ["county", "moment"]


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
