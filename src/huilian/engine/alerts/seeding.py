"""What a new installation needs of this part."""

from .routing import seed

__all__ = ["seed"]
