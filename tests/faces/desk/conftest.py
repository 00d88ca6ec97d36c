"""The hotline's own matters on the desk."""

from tests.areas.hotline.conftest import dispatched, hotline, monday, taken, working  # noqa: F401
