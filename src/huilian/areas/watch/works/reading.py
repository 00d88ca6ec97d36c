"""A budget from a spreadsheet: every line of the file is a line of the budget, or the file is refused."""

from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from huilian.engine import sheets
from huilian.engine.sheets import Column
from huilian.engine.sheets.columns import known
from huilian.foundation.errors import Invalid
from huilian.foundation.money import cents

COLUMNS = (
    Column("trade", _("Trade"), required=True, max_length=40, aliases=("工种", "专业"), example="道路"),
    Column("name", _("Procedure of work"), required=True, max_length=80, aliases=("工序", "名称", "项目名称"),
           example="C25混凝土路面"),
    Column("spec", _("Specification"), max_length=80, aliases=("规格",), example="厚18cm"),
    Column("measure", _("Unit of measure"), required=True, max_length=12, aliases=("单位",), example="m³"),
    Column("quantity", _("Quantity"), "number", required=True, aliases=("数量", "工程量"), example="360"),
    Column("price", _("Unit price in yuan"), "money", required=True, aliases=("单价",), example="480"),
    Column("length_m", _("Length, m"), "number", aliases=("长",)),
    Column("width_m", _("Width, m"), "number", aliases=("宽",)),
    Column("depth_m", _("Depth, m"), "number", aliases=("厚", "深", "高")),
)  # fmt: skip


def read(file: BinaryIO) -> list[dict[str, Any]]:
    """The lines of the file as `services.set_items` takes them. Raises Invalid with its first fault."""
    parsed = sheets.parse(sheets.read(file, known=known(COLUMNS)), COLUMNS)
    if parsed.faults:
        raise Invalid(str(parsed.faults[0]), field="file")
    rows = []
    for record in parsed.records:
        row = {key: value for key, value in record.values.items() if value is not None}
        rows.append(row | {"price_cents": cents(row.pop("price"))})
    return rows


def empty_sheet() -> bytes:
    """The table to fill in."""
    return sheets.template(COLUMNS, "预算清单")
