"""Columns that many datasets share."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.screening.dataset import Column

VILLAGE = Column("village_code", "BIGINT", _("the village, by its statistical code of 12 digits"))
SET = Column("set_id", "BIGINT", _("the account set it belongs to"), default=1)
SCOPE = "s.village_code"
# An account as rules group by it: 501 of 501-02, and 50102 (50100 where there is no sub-account).
ACCOUNT = "CAST(SUBSTR(CAST(a.number AS VARCHAR(20)), 1, 3) AS BIGINT)"
SUB = "CAST(SUBSTR(CAST(a.number AS VARCHAR(20)) || '00', 1, 5) AS BIGINT)"
ACCOUNTS = (
    Column("account", "BIGINT", _("account of the chart, three digits"), default=513),
    Column(
        "sub", "BIGINT", _("sub-account, five digits; the account followed by 00 where there is none"), default=51302
    ),
)


def plain_name(column: str) -> str:
    """`foundation.names.norm` as far as SQL of both databases can say it: no spaces, brackets and points."""
    for noise in " 　()（）·":
        column = f"REPLACE({column}, '{noise}', '')"
    return f"UPPER({column})"
