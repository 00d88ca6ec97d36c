"""What the trail costs: an act recorded and sealed against a plain insert; proofs; the whole log verified.

    python benchmarks/trail.py [--leaves 1000000] [--json]

The plain insert is the same row in the same table through the same ORM, with the guards taken away and without digest.
Both kinds are timed in turns, one transaction an act, so that a busy machine slows both. Works on a database of its
own in a temporary folder; with DATABASE_URL on an empty PostgreSQL database.
"""

import argparse
import json
import os
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
QUICK = ("--leaves", "20000", "--acts", "300")
CHUNK = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--leaves", type=int, default=1_000_000, help="size of the log for proofs and verification")
    parser.add_argument("--acts", type=int, default=2000, help="acts timed one by one, of each kind")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huilian-bench-") as home:
        os.environ.update(HUILIAN_HOME=home, HUILIAN_SECRET="bench", DJANGO_SETTINGS_MODULE="huilian.project.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", "trail", verbosity=0)
        results = {"machine": machine(), **cost_of_an_act(options.acts), **whole_log(options.leaves)}
    if options.json:
        print(json.dumps(results, indent=1))
    else:
        for name, value in results.items():
            print(f"{name:<44} {value:>14,.2f}" if isinstance(value, float) else f"{name:<44} {value!s:>14}")


def machine() -> str:
    from django.db import connection

    return f"{platform.machine()} {os.cpu_count()} cpus, Python {platform.python_version()}, {connection.vendor}"


def cost_of_an_act(count: int) -> dict[str, float]:
    from django.db import connection, transaction

    from huilian.engine.trail import guards, services, verbs
    from huilian.engine.trail.actors import SYSTEM
    from huilian.engine.trail.models import Event

    verbs.declared()["bench.act"] = verbs.Sentence("acted")
    rounds, each = 10, count // 10
    plain, recorded, sealed = [], [], {1: [], 20: [], 200: []}

    def timed(work, times: int) -> float:
        begin = time.perf_counter()
        for i in range(times):
            with transaction.atomic():
                work(i)
        return (time.perf_counter() - begin) / times * 1e6

    def insert(i: int) -> None:
        Event(
            at=services.now(),
            verb="bench.act",
            subject_kind="bench.order",
            subject_id=f"HX20261122-{i:04d}",
            actor_kind="user",
            actor_id="17",
            actor_label="李晓",
            place="370613001001",
            data={"unit": "住建局", "kind": "dispatch", "due": "2026-12-01"},
            algorithm="sha256",
            salt=b"0" * 16,
            digest=b"0" * 32,
        ).save(force_insert=True)

    def record(i: int) -> None:
        services.record(
            "bench.act",
            f"bench.order:HX20261122-{i:04d}",
            by=SYSTEM,
            place="370613001001",
            data={"unit": "住建局", "kind": "dispatch", "due": "2026-12-01"},
        )

    for _ in range(rounds):
        guards.remove(connection)
        plain.append(timed(insert, each))
        guards.install(connection)
        recorded.append(timed(record, each))
        services.seal()
        for batch, times in sealed.items():
            spent, done = 0.0, 0
            while done < each:
                for i in range(batch):
                    with transaction.atomic():
                        record(i)
                begin = time.perf_counter()
                services.seal()
                spent += time.perf_counter() - begin
                done += batch
            times.append(spent / done * 1e6)
    guards.remove(connection)
    Event.objects.filter(leaf__isnull=True).delete()  # the plain ones, which belong to no log
    guards.install(connection)
    base, act = statistics.median(plain), statistics.median(recorded)
    results = {"plain insert, us": base, "record, us": act}
    for batch, times in sealed.items():
        cost = statistics.median(times)
        results[f"seal, {batch} at a time, us an act"] = cost
        results[f"record + seal / plain insert, {batch} at a time"] = (act + cost) / base
    return results


def whole_log(leaves: int) -> dict[str, float]:
    from huilian.engine.trail import queries, services
    from huilian.engine.trail.actors import SYSTEM
    from huilian.engine.trail.models import Event
    from huilian.engine.trail.verify import Result, verify
    from huilian.foundation import merkle

    recording = sealing = 0.0
    before = queries.log_size()
    while (size := queries.log_size()) < leaves:
        acts = [
            services.Act("bench.act", f"bench.order:{size + i}", {"unit": "住建局", "due": "2026-12-01"})
            for i in range(min(CHUNK, leaves - size))
        ]
        begin = time.perf_counter()
        services.record_many(acts, by=SYSTEM)
        middle = time.perf_counter()
        services.seal()
        recording, sealing = recording + middle - begin, sealing + time.perf_counter() - middle
        print(f"\r{size + len(acts):,}", end="", file=sys.stderr)
    print(file=sys.stderr)
    size = queries.log_size()
    root, rng = queries.root(), random.Random(1)
    made, checked, lengths, both = [], [], [], []
    top = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    for _ in range(200):
        event = Event.objects.filter(pk__gte=rng.randrange(top)).order_by("pk").first()
        begin = time.perf_counter()
        found = queries.inclusion_proof(event)
        made.append(time.perf_counter() - begin)
        leaf, proof = bytes.fromhex(found["leaf_hash"]), [bytes.fromhex(step) for step in found["proof"]]
        begin = time.perf_counter()
        good = merkle.verify_inclusion(leaf, found["index"], size, proof, root)
        checked.append(time.perf_counter() - begin)
        assert good
        lengths.append(32 * len(proof))
        begin = time.perf_counter()
        queries.consistency(rng.randrange(1, size))
        both.append(time.perf_counter() - begin)
    result = Result()
    begin = time.perf_counter()
    findings = list(verify(result=result))
    verifying = time.perf_counter() - begin
    assert not findings and result.events == size, findings[:3]
    grown = max(1, size - before)
    return {
        "entries in the log": size,
        "record_many, us an act": recording / grown * 1e6,
        "seal, 2000 at a time, us an act": sealing / grown * 1e6,
        "inclusion proof out of the database, ms": statistics.median(made) * 1e3,
        "inclusion proof, bytes at most": max(lengths),
        "inclusion proof checked, us": statistics.median(checked) * 1e6,
        "consistency proof out of the database, ms": statistics.median(both) * 1e3,
        "whole log verified, s": verifying,
        "whole log verified, us an entry": verifying / size * 1e6,
        "memory at most, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    main()
