"""Numbered checks of wrong deployment values."""

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security)
def second_factor_in_production(app_configs, **kwargs):
    if settings.PRODUCTION and not settings.SECOND_FACTOR:
        return [
            checks.Error(
                "HUILIAN_SECOND_FACTOR is off in production.",
                hint="Officers sign in with two factors (GB/T 22239-2019 level 3). Remove HUILIAN_SECOND_FACTOR=0.",
                id="accounts.E001",
            )
        ]
    return []
