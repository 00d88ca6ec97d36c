"""「聘任制」 Named with the branch's minutes, examined by the township, appointed for a term with a certificate."""

import io
import json
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import BinaryIO

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from huilian.engine.access.queries import are_kin, require
from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.queries import holders_of
from huilian.engine.documents.attachments import check
from huilian.engine.documents.services import attach
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import Appraisal, Body, BodyKind, Seat
from ..queries.reach import branch_of, covered_readers, serving, untrained
from .guards import allow, locked, said, standing, steps_back, taken_over

S, Entry = Seat.State, BodyKind.Entry
COMMITTEES = (Unit.Kind.VILLAGE_COMMITTEE, Unit.Kind.COMMUNITY, Unit.Kind.COOPERATIVE)
TYPED = (
    "name",
    "person",
    "phone",
    "address",
    "group",
    "stratum",
    "is_head",
    "duty",
    "minutes_of",
    "minutes",
    "declared",
)
LETTERS, WORD = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 10  # of the word by which an information member signs
PHOTO, PORTRAIT = frozenset({"jpg", "png"}), (240, 320)


@transaction.atomic
def nominate(body: Body, values: Mapping, *, by) -> Seat:
    """Name somebody for a body. The branch gives day and words of its meeting where the kind asks for an examination;
    who is elected or invited waits for the appointment at once. Raises Invalid for whom the kind is closed to."""
    body = standing(body)
    allow(by, "watchers.keep", body)
    if body.kind.is_covered:
        raise Invalid(_("Members of this body are enrolled under a code name."), field="name")
    seat = Seat(body=body)
    taken_over(seat, {name: values[name] for name in TYPED if name in values})
    steps_back(by, persons=[seat.person])
    if seat.person and not seat.name:
        seat.name = seat.person.name
    said(seat.name, "name", 64)
    if body.kind.entry != Entry.INVITED and not (seat.minutes_of and seat.minutes):
        raise Invalid(_("Give the day of the meeting that named them, and what its minutes say."), field="minutes_of")
    if seat.minutes_of and seat.minutes_of > today():
        raise Invalid(_("The meeting lies in the future."), field="minutes_of")
    _not_barred(body, seat.person)
    if seat.person and body.seats.filter(person=seat.person, state__in=[S.NAMED, S.PASSED, S.SERVING]).exists():
        raise Conflict(_("%(name)s is in this body or named for it already.") % {"name": seat.name})
    if body.kind.entry in (Entry.ELECTED, Entry.INVITED):
        seat.state = S.PASSED
    seat.save()
    record("watchers.nominate", body, by=by, data={"seat": seat.pk, "minutes": bool(seat.minutes_of)})
    return seat


def _not_barred(body: Body, person: Person | None) -> None:
    """村“两委”成员及其近亲属、村会计、村文书、报账员不得任职 (指导意见, 2017). Kin is asked, never shown."""
    if not body.kind.bars_committee or body.place.level != body.place.Level.VILLAGE:
        return
    if person is None:
        raise Invalid(
            _("Choose the person in the directory, so that kin of the committees can be checked."), field="person"
        )
    held = Appointment.objects.filter(in_office(today()), post__unit__place=body.place).select_related("post", "person")
    held = list(held.select_related("post__unit"))
    committee = [a.person for a in held if a.post.unit.kind in COMMITTEES]
    barred = set(body.kind.barred_roles.split())
    keeps_books = {a.person_id for a in held if barred & set(a.post.roles)}
    if person.pk in keeps_books:
        raise Invalid(_("%(name)s keeps books or papers of the village.") % {"name": person}, field="person")
    if person in committee:
        raise Invalid(_("%(name)s sits in one of the committees that are watched.") % {"name": person}, field="person")
    if are_kin(person, committee):
        raise Invalid(
            _("%(name)s cannot serve here: the rule on kin of the committees.") % {"name": person}, field="person"
        )


@transaction.atomic
def enrol(body: Body, values: Mapping, *, by) -> tuple[Seat, str]:
    """Enrol an information member under a code name. Name and telephone go into a box of the vault that two open.
    Returns the seat and the word by which the member signs reports; only its digest is kept."""
    body = standing(body)
    allow(by, "watchers.cover", body)
    if not body.kind.is_covered:
        raise Invalid(_("Members of this body are named openly."), field="name")
    name, phone = said(values.get("name", ""), "name", 64), (values.get("phone") or "").strip()
    cover = next_number("QB", on=today())
    readers = covered_readers("watch_officer")
    agreers = [user for user in covered_readers("watch_second") if user not in readers]
    if not readers or not agreers:
        raise Conflict(_("Two keepers of identities need a key of the vault first: an officer and a second keeper."))
    identity = json.dumps({"name": name, "phone": phone}, ensure_ascii=False).encode()
    vault.seal(f"watcher:{cover}", "identity", identity, readers=readers, agreers=agreers, by=by)
    word = "".join(secrets.choice(LETTERS) for _n in range(WORD))
    seat = Seat.objects.create(body=body, cover=cover, word_digest=make_password(word), state=S.PASSED,
                               duty=(values.get("duty") or "").strip())  # fmt: skip
    record("watchers.enrol", body, by=by, data={"cover": cover})
    return seat, word


