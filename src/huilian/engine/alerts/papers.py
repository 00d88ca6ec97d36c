"""The papers of alerts as values: 预警通知书, 限期整改通知书, and the report in an evidence pack.

Their words are Chinese in every language (GB/T 9704). What a notice says comes from the alert alone.
"""

from collections.abc import Sequence

from django.utils import translation

from huilian.engine.access.queries import powers_of
from huilian.engine.directory.roles import catalogue
from huilian.engine.documents.forms import Report, SupervisionNotice, Table, day, heading_level
from huilian.engine.look.site import site
from huilian.engine.look.text import long_day
from huilian.foundation import money
from huilian.foundation.now import moment, today

from .models import Alert, Rectification
from .routing import route_of

COLOURS = {1: "黄色", 2: "橙色", 3: "红色"}
TOLD = {"handler": "经办人", "unit": "责任单位", "head": "责任单位负责人"}
ROW = 60  # characters of a row's fields in the report; the whole stands in pack.json


def told_words(tells: Sequence[str]) -> list[str]:
    """Whom a route tells, in words."""
    roles = catalogue()
    found = []
    for told in tells:
        role = roles.get(told.removeprefix("role:"))
        found.append(TOLD.get(told) or (role.name if role else told))
    return [str(word) for word in dict.fromkeys(found)]


def alert_notice(alert: Alert, *, by) -> SupervisionNotice:
    """「预警通知书」 The fact, what it rests on, what is asked by when, the right of reply, who else knows."""
    with translation.override("zh-hans"):
        raised, colour = moment(alert.raised_at), COLOURS[alert.level]
        case = alert.case
        due = long_day(case.clock.due_on) if case and case.clock_id else ""
        paragraphs = [
            f"经模型“{alert.names['zh']}”（{alert.rule}，版本{alert.rule_version}）比对，你单位{_about(alert)}触发"
            f"{colour}预警（编号{alert.number}）。现将有关情况通知如下。",
            "一、预警事实",
            alert.reason["zh"],
            *_rows(alert),
            f"数据截至{moment(alert.data_as_of):%Y年%m月%d日%H时%M分}。",
            "二、依据",
            *(_basis(alert) or ["本县设定的阈值，无上位规定。"]),
            "三、要求和期限",
            f"请在系统内签收，并于{due}前书面说明情况、附证明材料。" if due else "请核对并处理，无须书面答复。",
            "四、申辩权利",
            "在核查认定之前，你单位有权说明和申辩；认定之前本预警不作任何评价使用。数据有误的，请指明，由数据主管单位更正。"
            "对认定结论不服的，可向上一级申诉一次。",
            *_grace(alert),
        ]
        return SupervisionNotice(
            sender=_sender(by),
            code=f"{site().place}预警",
            year=raised.year,
            serial=_serial(alert.number),
            title=f"关于“{alert.names['zh']}”的{colour}预警通知书",
            addressee=alert.unit.name if alert.unit else "有关单位",
            paragraphs=paragraphs,
            signed_on=today(),
            attachments=[f"证据{row['id']}：SHA-256 {row['hash'][:16]}" for row in alert.evidence],
            copies_to=[name for name in told_words(alert.told) if name not in TOLD.values()],
            contact=site().phone,
            printed_on=today(),
        )


def rectification_notice(row: Rectification, *, by) -> SupervisionNotice:
    """「限期整改通知书」 What was found, on what basis, what is to be put right and by when the report is due."""
    with translation.override("zh-hans"):
        alert, ordered = row.alert, moment(row.ordered_at)
        return SupervisionNotice(
            sender=_sender(by),
            code=f"{site().place}整改",
            year=ordered.year,
            serial=_serial(alert.number),
            title=f"关于“{alert.names['zh']}”的限期整改通知书",
            addressee=alert.unit.name if alert.unit else "有关单位",
            paragraphs=[
                f"预警{alert.number}（{COLOURS[alert.level]}，{_about(alert)}）经核查，"
                f"认定为{alert.get_verdict_display()}。",
                "一、认定事实",
                alert.reason["zh"],
                *[line.strip() for line in row.cause.splitlines() if line.strip()],
                "二、依据",
                *(_basis(alert) or ["本县设定的阈值，无上位规定。"]),
                "三、整改要求",
                "请逐项整改，明确责任人，追回的款项存入集体账户，并附整改佐证；整改经复核属实后逐级降色、销号。",
                "四、书面回复期限",
                f"请于{long_day(row.due_on)}前书面报告整改情况。对认定结论不服的，可在整改期限内向上一级申诉一次。",
            ],
            signed_on=ordered.date(),
            contact=site().phone,
            printed_on=today(),
        )


