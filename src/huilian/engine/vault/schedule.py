"""What the vault does by itself."""

from huilian.foundation.schedule import every

from . import services


@every(seconds=300)
def end_access() -> None:
    """Access ends on its day, and so do openings by two."""
    services.lapse()
