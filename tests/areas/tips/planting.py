"""Secrets planted into everything a tip can hold, by every way in and every verb; and a search of every byte for them.

A secret is MARK, then twelve letters of its own. Searched are the mark (in the encodings below) and the letters alone,
so that a piece of a secret is found as well, also inside what is packed.
"""

import base64
import io
import json
import re
import secrets
import string
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import docx
from django.test import Client
from PIL import Image

from huilian.areas.hear.tips import services
from huilian.areas.hear.tips.models import Tip
from huilian.areas.hear.tips.services import opening
from huilian.engine.trail.actors import Actor
from huilian.foundation.now import frozen, now
from tests.vault import unlock

MARK = "麒麟匣Qz7"
OWN = re.compile(rb"[a-z]{12,}")
CODE = re.compile(rb"[2-9A-HJ-NP-Z]{4}-?[2-9A-HJ-NP-Z]{4}-?[2-9A-HJ-NP-Z]{4}-?[2-9A-HJ-NP-Z]{4}")
PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")  # how gzip and zlib streams begin
CITIZEN = Actor("citizen")


class Planted:
    """What was planted: secrets by their own letters, and receipt codes."""

    def __init__(self) -> None:
        self.own: set[bytes] = set()
        self.codes: set[bytes] = set()

    def secret(self) -> str:
        own = "".join(secrets.choice(string.ascii_lowercase) for _i in range(12))
        self.own.add(own.encode())
        return MARK + own

    def code(self, code: str) -> str:
        self.codes.add(re.sub("[^0-9A-Z]", "", code).encode())
        return code


def plant(cast, client, settings, count: int) -> Planted:
    """`count` tips over all ways in, each taken through talk, summary, transfer, opening and more, with secrets."""
    planted, token = Planted(), unlock(cast.fu_qin)
    services.pledge(by=cast.fu_qin)
    settings.SMS_INBOUND = "gate"
    ways = (_web, _message, _letter, _phone, _video, _post)
    for n in range(count):
        tip, code = ways[n % len(ways)](cast, client, planted)
        _live(cast, client, planted, tip, code, token, n)
    return planted


def _told(planted: Planted) -> dict:
    return {"text": f"{planted.secret()} 把救济款领走", "persons": [planted.secret()]}


def _web(cast, client, planted):
    """By the pages: a form refused, the check, files of several kinds, the code mistyped and typed."""
    s = planted.secret
    form = {
        "by": "name",
        "text": f"经过 {s()}",
        "persons": s(),
        "about": s(),
        "level": "own",
        "name": s(),
        "phone": s(),
    }
    client.post("/report/write/", {**form, "text": planted.secret()[:5], "go": "check"})
    client.post("/report/write/", {**form, "go": "check"})
    client.post("/report/write/", {**form, "go": "send", "files": _file(b"MZ" + s().encode(), s() + ".exe")})
    files = [_file(_letter_of(planted), s() + ".docx"), _file(_photo(planted), s() + ".jpg")]
    answer = client.post(
        "/report/write/", {**form, "go": "send", "files": [*files, _file(s().encode() * 9, s() + ".txt")]}
    )
    code = planted.code(re.search(r'name="shown" value="([^"]+)"', answer.content.decode())[1])
    client.post("/report/code/", {"shown": code, "typed": s()})
    return Tip.objects.latest("pk"), code


def _message(cast, client, planted):
    told = {"text": planted.secret(), "from": planted.secret()[:20]}
    answer = client.post("/report/message/", told, headers={"X-Token": "gate"})
    return Tip.objects.latest("pk"), planted.code(answer.json()["reply"].split("：")[-1].split(": ")[-1])


def _officer(cast, planted, channel, **more):
    identity = {"name": planted.secret(), "phone": planted.secret(), "address": planted.secret()}
    file = (io.BytesIO(planted.secret().encode()), planted.secret() + ".txt")
    taken = services.take_in(channel=channel, by=cast.fu_qin, named=True, identity=identity, files=[file],
                             **_told(planted), **more)  # fmt: skip
    return taken.tip, planted.code(taken.code)


def _letter(cast, client, planted):
    """By the page of the desk: refused once for want of a telephone, then sent with two scans."""
    s, desk = planted.secret, Client()
    desk.force_login(cast.fu_qin)
    form = {"channel": "letter", "sort": "accusation", "level": "own", "unit": cast.liuhe_committee.pk,
            "named": "named", "place": cast.liuhe.pk, "field": "relief", "text": f"来信 {s()}", "persons": s(),
            "name": ""}  # fmt: skip
    desk.post("/desk/tips/take/", {**form, "files": _file(_photo(planted), s() + ".jpg")})
    files = [_file(_photo(planted), s() + ".jpg"), _file(f"附页 {s()} 报账员".encode("gb18030"), s() + ".txt")]
    answer = desk.post("/desk/tips/take/", {**form, "name": s(), "phone": s()[:32], "files": files})
    return Tip.objects.latest("pk"), planted.code(re.search(r"<strong>([^<]+)</strong>", answer.content.decode())[1])