@transaction.atomic
def examine(seat: Seat, *, fit: bool, note: str = "", conditions_met: bool = False, trained_on: date | None = None,
            mark: int | None = None, by) -> Seat:  # fmt: skip
    """The township's yes or no. Where the kind has conditions and an examination, nobody passes without both."""
    seat, body = _of(seat, S.NAMED)
    person = allow(by, "watchers.examine", body)
    steps_back(by, persons=[seat.person])
    seat.conditions_met, seat.trained_on, seat.mark = conditions_met, trained_on, mark
    seat.note = note.strip()[:200]
    if not fit and not seat.note:
        raise Invalid(_("Give the reason in a sentence."), field="note")
    if fit and body.kind.conditions and not conditions_met:
        raise Invalid(_("All conditions of the list are met first."), field="conditions_met")
    if fit and body.kind.pass_mark is not None:
        if trained_on is None or trained_on > today():
            raise Invalid(_("Give the day of the training."), field="trained_on")
        if mark is None or not body.kind.pass_mark <= mark <= 100:
            raise Invalid(_("To pass takes at least %(mark)s of 100.") % {"mark": body.kind.pass_mark}, field="mark")
    if fit:
        _not_barred(body, seat.person)
    seat.state, seat.examined_by, seat.examined_on = (S.PASSED if fit else S.REFUSED), person, today()
    seat.save()
    record("watchers.examine", body, by=by, data={"seat": seat.pk, "fit": fit})
    return seat


@transaction.atomic
def appoint(body: Body, *, starts_on: date | None = None, by) -> list[Seat]:
    """Appoint everybody who passed, with a certificate each, for the term of the kind. Raises Invalid when then fewer
    serve than must or more than may (2 ≤ n ≤ 5, S3-21), or where training is missing."""
    body = standing(body)
    allow(by, "watchers.examine", body)
    ready = list(body.seats.select_for_update(of=("self",)).filter(state=S.PASSED))
    if not ready:
        raise Conflict(_("Nobody waits to be appointed."))
    count = body.seats.filter(serving()).count() + len(ready)
    if count < body.kind.least or (body.kind.most is not None and count > body.kind.most):
        raise Invalid(
            _("%(body)s would have %(n)s members; it needs %(least)s to %(most)s.")
            % {"body": body, "n": count, "least": body.kind.least, "most": body.kind.most or "∞"}
        )
    begin = starts_on or today()
    for seat in ready:
        if missing := untrained(seat, body):
            raise Invalid(
                _("%(seat)s has no training yet on: %(topics)s.") % {"seat": seat, "topics": "、".join(missing)}
            )
        _not_barred(body, seat.person) if not seat.cover else None
        seat.state, seat.starts_on, seat.ends_on = S.SERVING, begin, rules.last_day(begin, body.kind.term_months)
        seat.certificate, seat.check_code = next_number("SZ", on=today()), secrets.token_urlsafe(12)
        seat.save()
    record("watchers.appoint", body, by=by, data={"count": len(ready), "until": ready[0].ends_on.isoformat()})
    return ready


@transaction.atomic
def renew(seat: Seat, *, by) -> Seat:
    """Appoint somebody whose term ends for another one; the certificate keeps its number. Not who was twice unfit."""
    seat, body = _of(seat, S.SERVING)
    allow(by, "watchers.examine", body)
    steps_back(by, persons=[seat.person])
    if not seat.ends_on or seat.ends_on - timedelta(days=body.kind.remind_days) > today():
        raise Conflict(_("The term runs until %(day)s; it is renewed in its last days.") % {"day": seat.ends_on})
    if seat.ends_on < today():
        raise Conflict(_("The term is over. Name them anew."))
    if not seat.cover:
        _not_barred(body, seat.person)
    seat.ends_on, seat.reminded_on = rules.last_day(seat.ends_on + timedelta(days=1), body.kind.term_months), None
    seat.save(update_fields=["ends_on", "reminded_on"])
    record("watchers.renew", body, by=by, data={"seat": seat.pk, "until": seat.ends_on.isoformat()})
    return seat


