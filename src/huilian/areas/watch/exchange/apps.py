"""The exchange hears of the end of its online biddings."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "huilian.areas.watch.exchange"
    label = "exchange"

    def ready(self) -> None:
        from .services import online  # noqa: F401  registers itself
