"""Run a command beside a PostgreSQL server of its own: `python tests/tools/with_postgres.py -- pytest …`.

The server lives in a temporary folder, listens on a free local port only, and goes when the command ends. It is never
the machine's own server. Fails with a sentence when PostgreSQL is not installed.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

USER = "huilian"


def main() -> int:
    command = sys.argv[sys.argv.index("--") + 1 :]
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if not binaries:
        print("PostgreSQL is not installed: apt-get install postgresql", file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="huilian-pg-"))
    try:
        return _run(binaries[-1], folder, command)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(binaries: Path, folder: Path, command: list[str]) -> int:
    demote = _owner(folder)
    data, port = folder / "data", _free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": folder}
    initdb = [binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*demote, *initdb], check=True, **quiet)
    options = ["-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=60"]
    start = [binaries / "postgres", "-D", data, "-p", str(port), "-k", folder, "-h", "127.0.0.1", *options]
    server = subprocess.Popen([*demote, *start], **quiet)
    try:
        _wait(binaries, port, server)
        url = f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    finally:
        server.terminate()
        server.wait(20)


def _owner(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as the user its package made."""
    if os.geteuid() != 0:
        return []
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def _wait(binaries: Path, port: int, server: subprocess.Popen) -> None:
    for _try in range(200):
        if server.poll() is not None:
            raise SystemExit("PostgreSQL did not start")
        ready = subprocess.run([binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False)
        if ready.returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit("PostgreSQL did not become ready in 20 seconds")


if __name__ == "__main__":
    raise SystemExit(main())
