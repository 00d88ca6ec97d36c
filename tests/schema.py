"""The tables of the product: made once, then copied.

What was made is kept in `.pytest_cache` (SQLite) or on the server (PostgreSQL) until a migration changes.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
PREPARE = "from huilian.project import cli; cli.with_django(); from huilian.project import tables; tables.prepare()"
KEPT = ROOT / ".pytest_cache" / "schema"


def fresh(home: Path, name: str) -> str:
    """A database of one's own with all tables and nothing in them; its URL. On SQLite a file in `home`."""
    server = urlsplit(os.environ.get("DATABASE_URL", ""))
    if server.scheme.startswith("postgres"):
        return _on_postgres(server, name)
    sqlite(home / f"{name}.sqlite3")
    return f"sqlite:///{home / name}.sqlite3"


def drop(url: str) -> None:
    """Take away what `fresh` made on a server; files go with their folder."""
    if url.startswith("postgres"):
        with _server(urlsplit(url)) as server:
            server.execute(f"DROP DATABASE {urlsplit(url).path[1:]} WITH (FORCE)")


def sqlite(target: Path) -> None:
    """All tables in a new file `target`, whatever database the tests run on."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{_digest()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            making = KEPT / "making.sqlite3"
            _make(f"sqlite:///{making}")
            making.rename(kept)
        shutil.copyfile(kept, target)


def _on_postgres(url, name: str) -> str:
    kept = f"huilian_schema_{_digest()}"
    with _server(url) as server:
        server.execute("SELECT pg_advisory_lock(3510)")
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept]).fetchone():
            making = _new(server, f"{kept}_making")
            _make(urlunsplit(url._replace(path=f"/{making}")))
            server.execute(f"ALTER DATABASE {making} RENAME TO {kept}")
        _new(server, name, kept)
    return urlunsplit(url._replace(path=f"/{name}"))


def _new(server, name: str, template: str = "template0") -> str:
    server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def _server(url):
    import psycopg

    return psycopg.connect(urlunsplit(url._replace(path="/postgres")), autocommit=True)


def _make(url: str) -> None:
    """In a process of its own: this one may stand on the other kind of database."""
    with tempfile.TemporaryDirectory(prefix="huilian-schema-") as home:
        env = {**os.environ, "DATABASE_URL": url, "HUILIAN_HOME": home, "PYTHONPATH": str(ROOT / "src")}
        env.pop("DJANGO_SETTINGS_MODULE", None)
        subprocess.run([sys.executable, "-c", PREPARE], env=env, check=True)


def _digest() -> str:
    """Changes with every migration, of ours or of a library, and with what ours take from the product."""
    from django.apps import apps

    from huilian.engine.trail import guards

    files = [Path(guards.__file__)]
    for app in apps.get_app_configs():
        files += sorted(Path(app.path, "migrations").glob("*.py"))
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:16]
