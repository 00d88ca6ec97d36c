"""What auctions do by the clock."""

from huilian.foundation.schedule import every

from . import services


@every(seconds=1)
def look_after_auctions() -> None:
    services.watching()
