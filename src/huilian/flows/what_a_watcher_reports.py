"""「监督反映的去向」 A report in clear may become an order of the hotline, a sealed one a tip."""

from django.utils.translation import gettext_lazy as _

from huilian.areas.hear.hotline import services as hotline
from huilian.areas.hear.hotline.queries import way_in
from huilian.areas.hear.tips import services as tips
from huilian.areas.hear.watchers.ways import Way, lead_to
from huilian.engine.trail.actors import Actor

TITLE = 60


def _order(report, text: str, *, by) -> str:
    """As if a citizen had brought it: whoever reported stays unnamed, the report is linked by its number."""
    order, _code = hotline.submit(channel=way_in("visit"), title=text[:TITLE], text=text, place=report.body.place)
    return order.case.number


def _tip(report, text: str, *, by) -> str:
    """The words go from one sealed box into the other. The receipt code goes to nobody: the watcher has a code name or
    the number of the report, and is answered there."""
    taken = tips.take_in(
        channel="post", text=text, unit=report.unit, place=report.body.place, received_at=report.received_at,
        field=report.topic.field if report.topic else "", by=Actor("citizen", label=report.number),
    )  # fmt: skip
    return taken.tip.number


lead_to(Way("order", _("an order of the citizens' hotline"), _order))
lead_to(Way("tip", _("a tip to the commission"), _tip, secret=True))
