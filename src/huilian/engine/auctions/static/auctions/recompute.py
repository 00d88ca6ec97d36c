#!/usr/bin/env python3
"""Judges an auction or a draw again from its record, without the system that held it.  竞价与抽取复算程序

    python recompute.py RECORD.json [--key "NAME+ID+BASE64"] [--json]

Needs Python 3.9 or later and nothing else. Only the signature needs the package `cryptography`; without it everything
but the signature is checked, and that is said. The key stands at /log/keys of the site; better take it from paper.
Exit code 0: all holds. 1: something does not, and it is said what. What is checked stands in docs/auctions.md.
"""

import argparse
import base64
import hashlib
import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path


class Wrong(Exception):
    """Something in the record does not hold."""


def sure(holds, words):
    if not holds:
        raise Wrong(words)


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def exact(value):
    """The one byte form of a JSON value: keys in order, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def when(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)  # noqa: UP017 (Python 3.9)


# The auction


def auction(record):
    terms, entries = record["terms"], record["entries"]
    link = sha(exact(terms))
    for place, entry in enumerate(entries, 1):
        fact = {name: entry[name] for name in ("serial", "kind", "at", "paddle", "cents", "text")}
        link = sha(b"\x02", link, exact(fact))
        sure(entry["serial"] == place, f"entry {place} has the number {entry['serial']}")
        sure(entry["digest"] == link.hex(), f"entry {place}: the hash chain is broken here")
        if place > 1:
            sure(when(entry["at"]) >= when(entries[place - 2]["at"]), f"entry {place} is earlier than the one before")
        in_the_log(terms["number"], entry, record["checkpoint"])
    bids, end, reserve = {"timed": timed, "sealed": sealed}[terms["kind"]](terms, entries)
    rank = {number: priority or 10**9 for number, priority in terms["paddles"]}
    bids.sort(key=lambda bid: (-bid["cents"], rank[bid["paddle"]], when(bid["at"]), bid["serial"]))
    sure(bool(terms["reserve"]) == (reserve is not None) or not bids, "the reserve was not opened")
    won = bool(bids) and (reserve is None or bids[0]["cents"] >= reserve)
    result = {
        "state": "won" if won else "failed",
        "reason": "" if won else "reserve" if bids else "no_bid",
        "paddle": bids[0]["paddle"] if won else 0,
        "cents": bids[0]["cents"] if won else 0,
        "serial": bids[0]["serial"] if won else 0,
    }
    told = record["outcome"]
    sure(result == {name: told[name] for name in result}, f"the outcome should be {result}")
    sure(when(told["closed_at"]) == end, f"the end should be {end}")
    return {**result, "auction": terms["number"], "title": record["title"], "entries": len(entries), "bids": len(bids),
            "closed_at": told["closed_at"]}  # fmt: skip


class Hours:
    """When bidding runs: from the beginning until a round has passed in silence, pauses added."""

    def __init__(self, terms):
        self.opens, self.free = when(terms["opens_at"]), when(terms["free_until"])
        self.round = timedelta(seconds=terms["round_seconds"])
        self.end, self.paused = self.free + self.round, None

    def running(self, entry):
        at = when(entry["at"])
        sure(self.paused is None, f"entry {entry['serial']} came while bidding was suspended")
        sure(self.opens <= at < self.end, f"entry {entry['serial']} came before the beginning or after the end")
        return at

    def other(self, terms, entry):
        """A pause, its end, or the opening of the reserve; gives the reserve."""
        if entry["kind"] == "pause":
            self.paused = self.running(entry)
            return None
        at = when(entry["at"])
        if entry["kind"] == "resume":
            sure(self.paused is not None, f"entry {entry['serial']} ends a pause that was none")
            lost = at - self.paused
            if self.paused < self.free:
                self.free += lost
            self.end, self.paused = max(self.end + lost, at + self.round), None
            return None
        sure(entry["kind"] == "reserve", f"entry {entry['serial']} is of no kind this auction has")
        sure(self.paused is None and at >= self.end, "the reserve was opened before the end")
        line = f"huilian reserve 1\n{terms['number']}\n{entry['cents']}\n{entry['text']}\n"
        sure(sha(line.encode()).hex() == terms["reserve"], "the reserve is not the one announced")
        return entry["cents"]


def timed(terms, entries):
    hours, bids, reserve = Hours(terms), [], None
    priority = dict(terms["paddles"])
    for entry in entries:
        if entry["kind"] != "bid":
            sure(reserve is None, "something happened after the reserve was opened")
            reserve = hours.other(terms, entry)
            continue
        serial, who, cents = entry["serial"], entry["paddle"], entry["cents"]
        at = hours.running(entry)
        sure(who in priority, f"bid {serial} is of a paddle that was not admitted")
        sure(cents >= terms["start_cents"], f"bid {serial} is below the lowest amount")
        sure((cents - terms["start_cents"]) % terms["step_cents"] == 0, f"bid {serial} is no whole step")
        top = max((bid["cents"] for bid in bids), default=-1)
        holders = [priority[bid["paddle"]] for bid in bids if bid["cents"] == top]
        may_match = priority[who] and all(not other or priority[who] < other for other in holders)
        sure(cents > top or (cents == top and may_match), f"bid {serial} is not above the highest")
        bids.append(entry)
        hours.end = max(hours.end, at + hours.round)
    sure(hours.paused is None, "bidding was suspended and never ended")
    return bids, hours.end, reserve


def sealed(terms, entries):
    hours, seals, offers, reserve = Hours(terms), {}, {}, None
    admitted = dict(terms["paddles"])
    for entry in entries:
        if entry["kind"] not in ("seal", "reveal"):
            sure(reserve is None, "something happened after the reserve was opened")
            reserve = hours.other(terms, entry)
            continue
        serial, who = entry["serial"], entry["paddle"]
        at = hours.running(entry)
        sure(who in admitted, f"entry {serial} is of a paddle that was not admitted")
        if entry["kind"] == "seal":
            sure(at < hours.free and who not in seals, f"entry {serial}: handed in too late or twice")
            seals[who] = entry
            continue
        line = f"huilian sealed bid 1\n{terms['number']}\n{who}\n{entry['cents']}\n{entry['text']}\n"
        sure(at >= hours.free and who in seals and who not in offers, f"entry {serial}: shown too early or twice")
        sure(sha(line.encode()).hex() == seals[who]["text"], f"entry {serial} does not fit what was handed in")
        offers[who] = {**seals[who], "cents": entry["cents"]}
    sure(hours.paused is None, "bidding was suspended and never ended")
    return [offer for offer in offers.values() if offer["cents"] >= terms["start_cents"]], hours.end, reserve


# The public log


def in_the_log(number, entry, checkpoint):
    """The entry's event says the same as the entry, and is in the log that the checkpoint vouches for (RFC 9162)."""
    event, serial = entry["event"], entry["serial"]
    told = event["data"]
    sure(event["verb"] == f"auctions.{entry['kind']}", f"entry {serial}: the log tells another act")
    sure(event["subject"] == ["auctions.auction", number], f"entry {serial}: the log tells of another auction")
    same = told["digest"] == entry["digest"] and told["serial"] == serial and event["at"] == entry["at"]
    sure(same and told["cents"] == entry["cents"], f"entry {serial}: the log tells something else")
    fact = {name: event[name] for name in ("at", "verb", "subject", "actor", "place", "data")}
    data = b"huilian event 1\n" + bytes.fromhex(event["salt"]) + exact(fact)
    digest = hashlib.new(event["algorithm"], data).digest()
    lines = checkpoint.split("\n")
    root, size = base64.b64decode(lines[2]), int(lines[1])
    at, last, node = event["index"], size - 1, sha(b"\x00", digest)
    for step in map(bytes.fromhex, event["proof"]):
        sure(last > 0, f"entry {serial}: its proof is too long")
        if at & 1 or at == last:
            node = sha(b"\x01", step, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = sha(b"\x01", node, step)
        at, last = at >> 1, last >> 1
    sure(last == 0 and node == root, f"entry {serial} is not in the public log")


def signed(note, key):
    """True or False for the signature; None without the package that could tell."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None
    text, _, signatures = note.rpartition("\n\n")
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.split("+", 2)[2])[1:])
    for line in signatures.splitlines():
        try:
            public.verify(base64.b64decode(line.rpartition(" ")[2])[4:], (text + "\n").encode())
            return True
        except (InvalidSignature, ValueError):
            continue
    return False


# The draw


def draw(record):
    """Fisher-Yates over the sorted list, with numbers from SHA-256 of seed, list and the words of the witnesses."""
    sure(record["state"] == "drawn", "this draw has not been held")
    names, seed = sorted(record["candidates"]), bytes.fromhex(record["seed"])
    sure(len(set(names)) == len(names), "somebody stands twice in the list")
    listing = exact({"number": record["number"], "purpose": record["purpose"], "candidates": names,
                     "wanted": record["wanted"]})  # fmt: skip
    sure(sha(b"huilian draw 1\n", seed, listing).hex() == record["commitment"], "seed and list are not those announced")
    key = sha(b"huilian draw key 1\n", seed, listing, record["words"].encode())
    numbers, counter = [], 0
    for place in reversed(range(1, len(names))):
        most = 2**64 // (place + 1) * (place + 1)
        while True:
            if not numbers:
                block = sha(key, counter.to_bytes(8, "big"))
                numbers, counter = [int.from_bytes(block[i : i + 8], "big") for i in (0, 8, 16, 24)], counter + 1
            number = numbers.pop(0)
            if number < most:
                break
        other = number % (place + 1)
        names[place], names[other] = names[other], names[place]
    result = names[: record["wanted"]]
    sure(result == record["result"], f"drawn should be {result}")
    return {"draw": record["number"], "purpose": record["purpose"], "candidates": len(names), "result": result}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record")
    parser.add_argument("--key", help="verification key, as at /log/keys or on paper")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    given = json.loads(Path(options.record).read_text(encoding="utf-8"))
    try:
        if given.get("format") == "huilian draw record 1":
            found = draw(given)
        else:
            record, note = given["record"], given["note"]
            sure(record["format"] == "huilian auction record 1", "this is not a record of an auction")
            lines = note.split("\n")
            sure(lines[:2] == [record["format"], record["terms"]["number"]], "the signed lines are of another auction")
            sure(lines[2] == sha(exact(record)).hex(), "the record is not the one that was signed")
            found = auction(record)
            if options.key:
                holds = [signed(text, options.key) for text in (note, record["checkpoint"])]
                sure(False not in holds, "the signature does not hold")
                found["signature"] = "holds" if None not in holds else "not checked: install cryptography"
            else:
                found["signature"] = "not checked: give --key"
    except Wrong as wrong:
        print(json.dumps({"ok": False, "why": str(wrong)}) if options.json else f"WRONG: {wrong}")
        return 1
    except (KeyError, IndexError, TypeError, ValueError) as fault:
        print(json.dumps({"ok": False, "why": repr(fault)}) if options.json else f"WRONG: not a record: {fault!r}")
        return 1
    print(json.dumps({"ok": True, **found}, ensure_ascii=False) if options.json else "\n".join(
        [f"{name}: {value}" for name, value in found.items()] + ["All holds."]))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
