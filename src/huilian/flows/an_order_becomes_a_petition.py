"""「热线转信访」 A matter of the hotline that is a petition by law is registered there at once, and may come back.

The petition keeps the number of the order, the citizen keeps the code; each office's own clock begins anew.
"""

from django.utils.translation import gettext as _

from huilian.areas.hear.hotline import handing
from huilian.areas.hear.hotline import services as hotline
from huilian.areas.hear.hotline.queries import code_digest, order_numbered
from huilian.areas.hear.petitions import codes
from huilian.areas.hear.petitions import services as petitions
from huilian.engine.links.services import link
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.errors import Invalid


def hand_over(order, by) -> str:
    """Register it with the petitions office; gives the number there."""
    place = order.case.place
    if place is None:
        raise Invalid(_("A petition has a place: name the village or township first."), field="place")
    who = {"name": order.caller_name, "phone": order.caller_phone, "address": f"{place.name} {order.where}".strip()}
    given = {"kind": "demand", "channel": "hotline", "source_no": order.case.number, "people": 1,
             "text": f"{order.case.title}\n{order.text}"}  # fmt: skip
    taken = petitions.take_in(
        order.case.title, given, place=place, petitioners=[who], code_digest=order.code_digest
    ).petition
    link(order.case, taken.case, "led_to", by=by)
    return taken.case.number


def take_back(petition, *, note: str, by) -> None:
    """The hotline sorts the order anew: it is its matter after all."""
    order = order_numbered(petition.source_no)
    hotline.reconsider(order, note=f"{petition.case.number} {note}", by=SYSTEM)
    link(petition.case, order.case, "led_to", by=by)


handing.ELSEWHERE["petitions"] = hand_over
petitions.BACK["hotline"] = take_back
codes.DIGESTS.append(code_digest)
