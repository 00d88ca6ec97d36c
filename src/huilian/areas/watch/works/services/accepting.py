"""The acceptance: several people look and sign; with too few, or one who does not agree, nothing passes."""

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import may
from huilian.engine.documents.services import attach
from huilian.engine.procedures.definition import Limit, Limits
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now, today

from .. import hooks, rules
from ..models import Acceptance, Project, Signature
from .guards import allow, free_of, locked, move, tell

Result, Role = Acceptance.Result, Signature.Role
ON_PAPER = (Role.REPRESENTATIVE, Role.BUILDER, Role.VILLAGE)
SHEET = frozenset({"jpg", "png", "pdf"})
# With which action somebody signs as what; who holds several signs as the first.
SIGNS = (("works.inspect", Role.COMMITTEE), ("works.review", Role.TOWNSHIP), ("works.decide", Role.VILLAGE))


@transaction.atomic
def open_acceptance(project: Project, *, held_on: date, by: Any) -> Acceptance:
    """Begin the sheet of signatures of one look at the finished work. One is open at a time."""
    project = locked(project, "accepting")
    allow(by, "works.propose", project.place)
    if not project.finished_on <= held_on <= today():
        raise Invalid(
            _("The work was finished on %(day)s. It is looked at after that, and not in the future.")
            % {"day": project.finished_on},
            field="held_on",
        )
    if project.acceptances.filter(result=Result.OPEN).exists():
        raise Conflict(_("A sheet of signatures is open already."))
    made = Acceptance.objects.create(project=project, position=project.acceptances.count() + 1, held_on=held_on)
    tell(project, "open_acceptance", by, n=made.position, on=held_on.isoformat())
    return made


@transaction.atomic
def sign_acceptance(acceptance: Acceptance, *, agrees: bool, opinion: str = "", by: Any) -> Signature:
    """Sign with one's own account: the supervision committee, the township, the village's head."""
    acceptance, project = _open(acceptance)
    action, role = next(((a, r) for a, r in SIGNS if may(by, a)), SIGNS[0])
    person = allow(by, action, project.place)
    name = str(person or getattr(by, "label", by))[:40]
    free_of(project.contractor, by)
    if not agrees and not opinion.strip():
        raise Invalid(_("Write what is not as it should be."), field="opinion")
    if acceptance.signatures.filter(name=name).exists():
        raise Conflict(_("You have signed this sheet already."))
    signed = Signature.objects.create(
        acceptance=acceptance,
        role=role,
        name=name,
        person=person,
        agrees=agrees,
        opinion=opinion.strip(),
        at=now(),
    )
    tell(project, "sign_acceptance", by, role=role, agrees=agrees)
    return signed


@transaction.atomic
def enter_signatures(
    acceptance: Acceptance, *, role: str, names: Sequence[str], file: BinaryIO, file_name: str, by: Any
) -> list[Signature]:
    """Enter who signed the paper sheet, which is kept as a picture: villagers' representatives, the builder."""
    acceptance, project = _open(acceptance)
    allow(by, "works.propose", project.place)
    if role not in ON_PAPER:
        raise Invalid(_("The committee and the township sign with their own accounts."), field="role")
    names = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not names:
        raise Invalid(_("Write who signed."), field="names")
    twice = acceptance.signatures.filter(name__in=names).values_list("name", flat=True)
    if twice:
        raise Conflict(_("%(names)s signed already.") % {"names": _(", ").join(twice)}, field="names")
    sheet = attach(file, file_name, project.case, kind="work_sheet", by=by, accepted=SHEET)
    made = Signature.objects.bulk_create(
        [Signature(acceptance=acceptance, role=role, name=name, sheet=sheet, at=now()) for name in names]
    )
    tell(project, "enter_signatures", by, role=role, count=len(names))
    return made


@transaction.atomic
def accept(project: Project, *, quality: str, by: Any, expected: int | None = None) -> Project:
    """The work is good. Raises Invalid where signatures are missing or somebody does not agree, Conflict where it was
    concluded meanwhile."""
    project = locked(project, "accepting")
    person = allow(by, "works.decide", project.place)
    free_of(project.contractor, by)
    acceptance = _concluding(project)
    signed = list(acceptance.signatures.all())
    if against := [s.name for s in signed if not s.agrees]:
        raise Invalid(
            _("%(names)s does not agree. Have it mended, then look again.") % {"names": _(", ").join(against)}
        )
    lacking = rules.missing([rules.Signed(s.role, s.agrees) for s in signed], project.limit_class.representatives)
    if lacking:
        names = _(", ").join(f"{Role(role).label} × {n}" for role, n in lacking)
        raise Invalid(_("Signatures are missing: %(names)s.") % {"names": names})
    _conclude(acceptance, Result.PASSED, quality, person)
    project.accepted_on = acceptance.held_on
    if project.limit_class.is_purchase:
        project.settled_cents, project.settled_on = project.contract_cents, today()
        move(project, "accept", by, expected=expected)
    else:
        move(project, "accept", by, to="works_clerk", expected=expected, data={"signers": len(signed)})
    project.asset_no = hooks.ask(hooks.accepted, project, by=by)
    project.save(update_fields=["asset_no"])
    return project


@transaction.atomic
def mend(project: Project, *, note: str, mend_by: date, by: Any, expected: int | None = None) -> Project:
    """Defects were found: back to the builder, to be mended by a day that counts from now on."""
    project = locked(project, "accepting")
    person = allow(by, "works.decide", project.place)
    if mend_by <= today():
        raise Invalid(_("Give a day that is still to come."), field="mend_by")
    acceptance = _concluding(project)
    _conclude(acceptance, Result.DEFECTS, note, person, mend_by)
    days = Limits(whole=Limit((mend_by - today()).days, "day"))
    return move(project, "mend", by, to="works_clerk", note=note.strip(), limits=days, expected=expected)


def _concluding(project: Project) -> Acceptance:
    found = project.acceptances.select_for_update(of=("self",)).filter(result=Result.OPEN).first()
    if found is None:
        raise Conflict(_("Nobody has looked at the work yet. Open a sheet of signatures first."))
    return found


def _conclude(acceptance: Acceptance, result: str, text: str, person, mend_by: date | None = None) -> None:
    if not text.strip():
        raise Invalid(_("Write what was found."), field="quality" if result == Result.PASSED else "note")
    acceptance.result, acceptance.quality = result, text.strip()
    acceptance.mend_by, acceptance.concluded_by = mend_by, person
    acceptance.save()


def _open(acceptance: Acceptance) -> tuple[Acceptance, Project]:
    project = locked(acceptance.project, "accepting")
    found = Acceptance.objects.select_for_update(of=("self",)).get(pk=acceptance.pk)
    if found.result != Result.OPEN:
        raise Conflict(_("This sheet is concluded: %(result)s.") % {"result": found.get_result_display()})
    return found, project
