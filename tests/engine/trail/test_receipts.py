"""A receipt shows without us that something was recorded, and says nothing about it; any changed byte is found."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huilian.engine import trail as part
from huilian.engine.trail import keys, receipts, services
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.queries import checkpoint
from huilian.foundation.errors import Invalid
from huilian.project.cli import main

PROGRAM = Path(part.__file__).parent / "static/trail/check_receipt.py"
pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db):
    """One act among others."""
    acts = [services.record("trail.sign_head", f"trail.treehead:{n}", by=SYSTEM, data={"size": n}) for n in range(7)]
    services.seal()
    return acts[4]


@pytest.fixture(scope="module")
def outside():
    """The program for outsiders, read as a module so that many receipts are checked fast."""
    spec = importlib.util.spec_from_file_location("check_receipt", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_two_verifiers_agree_that_it_holds(event, tmp_path):
    text = receipts.receipt_of(event)
    file = tmp_path / "receipt.tlog-proof"
    file.write_text(text, encoding="utf-8")

    ours = receipts.check(text)
    theirs = subprocess.run(
        [sys.executable, "-IS", PROGRAM, file, keys.verifiers()[-1]], capture_output=True, text=True, check=False
    )

    assert (ours.index, ours.size, ours.entry) == (4, 7, bytes(event.digest))
    assert theirs.returncode == 0 and theirs.stdout.startswith("Holds: entry 4 of 7")


def test_it_says_nothing_about_the_act(event):
    text = receipts.receipt_of(event)

    assert not [told for told in (event.verb, event.subject_kind, event.salt.hex(), "2026") if told in text]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_a_changed_byte_is_always_found_by_both(event, outside, data):
    text = receipts.receipt_of(event)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(max_codepoint=255).filter(lambda c: c != text[at]))
    changed = text[:at] + other + text[at + 1 :]

    with pytest.raises(receipts.BadReceipt):
        receipts.check(changed)
    with pytest.raises((outside.Wrong, ValueError, IndexError)):
        outside.check(changed, keys.verifiers()[-1])


def test_every_bit_of_the_last_letters_counts(event, outside):
    """Base64 ends with bits that mean nothing; they are not free to be changed either."""
    text = receipts.receipt_of(event)
    for line in text.split("\n"):
        if line.endswith("="):
            letter = line.rstrip("=")[-1]
            changed = text.replace(line, line.replace(letter + "=", chr(ord(letter) + 1) + "="))
            with pytest.raises(receipts.BadReceipt):
                receipts.check(changed)
            with pytest.raises((outside.Wrong, ValueError)):
                outside.check(changed, keys.verifiers()[-1])


def test_a_receipt_of_another_log_does_not_hold_here(event, settings, tmp_path):
    text = receipts.receipt_of(event)
    settings.HOME = tmp_path  # the key of the other log is made there
    settings.TRAIL_ORIGIN = "other.example/log"

    with pytest.raises(receipts.BadReceipt):
        receipts.check(text, keys.verifiers()[-1:])


def test_what_is_not_sealed_yet_has_no_receipt_and_what_is_can_be_fetched_by_its_number(client, event, cast):
    late = services.record("trail.sign_head", "trail.treehead:9", by=SYSTEM, data={"size": 9})
    with pytest.raises(Invalid):
        receipts.receipt_of(late)

    answer = client.get(f"/log/receipt/{event.pk}")

    assert receipts.check(answer.content.decode()).index == 4
    assert client.get(f"/log/receipt/{late.pk}").status_code == 409
    assert client.get("/log/receipt/999999").status_code == 404


def test_the_technician_checks_it_by_command(event, tmp_path):
    file = tmp_path / "receipt.tlog-proof"
    file.write_text(receipts.receipt_of(event), encoding="utf-8")
    good = CliRunner().invoke(main, ["receipt", str(file)])
    file.write_text(file.read_text("utf-8").replace("index 4", "index 5"), encoding="utf-8")
    bad = CliRunner().invoke(main, ["receipt", str(file)])

    assert (good.exit_code, bad.exit_code) == (0, 1), (good.output, bad.output)
    assert checkpoint()
