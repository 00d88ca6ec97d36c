"""What the services do by themselves."""

from huilian.foundation.schedule import daily

from .services import applying


@daily(at="02:40")
def forget_old_drafts() -> int:
    """Drafts of applications that nobody touched for the county's number of days."""
    return applying.drop_old_drafts()
