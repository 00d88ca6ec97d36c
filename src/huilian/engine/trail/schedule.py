"""What the trail does by the clock."""

from datetime import timedelta

from huilian.foundation.now import today
from huilian.foundation.schedule import daily, every

from . import services


@every(seconds=1)
def seal_what_waits() -> None:
    services.seal()


@daily(at="00:01")
def sign_the_head_of_yesterday() -> None:
    """The log as it stands just after midnight; if no worker ran then, as soon as one does."""
    services.sign_head(today() - timedelta(days=1))
