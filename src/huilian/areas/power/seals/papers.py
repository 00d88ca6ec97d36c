"""「用印登记簿」 The book of use of a seal on paper: always Chinese, like the form it is."""

from huilian.engine.documents.forms import Report, Table
from huilian.foundation.masking import mask_name
from huilian.foundation.now import moment, today

from .models import Seal

BOOK = "用印登记簿"
USED = ("序号", "时间", "文件名称", "事由", "类别", "申请编号", "份数", "申请人", "审核人", "审批人", "用印人", "照片")
LENT = ("外带时间", "去向", "事由", "携带人", "同行人", "批准人", "应还", "归还")
KEPT = ("交接时间", "移交人", "接收人", "监交人")


def book_of(seal: Seal) -> Report:
    """Every print, loan and handover of one seal; prints that nobody agreed to stand among the others."""
    used, n = [], 0
    prints = seal.prints.select_related(
        "request__case", "request__document_class", "request__applicant", "request__reviewer", "request__approver"
    )
    for n, one in enumerate(reversed(list(prints)), 1):
        r = one.request
        photos = sum(1 for photo in (one.page_photo_id, one.scene_photo_id) if photo)
        used.append(
            [
                str(n), f"{moment(one.at):%Y-%m-%d %H:%M}", r.title if r else "（无审批）",
                f"{r.purpose}{f'（{mask_name(r.villager)}）' if r.villager else ''}" if r else "",
                r.document_class.name if r else "", r.case.number if r else "", str(r.copies) if r else "",
                *(str(person or "") if r else "" for person in ((r.applicant, r.reviewer, r.approver) if r else "   ")),
                str(seal.keeper), f"{photos}张",
            ]
        )  # fmt: skip
    lent = [
        [
            f"{moment(loan.out_at):%Y-%m-%d %H:%M}" if loan.out_at else "", loan.destination, loan.reason,
            str(loan.taker), str(loan.companion), str(loan.decided_by or ""), f"{moment(loan.due_at):%Y-%m-%d %H:%M}",
            f"{moment(loan.back_at):%Y-%m-%d %H:%M}" if loan.back_at else "",
        ]
        for loan in seal.loans.select_related("taker", "companion", "decided_by")
    ]  # fmt: skip
    kept = [
        [f"{moment(h.at):%Y-%m-%d %H:%M}", str(h.giver), str(h.taker), str(h.witness)]
        for h in seal.handovers.select_related("giver", "taker", "witness")
    ]
    return Report(
        title=f"{seal.name}{BOOK}",
        sender=seal.unit.name,
        note=f"印章编号 {seal.number}　保管人 {seal.keeper}　截至{today():%Y-%m-%d}",
        paragraphs=[f"共用印{n}次。"],
        tables=[
            Table("用印登记", USED, used),
            Table("外带登记", LENT, lent),
            Table("保管交接", KEPT, kept),
        ],
        made_on=today(),
    )
