"""A small Spark cluster of this machine: one master, some workers, started from the pyspark package alone.

The package has no start scripts; its `spark-class` is enough. Each process is remembered by its number, so that only
what was started here is stopped. A cluster of several machines is started in the same way: the master here, and on each
other machine `huilian spark up --master spark://host:7077`.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from socket import create_connection

from django.utils.translation import gettext as _

from huilian.foundation.errors import Conflict, Refused

from .spark import ROOT, available

WAIT = 60.0  # seconds a master may take to answer


def up(
    home: Path, *, workers: int = 2, cores: int = 1, memory: str = "1g", host: str = "127.0.0.1", port: int = 7077,
    master: str = "",
) -> dict[str, object]:  # fmt: skip
    """Start a master (unless `master` names one) and workers; gives the master's address and the process numbers."""
    available()
    import pyspark

    noted = home / "cluster.json"
    if any(_alive(pid) for pid in _noted(noted)):
        raise Conflict(_("A cluster was started here already: huilian spark down stops it."))
    home.mkdir(parents=True, exist_ok=True)
    spark_home = Path(pyspark.__file__).parent
    environment = {
        **os.environ, "SPARK_HOME": str(spark_home), "SPARK_LOCAL_IP": host, "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
    }  # fmt: skip
    pids: list[int] = []

    def start(name: str, *arguments: str) -> None:
        with (home / f"{name}.log").open("ab") as log:
            command = [str(spark_home / "bin" / "spark-class"), *arguments]
            process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        pids.append(process.pid)
        noted.write_text(json.dumps({"master": address, "pids": pids}), "utf-8")

    address = master or f"spark://{host}:{port}"
    if not master:
        start("master", "org.apache.spark.deploy.master.Master", "--host", host, "--port", str(port),
              "--webui-port", "0")  # fmt: skip
    where, _colon, at = address.removeprefix("spark://").partition(":")
    if not _answers(where, int(at or port)):
        down(home)
        raise Refused(_("The master did not answer at %(address)s; see %(log)s.")
                      % {"address": address, "log": home / "master.log"})  # fmt: skip
    for number in range(1, workers + 1):
        start(f"worker-{number}", "org.apache.spark.deploy.worker.Worker", "--host", host, "--cores", str(cores),
              "--memory", memory, "--work-dir", str(home / f"worker-{number}"), "--webui-port", "0",
              address)  # fmt: skip
    return {"master": address, "pids": pids}


def down(home: Path) -> int:
    """Stop what was started here; gives how many processes that were."""
    noted = home / "cluster.json"
    stopped = 0
    for pid in reversed(_noted(noted)):  # workers before their master
        if _alive(pid):
            os.killpg(pid, signal.SIGTERM)
            stopped += 1
    deadline = time.monotonic() + 10
    while any(_alive(pid) for pid in _noted(noted)) and time.monotonic() < deadline:
        time.sleep(0.2)
    for pid in _noted(noted):
        if _alive(pid):
            os.killpg(pid, signal.SIGKILL)
    noted.unlink(missing_ok=True)
    return stopped


# ---------------------------------------------------------------------- inside


def _noted(path: Path) -> list[int]:
    return list(json.loads(path.read_text("utf-8"))["pids"]) if path.exists() else []


def _alive(pid: int) -> bool:
    """Whether this number is still a Spark process of ours: numbers are given to others later."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # a child that ended would stay
    try:
        return b"org.apache.spark.deploy" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _answers(host: str, port: int) -> bool:
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        try:
            create_connection((host, port), timeout=1).close()
            return True
        except OSError:
            time.sleep(0.3)
    return False
