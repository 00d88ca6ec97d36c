"""A small procedure of the tests' own, and a case that lies with the housing bureau."""

from datetime import datetime

import pytest

from huilian.engine.procedures import services
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen

MONDAY = datetime(2026, 9, 28, 9, 0)
UNIT_ROLES = ["department_clerk", "township_clerk", "unit_head"]
BODY = {
    "key": "permit",
    "name": {"zh": "许可", "en": "Permit"},
    "prefix": "XK",
    "lanes": [{"key": "office", "name": {"zh": "承办单位", "en": "Office"}}],
    "classes": [{"key": "plain", "name": {"zh": "一般", "en": "plain"}, "limit": {"length": 7}}],
    "steps": [
        {
            "key": "asked",
            "name": {"zh": "申请", "en": "asked"},
            "lane": "office",
            "kind": "start",
            "roles": ["hotline_operator"],
        },
        {
            "key": "working",
            "name": {"zh": "办理", "en": "working"},
            "lane": "office",
            "roles": UNIT_ROLES,
            "holder": "unit",
            "limit": {"length": 1},
            "risks": [
                {
                    "mark": 1,
                    "level": "red",
                    "model": "X01",
                    "name": {"zh": "拖", "en": "slow"},
                    "note": {"zh": "", "en": ""},
                }
            ],
        },
        {"key": "done", "name": {"zh": "办结", "en": "done"}, "lane": "office", "kind": "end"},
    ],
    "moves": [
        {"verb": "open", "from": "asked", "to": "working", "needs": ["unit", "class"], "clock": "start"},
        {"verb": "close", "from": "working", "to": "done", "clock": "stop"},
    ],
}


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    """The verbs of the tests' own procedure read as sentences too."""
    from huilian.engine.trail import verbs

    own = {f"permit.{move['verb']}": verbs.Sentence(move["verb"]) for move in BODY["moves"]}
    known = {**verbs.declared(), **own}
    monkeypatch.setattr(verbs, "declared", lambda: known)


@pytest.fixture
def monday():
    with frozen(MONDAY) as moment:
        yield moment


@pytest.fixture
def asked(cast, monday):
    services.publish(BODY, by=SYSTEM)
    return services.open_case("permit", title="占道许可", by=cast.zhou_hui, place=cast.liuhe)


@pytest.fixture
def working(cast, asked):
    return services.move(asked, "open", by=cast.zhou_hui, unit=cast.housing, class_key="plain")
