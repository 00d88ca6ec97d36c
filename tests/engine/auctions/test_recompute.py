"""The program for outsiders: alone with the record it comes to the same end, and finds whatever was changed."""

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from click.testing import CliRunner

from huilian.engine import auctions as part
from huilian.engine.auctions import services
from huilian.engine.auctions.queries import record_of
from huilian.engine.draws import services as draws
from huilian.engine.draws.queries import record_of as record_of_draw
from huilian.engine.trail import keys
from huilian.engine.trail import services as trail
from huilian.foundation.now import frozen
from huilian.project.cli import main

from .conftest import BEFORE, END, OPEN, bid, prepare

pytestmark = pytest.mark.django_db
PROGRAM = Path(part.__file__).parent / "static/auctions/recompute.py"


def run(tmp_path, told, *options):
    """(exit code, what it says), in a process without our paths, and without any package unless a key is given."""
    file = tmp_path / "record.json"
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-I" if options else "-IS", PROGRAM, file, "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    return done.returncode, json.loads(done.stdout)


@pytest.fixture
def record(cast, told):
    """The record of an auction with a reserve, a pause and three bids."""
    with frozen(BEFORE):
        sale = prepare(cast)
        held = [services.hold_reserve_key(sale, by=who) for who in (cast.wang_min, cast.luo_cheng)]
        services.seal_reserve(sale, 102_500, by=cast.wang_min)
        one, two = (services.admit(sale, label=n, party_key=n, priority=p, by=cast.wang_min)[0]
                    for n, p in (("one", 0), ("two", 2)))  # fmt: skip
        services.announce(sale, by=cast.wang_min)
    bid(one, 100_000)
    with frozen(OPEN):
        services.suspend(sale, "停电", by=cast.wang_min)
        services.resume(sale, by=cast.wang_min)
    bid(one, 105_000)
    bid(two, 105_000)
    with frozen(END):
        services.watching()
        services.open_reserve(sale, held[0], by=cast.wang_min)
        sale = services.open_reserve(sale, held[1], by=cast.luo_cheng)
    trail.seal()
    return record_of(sale)


def test_it_comes_to_the_same_end_and_the_signature_holds(tmp_path, record):
    code, said = run(tmp_path, record, "--key", keys.verifiers()[-1])

    assert code == 0, said
    assert {k: said[k] for k in ("state", "paddle", "cents")} == {
        k: record["record"]["outcome"][k] for k in ("state", "paddle", "cents")
    }
    assert (said["entries"], said["bids"], said["signature"]) == (6, 3, "holds")


CHANGES = {
    "an amount": lambda r: r["entries"][0].update(cents=110_000),
    "a moment": lambda r: r["entries"][0].update(at=r["entries"][3]["at"].replace("Z", "Z")[:-4] + "999Z"),
    "a bid taken out": lambda r: r["entries"].pop(3),
    "the winner": lambda r: r["outcome"].update(paddle=r["entries"][0]["paddle"]),
    "the end": lambda r: r["outcome"].update(closed_at="2026-11-22T02:06:00.000000Z"),
    "the reserve": lambda r: r["entries"][-1].update(cents=100_000),
    "a priority": lambda r: r["terms"]["paddles"][0].__setitem__(1, 1),
    "the event in the log": lambda r: r["entries"][0]["event"].update(place="999901"),
    "the proof": lambda r: r["entries"][0]["event"].update(index=r["entries"][0]["event"]["index"] ^ 1),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("signed_again", [False, True])
def test_whatever_was_changed_is_found_even_when_it_was_signed_again(tmp_path, record, change, signed_again):
    changed = deepcopy(record)
    CHANGES[change](changed["record"])
    if signed_again:
        from huilian.foundation import hashing

        lines = record["note"].split("\n")[:2]
        changed["note"] = keys.signed_text(
            "\n".join([*lines, hashing.digest(hashing.dump(changed["record"])).hex()]) + "\n"
        )

    code, said = run(tmp_path, changed)

    assert code == 1 and said["ok"] is False and said["why"]


def test_another_key_and_no_record_are_told(tmp_path, record):
    other = keys.vkey("other", bytes(31) + b"\x01")

    assert run(tmp_path, record, "--key", other)[0] == 1
    assert run(tmp_path, {"a": 1})[0] == 1


def test_a_draw_is_drawn_again(cast, tmp_path):
    people = [{"key": f"ZJ{i:02d}", "label": "专家"} for i in range(30)]
    held = draws.announce(purpose="评标专家", candidates=people, wanted=5, by=cast.wang_min)
    before = record_of_draw(held)
    told = record_of_draw(draws.reveal(held, words="骰子 4 2 6", by=cast.wang_min))

    assert run(tmp_path, told)[1]["result"] == told["result"]
    assert run(tmp_path, before)[0] == 1
    for change in ({"words": "骰子 4 2 5"}, {"seed": "00" * 32}, {"result": told["result"][::-1]}):
        assert run(tmp_path, {**told, **change})[0] == 1


def test_the_command_of_the_house_judges_too(tmp_path, record):
    file = tmp_path / "record.json"
    for told, code in ((record, 0), ({"record": {**record["record"], "entries": []}, "note": record["note"]}, 1)):
        file.write_text(json.dumps(told), encoding="utf-8")
        done = CliRunner().invoke(main, ["auction", "recompute", str(file), "--json"])
        assert done.exit_code == code and json.loads(done.output)["ok"] is (code == 0)
