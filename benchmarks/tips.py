"""A thousand tips by every way in, taken through every verb, and every byte searched for what was planted in them.

    python benchmarks/tips.py [--tips 1000] [--json]

Each tip taken in is followed by one of revenge, so half as many are planted. Searched are the database with its log and
what is deleted in it, uploads, temporary files, logs at DEBUG, mails, jobs and a backup, also in other encodings and
inside what is packed; then whether anything there is a key. The work is that of tests/areas/tips/test_bytes.py, which
fails when one byte is found. Exit code 1 then.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import HERE, report

QUICK = ("--tips", "24")
TEST = "tests/areas/tips/test_bytes.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tips", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huilian-bench-") as folder:
        figures = Path(folder) / "figures.json"
        told = {"HUILIAN_TIPS": str(-(-options.tips // 2)), "HUILIAN_TIPS_REPORT": str(figures)}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "--basetemp", f"{folder}/run", TEST]
        done = subprocess.run(
            command, cwd=HERE.parent, env=os.environ | told, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(done.stdout[-4000:], file=sys.stderr)
            return 1
        report(json.loads(figures.read_text(encoding="utf-8")), as_json=options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
