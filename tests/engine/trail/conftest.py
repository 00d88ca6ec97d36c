"""Verbs that only these tests know."""

import pytest

from huilian.engine.trail import verbs

WORDS = {
    "test.act": verbs.Sentence("sent it to {unit}"),
    "test.other": verbs.Sentence("{actor} closed {subject} as {state}", show={"state": lambda s: s.upper()}),
}


@pytest.fixture(autouse=True)
def _verbs_of_these_tests(monkeypatch):
    known = {**verbs.declared(), **WORDS}
    monkeypatch.setattr(verbs, "declared", lambda: known)
