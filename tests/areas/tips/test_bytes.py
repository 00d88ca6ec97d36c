"""Nothing of a tip stands anywhere in clear: every byte of database, files, logs, mails, jobs and backup is searched.

`HUILIAN_TIPS=1000` plants so many (benchmarks/tips.py does); the figures go to the file HUILIAN_TIPS_REPORT names.
"""

import gzip
import hashlib
import json
import logging
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

import pytest
from django.apps import apps
from django.conf import settings as house
from django.core.cache import cache
from django.utils import translation

from huilian.areas.hear.tips.models import Tip
from huilian.areas.hear.tips.queries.reach import visible_to
from huilian.areas.hear.tips.services import opening, reporter
from huilian.engine.jobs.running import drain
from huilian.engine.trail.services import seal
from huilian.engine.vault.models import Box, Grant, Key
from huilian.engine.vault.services import keys
from huilian.foundation import sealing
from huilian.foundation.errors import NotAllowed
from huilian.project import backup
from tests.vault import WORDS, unlock

from .conftest import take
from .gathering import gather
from .planting import MARK, Planted, plant, search

COUNT = int(os.environ.get("HUILIAN_TIPS", "6"))
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def recorded(settings, tmp_path, monkeypatch):
    """Everything the product writes lies below one folder: logs at DEBUG, mails, temporary files, backup, media."""
    for name in ("logs", "mails", "temporary", "media"):
        (tmp_path / name).mkdir()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    settings.ADMINS = [("technician", "technician@example.org")]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.INBOX = {"email": {"send": "huilian.engine.inbox.adapters.mail", "from_level": 0},
                      "sms": {"send": "huilian.engine.inbox.adapters.program", "from_level": 0}}  # fmt: skip
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    handler, root = logging.FileHandler(tmp_path / "logs" / "all.log"), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    cache.clear()
    with translation.override("zh-hans"):
        yield tmp_path
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


def test_the_search_finds_a_secret_however_it_is_written(tmp_path):
    planted = Planted()
    secret = planted.secret()
    written = {
        "plain": secret.encode(), "wide": secret.encode("utf-16-le"), "json": json.dumps(secret).encode(),
        "packed": b"junk" + gzip.compress(secret.encode()), "piece": b"..." + secret[len(MARK) :].encode() + b"...",
        "code": planted.code("ABCD-EFGH-JKLM-NPQR").lower().upper().encode(),
    }  # fmt: skip
    for name, content in written.items():
        (tmp_path / name).write_bytes(content)

    found, _total = search(planted, [tmp_path])

    assert {Path(line.split()[0]).name for line in found} == set(written)


def test_no_secret_of_any_tip_is_found_in_any_byte(desk, client, settings, recorded, monkeypatch):
    started = time.process_time()
    planted = plant(desk, client, settings, COUNT)
    monkeypatch.setattr(reporter, "take_in", _broken)  # a fault in the midst of handing in
    client.post("/report/write/", {"by": "code", "text": planted.secret(), "level": "own", "go": "send"})
    _spring(desk)
    seal()
    drain()
    backup.make(recorded / "backup")
    sealed = time.process_time() - started
    counted = gather(desk, recorded / "gathered", people=2 if COUNT < 50 else 8)

    found, total = search(planted, [recorded, house.HOME])

    assert not found, found[:20]
    assert Tip.objects.count() >= COUNT and len(planted.own) > 8 * COUNT and total > 1 << 20
    assert all(counted.values()), counted
    _measured(desk, sealed, total, planted, counted)


def _broken(**told):
    raise ValueError(f"cannot do with {told['text']}")


def _spring(desk) -> None:
    """A planted tip is opened; the gateway by which the watcher is told of it is out of order."""
    desk.an_qi.person.phone = "13900002222"
    desk.an_qi.person.save()
    tip = take(desk).tip
    Tip.objects.filter(pk=tip.pk).update(is_canary=True)
    opening.content_of(tip, purpose="登记", token=unlock(desk.fu_qin), by=desk.fu_qin)


def test_a_stolen_database_with_all_server_files_opens_none(desk, client, settings, recorded):
    """The thief has every table and file, and tries all that lies there as a key on all that is sealed."""
    plant(desk, client, settings, 2)
    backup.make(recorded / "backup")
    _stolen(recorded, desk)
    tables = [m for label in ("vault", "tips", "trail", "accounts") for m in apps.get_app_config(label).get_models()]
    kept = [v for m in tables for row in m._base_manager.values_list() for v in row]
    tried = {digest for v in kept for digest in _as_keys(v)} | set(_as_keys(house.SECRET_KEY))
    tried |= {k for p in house.HOME.rglob("*.key") for k in _as_keys(p.read_bytes())}
    boxes = list(Box.objects.filter(file=""))
    each = {grant.key_id: grant for grant in Grant.objects.select_related("box")}  # what one of a key says, all say

    assert len(tried) > 200 and len(each) > 4 and len(boxes) > 8
    for key in tried:
        for grant in each.values():
            with pytest.raises(sealing.Unopened):
                sealing.unwrap(bytes(grant.wrapped), key, grant.box.about)
        for box in boxes:
            with pytest.raises(sealing.Unopened):
                sealing.open_sealed(bytes(box.cipher), key, box.about)


def _as_keys(value) -> list[bytes]:
    """What a thief could make a key of: the value where it has a key's length, and its digest."""
    raw = value.encode() if isinstance(value, str) else bytes(value) if isinstance(value, (bytes, memoryview)) else b""
    made = [raw, hashlib.sha256(raw).digest()]
    with suppress(ValueError):
        made.append(bytes.fromhex(raw.decode()))
    return [key for key in made if raw and len(key) == sealing.KEY]


def _stolen(recorded: Path, desk) -> None:
    """Neither a person's key nor that of a box lies anywhere."""
    held = [unlock(user) for user in (desk.fu_qin, desk.guo_jing)]
    secrets = [sealing.unlock(bytes(key.locked), WORDS) for key in Key.objects.filter(is_recovery=False)]
    hand = keys.hand_of(desk.fu_qin, held[0])
    secrets += [hand.unwrap(grant) for grant in hand.key.grants.select_related("box")[:50]]
    everything = [p.read_bytes() for root in (recorded, house.HOME) for p in root.rglob("*") if p.is_file()]
    for secret in secrets:
        assert not [1 for content in everything for form in (secret, secret.hex().encode()) if form in content]
    for token in ("", house.SECRET_KEY, "A" * 43 + "="):
        with pytest.raises(NotAllowed):
            keys.hand_of(desk.fu_qin, token)


def _measured(desk, sealed: float, total: int, planted: Planted, counted: dict) -> None:
    token, times = unlock(desk.fu_qin), []
    for tip in visible_to(desk.fu_qin)[:200]:
        at = time.perf_counter()
        opening.content_of(tip, purpose="核查", token=token, by=desk.fu_qin)
        times.append(time.perf_counter() - at)
    if target := os.environ.get("HUILIAN_TIPS_REPORT"):
        figures = {
            "tips": Tip.objects.count(), "boxes": Box.objects.count(), "secrets planted": len(planted.own),
            "codes planted": len(planted.codes), "MB searched": round(total / (1 << 20), 1), "found": 0, **counted,
            "opened by the thief": 0, "ms to open one tip, median": round(1000 * median(times), 1),
            "ms to open one tip, p95": round(1000 * sorted(times)[int(0.95 * len(times))], 1),
            "CPU seconds to plant and back up": round(sealed, 1),
        }  # fmt: skip
        Path(target).write_text(json.dumps(figures), encoding="utf-8")
