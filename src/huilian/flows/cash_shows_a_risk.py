"""「现金占比」 How much of what a unit paid went in cash: an indicator of risk, counted from the books."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from huilian.areas.power.risks.queries.measures import Row, register
from huilian.areas.watch.collective.queries.published import payments_by_unit


def cash(since: date, before: date) -> Iterable[Row]:
    """Payments in cash ÷ payments, by the unit whose books they are; posts do not pay."""
    for unit, in_cash, all_ in payments_by_unit(since, before):
        yield unit, None, in_cash, all_


register("cash", _("payments in cash ÷ payments posted"), cash)
