"""「台账」 One declaration per register; list, detail, form, history, import, export and print are made from it.

from huilian.engine.registers import Column, Register, Verb, both, register
"""

from importlib import import_module

__all__ = ["Column", "Register", "Verb", "all_registers", "both", "find", "register"]


def __getattr__(name: str):
    """The declaration needs models, which are not there yet while Django reads the list of apps."""
    if name in __all__:
        return getattr(import_module(f"{__name__}.declare"), name)
    raise AttributeError(name)
