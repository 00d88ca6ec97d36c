"""How often two letters proposed as “the same matter” are: sampled, judged by a person, counted.

    python benchmarks/duplicates.py FOLDER                      seconds, and how many pairs and groups there are
    python benchmarks/duplicates.py FOLDER --sample pairs.csv   write pairs for a person to judge (column same: 1 or 0)
    python benchmarks/duplicates.py FOLDER --judged pairs.csv   precision by band of score, with Wilson's 95 % interval

FOLDER (or HUILIAN_REAL) holds hotline_open.csv. Letters and judgements stay outside the product.

Result: 4,326 letters, 120 pairs drawn with the seed below and judged by one person on subject and opening of both
letters (“one answer would serve both: same matter and same place”); 115 pairs with one and the same text not counted:

    score 0.20 to 0.30: 1,216 pairs, 14 of 30 the same (0.47; 0.30 to 0.64)
    score 0.30 to 0.40:   580 pairs, 27 of 30 the same (0.90; 0.74 to 0.97)   from here: “compare”
    score 0.40 to 0.50:   226 pairs, 27 of 30 the same (0.90; 0.74 to 0.97)   from here: “probably the same”
    score 0.50 to 1.00:   500 pairs, 28 of 30 the same (0.93; 0.79 to 0.98)

What goes wrong above 0.40 is one person's complaint about another place with a copied text; where orders carry a place
code the index halves those, which could not be measured here (the letters carry none). Below 0.30 about half of the
pairs are still the same matter: the threshold buys precision with those. Recall beyond the five nearest is not known.
"""

import argparse
import csv
import json
import math
import os
import random
import sys
import time
from datetime import datetime
from pathlib import Path

from huilian.areas.hear.hotline.suggestion import duplicates, text

NEEDS = ("hotline_open.csv",)
BANDS = ((0.20, 0.30), (0.30, 0.40), (0.40, 0.50), (0.50, 1.01))
PER_BAND = 30


def wilson(right: int, n: int) -> tuple[float, float]:
    z, p = 1.96, right / n
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def main() -> None:
    parser = argparse.ArgumentParser(description="Precision of proposed duplicates.")
    parser.add_argument("folder", nargs="?", type=Path, default=os.environ.get("HUILIAN_REAL"))
    parser.add_argument("--sample", type=Path)
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.folder is None:
        sys.exit("Give the folder of letters as argument or in HUILIAN_REAL.")
    with (Path(options.folder) / "hotline_open.csv").open(encoding="utf-8-sig", newline="") as file:
        letters = {row["id"]: row for row in csv.DictReader(file)}

    text.cutter()
    index, started = duplicates.Index(), time.perf_counter()
    for id, row in letters.items():
        index.add(id, row["subject"], row["text"], datetime.fromisoformat(row["received_at"]))
    added = time.perf_counter()
    pairs: dict[tuple[str, str], float] = {}
    for id, row in letters.items():
        for match in index.similar(row["subject"], row["text"], at_least=BANDS[0][0], but=[id]):
            pairs[min(id, match.id), max(id, match.id)] = match.score
    searched = time.perf_counter()
    groups = index.groups()
    grouped = time.perf_counter()

    same_text = {p for p in pairs if letters[p[0]]["text"].strip() == letters[p[1]]["text"].strip()}
    n = len(letters)
    say = print if not options.json else lambda _line: None
    result: dict[str, object] = {
        "letters": n,
        "ms to add one": (added - started) / n * 1e3,
        "ms to look for one": (searched - added) / n * 1e3,
        "groups": len(groups),
        "seconds for the groups": grouped - searched,
        "pairs with one and the same text": len(same_text),
    }
    say(f"{n} letters; add {(added - started) / n * 1e3:.1f} ms, similar {(searched - added) / n * 1e3:.1f} ms each")
    sizes = [len(group) for group in groups[:12]]
    say(f"groups at {duplicates.LIKELY}: {len(groups)} in {grouped - searched:.0f} s, sizes {sizes}")
    say(f"pairs with one and the same text: {len(same_text)} (not sampled)")
    judged = {}
    if options.judged:
        with options.judged.open(encoding="utf-8-sig", newline="") as file:
            judged = {(row["one"], row["other"]): row["same"] == "1" for row in csv.DictReader(file) if row["same"]}
    chance, sample = random.Random(20260101), []
    for low, high in BANDS:
        band = sorted(p for p, score in pairs.items() if low <= score < high and p not in same_text)
        sample += [(p, pairs[p]) for p in chance.sample(band, min(PER_BAND, len(band)))]
        known = [judged[p] for p in band if p in judged]
        verdict = ""
        if known:
            least, most = wilson(sum(known), len(known))
            right = sum(known)
            verdict = f", {right} of {len(known)} the same ({right / len(known):.2f}; {least:.2f} to {most:.2f})"
        say(f"score {low:.2f} to {min(high, 1):.2f}: {len(band)} pairs{verdict}")
        result[f"pairs from {low:.2f} to {min(high, 1):.2f}"] = len(band)
        if known:
            result[f"judged from {low:.2f} to {min(high, 1):.2f}"] = {"pairs": len(known), "the same": right}
    if options.json:
        print(json.dumps(result))
    if options.sample:
        with options.sample.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("one", "other", "score", "same", "subject_one", "subject_other", "text_one", "text_other"))
            for (one, other), score in sample:
                a, b = letters[one], letters[other]
                openings = [" ".join(letter["text"].split())[:200] for letter in (a, b)]
                writer.writerow((one, other, score, "", a["subject"], b["subject"], *openings))


if __name__ == "__main__":
    main()
