"""Tells the look how many notices wait, for the bell."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "huilian.engine.inbox"

    def ready(self) -> None:
        from huilian.engine.look import menu

        from .queries import unread_of

        menu.register_bell(unread_of)
