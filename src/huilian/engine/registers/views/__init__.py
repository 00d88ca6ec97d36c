"""The screens that every register has."""

from .imports import choices, column_map, faults, import_cancel, import_confirm, import_file, import_run, template
from .lists import export, forget_view, index, keep_view, listing, print_list
from .rows import act, add, detail, edit

__all__ = [
    "act",
    "add",
    "choices",
    "column_map",
    "detail",
    "edit",
    "export",
    "faults",
    "forget_view",
    "import_cancel",
    "import_confirm",
    "import_file",
    "import_run",
    "index",
    "keep_view",
    "listing",
    "print_list",
    "template",
]
