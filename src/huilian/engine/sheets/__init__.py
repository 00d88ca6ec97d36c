"""「电子表格」 Excel in and out: reading what offices really send, with faults by row; writing what they can print.

from huilian.engine.sheets import Column, Limits, read, parse, write, template, write_faults
"""

from .columns import Column, Fault, Parsed, Record, parse, records
from .reading import Limits, Sheet, read
from .writing import Page, template, write, write_book, write_faults, write_to

__all__ = [
    "Column",
    "Fault",
    "Limits",
    "Page",
    "Parsed",
    "Record",
    "Sheet",
    "parse",
    "read",
    "records",
    "template",
    "write",
    "write_book",
    "write_faults",
    "write_to",
]
