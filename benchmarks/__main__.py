"""Runs the benchmarks found in this folder, each in a process of its own, and prints one table."""

import argparse
import ast
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from . import HERE, flat, shown


@dataclass
class Benchmark:
    """One module: its name, what it says it measures, the real files it needs, its arguments for a short run."""

    name: str
    title: str
    needs: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        folder = Path(os.environ.get("HUILIAN_REAL") or HERE / "no folder given")
        return [name for name in self.needs if not (folder / name).is_file()]


@dataclass
class Result:
    name: str
    title: str
    seconds: float = 0.0
    missing: list[str] = field(default_factory=list)
    failed: str = ""
    measured: dict = field(default_factory=dict)


def found() -> list[Benchmark]:
    """Every benchmark of the folder; its head is read, not run."""
    benchmarks = []
    for path in sorted(HERE.glob("*.py")):
        if path.name.startswith("_"):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        head = {
            target.id: ast.literal_eval(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name) and target.id in ("NEEDS", "QUICK")
        }
        title = (ast.get_docstring(tree) or "").split("\n", 1)[0]
        benchmarks.append(Benchmark(path.stem, title, tuple(head.get("NEEDS", ())), tuple(head.get("QUICK", ()))))
    return benchmarks


def run(benchmark: Benchmark, *, quick: bool) -> Result:
    result = Result(benchmark.name, benchmark.title, missing=benchmark.missing)
    if result.missing:
        return result
    command = [sys.executable, str(HERE / f"{benchmark.name}.py"), "--json", *(benchmark.quick if quick else ())]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parent)
    result.seconds = round(time.perf_counter() - started, 1)
    try:
        result.measured = json.loads(done.stdout)
    except json.JSONDecodeError:
        result.failed = "it printed no JSON"
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [""]
        result.failed = last[0] or f"exit code {done.returncode}"
    return result


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="short runs: for trying out, not for publishing")
    parser.add_argument("--list", action="store_true", help="say what there is and stop")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    benchmarks = {b.name: b for b in found()}
    if unknown := [name for name in options.names if name not in benchmarks]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are: {', '.join(benchmarks)}")
    chosen = [benchmarks[name] for name in options.names or benchmarks]
    if options.list:
        for benchmark in chosen:
            print(f"{benchmark.name:18} {benchmark.title}")
        return 0
    results = []
    for benchmark in chosen:
        result = run(benchmark, quick=options.quick)
        results.append(result)
        if not options.json:
            tell(result)
    if options.json:
        print(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1))
    return 1 if any(result.failed for result in results) else 0


def tell(result: Result) -> None:
    print(f"\n{result.name}: {result.title}")
    if result.missing:
        print(f"  not run: {', '.join(result.missing)} is not in the folder HUILIAN_REAL")
        return
    for name, value in flat(result.measured):
        print(f"  {name:<64} {shown(value):>14}")
    print(f"  {'FAILED: ' + result.failed if result.failed else 'done'} in {result.seconds} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