@transaction.atomic
def withdraw(seat: Seat, *, reason: str, by) -> Seat:
    """End an office before its day; the certificate is no longer real from then on."""
    seat, body = _of(seat, S.SERVING, S.PASSED, S.NAMED)
    allow(by, "watchers.examine", body)
    _end(seat, said(reason, "reason", 200))
    record("watchers.withdraw", body, by=by, data={"seat": seat.pk, "reason": seat.ended_because})
    return seat


@transaction.atomic
def appraise(seat: Seat, *, year: int, result: str, held_on: date, votes: int | None = None, by) -> Appraisal:
    """Enter the yearly verdict. Who is not competent two years in a row is out of office at once."""
    seat, body = _of(seat, S.SERVING)
    allow(by, "watchers.examine", body)
    steps_back(by, persons=[seat.person])
    if result not in Appraisal.Result.values:
        raise Invalid(_("Choose one of the verdicts."), field="result")
    if held_on > today() or not held_on.year - 1 <= year <= held_on.year:
        raise Invalid(_("The day of the appraisal and its year do not fit."), field="held_on")
    kept, new = Appraisal.objects.get_or_create(
        seat=seat, year=year, defaults={"result": result, "votes": votes, "held_on": held_on}
    )
    if not new:
        raise Conflict(_("%(seat)s was appraised for %(year)s already.") % {"seat": seat, "year": year})
    out = rules.is_out(dict(seat.appraisals.values_list("year", "result")))
    record("watchers.appraise", body, by=by, data={"seat": seat.pk, "year": year, "result": result, "out": out})
    if out:
        _end(seat, _("Not competent in two years in a row."))
    return kept


@transaction.atomic
def add_photo(seat: Seat, file: BinaryIO, name: str, *, by) -> Seat:
    """Keep the photograph for the certificate and the public page. Not of members under a code name."""
    seat, body = _of(seat, S.NAMED, S.PASSED, S.SERVING)
    allow(by, "watchers.keep", body)
    if not body.kind.is_public:
        raise Invalid(_("Members of this body are not shown to anybody."), field="file")
    check(file, name, accepted=PHOTO)
    seat.photo = attach(
        _portrait(file), name, f"watchers.seat:{seat.pk}", kind="watcher_photo", by=by, accepted=frozenset({"jpg"})
    )
    seat.save(update_fields=["photo"])
    return seat


def _portrait(file: BinaryIO) -> io.BytesIO:
    """A small picture without what the camera wrote into it."""
    made = io.BytesIO()
    with Image.open(file) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
        picture.thumbnail(PORTRAIT)
        picture.save(made, "JPEG", quality=80)
    made.seek(0)
    return made


def remind() -> int:
    """Tell keepers and line of terms that end within the kind's days, once a term; returns how many."""
    soon = Seat.objects.filter(serving(), reminded_on=None).select_related(
        "body__kind", "body__unit", "body__business", "body__place"
    )
    told = 0
    for seat in soon.filter(ends_on__lte=today() + timedelta(days=90)):
        if seat.ends_on - timedelta(days=seat.body.kind.remind_days) > today():
            continue
        people = [*branch_of(seat.body), *holders_of("watch_town", unit=seat.body.business)]
        people += [seat.person] if seat.person else []
        with transaction.atomic():
            notify([p.user for p in people if p.user], "watchers.term_ends", seat.body,
                   {"body": str(seat.body), "day": seat.ends_on.isoformat()},
                   link=reverse("watchers-body", args=[seat.body_id]))  # fmt: skip
            Seat.objects.filter(pk=seat.pk).update(reminded_on=today())
        told += 1
    return told


@transaction.atomic
def lapse(*, by=SYSTEM) -> int:
    """End the office of everybody whose term is over; returns how many. Access ended with the day itself."""
    require(by, "watchers.examine")
    over = list(Seat.objects.filter(state=S.SERVING, ends_on__lt=today()).select_related("body"))
    for seat in over:
        _end(seat, _("The term was over."), on=seat.ends_on)
        record("watchers.lapse", seat.body, by=by, data={"seat": seat.pk})
    return len(over)


def _end(seat: Seat, because: str, on: date | None = None) -> None:
    seat.state, seat.ended_because = S.ENDED, because
    if seat.starts_on:
        seat.ends_on = max(on or today(), seat.starts_on)
    seat.save(update_fields=["state", "ended_because", "ends_on"])


def _of(seat: Seat, *states: str) -> tuple[Seat, Body]:
    """The seat and its body, both locked, in the order body before seat."""
    body = standing(seat.body)
    seat = locked(seat, "body__kind")
    seat.body = body
    if seat.state not in states:
        raise Conflict(
            _("%(seat)s is “%(state)s”; nothing was changed.") % {"seat": seat, "state": seat.get_state_display()}
        )
    return seat, body
