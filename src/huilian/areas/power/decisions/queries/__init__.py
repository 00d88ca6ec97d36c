"""What may be read of decisions. Rows are narrowed by the posts of the reader; the public sees what is published."""

from .grounds import check, find
from .public import decisions_of, public_motion, step_name

__all__ = ["check", "decisions_of", "find", "public_motion", "step_name"]
