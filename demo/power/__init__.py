"""Powers on a list, services, seals, and who watches over them: a month and a half in 青石镇 and three departments."""

from huilian.engine.screening.services import screen
from huilian.foundation.now import now

from ..company import Company
from ..county import County
from ..money.plants import Truth
from . import decisions, flows, lists, logs, monitoring, risks, seals, services
from .scene import TOWN, Scene


def tell_power(county: County, company: Company, *, seed: int) -> list[Truth]:
    """Tell the power chain up to now; gives what screening must have found. Nothing is told where nothing was sown."""
    if not flows.tell(county):
        return []
    scene = Scene.set_up(county, company, now(), seed)
    for part in (lists, services, seals, monitoring, logs):
        part.tell(scene)
    scene.diary.run(until=scene.present)
    gone_wrong = decisions.tell(county)
    decisions.stand(county)
    screen([int(place.code) for place in (county.place, county.towns[TOWN], *county.villages[TOWN])])
    risks.tell(county)
    return [*scene.truth, *gone_wrong]
