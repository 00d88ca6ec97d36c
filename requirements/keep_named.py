"""Keep only the packages an .in file names: their dependencies are not wanted (the wheels are opened, never run)."""

import re
import sys
from pathlib import Path

names = {line.split("==")[0].strip().lower() for line in Path(sys.argv[1]).read_text().splitlines() if "==" in line}
kept = [
    block
    for block in re.split(r"\n(?=\S)", Path(sys.argv[2]).read_text().rstrip("\n"))
    if block.split("==")[0].strip().lower() in names
]
Path(sys.argv[2]).write_text("\n".join(kept) + "\n")
