"""The evidence pack of an alert: everything it rests on in one file that shows by itself whether a byte was changed.

A zip with `pack.json` (rows with their digests, the text of the rule in its version, parameters, basis, history with
inclusion proofs), the papers and attachments of the case, a report for people, the log's checkpoint, `manifest.json`
with the SHA-256 of each, and `manifest.sig`: those lines signed with the log's Ed25519 key. docs/evidence-pack.md
describes it for whoever checks it without this product.
"""

import hashlib
import io
import zipfile
from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils import translation

from huilian.engine.access.queries import require
from huilian.engine.documents.pdf import render_pdf
from huilian.engine.documents.queries import attachments_of, documents_of
from huilian.engine.documents.services import open_checked
from huilian.engine.trail import keys
from huilian.engine.trail.models import Event
from huilian.engine.trail.queries import actor_name, checkpoint, history_of_all, inclusion_proof, sentence
from huilian.engine.trail.services import record, seal
from huilian.foundation.errors import Invalid
from huilian.foundation.hashing import dump, moment_text, plain
from huilian.foundation.now import now

from . import papers, sources
from .models import Alert

FORMAT = "huilian evidence pack 1"
MOST_BYTES = 200 * 1024 * 1024  # of attachments; above that they are named with their digests and left out


def make_pack(alert: Alert, *, by) -> bytes:
    """The pack as a zip. What was done a moment ago is sealed first, so that its proof is in it.

    Raises `NotAllowed` for whoever does not check alerts: rows stand in it in full. Recorded in the trail.
    """
    require(by, "alert.pack")
    seal()
    with translation.override("zh-hans"):
        files = _files(alert, by)
    manifest = dump({"format": FORMAT, "files": {name: _sha256(data) for name, data in files.items()}})
    digest = _sha256(manifest)
    files["manifest.json"] = manifest
    files["manifest.sig"] = keys.signed_text(f"{FORMAT}\n{alert.number}\n{digest}\n").encode()
    with transaction.atomic():
        record("alerts.pack", alert.case or alert, by=by, data={"digest": digest}, place=alert.place)
    return zipped(files)


def _files(alert: Alert, by) -> dict[str, bytes]:
    note, history = checkpoint(), _history(alert)
    size = keys.read_note(note).size
    kept, files = _documents(alert)
    body = content_of(alert, history, size, kept)
    files["pack.json"] = dump(body)
    files["checkpoint.txt"] = note.encode()
    files["report.pdf"] = render_pdf(papers.evidence_report(alert, body, by=by))
    return files


def content_of(alert: Alert, history: list[Event], size: int, documents: list[dict]) -> dict:
    """What stands in `pack.json`, as plain values."""
    text = sources.rule_text(alert.rule, alert.rule_version)
    body: dict[str, Any] = {
        "format": FORMAT,
        "made_at": now(),
        "alert": {
            "number": alert.number,
            "names": alert.names,
            "level": alert.level,
            "colour": alert.colour,
            "state": alert.state,
            "verdict": alert.verdict,
            "nature": alert.nature,
            "subject": alert.subject,
            "about": alert.about,
            "unit": str(alert.unit or ""),
            "place": str(alert.place or ""),
            "reason": alert.reason,
            "amount_cents": alert.amount_cents,
            "raised_at": alert.raised_at,
            "data_as_of": alert.data_as_of,
            "levels": alert.levels,
        },
        "rule": {
            "id": alert.rule,
            "version": alert.rule_version,
            "parameters": alert.parameters,
            "basis": alert.basis,
            "text": text,
            "sha256": _sha256(text.encode()) if text else "",
        },
        "evidence": alert.evidence,
        "documents": documents,
        "rectifications": [
            {"ordered_at": r.ordered_at, "due_on": r.due_on, "cause": r.cause, "measures": r.measures,
             "responsible": r.responsible, "recovered_cents": r.recovered_cents, "passed": r.passed,
             "conclusion": r.conclusion, "verified_at": r.verified_at}
            for r in alert.rectifications.order_by("pk")
        ],
        "appeals": [
            {"asked_at": a.asked_at, "grounds": a.grounds, "against": a.against, "granted": a.granted,
             "verdict": a.verdict, "remark": a.remark, "decided_at": a.decided_at}
            for a in alert.appeals.order_by("pk")
        ],
        "history": [_event(event, size) for event in history],
    }  # fmt: skip
    return plain(body)


def _history(alert: Alert) -> list[Event]:
    return list(history_of_all([alert, *([alert.case] if alert.case_id else [])]))


def _event(event: Event, size: int) -> dict:
    """One act with all that its digest is made of, and the way from there to the root of the checkpoint."""
    try:
        proof = inclusion_proof(event, size)
    except Invalid:  # not sealed yet: somebody acted while the pack was made
        proof = None
    return {
        "id": event.pk,
        "at": moment_text(event.at.astimezone(UTC)),
        "verb": event.verb,
        "subject": [event.subject_kind, event.subject_id],
        "actor": [event.actor_kind, event.actor_id, event.actor_label],
        "place": event.place,
        "data": event.data,
        "salt": bytes(event.salt).hex(),
        "algorithm": event.algorithm,
        "sentence": f"{actor_name(event)} {sentence(event)}",
        "proof": proof,
    }


def _documents(alert: Alert) -> tuple[list[dict], dict[str, bytes]]:
    """The papers and attachments of the case, each with its digest; their bytes as far as they fit."""
    listed: list[dict] = []
    files: dict[str, bytes] = {}
    room = MOST_BYTES
    for stored in [*documents_of(alert.case), *attachments_of(alert.case)] if alert.case_id else ():
        name = ""
        if stored.size <= room:
            room -= stored.size
            name = f"documents/{stored._meta.model_name}-{stored.pk}.{stored.type}"
            with open_checked(stored) as content:
                files[name] = content.read()
        listed.append(
            {"name": stored.name, "file": name, "size": stored.size, "sha256": stored.sha256, "made_at": stored.made_at,
             "made_by": stored.made_by}
        )  # fmt: skip
    return listed, files


def zipped(files: dict[str, bytes]) -> bytes:
    """The files as a zip that comes out the same, byte by byte, wherever it is made: no times, no compression."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name)  # 1980-01-01
            info.create_system, info.external_attr = 3, 0o600 << 16
            archive.writestr(info, files[name])
    return out.getvalue()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
