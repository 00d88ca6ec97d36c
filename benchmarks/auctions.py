"""An auction with 500 watching and 50 bidding on the real server, undisturbed and with the server killed in the middle.

    python benchmarks/auctions.py [--watching 500] [--bidding 50] [--seconds 60] [--pace 0.5] [--no-kill] [--json]

`huilian serve` (one web process a processor, and the worker) in a process of its own with a database of its own;
bidders and screens are coroutines here, with plain HTTP as a browser sends it, on the same processors. A bidder looks
at the feed, bids up to twenty steps more (cookie, token, form; asked and sure in one), loads the page and thinks a
while. A screen asks the feed every second from the last entry it has. From the server's time of a bid to the moment a
screen has it is counted for every bid and every screen. In the second run the whole server is killed (`kill -9`) in the
middle and started again.

Lost: an answered bid that is not in the record. Out of order: a screen that got entries in another order than their
serials, or with gaps. Afterwards the signed record is fetched and judged by `recompute.py`. Exit code 1 when a bid is
lost, an entry is out of order or not seen by a screen, or the winner differs.
"""

import argparse
import asyncio
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from benchmarks import HERE, own_database, report

QUICK = ("--watching", "60", "--bidding", "10", "--seconds", "10")
PROGRAM = HERE.parent / "src/huilian/engine/auctions/static/auctions/recompute.py"
START, STEP = 100_000, 5_000
ROUND = 30  # seconds; the shortest


@dataclass
class Run:
    """What bidders and screens saw."""

    number: str
    port: int
    keys: list[str]
    until: float = 0.0
    accepted: dict[int, int] = field(default_factory=dict)  # serial -> cents, as answered
    refused: int = 0
    failed: int = 0
    latencies: list[float] = field(default_factory=list)  # seconds to answer an accepted bid
    screens: list[list[int]] = field(default_factory=list)  # serials in the order each screen got them
    delays: list[float] = field(default_factory=list)  # seconds from the server's time of a bid to a screen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--watching", type=int, default=500)
    parser.add_argument("--bidding", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60, help="of bidding")
    parser.add_argument("--pace", type=float, default=0.5, help="seconds a bidder thinks, on the average")
    parser.add_argument("--no-kill", action="store_true", help="only the undisturbed run")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results: dict[str, object] = {
        "watching": options.watching, "bidding": options.bidding, "processors": os.cpu_count(),
    }  # fmt: skip
    with own_database(seeded=False) as vendor:
        results["database"] = vendor
        results["bids a second, one process, no pages"] = alone(400)
        for name in ("undisturbed", *(() if options.no_kill else ("server killed in the middle",))):
            results[name] = one(options, kill=name != "undisturbed")
    report(results, as_json=options.json)
    bad = ("lost", "out of order", "not seen by a screen", "judged otherwise")
    return 1 if any(results[n][key] for n in results if isinstance(results[n], dict) for key in bad) else 0


def one(options: argparse.Namespace, *, kill: bool) -> dict[str, object]:
    port = free_port()
    server = start(port)
    try:
        asyncio.run(Line(port).ask("GET", "/healthz"))
        run = prepare(options, port)
        cpu = time.process_time()
        server = asyncio.run(hold(run, options, server, kill))
        cpu = time.process_time() - cpu
        return judged(run, options, cpu)
    finally:
        end(server)


def alone(count: int) -> float:
    """What the service itself takes: two bidders in turn, one transaction each, without server and pages."""
    from huilian.engine.auctions import services
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.now import now

    opens_at = now() + timedelta(seconds=2)
    sale = services.open_auction(
        title="benchmark", kind="timed", purpose="benchmark", opens_at=opens_at, start_cents=START, step_cents=STEP,
        free_until=opens_at + timedelta(hours=1), by=SYSTEM,
    )  # fmt: skip
    paddles = [services.admit(sale, label=str(i), party_key=str(i), by=SYSTEM)[0] for i in range(2)]
    services.announce(sale, by=SYSTEM)
    time.sleep(2.1)
    begun = time.perf_counter()
    for i in range(count):
        services.bid(paddles[i % 2], START + i * STEP, token=str(i), by=services.bidder(paddles[i % 2]))
    return count / (time.perf_counter() - begun)


