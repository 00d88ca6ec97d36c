"""What the holder of a receipt code is shown: where their tip stands, who looked in, what was written to them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from huilian.engine.directory.models import Appointment
from huilian.engine.directory.powers import in_office
from huilian.engine.trail.queries import history_of
from huilian.engine.vault.queries import boxes_of, looks_into
from huilian.foundation.errors import Conflict

from ..models import Tip
from .intake import code_digest
from .talking import read_by_code

PASSED = ("transferred", "sent_up", "to_petitions")


@dataclass(frozen=True)
class Said:
    """One message of the talk."""

    at: datetime
    mine: bool
    objection: bool
    text: str


@dataclass(frozen=True)
class Looked:
    """That somebody of a post looked in. Posts, not names: the reporter watches the office, not persons."""

    at: datetime
    post: str


@dataclass(frozen=True)
class Followed:
    """A tip as its reporter sees it."""

    number: str
    received_at: datetime
    standing: str
    is_over: bool
    is_rated: bool
    talk: list[Said]
    looks: list[Looked]
    receipt: int | None  # the event whose receipt they may check
    files: int
    protection: list[tuple[str, str]]  # number and standing of each matter opened to protect them


def by_code(code: str) -> Tip:
    """The tip of a receipt code. Raises Conflict."""
    found = Tip.objects.filter(code_digest=code_digest(code)).select_related("case").order_by("pk").first()
    if found is None:
        raise Conflict(_("There is nothing under this code. Look at it once more; 0, 1, I and O do not occur in it."))
    return found


def followed(tip: Tip, code: str) -> Followed:
    """Everything of the tip that is for its reporter."""
    acts = list(history_of(tip).values_list("verb", "pk"))
    others = Tip.objects.filter(code_digest=tip.code_digest).exclude(pk=tip.pk).select_related("case").order_by("pk")
    return Followed(
        number=tip.number,
        received_at=tip.received_at,
        standing=standing(tip),
        is_over=is_over(tip),
        is_rated=any(verb == "tips.rate" for verb, _pk in acts),
        talk=[
            Said(said.at, said.from_reporter, said.objection, read_by_code(said, code))
            for said in tip.messages.select_related("tip")
        ],
        looks=[Looked(look.at, post_of(look.user, look.at.date())) for look in looks_into(tip.subject)],
        receipt=next((pk for verb, pk in acts if verb == "tips.take_in"), None),
        files=files_of(tip),
        protection=[(other.number, standing(other)) for other in others],
    )


def standing(tip: Tip) -> str:
    """One of five sentences and no more: what becomes of a tip inside would tell the person concerned as well."""
    step = tip.case.step
    if step in PASSED:
        return _("It has been passed to the authority that is competent for it.")
    if step == "kept":
        return _("It is registered and kept with what was reported before.")
    if step == "closed":
        return _("The handling has been concluded.")
    if step.startswith(("handling", "with_lead", "telling")):
        return _("It has been accepted and is being handled.")
    return _("It is registered and being looked at.")


def is_over(tip: Tip) -> bool:
    return not tip.case.is_open


def files_of(tip: Tip) -> int:
    return boxes_of(tip.subject).filter(part__startswith="file-").count()


def post_of(user, day: date) -> str:
    """The post somebody held on a day: reporters are told of posts, not of names."""
    held = Appointment.objects.filter(in_office(day), person__user=user).select_related("post__unit")
    first = held.order_by("pk").first()
    return f"{first.post.unit} {first.post.name}" if first else _("somebody who has left their post since")
