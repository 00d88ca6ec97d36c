"""What rules may read of the lists: items of published lists, cases of items, marks of forbidden acts."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column, Dataset

ITEM = """
SELECT i.id AS power_item_id, i.listing_id AS list_id, l.body AS body, l.family AS family, i.code AS code,
       i.name AS name_zh, CASE WHEN i.name_en = '' THEN i.name ELSE i.name_en END AS name_en,
       i.hard_stop AS hard_stop, l.valid_from AS valid_from, l.valid_to AS valid_to
FROM powers_poweritem i
JOIN powers_powerlist l ON l.id = i.listing_id
WHERE l.state = 'published'
"""

CASE = """
SELECT c.id AS item_case_id, CAST(p.code AS BIGINT) AS village_code, u.name AS unit_name, k.number AS number,
       k.title AS title, c.code AS code, c.item_id AS power_item_id, c.opened_on AS opened_on, c.reason AS reason,
       k.state AS state
FROM powers_itemcase c
JOIN procedures_case k ON k.id = c.case_id
JOIN directory_unit u ON u.id = c.unit_id
JOIN directory_place p ON p.id = u.place_id
WHERE {scope}
"""

MARK = """
SELECT m.id AS negative_mark_id, CAST(p.code AS BIGINT) AS village_code, m.case_id AS item_case_id,
       m.item_id AS power_item_id, m.marked_on AS marked_on
FROM powers_negativemark m
JOIN powers_itemcase c ON c.id = m.case_id
JOIN directory_unit u ON u.id = c.unit_id
JOIN directory_place p ON p.id = u.place_id
WHERE m.lifted_on IS NULL AND {scope}
"""

DATASETS = [
    Dataset(
        name="power_item",
        title=_("Items of the three lists"),
        about=_("Powers, duties and forbidden acts of every published list, those replaced meanwhile included."),
        grain="cross",
        key="power_item_id",
        dated="valid_from",
        columns=[
            Column("power_item_id", "BIGINT", _("the item")),
            Column("list_id", "BIGINT", _("the list it stands in"), default=1),
            Column("body", "VARCHAR", _("V, C, S, T, E or D"), default="V"),
            Column("family", "VARCHAR", _("power, duty or negative"), default="power"),
            Column("code", "VARCHAR", _("code such as V-P-22"), default="V-P-22"),
            Column("name_zh", "VARCHAR", _("its name in Chinese"), default="资产资源发包出租"),
            Column("name_en", "VARCHAR", _("its name in English"), default="Leasing out land and assets"),
            Column("hard_stop", "BOOLEAN", _("whether it stops a case"), default=False),
            Column("valid_from", "DATE", _("first day in force"), default="2020-01-01"),
            Column("valid_to", "DATE", _("last day in force; empty while it is")),
        ],
        sql=ITEM,
        order=70,
    ),
    Dataset(
        name="item_case",
        title=_("Cases of items"),
        about=_("Every use of a power: the item it cites under the list in force that day."),
        key="item_case_id",
        dated="opened_on",
        columns=[
            Column("item_case_id", "BIGINT", _("the case")),
            Column("village_code", "BIGINT", _("the place of the unit")),
            Column("unit_name", "VARCHAR", _("the unit whose power it is"), default="柳河村村民委员会"),
            Column("number", "VARCHAR", _("number of the case"), default="SX20260601-0001"),
            Column("title", "VARCHAR", _("the matter"), default="发包东塘水面"),
            Column("code", "VARCHAR", _("code of the power"), default="V-P-22"),
            Column("power_item_id", "BIGINT", _("the item; empty where the list in force did not hold it")),
            Column("opened_on", "DATE", _("day it was opened"), default="2026-06-01"),
            Column("reason", "VARCHAR", _("why it was used though on no list"), default=""),
            Column("state", "VARCHAR", _("open, closed, refused, merged or withdrawn"), default="open"),
        ],
        sql=CASE,
        scope="CAST(p.code AS BIGINT)",
        order=71,
    ),
    Dataset(
        name="negative_mark",
        title=_("Marks of forbidden acts that stand"),
        about=_("Forbidden acts that somebody found in a case and nobody has lifted."),
        key="negative_mark_id",
        dated="marked_on",
        columns=[
            Column("negative_mark_id", "BIGINT", _("the mark")),
            Column("village_code", "BIGINT", _("the place of the unit")),
            Column("item_case_id", "BIGINT", _("the case it was found in")),
            Column("power_item_id", "BIGINT", _("the forbidden act")),
            Column("marked_on", "DATE", _("day it was marked"), default="2026-06-10"),
        ],
        sql=MARK,
        scope="CAST(p.code AS BIGINT)",
        order=72,
    ),
]
