"""The library of papers: 71 templates over six aspects with two charts each, from `seeds/papers.yaml`.

Papers are Chinese, whoever writes them. What a template asks for and nobody has written stays empty.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from huilian.engine.documents.forms import CaseSheet, Opinion, Report, SupervisionNotice, Table
from huilian.engine.procedures.charts import chart_of_procedure
from huilian.engine.procedures.definition import parse
from huilian.foundation.now import today

LIBRARY = Path(__file__).resolve().parent / "seeds" / "papers.yaml"
EVIDENCE = {
    "material": "物证", "document": "书证", "witness": "证人证言", "statement": "被调查人陈述", "expert": "鉴定意见",
    "scene": "勘验、检查笔录", "media": "视听资料、电子数据",
}  # fmt: skip
SENDER = "纪律检查委员会"
EMPTY = "　　　　"  # room to write by hand


@dataclass(frozen=True)
class Template:
    """`layout` is sheet (facts, words, boxes to sign) or notice (an official letter, GB/T 9704)."""

    key: str
    name: dict
    aspect: str
    layout: str
    code: str
    fields: tuple[str, ...]
    sign: tuple[str, ...]
    body: str


@dataclass(frozen=True)
class Aspect:
    key: str
    name: dict
    papers: tuple[Template, ...]
    charts: tuple[dict, ...]


@lru_cache(maxsize=1)
def _library() -> tuple[dict, dict[str, Aspect]]:
    read = yaml.safe_load(LIBRARY.read_text(encoding="utf-8"))
    aspects = {}
    for a in read["aspects"]:
        rows = tuple(
            Template(
                key=p["key"], name={"zh": p["zh"], "en": p["en"]}, aspect=a["key"], layout=p.get("as", "sheet"),
                code=p["code"], fields=tuple(p["fields"]), sign=tuple(p["sign"]), body=p["body"],
            )
            for p in a["papers"]
        )  # fmt: skip
        aspects[a["key"]] = Aspect(a["key"], a["name"], rows, tuple(a["charts"]))
    return read["fields"], aspects


def aspects() -> dict[str, Aspect]:
    return _library()[1]


def fields() -> dict[str, dict]:
    """What a template can ask for, by key."""
    return _library()[0]


def templates() -> dict[str, Template]:
    return {t.key: t for aspect in aspects().values() for t in aspect.papers}


def charts_of(aspect: Aspect) -> list:
    """The two flow charts of an aspect, drawn from their procedure data."""
    return [chart_of_procedure(parse(_named(data)), key=data["key"]) for data in aspect.charts]


def _named(data: dict) -> dict:
    moves = [{"verb": f"m{n}", **move} for n, move in enumerate(data["moves"])]
    return {**data, "moves": moves, "prefix": ""}


class _Blank(dict):
    def __missing__(self, key: str) -> str:
        return EMPTY


def compose(template: Template, values: dict[str, str], *, sender: str, serial: int, day: date):
    """The paper with its values in place, for `engine.documents` to write as PDF or Word."""
    values = {key: value for key, value in values.items() if value}
    words = template.body.format_map(_Blank(values))
    number = number_of(template, day.year, serial) if serial else ""
    if template.layout == "notice":
        return SupervisionNotice(
            sender=sender, code=code_of(template), year=day.year, serial=serial, title=template.name["zh"],
            addressee=values.get("to", EMPTY), paragraphs=words.split("\n"), signed_on=day,
        )  # fmt: skip
    facts = [(fields()[key]["zh"], values.get(key, "")) for key in template.fields if not fields()[key].get("long")]
    return CaseSheet(
        title=template.name["zh"], number=number, facts=facts, matter=words, matter_heading="内　　容",
        opinions=[Opinion(heading) for heading in template.sign], foot=sender,
    )  # fmt: skip


def code_of(template: Template) -> str:
    return f"纪{template.code}"


def number_of(template: Template, year: int, serial: int) -> str:
    return f"{code_of(template)}〔{year}〕{serial}号"


def list_of_evidence(lead, pieces) -> Report:
    """「证据目录」 with what its boxes say."""
    heads = ("序号", "证据名称", "种类", "提供人（来源）", "取得日期", "份数", "保管人", "存放处", "状态", "备注")
    states = {"kept": "在案", "handed": "随案移送", "returned": "退还"}
    rows = [
        [
            str(row.no), words.get("name", ""), EVIDENCE[row.kind], words.get("giver", ""), f"{row.taken_on:%Y-%m-%d}",
            str(row.copies), str(row.keeper), row.kept_at, f"{states[row.state]} {row.gone_on or ''}".strip(),
            "；".join(filter(None, (words.get("remark", ""), words.get("went", "")))),
        ]
        for row, words in pieces
    ]  # fmt: skip
    return Report(
        title="证据目录", sender=SENDER, note=f"线索编号 {lead.number}　截至{today():%Y-%m-%d}",
        paragraphs=[f"共{len(rows)}件。"], tables=[Table("证据目录", heads, rows)], made_on=today(),
    )  # fmt: skip