def _phone(cast, client, planted):
    return _officer(cast, planted, "phone", recording="LY-0001")


def _video(cast, client, planted):
    starts = now() - timedelta(hours=1 + len(planted.own))
    with frozen(starts - timedelta(hours=1)):
        visit = services.offer_visit(room=cast.qingshi, starts_at=starts, by=cast.fu_qin)
        told = {"go": "book", "visit": visit.pk, "text": planted.secret()}
        booked = client.post("/report/visit/", told).content.decode()
        code = planted.code(re.search(r'name="shown" value="([^"]+)"', booked)[1])
        client.post("/report/visit/", {"go": "typed", "shown": code, "typed": planted.secret()})
    taken = services.record_visit(visit, by=cast.fu_qin, **_told(planted))
    return taken.tip, planted.code(taken.code)


def _post(cast, client, planted):
    taken = services.take_in(channel="post", by=CITIZEN, **_told(planted))
    return taken.tip, planted.code(taken.code)


def _live(cast, client, planted, tip, code, token, n: int) -> None:
    """What happens to a tip: opened, talked about, summed up, passed on; and what fails on the way."""
    s, follow = planted.secret, lambda **told: client.post("/report/follow/", {"code": code, **told})
    opening.content_of(tip, purpose="登记分流", token=token, by=cast.fu_qin)
    services.say(tip, s(), by=cast.fu_qin)
    follow(act="add", text=s(), files=_file(s().encode() * 5, s() + ".csv"))
    follow(act="object", text=s())
    follow(act="protect", text=s())
    follow(code=s())
    services.rewrite(tip, s(), left=True, by=cast.fu_qin)
    if n % 4 == 0:
        services.transfer(tip, unit=cast.qingshi_government, by=cast.fu_qin)
    elif n % 4 == 1:
        services.accept(tip, unit=cast.commission, handlers=[cast.guo_jing], until=now() + timedelta(days=90),
                        token=token, by=cast.fu_qin)  # fmt: skip
        services.say(tip, s(), by=cast.guo_jing)


def _file(content: bytes, name: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def _photo(planted) -> bytes:
    picture, kept = Image.new("RGB", (32, 24)), io.BytesIO()
    noted = picture.getexif()
    noted[0x013B] = planted.secret()
    picture.save(kept, "JPEG", exif=noted, comment=planted.secret().encode())
    return kept.getvalue()


def _letter_of(planted) -> bytes:
    document, kept = docx.Document(), io.BytesIO()
    document.core_properties.author = planted.secret()
    document.add_paragraph(planted.secret())
    document.save(kept)
    return kept.getvalue()


# The search


def forms() -> dict[str, bytes]:
    """The mark as it may be written."""
    plain = MARK.encode()
    found = {
        "utf-8": plain, "utf-16-le": MARK.encode("utf-16-le"), "utf-16-be": MARK.encode("utf-16-be"),
        "gb18030": MARK.encode("gb18030"), "json": json.dumps(MARK)[1:-1].encode(), "percent": quote(MARK).encode(),
        "hex": plain.hex().encode(), "HEX": plain.hex().upper().encode(), "octal": repr(plain)[2:-1].encode(),
    }  # fmt: skip
    for shift in range(3):  # base64 depends on what stands before
        code = base64.b64encode(b"\0" * shift + plain)
        found[f"base64+{shift}"] = code[(0, 2, 3)[shift] : len(code) - 4]
    return found


def search(planted: Planted, roots: Iterable[Path]) -> tuple[list[str], int]:
    """(where anything was found, bytes searched), over every file below `roots`, with what is packed in them."""
    found, total = [], 0
    for root in roots:
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            for name, content in views(path.name, path.read_bytes()):
                total += len(content)
                found += [f"{path} {name}: {what}" for what in hits(planted, content)]
    return found, total


def hits(planted: Planted, content: bytes) -> list[str]:
    found = [how for how, form in forms().items() if form in content]
    for run in OWN.findall(content):
        if any(run[i : i + 12] in planted.own for i in range(len(run) - 11)):
            found.append("letters of a secret")
    found += ["a code" for text in CODE.findall(content) if text.replace(b"-", b"") in planted.codes]
    return found


def views(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes themselves, and what they hold packed: members of zip files, gzip and zlib streams."""
    yield name, content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for part in parts.namelist():
                yield from views(f"{name}!{part}", parts.read(part))
    for found in PACKED.finditer(content):
        at = found.start()
        with suppress(zlib.error):  # no copy of what follows: of a database it is most of it, thousands of times
            yield f"{name}@{at}", zlib.decompressobj(47).decompress(memoryview(content)[at:], 64 << 20)
