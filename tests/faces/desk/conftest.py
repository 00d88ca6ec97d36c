"""The hotline's own matters on the desk."""

import pytest

from huilian.faces.desk import lists
from tests.areas.hotline.conftest import dispatched, hotline, monday, stage, taken, working  # noqa: F401


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Names of channels are kept for some seconds; each test has its own."""
    lists._named.clear()