def on_paper(form: SupervisionNotice) -> dict:
    """A notice as the page `alerts/notices.html` prints it, so that many come out of the printer at once."""
    return {
        "head": f"{form.sender}文件",
        "number": form.issue_number,
        "title": form.title,
        "addressee": f"{form.addressee}：",
        "paragraphs": [(heading_level(text), text) for text in form.paragraphs],
        "attachments": f"附件：{'；'.join(form.attachments)}" if form.attachments else "",
        "copies": f"抄送：{'、'.join(form.copies_to)}" if form.copies_to else "",
        "sender": form.sender,
        "signed_on": day(form.signed_on),
    }


def evidence_report(alert: Alert, body: dict, *, by) -> Report:
    """「证据清单」 The evidence pack on paper: the rows, the papers, the history, each with its digest."""
    rule = body["rule"]
    shown = [
        alert.reason["zh"],
        f"模型 {alert.rule} {alert.names['zh']}，版本 {alert.rule_version}"
        + (f"，文本 SHA-256 {rule['sha256']}。" if rule["sha256"] else "。"),
        "参数：" + ("；".join(f"{k}={v}" for k, v in alert.parameters.items()) or "无") + "。",
        "依据：" + ("；".join(_basis(alert)) or "本县设定的阈值，无上位规定") + "。",
        f"对象：{_about(alert)}；责任单位：{alert.unit or '—'}；数据截至 {moment(alert.data_as_of):%Y-%m-%d %H:%M}。",
        f"当前状态：{alert.get_state_display()}"
        + (f"；认定：{alert.get_verdict_display()}" if alert.verdict else "")
        + f"；颜色：{COLOURS.get(alert.colour, '绿色')}（最高{COLOURS[alert.level]}）。",
        "本清单与 pack.json、checkpoint.txt 一并打包签名；任一字节改动均可用 huilian verify-pack 查出。",
    ]
    rows = [
        [f"{row['source']}:{row['id']}", _fields(row["fields"]), row["hash"]] for row in alert.evidence
    ]  # fmt: skip
    files = [[d["name"], str(d["size"]), d["sha256"]] for d in body["documents"]]
    acts = [
        [
            event["at"][:19].replace("T", " "),
            event["sentence"],
            str(event["proof"]["index"]) if event["proof"] else "待封",
        ]
        for event in body["history"]
    ]
    tables = [Table("证据数据", ["数据行", "内容", "SHA-256"], rows)]
    if files:
        tables.append(Table("材料", ["名称", "字节", "SHA-256"], files))
    tables.append(Table("处置经过（时间为协调世界时）", ["时间", "事项", "存证序号"], acts))
    return Report(
        title=f"预警证据清单 {alert.number}",
        sender=_sender(by),
        note=f"{site().name} {long_day(today())}",
        paragraphs=shown,
        tables=tables,
        made_on=today(),
    )


def _about(alert: Alert) -> str:
    return alert.about or alert.subject.partition(":")[2]


def _rows(alert: Alert) -> list[str]:
    amount = [f"涉及金额{money.text(alert.amount_cents)}元。"] if alert.amount_cents is not None else []
    return [*amount, f"证据数据{len(alert.evidence)}行，见附件及系统内预警页面。"] if alert.evidence else amount


def _grace(alert: Alert) -> list[str]:
    days = route_of(alert).grace_days
    if alert.nature != Alert.Nature.FORM or not days:
        return []
    return [f"本预警属形式疏漏，自收到之日起{days}个工作日内补正并经核实的，不计入考评。"]


def _basis(alert: Alert) -> list[str]:
    return [
        "".join(str(part) for part in (f"《{b['law']}》", b.get("version", ""), b.get("article", "")))
        for b in alert.basis
    ]


def _fields(fields: dict) -> str:
    text = "；".join(f"{name}={value}" for name, value in fields.items() if value not in ("", None))
    return text if len(text) <= ROW * 3 else text[: ROW * 3 - 1] + "…"


def _serial(number: str) -> int:
    """YJ20261116-0003 is serial 11160003 of its year."""
    digits = "".join(c for c in number if c.isdigit())
    return int(digits[4:] or 0)


def _sender(user) -> str:
    """The unit in whose name it goes out: that of the post which lets `user` make packs and notices."""
    units = [h.unit.name for h in powers_of(user) if "alert.pack" in h.role.may] if hasattr(user, "pk") else []
    return units[0] if units else site().owner or site().name
