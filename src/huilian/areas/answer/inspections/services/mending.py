"""Putting right: promise, proof, hand in, sign off; raised one level; what people say; published."""

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Unit
from huilian.engine.documents.services import attach
from huilian.engine.procedures import services as cases
from huilian.engine.screening.services import touch
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now, today

from ..codes import letters
from ..models import Finding, Proof, Voice
from .guards import MANAGE, allow, locked, said, tell

MOST_CODES, CODE = 200, 8
Upload = tuple[BinaryIO, str]


def _move(finding: Finding, verb: str, by: Any, **more: Any) -> Finding:
    finding.case = cases.move(finding.case, verb, by=by, **more)
    finding.save()
    touch({int(finding.place.code)})
    return finding


@transaction.atomic
def promise(
    finding: Finding, *, measures: str, responsible: str, by_day: date, by: Any, expected: int | None = None
) -> Finding:
    """The unit says what it will do, who answers for it, and by when: never later than the clock allows."""
    finding = locked(finding)
    finding.measures, finding.responsible = said(measures, "measures"), said(responsible, "responsible")
    if not today() <= by_day <= finding.case.clock.due_on:
        raise Invalid(
            _("Promise a day from today to %(due)s, when the clock ends.") % {"due": finding.case.clock.due_on},
            field="by_day",
        )
    finding.promised_for = by_day
    return _move(finding, "promise", by, expected=expected)


@transaction.atomic
def add_proof(finding: Finding, files: Sequence[Upload], *, by: Any) -> list[Proof]:
    """Add papers or photographs that show what was done. One used before is kept all the same: rules see it."""
    finding = locked(finding)
    require_step(finding, "mending")
    cases.act(finding.case, "add_proof", by=by, data={"count": len(files)})
    kept = [attach(file, name, finding.case, kind="inspection_proof", by=by) for file, name in files]
    made = [Proof(finding=finding, attachment=one, sha256=one.sha256, kept_at=now()) for one in kept]
    return Proof.objects.bulk_create(made)


def require_step(finding: Finding, *steps: str) -> None:
    if finding.case is None or finding.case.step not in steps:
        raise Conflict(_("%(finding)s stands elsewhere by now. Look at it again.") % {"finding": finding.number})


@transaction.atomic
def hand_in_repair(
    finding: Finding, *, result: str, files: Sequence[Upload] = (), by: Any, expected: int | None = None
) -> Finding:
    """The unit says what it did and hands it in; parts of a shared problem come first."""
    finding = locked(finding)
    finding.result = said(result, "result")
    if files:
        add_proof(finding, files, by=by)
        expected = None if expected is None else expected + 1
    if finding.children.filter(source=Finding.Source.SPLIT, case__state="open").exists():
        raise Conflict(_("Parts of this problem are still being put right."))
    finding.handed_in_at = now()
    return _move(finding, "hand_in", by, expected=expected)


@transaction.atomic
def send_back(finding: Finding, *, note: str, by: Any, expected: int | None = None) -> Finding:
    """Not put right: back to the unit; its clock goes on as if it had not stopped."""
    finding = locked(finding)
    return _move(finding, "send_back", by, note=note.strip(), unit=finding.owner, expected=expected)


@transaction.atomic
def sign_off(finding: Finding, *, note: str = "", by: Any, expected: int | None = None) -> Finding:
    """「销号」 Signed off by somebody of the checking side who saw the proof; without any, only with a reason."""
    finding = locked(finding)
    person = allow(by, MANAGE, finding.unit)
    if not finding.proofs.exists() and not note.strip():
        raise Invalid(_("Nothing shows that it was put right. Say how you made sure."), field="note")
    finding.closed_by, finding.closed_minute = person, int(now().timestamp()) // 60
    return _move(finding, "close", by, note=note.strip(), expected=expected)


@transaction.atomic
def reopen(finding: Finding, *, note: str, by: Any, expected: int | None = None) -> Finding:
    """Open a finding again that was signed off without having been put right."""
    finding = locked(finding)
    finding.closed_by = finding.closed_minute = None
    return _move(finding, "reopen", by, note=note.strip(), unit=finding.owner, expected=expected)


