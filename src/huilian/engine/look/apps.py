"""The app of the look; gives Django's most frequent sentence our own words."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LookConfig(AppConfig):
    """Named, because Django would find nothing else to run at start."""

    name = "huilian.engine.look"
    label = "look"

    def ready(self) -> None:
        from django.forms import Field

        # Django says that a field is mandatory; a person needs to hear what to do.
        Field.default_error_messages = {**Field.default_error_messages, "required": _("Please fill this in.")}
