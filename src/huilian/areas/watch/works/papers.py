"""Forms of a work on paper and its site board: always Chinese, like the forms they are."""

from django.utils import translation

from huilian.engine.documents.forms import Board, Report, Table
from huilian.foundation import money
from huilian.foundation.now import moment, today

from .models import Project
from .queries.pages import stages, sums

ZH = "zh-hans"
SIGN = "申请人 ____________　村负责人 ____________　村监会 ____________　乡镇 ____________"


def _yuan(cents: int | None) -> str:
    return money.text(cents) if cents is not None else ""


def _day(value) -> str:
    return value.isoformat() if value else ""


def _report(work: Project, name: str, paragraphs: list[str], tables: list[Table]) -> Report:
    return Report(
        title=name,
        sender=work.unit.name,
        note=f"编号 {work.number}　项目 {work.title}　截至{today():%Y-%m-%d}",
        paragraphs=paragraphs,
        tables=tables,
        made_on=today(),
    )


def changes(work: Project) -> Report:
    """「工程变更审批表」"""
    rows = [
        [str(c.position), c.reason, c.quantities, _yuan(c.amount_cents), f"{c.share_permille / 10:.1f}%", c.decision_no,
         _day(c.asked_on), c.get_state_display(), str(c.decided_by or ""), c.note]
        for c in work.changes.select_related("decided_by")
    ]  # fmt: skip
    heads = ("序号", "变更原因", "增减工程量", "金额（元）", "累计占合同", "决议号", "申请日", "审批", "审批人", "意见")
    return _report(
        work, "工程变更审批表", [f"合同价 {_yuan(work.contract_cents)} 元。", SIGN], [Table("变更", heads, rows)]
    )


def acceptance(work: Project) -> Report:
    """「工程验收表」"""
    tables = []
    for held in work.acceptances.prefetch_related("signatures"):
        rows = [
            [s.get_role_display(), s.name, "同意" if s.agrees else "不同意", s.opinion, f"{moment(s.at):%Y-%m-%d}"]
            for s in held.signatures.all()
        ]
        note = f"结论：{held.get_result_display()}　{held.quality}"
        tables.append(
            Table(f"第{held.position}次验收（{held.held_on}）", ("身份", "签字人", "意见", "说明", "日期"), rows, note)
        )
    blank = Table(
        "待签",
        ("身份", "签字", "意见", "日期"),
        [[name, "", "", ""] for name in ("村委会", "村监会", *["村民代表"] * 3)],
    )
    begun = f"开工 {_day(work.started_on)}　完工 {_day(work.finished_on)}　承包人 {work.contractor or ''}"
    return _report(work, "工程验收表", [begun], tables or [blank])


def payments(work: Project) -> Report:
    """「工程款支付审批表」"""
    rows = [
        [p.get_kind_display(), _yuan(p.amount_cents), f"{p.progress}%", p.invoice_no, _day(p.asked_on), p.request_no,
         p.get_state_display(), _day(p.paid_on), p.voucher_no]
        for p in work.pays.all()
    ]  # fmt: skip
    heads = ("类别", "金额（元）", "完成进度", "发票号", "申请日", "用款申请号", "状态", "支付日", "凭证号")
    stand = "　".join(f"{row.label} {_yuan(row.cents)}" for row in sums(work))
    return _report(work, "工程款支付审批表", [stand, SIGN], [Table("支付", heads, rows)])


def whole(work: Project) -> Report:
    """「工程档案」 The eight stages, the budget, the quotations."""
    eight = [[str(s["name"]), {"done": "已办", "now": "在办"}.get(s["state"], ""), s["sub"]] for s in stages(work)]
    lines = [
        [i.name, i.spec, i.measure, f"{i.quantity.normalize():f}", _yuan(i.price_cents), _yuan(i.reference_cents),
         _yuan(i.amount_cents), f"{i.measured.normalize():f}" if i.measured is not None else ""]
        for i in work.items.all()
    ]  # fmt: skip
    quotes = [
        [q.contractor.name, _yuan(q.amount_cents), str(q.days), _day(q.quoted_on), "是" if q.is_chosen else ""]
        for q in work.quotes.select_related("contractor")
    ]
    return _report(
        work,
        "工程档案",
        [f"{work.scope}。地点：{work.site}。资金来源：{work.fund}。决议号：{work.decision_no or '（无）'}。"],
        [
            Table("办理阶段", ("阶段", "状态", "记录"), eight),
            Table("预算清单", ("工序", "规格", "单位", "数量", "单价", "参考价", "金额", "实测"), lines),
            Table("报价", ("报价人", "报价（元）", "工期（天）", "日期", "选定"), quotes),
        ],
    )


def _chinese(form):
    def made(work: Project) -> Report:
        with translation.override(ZH):
            return form(work)

    return made


FORMS = {name: _chinese(form) for name, form in
         {"changes": changes, "acceptance": acceptance, "payments": payments, "file": whole}.items()}  # fmt: skip


def board_of(work: Project, root: str) -> Board:
    """「工地公示牌」 What is built, for how much, by whom, until when, who watches, where to complain."""
    with translation.override(ZH):
        rows = [
            ["建设单位", work.unit.name], ["工程地点", work.site], ["建设内容", work.scope], ["资金来源", work.fund],
            ["合同价", f"{_yuan(work.contract_cents)} 元"], ["承包人", str(work.contractor or "")],
            ["选定方式", work.get_mode_display()], ["工期", f"{_day(work.starts_on)} 至 {_day(work.ends_on)}"],
            ["现场监督", str(work.overseer or "村务监督委员会")], ["决议号", work.decision_no],
        ]  # fmt: skip
    return Board(
        title=work.title,
        sender=f"{work.township.name if work.township else ''}{work.place.name}",
        paragraphs=[f"项目编号 {work.number}"],
        tables=[Table("工程概况", ("事项", "内容"), rows)],
        address=f"{root.rstrip('/')}/w/{work.number}/",
        foot="扫码看进度、变更和付款。发现问题可拨打 12345，或扫码反映。",
        made_on=today(),
    )
