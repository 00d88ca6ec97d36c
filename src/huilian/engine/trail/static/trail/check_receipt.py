#!/usr/bin/env python3
"""Checks a receipt of this site without the site.  回执核验程序

    python check_receipt.py FILE "NAME+ID+BASE64"

Needs Python 3.8 or later and nothing else. The key stands at /log/keys; better take it from paper, where the daily
heads of the log are published. Exit code 0: the receipt holds; 1: it does not, and it is said why.
A receipt is written as c2sp.org/tlog-proof says; its `extra` is the entry of the log. RFC 9162 and RFC 8032 otherwise.
"""

import hashlib
import sys
from base64 import b64decode, b64encode
from typing import Tuple  # noqa: UP035  Python 3.8

Point = Tuple[int, int]  # noqa: UP006

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
BASE = (
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    46316835694926478169428394003475163141307993866256225615783033603165251855960,
)


class Wrong(Exception):
    pass


def sure(holds: object, words: str) -> None:
    if not holds:
        raise Wrong(words)


def plus(a: Point, b: Point) -> Point:
    """The sum of two points of the curve of Ed25519."""
    (x1, y1), (x2, y2) = a, b
    both = D * x1 * x2 * y1 * y2
    return (
        (x1 * y2 + x2 * y1) * pow(1 + both, P - 2, P) % P,
        (y1 * y2 + x1 * x2) * pow(1 - both, P - 2, P) % P,
    )


def times(n: int, point: Point) -> Point:
    result = (0, 1)
    while n:
        if n & 1:
            result = plus(result, point)
        point, n = plus(point, point), n >> 1
    return result


def point(data: bytes) -> Point:
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    sure(y < P, "no point of the curve")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    sure(x * x % P == square and (x or not sign), "no point of the curve")
    return (P - x if x & 1 != sign else x), y


def signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """RFC 8032, 5.1.7."""
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    sure(len(signature) == 64 and s < ORDER, "the signature is malformed")
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % ORDER
    return times(s, BASE) == plus(point(r), times(k, point(public)))


def code(data: bytes) -> str:
    return b64encode(data).decode()


def check(text: str, key: str) -> str:
    head, extra, index, *steps = text.split("\n\n", 1)[0].split("\n")
    origin, length, root, gap, line, end = text.split("\n\n", 1)[1].split("\n")
    sure(head == "c2sp.org/tlog-proof@v1" and extra[:6] == "extra " and index[:6] == "index ", "this is no receipt")
    entry, at, size = b64decode(extra[6:]), int(index[6:]), int(length)
    proof, top, signature = [b64decode(step) for step in steps], b64decode(root), b64decode(line.split(" ")[2])
    written = [head, "extra " + code(entry), f"index {at}"] + [code(step) for step in proof]
    written += ["", origin, str(size), code(top), "", "— " + origin + " " + code(signature), ""]
    sure(text == "\n".join(written) and not gap and not end, "this is not written as a receipt is")

    node, place, last = hashlib.sha256(b"\x00" + entry).digest(), at, size - 1
    sure(0 <= at < size and all(len(step) == 32 for step in proof), "there is no such entry in the log")
    for step in proof:
        sure(last, "the proof is too long")
        left = place & 1 or place == last
        node = hashlib.sha256(b"\x01" + (step + node if left else node + step)).digest()
        while left and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    sure(not last and node == top, "the entry is not in the log")

    name, _, coded = key.strip().split("+", 2)
    public = b64decode(coded)
    mark = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    sure(name == origin and signature[:4] == mark, "it was signed with another key")
    note = "\n".join([origin, str(size), root, ""]).encode()
    sure(signed(public[1:], signature[4:], note), "the signature does not hold")
    return f"Holds: entry {at} of {size} in the log {origin}."


def main() -> int:
    try:
        with open(sys.argv[1], encoding="utf-8", newline="") as file:  # noqa: PTH123  as short as can be
            print(check(file.read(), sys.argv[2]))
        return 0
    except Wrong as wrong:
        print(f"WRONG: {wrong}")
    except (ValueError, IndexError) as fault:
        print(f"WRONG: this is no receipt ({fault})")
    return 1


if __name__ == "__main__":
    sys.exit(main())
