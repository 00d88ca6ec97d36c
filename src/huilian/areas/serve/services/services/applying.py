"""「咨询·受理登记」 An application comes in: from a phone, a screen, the window, or the villager's home."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.identity import digest as identity_digest
from huilian.engine.directory.models import Place
from huilian.engine.documents import attachments
from huilian.engine.documents import services as documents
from huilian.engine.documents.models import Attachment
from huilian.engine.look.text import say
from huilian.engine.procedures import services as cases
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.foundation.cleaning.pictures import FORMATS, plain_photo
from huilian.foundation.codes import clean
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.masking import mask_identity, mask_name
from huilian.foundation.now import now

from .. import rules
from ..models import Application, Draft, DraftFile, Item, Material, Paper, Point
from ..queries import codes
from ..queries.catalogue import number_of, offer, points_near
from .people import CITIZEN, require_point, tell_unit, user_of

PAPER = "service_paper"
ACCEPTED, MEGABYTES = frozenset({"jpg", "png", "pdf", "docx"}), 10
MOST_FILES = 6  # for one paper


@dataclass(frozen=True)
class File:
    """One file for one listed paper."""

    material: str  # key of the paper
    upload: BinaryIO
    name: str


@transaction.atomic
def apply(
    item: Item,
    *,
    applicant: Mapping[str, str],
    fields: Mapping[str, str] | None = None,
    files: Iterable[File] = (),
    place: Place | None = None,
    channel: str = "web",
    by=CITIZEN,
    point: Point | None = None,
    seen: Iterable[str] = (),
    deliver_to: str = "window",
    draft: str = "",
    request_key: str = "",
) -> Application:
    """Take an application in. The returned one carries its `code`, which is shown once and not kept.

    `seen` are keys of papers shown on the spot; `draft` is the token of a draft whose files come along. With the same
    `request_key` nothing is sent twice: the first application comes back, with the same code. A citizen's application
    waits to be received at the nearest point that takes the item in; at the window it is received at once.
    """
    if draft:  # the same page sent twice at once waits here for the first
        Draft.objects.select_for_update().filter(token_digest=codes.digest(draft)).first()
    if request_key and (known := Application.objects.filter(request_key=request_key).first()):
        known.code = codes.new_code(request_key)
        return known
    item = Item.objects.get(pk=item.pk)
    if not item.is_active or item.kind == Item.Kind.POSTING:
        raise Conflict(_("“%(item)s” cannot be applied for at the moment.") % {"item": item})
    person = _person(item, applicant)
    said = _said(item, fields or {})
    point = _point(item, place, point, by)
    case = cases.open_case(
        "service",
        title=f"{item.name}（{mask_name(person['applicant_name'])}）",
        by=by,
        place=place or point.place,
        unit=point.unit,
        source=channel,
        data={"item": item.code},
    )
    code = codes.new_code(request_key)
    application = Application.objects.create(
        case=case,
        item=item,
        point=point,
        channel=channel,
        said=said,
        code_digest=codes.digest(code),
        request_key=request_key or None,
        first_asked=user_of(by),
        trips=rules.trips_of(channel),
        legal_days=item.legal_days,
        deliver_to=deliver_to,
        **person,
    )
    _papers(application, files, seen, draft, by)
    if user_of(by):
        application.case = cases.move(case, "receive", by=by)
    else:
        tell_unit(point.unit, "services.came_in", application)
    application.code = code
    return application


def _person(item: Item, given: Mapping[str, str]) -> dict[str, str]:
    name, phone = given.get("name", "").strip(), given.get("phone", "").strip()
    if len(name) < 2:
        raise Invalid(_("Write the name of the applicant."), field="name")
    if not 7 <= sum(c.isdigit() for c in phone) <= 13:
        raise Invalid(
            _("Give a telephone number of 7 to 13 digits, so that we can tell you the result."), field="phone"
        )
    identity = clean(given.get("identity", ""))
    if item.needs_identity and not identity:
        raise Invalid(_("This item needs the applicant's identity number."), field="identity")
    if not identity:
        return {"applicant_name": name, "applicant_phone": phone}
    try:
        digest = identity_digest(identity)
    except Invalid as bad:
        raise Invalid(bad.message, field="identity") from bad
    return {
        "applicant_name": name,
        "applicant_phone": phone,
        "identity_digest": digest,
        "identity_masked": mask_identity(identity),
    }


def _said(item: Item, given: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, by the item's own fields; nothing else is kept."""
    said = {}
    for field in item.fields:
        text = str(given.get(field["key"], "")).strip()
        if field.get("required") and not text:
            raise Invalid(_("“%(field)s” is still empty.") % {"field": say(field)}, field=field["key"])
        if text:
            said[field["key"]] = text[:500]
    return said


def _point(item: Item, place: Place | None, point: Point | None, by) -> Point:
    """The point that takes it in: the one given, else the nearest one that accepts the item."""
    if user_of(by):
        require(by, "service.take")
    if point is None:
        near = points_near(place, item)
        if not near:
            raise Conflict(
                _("No service point near you takes in “%(item)s” yet. Ask the county's hall.") % {"item": item}
            )
        point = near[0]
    if user_of(by):
        require_point(by, "service.take", point)
    offered = offer(point, item)
    if offered is None or not offered.may_accept:
        raise Conflict(
            _("%(point)s does not take in “%(item)s”. Choose another point.") % {"point": point.name, "item": item}
        )
    return point


