"""Puts the permission question where the menu asks it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "huilian.engine.access"

    def ready(self) -> None:
        from huilian.engine.look.menu import register_filter

        from .queries import may

        register_filter(may)
