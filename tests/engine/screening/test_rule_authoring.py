"""The rule that docs/rule-authoring.md writes from zero has no fault, and its cases pass."""

import re
from pathlib import Path

from huilian.engine.screening import rule
from huilian.engine.screening.catalogue import datasets
from huilian.engine.screening.checking import check

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "rule-authoring.md"


def test_the_rule_of_the_guide_passes_every_check():
    text = GUIDE.read_text(encoding="utf-8")
    sql, cases = (re.search(rf"```{kind}\n(.*?)```", text, re.S)[1] for kind in ("sql", "yaml"))

    faults = check(rule.parse(sql, file="ZJ90.sql"), datasets(), cases, "ZJ90.cases.yaml")

    assert [str(fault) for fault in faults] == []
