"""The papers of an audit, always Chinese like the forms they are (warnings part 4: 村干部经济责任审计)."""

from collections.abc import Callable
from dataclasses import dataclass

from huilian.engine.documents.forms import CaseSheet, Opinion, Report, Table
from huilian.engine.documents.forms import day as long_day
from huilian.engine.sheets import Column, Page, write_book
from huilian.foundation import money
from huilian.foundation.now import today

from .models import PHASES, Audit, Finding, Taking
from .queries.due import step_due

MATTERS = {
    "accounts": "财务收支", "debts": "债权债务", "grants": "政府拨付和社会捐赠的资金、物资",
    "works": "生产经营和建设项目发包、招标投标", "assets": "集体资产资源承包、租赁、担保、出让和征地补偿",
    "asked": "五分之一以上村民要求审计的事项",
}  # fmt: skip
RESPONSIBILITIES = {"direct": "直接责任", "main": "主管责任", "leading": "领导责任"}
LAW = "《中华人民共和国村民委员会组织法》关于任期和离任经济责任审计的规定"
FOUND = ("编号", "审计事项", "问题", "涉及金额（元）", "应退（元）", "责任", "定性依据")
ANSWERED = ("编号", "被审计人意见", "答复方式", "审计组说明")
REPAIR = ("编号", "整改期限", "承诺措施", "责任人", "已退（元）", "整改结果", "核实")
EVIDENCE = ("编号", "审计事项", "事实", "来源", "取证日期", "取证人", "被取证人签字")
WAYS = {"self": "本人", "paper": "书面代录", "none": "期限内未答复", "": ""}


def notice_of(audit: Audit) -> Report:
    """「审计通知书」"""
    matters = "、".join(MATTERS[key] for key in audit.scope)
    team = "、".join(str(m.person) for m in audit.members.filter(left_on=None).select_related("person"))
    paragraphs = [
        f"{audit.unit.name}：",
        f"根据{LAW}，决定对{audit.person.name}同志任{audit.place.name}{audit.office}期间"
        f"（{long_day(audit.starts_on)}至{long_day(audit.ends_on)}）的经济责任进行{PHASES[audit.phase]}审计。",
        f"一、审计事项：{matters}。",
        *([f"村民要求审计的事项：{audit.asked}"] if audit.asked else []),
        f"二、审计组：{team}。与审计事项有利害关系的，被审计人可以申请其回避。",
        "三、请提供凭证、账簿、合同、会议记录等资料，并对其真实、完整负责。",
    ]
    return _report("审计通知书", audit, paragraphs, made_on=audit.told_on)


def evidence_of(audit: Audit) -> Report:
    """「审计取证记录」"""
    rows = [
        [e.number, MATTERS[e.matter], e.fact, e.source, f"{e.taken_on}", str(e.taken_by or ""), ""]
        for e in audit.evidence.select_related("taken_by")
    ]
    return _report("审计取证记录", audit, ["取证情况如下，请核对后签字。"], Table("取证记录", EVIDENCE, rows))


def draft_of(audit: Audit) -> Report:
    """「审计报告征求意见稿」"""
    due = step_due(audit) if audit.case.step == "answers" else None
    ask = f"请于{long_day(due)}前对每个问题提出书面意见。" if due else "请对每个问题提出书面意见。"
    rows = _found(audit.findings.all())
    return _report("审计报告（征求意见稿）", audit, [*audit.draft.splitlines(), ask], Table("发现的问题", FOUND, rows))


def report_of(audit: Audit) -> Report:
    """「审计报告」 With what the audited person said to each finding, and what the books said."""
    findings = list(_standing(audit))
    total, back = sum(f.amount_cents for f in findings), sum(f.back_cents for f in findings)
    words = f"共{len(findings)}个问题，涉及{money.text(total)}元，应退{money.text(back)}元。"
    said = [[f.number, f.answer, WAYS[f.answered_how], f.opinion] for f in findings]
    taken = audit.takings.filter(stage=Taking.Stage.REPORT).first()
    tables = [Table("发现的问题", FOUND, _found(findings)), Table("被审计人的意见", ANSWERED, said)]
    foot = [f"账目数据摘要（SHA-256）：{taken.digest}"] if taken else []
    if taken:
        tables += [_section(s) for s in taken.body if s["key"] == "standing" and s["rows"]]
    return _report("审计报告", audit, [*audit.conclusion.splitlines(), words, *foot], *tables, made_on=audit.report_on)


