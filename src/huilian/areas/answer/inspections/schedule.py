"""What inspections do by themselves."""

from datetime import timedelta

from huilian.engine.directory.queries import holders_of
from huilian.engine.inbox.models import Notice
from huilian.engine.inbox.services import notify
from huilian.foundation.now import now, today
from huilian.foundation.schedule import daily

from . import services
from .queries.tables import lacks_patrol

AGAIN_DAYS = 28


@daily(at="00:50")
def give_routine_tasks() -> str:
    """The checks of a month, quarter, half-year or year, as soon as it has begun."""
    return f"{len(services.run_routines())} given"


@daily(at="06:40")
def remind_of_the_patrol() -> str:
    """「勤政廉政巡查」 once a year: from July on its officers are reminded every four weeks while none is planned."""
    last = Notice.objects.filter(template="inspections.no_patrol", made_at__gt=now() - timedelta(AGAIN_DAYS))
    if not lacks_patrol(today()) or last.exists():
        return "nothing to say"
    people = [p.user for p in holders_of("inspection_officer") if p.user]
    return f"{len(notify(people, 'inspections.no_patrol', params={'year': today().year}))} told"
