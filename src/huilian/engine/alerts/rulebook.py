"""What the files in `rules/` say about alerts that clocks give, put into sentences of both languages."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from huilian.engine.clocks.models import Clock
from huilian.foundation.now import moment
from huilian.foundation.workdays import HOURLY

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Rule:
    """One rule: how it is called, what it is worth, and how it explains itself at each level."""

    key: str
    version: str
    names: dict
    weight: int
    explain: dict
    step_overrun: dict
    units: dict

    def reason(self, level: int, number: str, clock: Clock) -> dict:
        """One sentence in both languages saying which limit was missed or is near."""
        return {lang: self.explain[level][lang].format(number=number, **self._said(clock, lang)) for lang in LANGUAGES}

    def overrun(self, number: str, step: dict, clock: Clock) -> dict:
        """One sentence in both languages for a step that took too long."""
        return {
            lang: self.step_overrun[lang].format(number=number, step=step[lang], **self._said(clock, lang))
            for lang in LANGUAGES
        }

    def _said(self, clock: Clock, lang: str) -> dict:
        by_hour = clock.unit in HOURLY
        due = f"{moment(clock.due_at):%Y-%m-%d %H:%M}" if by_hour else f"{clock.due_on:%Y-%m-%d}"
        return {"length": clock.length + clock.extension, "unit": self.units[clock.unit][lang], "due": due}


@cache
def rule(key: str) -> Rule:
    """The rule of that key. Raises FileNotFoundError for a key no file describes."""
    body = yaml.safe_load((Path(__file__).parent / "rules" / f"{key}.yaml").read_text(encoding="utf-8"))
    return Rule(
        key=body["key"],
        version=body["version"],
        names=body["names"],
        weight=body["weight"],
        explain=body["explain"],
        step_overrun=body["step_overrun"],
        units=body["units"],
    )
