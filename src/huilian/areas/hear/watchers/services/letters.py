"""Many reports on one topic: a warning to the department, its reply, a look on the spot, advice to the leaders."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require, scope_of
from huilian.engine.clocks import services as clocks
from huilian.engine.directory.queries import holders_of
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .. import rules
from ..models import Advice, Topic, WarningLetter
from ..queries.figures import waiting_reports
from .guards import locked, said, steps_back

S = WarningLetter.State


@transaction.atomic
def send_warning(topic: Topic, *, text: str, by) -> WarningLetter:
    """Tell the topic's department what people report; all reports of the last ninety days that stand in no letter yet
    go with it, as a number. It answers in fifteen working days."""
    require(by, "watchers.govern")
    topic = locked(topic)
    if topic.unit is None:
        raise Invalid(_("Say in the list of topics which department puts this right."), field="topic")
    steps_back(by, units=[topic.unit])
    reports = list(waiting_reports(topic))
    if not reports:
        raise Conflict(_("No report on this topic waits."))
    letter = WarningLetter.objects.create(
        number=next_number("TX", on=today()), topic=topic, unit=topic.unit, text=said(text, "text"), sent_on=today()
    )
    letter.reports.set(reports)
    letter.clock = clocks.start(letter, length=rules.LETTER_WORKDAYS, kind="watchers", place=topic.unit.place, by=by,
                                within=True)  # fmt: skip
    letter.save(update_fields=["clock"])
    users = [p.user for p in holders_of("watch_answerer", unit=topic.unit) if p.user]
    notify(users, "watchers.warned", letter, {"number": letter.number, "due": letter.clock.due_on.isoformat()},
           link=reverse("watchers-letters"))  # fmt: skip
    record("watchers.send_warning", letter, by=by, data={"topic": topic.key, "count": len(reports)})
    return letter


@transaction.atomic
def reply(letter: WarningLetter, *, text: str, by) -> WarningLetter:
    """The department says how it puts it right; the clock stops."""
    letter = _of(letter, S.SENT)
    require(by, "watchers.answer")
    if letter.unit_id not in scope_of(by, "watchers.answer").units:
        raise NotAllowed(_("%(unit)s was asked, not your unit.") % {"unit": letter.unit})
    letter.reply, letter.replied_on, letter.state = said(text, "text"), today(), S.REPLIED
    letter.save()
    clocks.stop(letter.clock, by=by, within=True)
    record("watchers.reply", letter, by=by)
    return letter


@transaction.atomic
def look_after(letter: WarningLetter, *, done: bool, verdict: str, by) -> WarningLetter:
    """Whether it is put right, as seen on the spot."""
    letter = _of(letter, S.REPLIED)
    require(by, "watchers.govern")
    letter.verdict, letter.state = said(verdict, "verdict", 300), S.DONE if done else S.OPEN
    letter.save()
    record("watchers.look_after", letter, by=by, data={"done": done})
    return letter


@transaction.atomic
def advise(*, title: str, text: str, letter: WarningLetter | None = None, by) -> Advice:
    """Advise the county's leaders."""
    require(by, "watchers.govern")
    made = Advice.objects.create(
        number=next_number("CY", on=today()), letter=letter, title=said(title, "title", 120), text=said(text, "text"),
        given_on=today(),
    )  # fmt: skip
    record("watchers.advise", made, by=by, data={"letter": letter.number if letter else ""})
    return made


@transaction.atomic
def note_taken(advice: Advice, *, taken: str, by) -> Advice:
    """What the leaders decided on it."""
    require(by, "watchers.govern")
    advice = locked(advice)
    if advice.taken:
        raise Conflict(_("It is written down already."))
    advice.taken = said(taken, "taken", 300)
    advice.save(update_fields=["taken"])
    record("watchers.note_taken", advice, by=by)
    return advice


def _of(letter: WarningLetter, state: str) -> WarningLetter:
    letter = locked(letter, "unit", "topic")
    if letter.state != state:
        raise Conflict(
            _("%(number)s is “%(state)s”; nothing was changed.")
            % {"number": letter.number, "state": letter.get_state_display()}
        )
    return letter
