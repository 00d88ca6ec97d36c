"""Asking for a seal, and the yes or no of those who answer for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Person
from huilian.engine.documents.models import Attachment
from huilian.engine.documents.services import attach
from huilian.engine.procedures import grounds
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.definition import Limit, Limits
from huilian.engine.procedures.models import Case
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from .. import codes, rules
from ..models import DocumentClass, ForbiddenPaper, Page, Request, Seal
from ..queries.waiting import office_minutes
from .guards import allow, locked, locked_seal, stands_apart, unit_with

TYPED = ("document_class", "title", "purpose", "recipient", "villager", "copies", "decision_no", "contract_no")
FILES = frozenset({"pdf", "jpg", "png", "docx"})
ENTERED_WITHIN = timedelta(days=1)
Way, Needs = DocumentClass.Way, DocumentClass.Needs
Upload = tuple[BinaryIO, str]


@transaction.atomic
def ask(seal: Seal, values: Mapping, files: Sequence[Upload], *, by) -> tuple[Request, str]:
    """Ask for a seal on the pages in `files`. Returns the request and the waiting villager's code, which is not kept.

    A class agreed to beforehand goes to the keeper at once; anything else to the head of the village. Raises Invalid
    for a paper a village does not issue, a missing number, a page that carries the seal already.
    """
    seal = locked_seal(seal)
    request = Request(seal=seal, applicant=allow(by, "seals.ask", seal))
    if seal.state == Seal.State.LENT:
        raise Conflict(_("%(seal)s is out of the office. Ask when it is back.") % {"seal": seal})
    code = _new(request, values, files, by)
    return _send(request, "submit", by), code


@transaction.atomic
def ask_again(
    request: Request, values: Mapping, files: Sequence[Upload], *, by, expected: int | None = None
) -> Request:
    """Correct a request that was sent back and send it on; new pages take the place of the old ones."""
    request = locked(request)
    request.applicant = allow(by, "seals.ask", request.seal)
    _fill(request, values)
    if files:
        request.pages.filter(is_used=False).delete()
        _keep_pages(request, files, by)
    request.reviewer = request.approver = request.released_at = None
    request.save()
    return _send(request, "resubmit", by, expected)


@transaction.atomic
def enter_afterwards(
    seal: Seal, values: Mapping, files: Sequence[Upload], *, sealed_at: datetime, second: Person, by
) -> Request:
    """「应急用印」 Enter what was sealed by hand while box or network were dead, before two persons, the same day.

    It goes the same way as any other request, so that whoever would have had to agree sees it; what comes late is
    taken all the same, since refusing it would only hide it, and is marked by the rules.
    """
    seal = locked_seal(seal)
    person = allow(by, "seals.ask", seal)
    at = moment(sealed_at)
    if at > now():
        raise Invalid(_("The time of sealing lies in the future."), field="sealed_at")
    if second in (person, seal.keeper) or second is None:
        raise Invalid(_("Name as second person somebody else than yourself and the keeper."), field="second")
    request = Request(seal=seal, applicant=person, is_emergency=True, second_person=second)
    _new(request, values, files, by)
    request.pages.update(is_used=True)
    from .printing import enter_by_hand

    enter_by_hand(request, at)
    return _send(request, "submit", by, data={"sealed": at.isoformat(), "late": now() - at > ENTERED_WITHIN})


@transaction.atomic
def agree(request: Request, *, by, expected: int | None = None) -> Request:
    """The head of the village agrees; papers of the larger kind go up to the township."""
    request = locked(request)
    request.reviewer = allow(by, "seals.review", request.seal)
    stands_apart(request.reviewer, by, _without(request, "reviewer"))
    if request.document_class.way == Way.TOWNSHIP:
        unit = unit_with("seal_approver", request.seal)
        request.save(update_fields=["reviewer"])
        return _moved(request, "send_up", by, unit=unit, expected=expected)
    return _released(request, "agree", by, expected)


@transaction.atomic
def approve(request: Request, *, by, expected: int | None = None) -> Request:
    """The township approves."""
    request = locked(request)
    person = allow(by, "seals.approve", request.seal)
    stands_apart(person, by, request)
    request.approver = person
    return _released(request, "approve", by, expected)


@transaction.atomic
def send_back(request: Request, *, note: str, by, expected: int | None = None) -> Request:
    """Send a request back with what is to be corrected."""
    request = locked(request)
    _answers(request, by)
    unit = unit_with("seal_applicant", request.seal)
    return _moved(request, "return", by, note=note.strip(), unit=unit, expected=expected)


@transaction.atomic
def refuse(request: Request, *, note: str, by, expected: int | None = None) -> Request:
    """Refuse a request for good, with the ground."""
    request = locked(request)
    _answers(request, by)
    return _moved(request, "refuse", by, note=note.strip(), expected=expected)


@transaction.atomic
def withdraw(request: Request, *, note: str, by, expected: int | None = None) -> Request:
    """The applicant gives a request up that has not been sealed."""
    request = locked(request)
    person = allow(by, "seals.ask", request.seal)
    if request.applicant != person:
        raise NotAllowed(_("Only %(name)s, who asked, may give this up.") % {"name": request.applicant})
    if request.prints.exists():
        raise Conflict(_("The seal has been set already. Only its entry in the book remains to be made."))
    request.releases.filter(state="open").update(state="expired")
    unit = unit_with("seal_applicant", request.seal)
    return _moved(request, "withdraw", by, note=note.strip(), unit=unit, expected=expected)


def _without(request: Request, name: str) -> Request:
    """The request as it stood before `name` was set: nobody is in their own way."""
    twin = Request(seal=request.seal, applicant=request.applicant, reviewer=request.reviewer)
    setattr(twin, name, None)
    return twin


def _answers(request: Request, by) -> None:
    action = "seals.review" if request.case.step == "review" else "seals.approve"
    stands_apart(allow(by, action, request.seal), by, request)


def _new(request: Request, values: Mapping, files: Sequence[Upload], by) -> str:
    _fill(request, values)
    if not files:
        raise Invalid(_("Photograph or attach the paper that is to be sealed."), field="files")
    if request.seal.state in (Seal.State.STOPPED, Seal.State.DESTROYED):
        raise Invalid(_("%(seal)s is no longer in use.") % {"seal": request.seal}, field="seal")
    code = codes.letters(6)
    request.code_digest = codes.of_waiting(code)
    request.case = cases.open_case(
        "seal",
        title=f"{request.title}（{request.recipient}）",
        by=by,
        place=request.seal.place,
        unit=unit_with("seal_applicant", request.seal),
        class_key="paper",
        data={"copies": request.copies, "class": request.document_class.key},
    )
    request.save()
    _keep_pages(request, files, by)
    return code


def _fill(request: Request, values: Mapping) -> None:
    """Take over what was typed and check it."""
    for name in TYPED:
        if name in values:
            value = values[name]
            setattr(request, name, value.strip() if isinstance(value, str) else value)
    for name, words in (
        ("title", _("Write the title of the paper.")),
        ("purpose", _("Write what the paper is for.")),
        ("recipient", _("Write who receives the paper.")),
    ):
        if not getattr(request, name):
            raise Invalid(words, field=name)
    sort = request.document_class
    if not sort.is_active:
        raise Invalid(_("“%(name)s” is no longer used. Choose another class.") % {"name": sort}, field="document_class")
    if not request.copies or not 1 <= request.copies <= sort.most_copies:
        raise Invalid(
            _("Of “%(name)s” between 1 and %(most)s copies are sealed at a time.")
            % {"name": sort, "most": sort.most_copies},
            field="copies",
        )
    for paper in ForbiddenPaper.objects.filter(is_active=True):
        if rules.means(request.title, paper.words):
            raise Invalid(
                _("“%(paper)s” is not for a village to issue (%(basis)s). Instead: %(instead)s")
                % {"paper": paper.name, "basis": paper.basis or _("county's list"), "instead": paper.instead},
                field="title",
            )
    if sort.needs and not request.decision_no:
        raise Invalid(_("“%(name)s” needs the number of the decision.") % {"name": sort}, field="decision_no")
    if sort.needs:
        grounds.require("decision", request.decision_no, place=request.seal.place, purpose="seal", about=request.title)
    if sort.needs == Needs.CONTRACT and not request.contract_no:
        raise Invalid(_("“%(name)s” needs the number of the contract.") % {"name": sort}, field="contract_no")


def _keep_pages(request: Request, files: Sequence[Upload], by) -> None:
    for file, name in files:
        kept: Attachment = attach(file, name, request.case, kind="seal_paper", by=by, accepted=FILES)
        used = Page.objects.filter(sha256=kept.sha256, is_used=True).select_related("request__case").first()
        if used:
            raise Invalid(
                _("“%(file)s” was sealed already, by %(number)s. Each page is sealed once; attach the new one.")
                % {"file": kept.name, "number": used.request.case.number},
                field="files",
            )
        if request.pages.filter(sha256=kept.sha256).exists():
            raise Invalid(_("“%(file)s” is attached twice.") % {"file": kept.name}, field="files")
        Page.objects.create(request=request, attachment=kept, sha256=kept.sha256)


def _send(request: Request, verb: str, by, expected: int | None = None, data: dict | None = None) -> Request:
    """On to whoever answers next, on the clock promised for the class."""
    sort = request.document_class
    if sort.way == Way.READY:
        request.released_at = now()
        request.save(update_fields=["released_at"])
        unit = unit_with("seal_keeper", request.seal)
        return _moved(request, f"{verb}_ready", by, unit=unit, expected=expected, data=data)
    promised = Limits(whole=Limit(sort.promised_minutes, "workminute"))
    unit = unit_with("seal_reviewer", request.seal)
    return _moved(request, verb, by, unit=unit, expected=expected, limits=promised, data=data)


def _released(request: Request, verb: str, by, expected: int | None) -> Request:
    request.released_at = now()
    request.waited_minutes = office_minutes(request.case.received_at, request.released_at, request.seal.place)
    request.save(update_fields=["reviewer", "approver", "released_at", "waited_minutes"])
    return _moved(request, verb, by, unit=unit_with("seal_keeper", request.seal), expected=expected)


def _moved(request: Request, verb: str, by, **more) -> Request:
    case: Case = cases.move(request.case, verb, by=by, **more)
    request.case = case
    return request
