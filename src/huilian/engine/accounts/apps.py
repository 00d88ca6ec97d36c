"""Start-up of accounts: the check that production asks for the second factor."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "huilian.engine.accounts"

    def ready(self):
        from . import checks  # noqa: F401  registers itself
