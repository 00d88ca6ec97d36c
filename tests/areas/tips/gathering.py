"""What stands in no file by itself, written into a folder so that its bytes are searched: pages as people outside the
team see them, exports, what sessions and failed jobs hold, PostgreSQL's dump."""

import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from huilian.areas.hear.tips.models import Tip
from huilian.engine.registers import all_registers

OUTSIDE = ("lei_ming", "pu_yu", "an_qi", "zhao_jianguo", "mo_ran", "li_xiao", "system_admin", "audit_admin")
TEAM = ("fu_qin", "guo_jing")
PAGES = (
    "/desk/", "/desk/cases/", "/desk/alerts/", "/desk/search/?q=JB", "/desk/tips/", "/desk/tips/figures/",
    "/desk/tips/approvals/", "/desk/tips/visits/", "/desk/tips/take/", "/desk/vault/", "/desk/vault/openings/",
    "/desk/lists/cases/export.xlsx", "/desk/lists/tasks/export.xlsx", "/log/", "/",
)  # fmt: skip


def gather(cast, folder: Path, people: int) -> dict[str, int]:
    """Write everything below `folder`, as so many people outside see it; how many there are of each."""
    folder.mkdir()
    tips = list(Tip.objects.order_by("pk")[:people])
    counted = {
        "pages": sum(_pages(cast, name, tips, folder) for name in OUTSIDE[:people]),
        "exports": sum(_exports(getattr(cast, name), folder) for name in (*OUTSIDE[:people], *TEAM)),
        "sessions": _kept(folder / "sessions", (repr(s.get_decoded()) for s in Session.objects.all())),
        "failed jobs": _kept(folder / "jobs", map(_failure, DBTaskResult.objects.exclude(traceback=""))),
    }
    if connection.vendor == "postgresql":
        counted["dump"] = _dump(folder / "dump.sql")
    return counted


def _pages(cast, name: str, tips: list[Tip], folder: Path) -> int:
    client = Client()
    client.force_login(getattr(cast, name))
    own = [f"/desk/{where}/{tip.number}/" for tip in tips for where in ("tips", "cases")]
    return _kept(folder / f"pages-{name}", (_all_of(client.get(page)) for page in (*PAGES, *own)))


def _exports(user, folder: Path) -> int:
    """Every register that shows tips, as a workbook and as text; for the team too."""
    client = Client()
    client.force_login(user)
    keys = [r.key for r in all_registers() if r.model._meta.app_label in ("tips", "vault") and r.may_see(user)]
    pages = [f"/desk/registers/{key}/export.{kind}" for key in keys for kind in ("xlsx", "csv")]
    return _kept(folder / f"exports-{user.username}", (_all_of(client.get(page)) for page in pages))


def _all_of(answer) -> bytes:
    with closing(answer):
        return answer.getvalue()


def _failure(job: DBTaskResult) -> str:
    return f"{job.task_path} {job.args_kwargs} {job.exception_class_path} {job.traceback}"


def _kept(folder: Path, contents: Iterable[bytes | str]) -> int:
    folder.mkdir()
    count = 0
    for count, content in enumerate(contents, 1):
        (folder / str(count)).write_bytes(content.encode() if isinstance(content, str) else content)
    return count


def _dump(target: Path) -> int:
    """As SQL, where bytes stand in hexadecimal; the backup has the packed form."""
    said = connection.settings_dict
    where = ["-h", said["HOST"], "-p", str(said["PORT"]), "-U", said["USER"], "-d", said["NAME"]]
    subprocess.run(["pg_dump", *where, "-f", str(target)], check=True, capture_output=True)
    return target.stat().st_size