@transaction.atomic
def withdraw_finding(finding: Finding, *, note: str, by: Any, expected: int | None = None) -> Finding:
    """The finding was wrong."""
    return _move(locked(finding), "withdraw", by, note=note.strip(), expected=expected)


@transaction.atomic
def raise_level(finding: Finding, unit: Unit, *, note: str, by: Any, expected: int | None = None) -> Finding:
    """「上提一级」 The level above answers from now on, and promises anew; the clock does not begin anew."""
    finding = locked(finding)
    allow(by, MANAGE, finding.unit)
    if unit.place.level >= finding.owner.place.level:
        raise Invalid(_("Choose a unit of a higher level than %(owner)s.") % {"owner": finding.owner}, field="unit")
    if not finding.place.path.startswith(unit.place.path):
        raise Invalid(
            _("%(unit)s does not stand above %(place)s.") % {"unit": unit, "place": finding.place}, field="unit"
        )
    finding.owner = unit
    return _move(finding, "raise", by, note=note.strip(), unit=unit, expected=expected)


@transaction.atomic
def publish_finding(finding: Finding, *, text: str, by: Any) -> Finding:
    """Let everybody read what was found and what was done, in words that name no private person."""
    finding = locked(finding)
    allow(by, MANAGE, finding.unit)
    require_step(finding, "told", "mending", "review", "closed")
    finding.public_text, finding.published_on = said(text, "text"), today()
    finding.save(update_fields=["public_text", "published_on"])
    tell(finding, "publish", by)
    return finding


def digest_of(code: str) -> str:
    """What is kept of a code."""
    return salted_hmac("inspections.voice", "".join(code.split()).upper(), algorithm="sha256").hexdigest()


@transaction.atomic
def issue_codes(finding: Finding, *, count: int, by: Any) -> list[str]:
    """One-time codes for slips that are handed to people at the place. Only their digests are kept."""
    finding = locked(finding)
    allow(by, MANAGE, finding.unit)
    if not finding.published_on:
        raise Conflict(_("Publish the finding first: with a code people read what was found."))
    if not 1 <= count <= MOST_CODES:
        raise Invalid(_("Between 1 and %(most)s slips at a time.") % {"most": MOST_CODES}, field="count")
    codes = [letters(CODE) for _n in range(count)]
    Voice.objects.bulk_create([Voice(finding=finding, way="code", digest=digest_of(code)) for code in codes])
    tell(finding, "issue_codes", by, count=count)
    return codes


def voice_called(code: str) -> Voice:
    """The slip with this code that was not used yet. One answer for unknown and used."""
    found = Voice.objects.filter(digest=digest_of(code), verdict="", finding__published_on__isnull=False)
    voice = found.select_related("finding__unit", "finding__place", "finding__case").first()
    if voice is None:
        raise Invalid(_("This code opens nothing: mistyped, or used already."), field="code")
    return voice


@transaction.atomic
def say(code: str, *, verdict: str, text: str = "") -> Voice:
    """What the person with the slip says; nobody knows who it was."""
    voice = Voice.objects.select_for_update(of=("self",)).get(pk=voice_called(code).pk)
    if voice.verdict:
        raise Conflict(_("This code was used a moment ago."))
    _say(voice, verdict, text)
    tell(voice.finding, "say", Actor(kind="citizen", id=None, label=""), verdict=verdict)
    return voice


@transaction.atomic
def note_visit(finding: Finding, *, verdict: str, text: str = "", by: Any) -> Voice:
    """What somebody said who was asked at a visit, without their name."""
    finding = locked(finding)
    allow(by, MANAGE, finding.unit)
    require_step(finding, "review", "closed")
    voice = _say(Voice(finding=finding, way="visit"), verdict, text)
    tell(finding, "note_visit", by, verdict=verdict)
    return voice


def _say(voice: Voice, verdict: str, text: str) -> Voice:
    if verdict not in Voice.Verdict.values:
        raise Invalid(_("Choose one of the answers."), field="verdict")
    voice.verdict, voice.text, voice.said_at = verdict, text.strip()[:300], now()
    voice.save()
    return voice
