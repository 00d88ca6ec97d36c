"""Procedures as BPMN 2.0 files (ISO/IEC 19510), for any modeller: written with their drawing, and read back.

What BPMN has no word for (posts, limits, risk points, what is to be produced and disclosed) stands in extension
elements of our own namespace, so that writing and reading give the same procedure.
"""

from .reading import NotSupported, Unsupported, read_bpmn
from .writing import write_bpmn

__all__ = ["NotSupported", "Unsupported", "read_bpmn", "write_bpmn"]
