"""Whether an evidence pack is as it was made. Needs the file and a verification key, neither database nor county."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from huilian.engine.trail import keys, rules
from huilian.foundation import hashing, merkle

from .packs import FORMAT, zipped

LARGEST = 1024 * 1024 * 1024  # bytes of one file unpacked: a small zip may claim to hold a disk


def faults_of(data: bytes, known: Sequence[str]) -> Iterator[str]:
    """Everything that does not fit, each in a sentence; nothing when it is whole. `known` are verification keys."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {}
            for info in archive.infolist():
                if info.file_size > LARGEST or info.filename in files:
                    raise ValueError(info.filename)
                files[info.filename] = archive.read(info)
        manifest = json.loads(files["manifest.json"])
        wanted = dict(manifest["files"])
        lines = keys.read_text(files["manifest.sig"].decode(), list(known))
    except keys.BadNote as bad:
        yield _("The signature does not hold: %(why)s.") % {"why": bad}
        return
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, NotImplementedError, OSError, EOFError) as broken:
        yield _("This is no evidence pack, or it is broken: %(why)s.") % {"why": broken or type(broken).__name__}
        return
    except Exception as broken:  # zlib.error and what else a damaged archive may raise
        yield _("This is no evidence pack, or it is broken: %(why)s.") % {"why": broken}
        return
    if zipped(files) != data:
        yield _("The archive was packed anew, or something beside its files was changed.")
    if lines[0] != FORMAT or manifest.get("format") != FORMAT or len(lines) != 3:
        yield _("What was signed is not an evidence pack.")
        return
    if lines[2] != _sha256(files["manifest.json"]):
        yield _("%(file)s is not the one that was signed.") % {"file": "manifest.json"}
    yield from _changed(files, wanted)
    if "pack.json" in files and wanted.get("pack.json") == _sha256(files["pack.json"]):
        yield from _inside(json.loads(files["pack.json"]), files.get("checkpoint.txt", b"").decode(), known, lines[1])


def _changed(files: dict[str, bytes], wanted: dict[str, str]) -> Iterator[str]:
    for name, digest in wanted.items():
        if name not in files:
            yield _("%(file)s is missing.") % {"file": name}
        elif _sha256(files[name]) != digest:
            yield _("%(file)s was changed.") % {"file": name}
    for name in files.keys() - wanted.keys() - {"manifest.json", "manifest.sig"}:
        yield _("%(file)s was added.") % {"file": name}


def _inside(body: dict, note: str, known: Sequence[str], number: str) -> Iterator[str]:
    """What the files say must fit together: rows their digests, acts the log."""
    if body["alert"]["number"] != number:
        yield _("The pack is about %(this)s, but %(other)s was signed.") % {
            "this": body["alert"]["number"], "other": number,
        }  # fmt: skip
    for row in body["evidence"]:
        if _sha256(hashing.canonical(row["fields"])) != row["hash"]:
            yield _("Row %(row)s does not have the digest it was stored with.") % {
                "row": f"{row['source']}:{row['id']}"
            }
    if body["rule"]["text"] and _sha256(body["rule"]["text"].encode()) != body["rule"]["sha256"]:
        yield _("The text of the rule does not have its digest.")
    try:
        head = keys.read_note(note, list(known))
    except keys.BadNote as bad:
        yield _("The checkpoint of the log does not hold: %(why)s.") % {"why": bad}
        return
    for event in body["history"]:
        if event["proof"] is not None and not _holds(event, head):
            yield _("Entry %(id)s of the history is not in the log as it stands here.") % {"id": event["id"]}


def _holds(event: dict, head: keys.Note) -> bool:
    digest = rules.event_digest(
        at=datetime.fromisoformat(event["at"]), verb=event["verb"],
        subject_kind=event["subject"][0], subject_id=event["subject"][1],
        actor_kind=event["actor"][0], actor_id=event["actor"][1], actor_label=event["actor"][2],
        place=event["place"], data=event["data"], salt=bytes.fromhex(event["salt"]), algorithm=event["algorithm"],
    )  # fmt: skip
    proof = event["proof"]
    steps = [bytes.fromhex(step) for step in proof["proof"]]
    return proof["size"] == head.size and merkle.verify_inclusion(
        merkle.leaf_hash(digest), proof["index"], head.size, steps, head.root
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
