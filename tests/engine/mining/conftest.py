import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared as they are written."""
    with translation.override("en"):
        yield
