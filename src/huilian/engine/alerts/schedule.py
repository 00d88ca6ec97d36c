"""What alerts do by the clock."""

from huilian.foundation.schedule import every

from . import services


@every(seconds=60)
def sweep_the_clocks() -> None:
    """Colours, the cases that follow them, alerts and cards."""
    services.sweep()
