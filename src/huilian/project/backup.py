"""A backup is one folder: the database as it stood at one moment, the files people handed in, and what they weigh.

The keys (the log's, that of identity numbers, the sessions') are left out on purpose: whoever finds a backup must not
be able to sign another history. They are backed up apart, see `docs/runbooks/restore.md`.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from huilian import __version__
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

MANIFEST, TABLES, FILES = "manifest.json", "database", "media"


def make(target: Path) -> dict[str, Any]:
    """Write a backup into the new folder `target`; returns its manifest. Raises Conflict where something is there.

    The product may run on meanwhile: the database is copied as of one moment, and a file is never changed once written.
    The database comes first, so that every file its rows name is already there when the files are copied.
    """
    if target.exists() and any(target.iterdir()):
        raise Conflict(f"{target} is not empty. Name a new folder.")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    _dump(target / TABLES)
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir():
        shutil.copytree(media, target / FILES)
    manifest = {
        "version": __version__,
        "made_at": now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "files": {str(p.relative_to(target)): _digest(p) for p in sorted(target.rglob("*")) if p.is_file()},
    }
    (target / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    return manifest


def check(source: Path) -> dict[str, Any]:
    """Read the manifest of `source` and compare every file with it. Raises Invalid naming the first that differs."""
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
        said = dict(manifest["files"])
    except (OSError, ValueError, KeyError):
        raise Invalid(f"{source} is not a backup: it has no readable {MANIFEST}.") from None
    there = {str(p.relative_to(source)) for p in source.rglob("*") if p.is_file()} - {MANIFEST}
    for name in sorted(said.keys() | there):
        if name not in there:
            raise Invalid(f"{name} is missing from the backup.")
        if name not in said:
            raise Invalid(f"{name} does not belong to the backup.")
        if _digest(source / name) != said[name]:
            raise Invalid(f"{name} is not what was backed up: it has changed since.")
    return manifest


def restore(source: Path) -> dict[str, Any]:
    """Put the backup `source` into the empty database and folder of this installation. Checks it first.

    Raises Conflict where tables or files are there already: nothing that exists is ever overwritten.
    """
    manifest = check(source)
    if manifest["database"] != connection.vendor:
        raise Conflict(f"This backup is of {manifest['database']}, the installation uses {connection.vendor}.")
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(media.iterdir()):
        raise Conflict(f"{media} is not empty. Restore into a new HUILIAN_HOME.")
    _load(source / TABLES)
    if (source / FILES).is_dir():
        shutil.copytree(source / FILES, media, dirs_exist_ok=True)
    return manifest


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
    else:
        _postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _load(source: Path) -> None:
    if connection.introspection.table_names():
        raise Conflict("The database is not empty. Restore into a new one.")
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(source) as kept:
            kept.backup(connection.connection)
        kept.close()
    else:
        _postgresql("pg_restore", "--exit-on-error", "--no-owner", "--single-transaction", str(source), database="-d")


def _postgresql(program: str, *arguments: str, database: str = "-d") -> None:
    """Run one of PostgreSQL's own programs on our database; the password goes by the environment, not the command."""
    said = connection.settings_dict
    where = {"-h": said["HOST"], "-p": said["PORT"], "-U": said["USER"], database: said["NAME"]}
    flags = [part for flag, value in where.items() if value for part in (flag, str(value))]
    environment = {**os.environ, "PGPASSWORD": said["PASSWORD"]} if said["PASSWORD"] else dict(os.environ)
    try:
        subprocess.run([program, *flags, *arguments], env=environment, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise Conflict(f"{program} is not installed; it comes with PostgreSQL's client package.") from None
    except subprocess.CalledProcessError as failed:
        raise Conflict(f"{program}: {failed.stderr.strip()}") from None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