def order_of(audit: Audit) -> Report:
    """「审计整改通知书」"""
    rows = [
        [f.number, f"{f.due_on or ''}", f.measures, f.responsible, _yuan(f.paid_back_cents), f.result, _verified(f)]
        for f in _standing(audit)
    ]
    paragraphs = [f"{audit.unit.name}：", "请对照审计报告逐条整改，在期限前提交整改结果和佐证；应退款项退回集体账户。"]
    return _report("审计整改通知书", audit, paragraphs, Table("整改清单", REPAIR, rows), made_on=audit.report_on)


def advice_of(audit: Audit) -> CaseSheet:
    """「审计结果运用建议」"""
    findings = list(_standing(audit))
    return CaseSheet(
        title="经济责任审计结果运用建议书",
        number=audit.number,
        facts=[
            ("致", audit.copied_to.name if audit.copied_to else ""), ("审计单位", audit.auditor.name),
            ("被审计人", f"{audit.person.name}（{audit.office}）"), ("审计类别", f"{PHASES[audit.phase]}经济责任审计"),
            ("审计期间", f"{audit.starts_on} 至 {audit.ends_on}"),
            ("问题", f"{len(findings)}个，涉及{money.text(sum(f.amount_cents for f in findings))}元"),
        ],
        matter=audit.conclusion,
        matter_heading="审计结论",
        opinions=[Opinion("结果运用建议", audit.advice, audit.auditor.name, audit.copied_on),
                  Opinion("任免单位意见")],
        foot="审计结果供任免、考察时参考，不对个人打分。",
    )  # fmt: skip


def _report(title: str, audit: Audit, paragraphs, *tables: Table, made_on=None) -> Report:
    note = f"{audit.title}　{audit.number}"
    return Report(title, audit.auditor.name, note, paragraphs, tables, made_on or today())


def _standing(audit: Audit):
    return audit.findings.exclude(state=Finding.State.DROPPED).select_related("verified_by")


def _found(findings) -> list[list[str]]:
    return [
        [f.number, MATTERS[f.matter], f.fact, _yuan(f.amount_cents), _yuan(f.back_cents),
         RESPONSIBILITIES[f.responsibility], f.basis]
        for f in findings
    ]  # fmt: skip


def _verified(finding: Finding) -> str:
    return f"{finding.verified_by or ''} {finding.verified_on or ''}".strip()


def _yuan(cents: int) -> str:
    return money.text(cents) if cents else ""


def _section(section: dict) -> Table:
    rows = [[r["label"], _cents(r["was"]), _cents(r["cents"])] for r in section["rows"]]
    return Table(section["title"]["zh"], ("项目", "期初（元）", "期末（元）"), rows)


def _cents(cents: int | None) -> str:
    return "" if cents is None else money.text(cents)


def workbook(taken: Taking) -> bytes:
    """The figures as they were frozen."""
    columns = [
        Column("label", "项目"), Column("was", "期初、本金或限额（元）", kind="money"),
        Column("cents", "金额（元）", kind="money"), Column("day", "日期"), Column("ref", "凭证、合同、编号"),
    ]  # fmt: skip
    note = f"{taken.audit.number}　取数时间 {taken.taken_at:%Y-%m-%d %H:%M}　SHA-256 {taken.digest}"
    return write_book(Page(s["title"]["zh"], columns, [_yuan_in(r) for r in s["rows"]], note) for s in taken.body)


def _yuan_in(row: dict) -> dict:
    return row | {name: None if row[name] is None else money.yuan(row[name]) for name in ("was", "cents")}


@dataclass(frozen=True)
class Paper:
    """A paper: its name, when it is there, and whether only those who work on the audit have it."""

    title: str
    write: Callable[[Audit], Report | CaseSheet]
    when: Callable[[Audit], object]
    inside: bool = False


PAPERS = {
    "notice": Paper("审计通知书", notice_of, lambda a: a.told_on),
    "evidence": Paper("审计取证记录", evidence_of, lambda a: a.evidence.exists(), inside=True),
    "draft": Paper("征求意见稿", draft_of, lambda a: a.consulted_on, inside=True),
    "report": Paper("审计报告", report_of, lambda a: a.report_on),
    "order": Paper("审计整改通知书", order_of, lambda a: a.report_on),
    "advice": Paper("结果运用建议", advice_of, lambda a: a.copied_on),
}


def of(audit: Audit, *, inside: bool) -> list[tuple[str, str]]:
    """(key, name) of the papers that are there for somebody."""
    return [(key, p.title) for key, p in PAPERS.items() if (inside or not p.inside) and p.when(audit)]
