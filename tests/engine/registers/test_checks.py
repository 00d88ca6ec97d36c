"""A misspelt declaration is told before the house starts."""

import pytest

from huilian.engine.directory.models import Unit
from huilian.engine.registers.checks import check_one, check_registers
from huilian.engine.registers.declare import Register


def ids(**attributes) -> set[str]:
    base = {"key": "x", "title": "x", "model": Unit, "columns": ("name",), "see": "directory.change"}
    return {error.id for error in check_one(type("X", (Register,), base | attributes)())}


def test_every_register_of_the_house_is_in_order():
    assert check_registers() == []


@pytest.mark.parametrize(
    ("attributes", "number"),
    [
        ({}, None),
        ({"columns": ("nmae",)}, "E001"),
        ({"columns": ("place__nmae",)}, "E001"),
        ({"sections": (("x", ("dutis",)),)}, "E001"),
        ({"filters": ("knid",)}, "E002"),
        ({"search": ("name__x",)}, "E003"),
        ({"ordering": ("-nmae",)}, "E009"),
        ({"import_key": ("name",)}, "E004"),
        ({"masked": {"phone": str}}, "E006"),
        ({"change": "directory.change"}, "E007"),
        ({"save_with": (print, None)}, "E007"),
        ({"see": "directory.chnage"}, "E008"),
        ({"see": ""}, "E008"),
        ({"icon": "no-such"}, "E010"),
    ],
)
def test_a_slip_has_its_number(attributes, number):
    assert ids(**attributes) == ({f"registers.{number}"} if number else set())
