"""Tables of electronic supervision."""

from .logs import OutsideLog

__all__ = ["OutsideLog"]
