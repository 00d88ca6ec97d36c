"""「举报转线索」 A tip becomes a lead: content and files are sealed anew to the lead's team, the identity never.
The tip keeps the number; its team is told when the lead is closed, and tells the reporter.
"""

import io

from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.areas.answer.leads import hooks
from huilian.areas.hear.tips import hooks as ways
from huilian.areas.hear.tips import services as tips
from huilian.areas.hear.tips.queries import reach
from huilian.areas.hear.tips.services.opening import content_of, open_attachment
from huilian.engine.access.queries import may
from huilian.engine.inbox.services import notify
from huilian.foundation.errors import Refused

NAMED = {"named": "real", "joint": "joint"}


def given(number: str, *, token: str, by) -> hooks.Given:
    """What the tip says, opened with the handler's key; the look is written down in the tip's own list."""
    tip = reach.find(number, by)
    if tip is None:
        raise Refused(_("There is no such number, or it is not yours to see."))
    purpose = _("making it a lead")
    content = content_of(tip, purpose=purpose, token=token, by=by)
    people = [_person(person) for person in content.get("persons", [])]

    def files():
        for n, name in enumerate(content.get("files", []), 1):
            yield name, io.BytesIO(b"".join(open_attachment(tip, n, purpose=purpose, token=token, by=by)))

    return hooks.Given(
        summary=content["text"], unit=tip.unit, place=tip.place, field=tip.field or "other",
        naming=NAMED.get(tip.named, "anonymous"), persons=tuple(people), files=files,
        registered=lambda lead, by: tips.to_lead(tip, lead=lead.number, by=by),
    )  # fmt: skip


def _person(person: dict) -> dict:
    known = {"name": "name", "identity": "identity_number", "post": "post"}
    return {mine: person.get(theirs, "") for mine, theirs in known.items()}


def tell(lead, by) -> None:
    """The lead is closed: the tip's team concludes it and tells a reporter in the real name within fifteen days."""
    if lead.source != "tip":
        return
    officers = reach.officers("tip_handler") + reach.officers("tip_head")
    team = [user for user in officers if reach.find(lead.source_number, user)]
    notify(team, "leads.ended", f"tip:{lead.source_number}", {"number": lead.number})


def door(tip, user) -> tuple[str, str] | None:
    """The way from the tip's page to the form of registering, for who may."""
    if tip.case.step not in ("handling", "handling_fast") or not may(user, "leads.register"):
        return None
    return _("Make it a lead"), f"{reverse('leads-new')}?source=tip&number={tip.number}"


hooks.sources["tip"] = given
ways.onward.append(door)
hooks.ended.append(tell)
