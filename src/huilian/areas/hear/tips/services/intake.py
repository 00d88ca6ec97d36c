"""Seven ways in, one register. What is said is sealed before anything else is written."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import BinaryIO, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huilian.engine.access.queries import require
from huilian.engine.directory.identity import digest, keyed
from huilian.engine.directory.models import Appointment, Place, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.procedures import services as cases
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.foundation import sealing
from huilian.foundation.cleaning import clean
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now, today

from .. import rules
from ..models import Mark, Member, Pledge, Tip
from ..queries.reach import name_mark, officers, unit_mark
from ..queries.repeats import same_reporter

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read for another
CODE = 16  # letters of a receipt: 80 bits
MOST_FILES = 6  # at a time
REGISTERED_FOR = timedelta(days=30)
PLEDGED_FOR = timedelta(days=365)
Channel, Level = Tip.Channel, Tip.Level
BY_OFFICER = frozenset({Channel.LETTER, Channel.VISIT, Channel.PHONE, Channel.VIDEO})


class Taken(NamedTuple):
    """A tip, and the receipt code its reporter keeps. The code is shown once; only its digest stays."""

    tip: Tip
    code: str


@transaction.atomic
def take_in(
    *,
    channel: str,
    text: str,
    by,
    named: str | bool = False,
    identity: dict | None = None,
    files: Iterable[tuple[BinaryIO, str]] = (),
    unit: Unit | None = None,
    place: Place | None = None,
    persons: Sequence[dict | str] = (),
    field: str = "",
    micro: str = "",
    level: str = Level.OWN,
    sort: str = Tip.Sort.ACCUSATION,
    fast_lane: bool = False,
    recording: str = "",
    received_at: datetime | None = None,
) -> Taken:
    """Take a tip in. `persons`: names, or {name, identity_number, post}, of those it concerns; `identity`: who reports
    ({name, phone, identity_number, address}); `files`: cleaned already, (open file, name).

    The content is sealed to the officers who sort tips and are not concerned; identity apart from it, for two to open.
    On a cadre of a higher level it is sealed to the head alone, and on the head to those who are not the head; then
    nothing but number, day and way in is registered. Raises Invalid, NotAllowed or Conflict (nobody can receive it,
    recovery is not set up); then nothing is kept.
    """
    _check(channel, text, by, recording)
    kind = Tip.Named(named) if isinstance(named, str) else Tip.Named.NAMED if named else Tip.Named.ANONYMOUS
    if kind != Tip.Named.ANONYMOUS and not (identity or {}).get("name"):
        raise Invalid(_("A tip by name has the name and a way to reach the reporter."), field="identity")
    people = [{"name": p} if isinstance(p, str) else dict(p) for p in persons]
    up = level in rules.STRAIGHT_UP
    marks = _marks(people, unit, identity)
    readers = _readers(level, marks)
    received = moment(received_at) if received_at else now()
    office = _office(readers)
    case = cases.open_case("tip", title=Tip._meta.verbose_name.capitalize(), by=by, unit=office, place=office.place,
                           source=channel, received_at=received)  # fmt: skip
    code = "".join(secrets.choice(LETTERS) for _i in range(CODE))
    tip = Tip.objects.create(
        case=case, number=case.number, channel=channel, named=kind, level=level, received_at=case.received_at,
        fast_lane=fast_lane, code_digest=code_digest(code), recording=recording,
        reporter_public=sealing.public_of(code_secret(code)),
        **({} if up else {"unit": unit, "place": place, "field": field, "micro": micro, "sort": sort}),
    )  # fmt: skip
    # Kept also of what goes straight up, as digests: who is concerned must step back from it here.
    Mark.objects.bulk_create(Mark(tip=tip, kind=k, digest=d) for k, d in sorted(marks))
    _seal(tip, text, people, identity, files, readers, marks, by)
    for user in readers:
        Member.objects.create(
            tip=tip, user=user, purpose=pgettext("tips", "registration"), given_at=now(), until=now() + REGISTERED_FOR
        )
    if not up and (first := same_reporter(tip)):
        tip.repeat_of = first
        tip.save(update_fields=["repeat_of"])
    sorted_as = rules.clock_class(kind != Tip.Named.ANONYMOUS, tip.repeat_of_id is not None, fast_lane)
    verb = "register_up" if up else "register_fast" if fast_lane else "register"
    tip.case = cases.move(case, verb, class_key=None if up else sorted_as, by=by)
    record("tips.take_in", tip, by=by, data={"channel": channel, "named": str(kind)})
    return Taken(tip, code)


def cleaned(files: Iterable[tuple[BinaryIO, str]]) -> list[tuple[BinaryIO, str]]:
    """Each as it may be sealed: without what a device wrote into it, under a name that says nothing. Raises Invalid."""
    given = list(files)
    if len(given) > MOST_FILES:
        raise Invalid(_("At most %(most)s files at a time; more can follow with the code.") % {"most": MOST_FILES})
    done = [clean(file, name) for file, name in given]
    return [(each.file, f"{n}.{each.ending}") for n, each in enumerate(done, 1)]


def code_digest(code: str) -> str:
    """Digest of a receipt code, however it is typed: by it the tip is found."""
    return hashlib.sha256(f"huilian tip {clean_code(code)}".encode()).hexdigest()


def code_secret(code: str) -> bytes:
    """The key that lies in a receipt code: what officers write to the reporter opens with it."""
    return hashlib.sha256(f"huilian tip key {clean_code(code)}".encode()).digest()


@transaction.atomic
def pledge(*, by) -> Pledge:
    """Sign the pledge of secrecy for a year: whoever takes the telephone has signed one."""
    require(by, "tips.take")
    made = Pledge.objects.create(user=by, signed_at=now(), until=today() + PLEDGED_FOR)
    record("tips.pledge", made, by=by, data={"until": made.until.isoformat()})
    return made


@transaction.atomic
def plant(*, text: str, by) -> Tip:
    """Plant a tip that nobody has a reason to open: whoever does is told of."""
    require(by, "tips.watch")
    made = take_in(channel=Channel.WEB, text=text, by=Actor("citizen", label=_("reporter"))).tip
    made.is_canary = True
    made.save(update_fields=["is_canary"])
    return made  # Deliberately in no history: the history of a tip would say what it is.


def is_pledged(user, day: date | None = None) -> bool:
    return Pledge.objects.filter(user=user, until__gte=day or today()).exists()


def clean_code(code: str) -> str:
    """A code however it is typed: in small letters, with spaces and strokes."""
    return "".join(c for c in code.upper() if c.isalnum())


def _check(channel: str, text: str, by, recording: str) -> None:
    if channel not in Channel.values:
        raise Invalid(_("There is no such way in."), field="channel")
    if len(text.strip()) < 5:
        raise Invalid(_("Write down what happened."), field="text")
    if channel in BY_OFFICER:
        require(by, "tips.take")
    if channel == Channel.PHONE:
        if not is_pledged(by):
            raise NotAllowed(_("Sign the pledge of secrecy before you take a tip by telephone."))
        if not recording.strip():
            raise Invalid(_("Enter the reference of the recording."), field="recording")


def _marks(people: list[dict], unit: Unit | None, identity: dict | None) -> set[tuple[str, str]]:
    """Digests of those concerned, of their units and of the reporter. A wrong identity number is refused."""
    found = set()
    for person in people:
        name = person.get("name", "").strip()
        if name:
            found.add((Mark.Kind.NAME, name_mark(name)))
            held = Appointment.objects.filter(in_office(today()), person__name="".join(name.split())).select_related(
                "post__unit"
            )
            found |= {(Mark.Kind.UNIT, unit_mark(a.post.unit)) for a in held}
        if person.get("identity_number"):
            found.add((Mark.Kind.IDENTITY, digest(person["identity_number"])))
    if unit:
        found.add((Mark.Kind.UNIT, unit_mark(unit)))
    if identity:
        who = identity.get("identity_number") or identity.get("phone") or identity.get("name", "")
        found.add((Mark.Kind.REPORTER, keyed("reporter", who)))
    return {(str(kind), value) for kind, value in found}


def _readers(level: str, marks: set[tuple[str, str]]) -> list:
    """Who may open it first: those who sort; on a higher cadre the head alone; never anybody concerned."""
    concerned = {value for kind, value in marks if kind != Mark.Kind.REPORTER}
    roles = {Level.HIGHER: ("tip_head",), Level.OWN_HEAD: ("tip_intake",)}.get(level, ("tip_intake", "tip_head"))
    for role in roles:
        if found := officers(role, concerned):
            return found
    raise Conflict(
        _("Nobody here can receive this without being concerned. Please take it to the commission of the next level.")
    )


def _office(readers: list) -> Unit:
    """The unit in which it is registered: that of the first who sorts it."""
    held = Appointment.objects.filter(in_office(today()), person__user=readers[0]).select_related("post__unit__place")
    return next(a.post.unit for a in held if {"tip_intake", "tip_head"} & set(a.post.roles))


def _seal(tip, text, people, identity, files, readers, marks, by) -> None:
    concerned = {value for kind, value in marks if kind != Mark.Kind.REPORTER}
    names = []
    for n, (file, name) in enumerate(files, 1):
        names.append(name)
        vault.seal_file(tip.subject, f"file-{n}", file, readers=readers, by=by)
    content = {"text": text.strip(), "persons": people, "files": names}
    vault.seal(tip.subject, "content", json.dumps(content, ensure_ascii=False).encode(), readers=readers, by=by)
    if identity:
        agreers = [user for user in officers("identity_agreer", concerned) if user not in readers]
        if not agreers:
            raise Conflict(_("Nobody can agree to open an identity. The commission appoints somebody first."))
        sealed = json.dumps(identity, ensure_ascii=False).encode()
        vault.seal(tip.subject, "identity", sealed, readers=readers, agreers=agreers, by=by)
