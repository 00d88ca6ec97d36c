"""What alerts do by the clock."""

from huilian.foundation.schedule import every

from . import services


@every(seconds=60)
def sweep_the_clocks() -> None:
    """Colours, the cases that follow them, alerts and cards."""
    services.sweep()


@every(seconds=900)
def send_up_what_waits() -> None:
    """Alerts that nobody signed for or answered go to those above."""
    services.escalate()
