"""Backup and restore: what is brought back is what was there, and nothing that exists is overwritten."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from huilian.foundation.errors import Conflict, Invalid
from huilian.project import backup
from tests import schema

SOURCE = Path(backup.__file__).resolve().parents[2]


def huilian(home: Path, *arguments: str) -> subprocess.CompletedProcess:
    """The command in a process of its own, on a SQLite installation of its own."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    environment = {**kept, "HUILIAN_HOME": str(home), "HUILIAN_SECRET": "x" * 50, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-m", "huilian", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> tuple[Path, Path]:
    """An installation with years, procedures and a sealed trail, and a backup of it."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("kept") / "monday"
    schema.sqlite(home / "huilian.sqlite3")
    for arguments in (("seed",), ("seal", "--day", "2026-11-21")):
        done = huilian(home, *arguments)
        assert done.returncode == 0, done.stderr
    (home / "media" / "documents").mkdir(parents=True)
    (home / "media" / "documents" / "a.pdf").write_bytes(b"%PDF-1.7 paper")
    made = huilian(home, "backup", str(folder), "--json")
    assert made.returncode == 0, made.stderr
    return home, folder


def test_what_is_restored_is_what_was_backed_up(installation, tmp_path):
    home, folder = installation

    done = huilian(tmp_path / "new", "restore", str(folder))
    (tmp_path / "new" / "trail").mkdir()
    for key in (home / "trail").iterdir():  # the keys come from their own safe place
        (tmp_path / "new" / "trail" / key.name).write_bytes(key.read_bytes())
    checked = huilian(tmp_path / "new", "verify", "--json")
    before = huilian(home, "verify", "--json")

    assert done.returncode == 0, done.stderr
    assert checked.returncode == 0 and json.loads(checked.stdout)["entries"] > 0
    assert json.loads(checked.stdout) == json.loads(before.stdout)
    assert (tmp_path / "new" / "media" / "documents" / "a.pdf").read_bytes() == b"%PDF-1.7 paper"


def test_a_backup_holds_no_key(installation):
    _home, folder = installation

    assert not [p.name for p in folder.rglob("*") if p.suffix in (".key", ".vkeys")]


def test_a_changed_backup_is_refused_and_nothing_is_restored(installation, tmp_path):
    _home, folder = installation
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in (p for p in folder.rglob("*") if p.is_file()):
        (copy / path.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
        (copy / path.relative_to(folder)).write_bytes(path.read_bytes())
    (copy / "media" / "documents" / "a.pdf").write_bytes(b"%PDF-1.7 other")

    done = huilian(tmp_path / "new", "restore", str(copy))

    assert done.returncode == 1 and "a.pdf" in done.stderr
    assert not (tmp_path / "new" / "media").exists()


def test_an_installation_that_stands_is_not_overwritten(installation):
    home, folder = installation

    done = huilian(home, "restore", str(folder))

    assert done.returncode == 1 and "not empty" in done.stderr


def test_a_folder_that_is_no_backup_is_named(tmp_path):
    with pytest.raises(Invalid, match="not a backup"):
        backup.check(tmp_path)


def test_a_second_backup_needs_a_new_folder(installation):
    _home, folder = installation

    with pytest.raises(Conflict, match="not empty"):
        backup.make(folder)