def _papers(application: Application, files: Iterable[File], seen: Iterable[str], draft: str, by) -> None:
    """One row for each listed paper; files that came with it or with the draft are kept."""
    rows = {}
    for material in application.item.materials.all():
        rows[material.key] = Paper.objects.create(
            application=application,
            material=material,
            name=material.name,
            name_en=material.name_en,
            is_required=material.is_required,
        )
    for key in seen:
        mark_given(_listed(rows, key))
    for file in files:
        paper = _listed(rows, file.material)
        add_file(paper, file.upload, file.name, by=by)
    if draft:
        kept = Draft.objects.select_for_update().filter(token_digest=codes.digest(draft)).first()
        for row in DraftFile.objects.filter(draft=kept).select_related("attachment", "material") if kept else ():
            if row.material.key in rows:
                paper = rows[row.material.key]
                paper.files.add(row.attachment)
                mark_given(paper)
        if kept:
            kept.delete()


def _listed(rows: Mapping[str, Paper], key: str) -> Paper:
    if key not in rows:
        raise Invalid(_("This item has no such paper. Open the page again and choose the paper."), field=key)
    return rows[key]


def mark_given(paper: Paper) -> None:
    """The paper is there, as a file or shown at the window."""
    paper.state, paper.note, paper.given_at = Paper.State.GIVEN, "", now()
    paper.save(update_fields=["state", "note", "given_at"])


def add_file(paper: Paper, upload: BinaryIO, name: str, *, by) -> Attachment:
    """Keep a file for a paper. Raises Invalid naming the paper when it is too large, unreadable or of another type."""
    if paper.files.count() >= MOST_FILES:
        raise Invalid(_("At most %(most)s files for one paper.") % {"most": MOST_FILES}, field=_key(paper.material))
    kept = keep_file(upload, name, paper.application.case, str(paper), _key(paper.material), by=by)
    paper.files.add(kept)
    mark_given(paper)
    return kept


def keep_file(upload: BinaryIO, name: str, subject, paper: str, key: str, *, by) -> Attachment:
    """Keep an upload under `subject`, a photograph without what the camera noted.

    What is wrong with it is said of the paper it was meant for.
    """
    try:
        kind, _size, _digest = attachments.check(upload, name, accepted=ACCEPTED, megabytes=MEGABYTES)
        if kind in FORMATS:
            upload = plain_photo(upload, attachments.tidy_name(name), kind)
        return documents.attach(upload, name, subject, kind=PAPER, by=by, accepted=ACCEPTED, megabytes=MEGABYTES)
    except Invalid as bad:
        raise Invalid(f"{paper}: {bad.message}", field=key) from bad


def _key(material: Material | None) -> str:
    return material.key if material else "files"


@transaction.atomic
def save_draft(token: str, *, item: Item | None = None, said: Mapping[str, str], step: str = "", by=CITIZEN) -> Draft:
    """Keep what somebody has typed so far under the token of their browser. Nothing of it enters the trail."""
    if not token or not isinstance(by, Actor):
        raise Invalid(_("This page has no draft. Begin again."), field="token")
    kept = {key: str(value)[:500] for key, value in said.items() if key != "identity"}  # typed again when it is sent
    draft, _made = Draft.objects.update_or_create(
        token_digest=codes.digest(token), defaults={"item": item, "said": kept, "step": step, "kept_at": now()}
    )
    return draft


@transaction.atomic
def add_draft_file(
    draft: Draft, material: Material, upload: BinaryIO, name: str, *, request_key="", by=CITIZEN
) -> DraftFile:
    """Keep a photograph or file for a paper of a draft; sent twice with the same `request_key`, it is kept once."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if request_key and (known := draft.files.filter(request_key=request_key).first()):
        return known
    if draft.files.filter(material=material).count() >= MOST_FILES:
        raise Invalid(_("At most %(most)s files for one paper.") % {"most": MOST_FILES}, field=material.key)
    kept = keep_file(upload, name, f"services.draft:{draft.pk}", str(material), material.key, by=by)
    return DraftFile.objects.create(draft=draft, material=material, attachment=kept, request_key=request_key)


@transaction.atomic
def drop_draft_file(draft: Draft, pk: int, *, by=CITIZEN) -> None:
    """Take a file out of a draft again."""
    _forget(draft.files.filter(pk=pk))


@transaction.atomic
def drop_draft(token: str, *, by=CITIZEN) -> None:
    """Forget a draft and its files."""
    _drop(Draft.objects.filter(token_digest=codes.digest(token)))


@transaction.atomic
def drop_old_drafts(*, by=SYSTEM) -> int:
    """Forget drafts that nobody touched for so many days (the county's number). Returns how many."""
    return _drop(Draft.objects.filter(kept_at__lt=now() - timedelta(days=number_of("draft_days"))))


def _drop(drafts) -> int:
    pks = list(drafts.values_list("pk", flat=True))
    _forget(DraftFile.objects.filter(draft__in=pks))
    Draft.objects.filter(pk__in=pks).delete()
    return len(pks)


def _forget(files) -> None:
    """The rows go now, the files themselves once that is certain."""
    for row in files.select_related("attachment"):
        stored = row.attachment
        row.delete()
        transaction.on_commit(partial(stored.file.storage.delete, stored.file.name))
        stored.delete()
