"""Run by test_books_import in a process and a database of its own: children are killed in the middle of their work."""

import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huilian.project.settings")
HOME = Path(os.environ["HUILIAN_HOME"])

import django  # noqa: E402

django.setup()

from django.db import connections  # noqa: E402

from tests import schema  # noqa: E402

schema.sqlite(HOME / "huilian.sqlite3")

from huilian.areas.watch.collective.models import Balance, Voucher, Year  # noqa: E402
from huilian.areas.watch.collective.services import bulk, importing, months  # noqa: E402
from huilian.areas.watch.collective.services.closing import Closing, close_months_bulk  # noqa: E402
from huilian.engine.trail.actors import SYSTEM  # noqa: E402
from huilian.foundation.now import CHINA, frozen  # noqa: E402
from tests.areas.collective.books import opened  # noqa: E402
from tests.areas.collective.test_books_import import workbook  # noqa: E402
from tests.cast import build  # noqa: E402


def killed(name, module, function, act):
    """Run `act` in a child that dies when `function` has been called for the last time but one."""
    connections.close_all()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    real, calls = getattr(module, function), []

    def deadly(*given, **named):
        found = real(*given, **named)
        calls.append(1)
        if len(calls) == DIES_AT[name]:
            (HOME / f"{name}.reached").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    setattr(module, function, deadly)
    act()
    os._exit(1)


DIES_AT = {"import": 1, "close": 2}  # after the vouchers were written; after the second voucher of the year was posted


def main():
    build()
    with frozen(datetime(2027, 1, 20, 9, tzinfo=CHINA)):
        books = opened(None, unit=_cooperative())
        before = list(Balance.objects.order_by("pk").values())
        said = {
            "import killed": killed(
                "import", bulk, "book_all", lambda: importing.import_file(workbook(), books, history=True, by=SYSTEM)
            ),
            "vouchers after the killed import": Voucher.objects.count(),
            "balances after the killed import": _same(before),
        }
        importing.import_file(workbook(), books, history=True, by=SYSTEM)
        at = datetime(2027, 1, 5, tzinfo=CHINA)
        close_months_bulk([Closing(books, m, at, None, at) for m in range(202601, 202612)], by=SYSTEM)
        months.hand_in(books, 202612, by=SYSTEM)
        close = lambda: months.close_year(books, 2026, by=SYSTEM)  # noqa: E731
        said["close killed"] = killed("close", months, "enter_posted", close)
        said["carry vouchers after the killed close"] = Voucher.objects.filter(kind="carry").count()
        said["years after the killed close"] = Year.objects.count()
        said["result"] = close().result_cents
        said["carry vouchers after closing again"] = Voucher.objects.filter(kind="carry").count()
    said["reached before the kill"] = [n for n in DIES_AT if (HOME / f"{n}.reached").exists()]
    print(json.dumps(said))


def _cooperative():
    from huilian.engine.directory.models import Unit

    return Unit.objects.get(name="柳河村股份经济合作社")


def _same(before):
    return "unchanged" if list(Balance.objects.order_by("pk").values()) == before else "changed"


if __name__ == "__main__":
    main()