# The server


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def prepare(options: argparse.Namespace, port: int) -> Run:
    """An auction that begins in a few seconds, with all paddles given out."""
    from django.db import connections

    from huilian.engine.auctions import services
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.now import now

    opens_at = now() + timedelta(seconds=5 + options.bidding / 4)  # time for all to come in
    sale = services.open_auction(
        title="benchmark", kind="timed", purpose="benchmark", opens_at=opens_at, round_seconds=ROUND,
        free_until=opens_at + timedelta(seconds=options.seconds), start_cents=START, step_cents=STEP, by=SYSTEM,
    )  # fmt: skip
    keys = [
        services.admit(sale, label=str(i), party_key=str(i), priority=i % 7 == 0, by=SYSTEM)[1]
        for i in range(options.bidding)
    ]
    services.announce(sale, by=SYSTEM)
    connections.close_all()
    return Run(sale.number, port, keys, opens_at.timestamp() + options.seconds)


def start(port: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "huilian", "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "src")}
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)


def family(process: int) -> list[int]:
    """A process and all that came from it."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return [process, *(p for child in listed.stdout.split() for p in family(int(child)))]


def end(server: subprocess.Popen, signum: int = signal.SIGTERM) -> None:
    for process in family(server.pid) if signum == signal.SIGKILL else [server.pid]:
        os.kill(process, signum)
    server.wait()


# Bidders and screens


class Line:
    """One kept connection of a browser, opened again when it breaks."""

    def __init__(self, port: int) -> None:
        self.port, self.reader, self.writer = port, None, None

    async def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """(status, headers, body); a dead server is asked until it lives again."""
        while True:
            try:
                return await asyncio.wait_for(self._ask(method, path, body, headers), 20)
            except (OSError, EOFError, IndexError, ValueError, TimeoutError):
                self.close()
                await asyncio.sleep(0.3)

    async def _ask(self, method: str, path: str, body: str, headers: dict[str, str]):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in headers.items())]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, found = int(head[0].split()[1]), {}
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                found.setdefault("cookies", []).append(value.partition(";")[0])
            found[name.lower()] = value
        if found.get("transfer-encoding") == "chunked":
            content = b""
            while size := int(await self.reader.readline(), 16):
                content += await self.reader.readexactly(size)
                await self.reader.readline()
            await self.reader.readline()
        else:
            content = await self.reader.readexactly(int(found.get("content-length", 0)) if status != 304 else 0)
        if found.get("connection") == "close":
            self.close()
        return status, found, content

    def close(self) -> None:
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


async def hold(run: Run, options: argparse.Namespace, server: subprocess.Popen, kill: bool) -> subprocess.Popen:
    """All bidders and screens until bidding has ended; gives the server that runs at the end."""
    done = asyncio.Event()
    run.screens = [[] for _ in range(options.watching)]
    screens = [asyncio.create_task(screen(run, seen, done)) for seen in run.screens]
    bidders = [asyncio.create_task(bidder(run, key, options.pace)) for key in run.keys]
    if kill:
        await asyncio.sleep(max(0, run.until - options.seconds / 2 - time.time()))
        end(server, signal.SIGKILL)
        server = start(run.port)
    await asyncio.gather(*bidders)
    line = Line(run.port)
    while json.loads((await line.ask("GET", f"/live/auctions/{run.number}?after=0"))[2])["phase"] != "ended":
        await asyncio.sleep(0.5)
    await asyncio.sleep(3)
    done.set()
    await asyncio.gather(*screens)
    return server


async def screen(run: Run, seen: list[int], done: asyncio.Event) -> None:
    line, tag = Line(run.port), ""
    await asyncio.sleep(random.random())
    while not done.is_set():
        wanted = f"/live/auctions/{run.number}?after={seen[-1] if seen else 0}"
        status, headers, body = await line.ask("GET", wanted, **({"If-None-Match": tag} if tag else {}))
        wait = 1.0
        if status == 200:
            state, tag = json.loads(body), headers["etag"]
            arrived = time.time()
            for entry in state["entries"]:
                seen.append(entry["serial"])
                run.delays.append(arrived - entry["at"] / 1000)
            wait = 0.0 if state["more"] else 1.0
        await asyncio.sleep(wait)
    line.close()


async def bidder(run: Run, key: str, pace: float) -> None:
    line, path = Line(run.port), f"/auctions/{run.number}/"
    cookies: dict[str, str] = {}

    async def go(method: str, address: str, **data: object) -> tuple[int, str]:
        if data:
            data["csrfmiddlewaretoken"] = cookies["csrftoken"]
        status, headers, body = await line.ask(
            method, address, urlencode(data), Cookie="; ".join(f"{k}={v}" for k, v in cookies.items())
        )
        cookies.update(cookie.split("=", 1) for cookie in headers.get("cookies", ()))
        return status, body.decode()

    await go("GET", path)
    await go("POST", f"{path}enter/", secret=key)
    while time.time() < run.until:
        await asyncio.sleep(random.expovariate(1 / pace))
        state = json.loads((await line.ask("GET", f"/live/auctions/{run.number}?after={10**8 - 1}"))[2])
        if state["phase"] not in ("free", "round"):
            continue
        cents = state["best"]["cents"] + STEP * random.randint(1, 20) if state["best"] else START
        token, begun = f"{random.getrandbits(128):032x}", time.perf_counter()
        status, _body = await go("POST", f"{path}bid/", cents=cents, token=token, sure="1")
        told = await answer(go, path)
        if status != 302:
            run.failed += 1
        elif told:
            run.accepted[told] = cents
            run.latencies.append(time.perf_counter() - begun)
        else:
            run.refused += 1
    line.close()


async def answer(go, path: str) -> int:
    """The serial of the bid just made, as the page tells it; 0 when it was refused."""
    _status, page = await go("GET", path)
    found = re.search(r'class="toast success".*?<p>(.*?)</p>', page, re.S)
    return int(re.findall(r"\d+", found[1])[-1]) if found else 0


# Afterwards


async def fetch_record(run: Run) -> bytes:
    """The record, as soon as the worker has sealed the last entries."""
    while True:
        status, _headers, body = await Line(run.port).ask("GET", f"/auctions/{run.number}/record.json")
        if status == 200:
            return body
        await asyncio.sleep(1)


def judged(run: Run, options: argparse.Namespace, cpu: float) -> dict[str, object]:
    body = asyncio.run(fetch_record(run))
    record = json.loads(body)["record"]
    taken = {entry["serial"]: entry["cents"] for entry in record["entries"] if entry["kind"] == "bid"}
    with tempfile.NamedTemporaryFile("wb", suffix=".json") as file:
        file.write(body)
        file.flush()
        done = subprocess.run([sys.executable, "-IS", PROGRAM, file.name, "--json"], capture_output=True, check=False)
    program = json.loads(done.stdout)
    best = max(taken.values())
    whole = list(range(1, len(record["entries"]) + 1))
    return {
        "bids accepted": len(taken),
        "bids accepted a second": len(taken) / options.seconds,
        "bids answered a second": (len(run.accepted) + run.refused) / options.seconds,
        "bids refused (another was faster)": run.refused,
        "bid answered, page loaded: median, ms": median(run.latencies) * 1000,
        "bid answered, page loaded: p95, ms": quantiles(run.latencies, n=20)[-1] * 1000,
        "bid to screen: median, s": median(run.delays),
        "bid to screen: p95, s": quantiles(run.delays, n=20)[-1],
        "bid to screen: slowest, s": max(run.delays),
        "screens × bids": len(run.delays),
        "answers of the server that were no answer": run.failed,
        "lost": sum(taken.get(serial) != cents for serial, cents in run.accepted.items()),
        "out of order": sum(seen != sorted(set(seen)) for seen in run.screens),
        "not seen by a screen": sum(seen != whole for seen in run.screens),
        "judged otherwise": int(not program["ok"] or program["cents"] != best or done.returncode != 0),
        "CPU of bidders and screens, s": cpu,
    }


if __name__ == "__main__":
    sys.exit(main())
