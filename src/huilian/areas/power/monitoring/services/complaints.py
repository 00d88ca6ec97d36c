"""「效能投诉」 A citizen complains about how a case was handled; taken up or not in five working days."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Case
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Invalid

from ..models import ActComplaint
from ..queries.public import code_digest

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SHORTEST, LONGEST = 6, 2000
CITIZEN = Actor("citizen", label="")


@transaction.atomic
def complain(number: str, text: str, *, name: str = "", phone: str = "", by=CITIZEN) -> tuple[ActComplaint, str]:
    """Complain about case `number`. Returns the complaint and the code to follow it, which is not kept.

    One answer for a number that does not exist and one that is nobody's business: neither is told apart.
    """
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise Invalid(
            _("Write in %(least)s to %(most)s characters what went wrong.") % {"least": SHORTEST, "most": LONGEST},
            field="text",
        )
    about = Case.objects.filter(number=number.strip().upper()).exclude(kind__in=["alert", "act_complaint"]).first()
    if about is None:
        raise Invalid(_("There is no case of this number. Look at your slip again."), field="number")
    code = "".join(secrets.choice(LETTERS) for _n in range(8))
    case = cases.open_case(
        "act_complaint",
        title=_("Complaint about %(number)s") % {"number": about.number},
        by=by,
        place=about.place,
        class_key="complaint",
        data={"about": about.number},
    )
    made = ActComplaint.objects.create(
        case=case,
        about=about,
        text=text,
        name=name.strip()[:40],
        phone=phone.strip()[:32],
        code_digest=code_digest(code),
    )
    return made, code


@transaction.atomic
def take_up(complaint: ActComplaint, *, by, expected: int | None = None) -> ActComplaint:
    """Take it up: the unit that handled the case explains first."""
    require(by, "monitoring.complaint")
    unit = complaint.about.unit
    if unit is None:
        raise Invalid(_("No unit answers for this case yet."))
    complaint.case = cases.move(complaint.case, "accept", by=by, unit=unit, expected=expected)
    return complaint


@transaction.atomic
def refuse_complaint(complaint: ActComplaint, *, note: str, by, expected: int | None = None) -> ActComplaint:
    """Do not take it up, with the ground and where to turn to instead."""
    require(by, "monitoring.complaint")
    complaint.case = cases.move(complaint.case, "refuse", by=by, note=note.strip(), expected=expected)
    complaint.result = note.strip()
    complaint.save(update_fields=["result"])
    return complaint


@transaction.atomic
def explain(complaint: ActComplaint, *, note: str, by, expected: int | None = None) -> ActComplaint:
    """The unit explains how it handled the case."""
    complaint.case = cases.move(complaint.case, "explain", by=by, note=note.strip(), expected=expected)
    return complaint


@transaction.atomic
def decide_complaint(
    complaint: ActComplaint, *, justified: bool, result: str, by, expected: int | None = None
) -> ActComplaint:
    """Say whether the complaint is justified, and answer it in words the person can read."""
    require(by, "monitoring.complaint")
    if not result.strip():
        raise Invalid(_("Answer in words the person can understand."), field="result")
    complaint.case = cases.move(
        complaint.case, "decide", by=by, note=result.strip(), expected=expected, data={"justified": justified}
    )
    complaint.result, complaint.justified = result.strip(), justified
    complaint.save(update_fields=["result", "justified"])
    return complaint
