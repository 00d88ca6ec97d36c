"""Three service points and the default catalogue, as a citizen finds them."""

import pytest
from django.core.cache import cache

from tests.areas.services.conftest import cast, county, moment, stage, told

__all__ = ["cast", "county", "moment", "stage", "told"]


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
