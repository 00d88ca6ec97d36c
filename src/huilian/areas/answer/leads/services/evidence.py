"""The list of evidence: entered, handed to another keeper, handed over or returned; opened, printed."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.accounts.models import User
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from ..models import Evidence, Lead
from .guards import allow_any, readers, said
from .intake import open_lead

MAY = ("leads.handle", "leads.try")


class Piece(NamedTuple):
    """A piece of evidence with what its boxes say: name, giver, remark, names of files, where it went."""

    row: Evidence
    words: dict


@transaction.atomic
def add_evidence(
    lead: Lead, *, kind: str, name: str, giver: str, taken_on: date, copies: int = 1, kept_at: str, remark: str = "",
    keeper: User | None = None, files: Iterable[tuple[str, BinaryIO]] = (), by: User,
) -> Evidence:  # fmt: skip
    """Enter a piece. Name, giver, remark and files are sealed to the team; the lead need not be opened for that."""
    lead = allow_any(by, MAY, lead)
    if kind not in Evidence.Kind.values:
        raise Invalid(_("Choose one of the kinds."), field="kind")
    if taken_on > today():
        raise Invalid(_("It cannot have been received in the future."), field="taken_on")
    if copies < 1:
        raise Invalid(_("At least one copy."), field="copies")
    keeper = keeper or by
    _of_team(lead, keeper)
    row = Evidence(lead=lead, no=lead.evidence.count() + 1, kind=kind, taken_on=taken_on, copies=copies, keeper=keeper,
                   kept_at=said(kept_at, "kept_at"))  # fmt: skip
    team, names = readers(lead), []
    for n, (title, file) in enumerate(files, 1):
        vault.seal_file(lead.subject, f"evf-{row.no}-{n}", file, readers=team, by=by)
        names.append(title)
    words = {"name": said(name, "name"), "giver": said(giver, "giver"), "remark": remark.strip(), "files": names}
    _seal(lead, row.part, words, by)
    row.files = len(names)
    row.save()
    record("leads.add_evidence", lead, by=by, data={"no": row.no, "kind": row.get_kind_display()})
    return row


@transaction.atomic
def move_evidence(row: Evidence, *, keeper: User, kept_at: str, by: User) -> Evidence:
    """Give a piece that is kept to another keeper of the team, or to another place."""
    lead, row = _kept(row, by)
    _of_team(lead, keeper)
    row.keeper, row.kept_at = keeper, said(kept_at, "kept_at")
    row.save()
    record("leads.move_evidence", lead, by=by, data={"no": row.no, "to": str(keeper)})
    return row


@transaction.atomic
def release_evidence(row: Evidence, *, state: str, text: str, by: User) -> Evidence:
    """Hand a piece over with the file, or return it; to whom and against which receipt is sealed."""
    lead, row = _kept(row, by)
    if state not in (Evidence.State.HANDED, Evidence.State.RETURNED):
        raise Invalid(_("Choose one of the kinds."), field="state")
    _seal(lead, f"evg-{row.no}", {"went": said(text)}, by)
    row.state, row.gone_on = state, today()
    row.save()
    record("leads.release_evidence", lead, by=by, data={"no": row.no, "said": row.get_state_display()})
    return row


@transaction.atomic
def open_evidence(lead: Lead, *, purpose: str, token: str, by: User) -> list[Piece]:
    """The whole list with what is sealed, for who may open the lead. Raises as `open_lead`."""
    open_lead(lead, purpose=purpose, token=token, by=by)
    boxes = {box.part: box for box in boxes_of(lead.subject).filter(grants__key__user=by)}

    def words(part: str) -> dict:
        found = boxes.get(part)
        return json.loads(vault.open_box(found, token=token, purpose=purpose, by=by)) if found else {}

    rows = lead.evidence.select_related("keeper")
    return [Piece(row, {**words(row.part), **words(f"evg-{row.no}")}) for row in rows]


def open_evidence_file(row: Evidence, n: int, *, purpose: str, token: str, by: User) -> tuple[str, Iterator[bytes]]:
    """Name and pieces of sealed file `n` of a piece. Raises as `open_lead`, Conflict where there is none."""
    found = next(p for p in open_evidence(row.lead, purpose=purpose, token=token, by=by) if p.row.pk == row.pk)
    box = boxes_of(row.lead.subject).filter(part=f"evf-{row.no}-{n}").first()
    if box is None:
        raise Conflict(_("There is no such attachment."))
    return found.words["files"][n - 1], vault.open_file(box, token=token, purpose=purpose, by=by)


def _kept(row: Evidence, by) -> tuple[Lead, Evidence]:
    lead = allow_any(by, MAY, row.lead)
    row = Evidence.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state != Evidence.State.KEPT:
        raise Conflict(_("This piece is no longer kept here."))
    return lead, row


def _of_team(lead: Lead, user: User) -> None:
    if user not in readers(lead):
        raise NotAllowed(_("%(name)s is not of the team of this lead.") % {"name": user})


def _seal(lead: Lead, part: str, words: dict, by) -> None:
    vault.seal(lead.subject, part, json.dumps(words, ensure_ascii=False).encode(), readers=readers(lead), by=by)
