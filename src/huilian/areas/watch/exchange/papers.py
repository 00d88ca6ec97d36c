"""The papers of a lot: always Chinese, like the forms they are (warnings.md, part 4)."""

from django.conf import settings

from huilian.engine.documents.forms import Board as BoardPaper
from huilian.engine.documents.forms import CaseSheet, Opinion, Report, Table, day
from huilian.foundation.masking import mask_name
from huilian.foundation.money import text as money
from huilian.foundation.now import moment, today

from .models import Deal, Lot, Notice, Registration


def application(lot: Lot) -> CaseSheet:
    """「产权流转交易申请书」 What the owner applied for, with decision, price and the opinions up to the exchange."""
    return CaseSheet(
        title="产权流转交易申请书（附决议与底价表）",
        number=lot.number,
        facts=_facts(lot),
        matter=f"{lot.title}　{lot.description}",
        opinions=[
            Opinion(
                "申请单位",
                f"依据决议{lot.decision_no}申请进场交易。",
                lot.owner.name,
                moment(lot.case.received_at).date(),
            ),
            Opinion("乡镇意见", lot.town_opinion),
            Opinion("交易机构受理意见"),
        ],
        foot=f"权属证明：{lot.ownership_proof}　评估：{lot.valued_by or '未评估'}",
        matter_heading="交易标的",
    )


def notice_paper(notice: Notice) -> BoardPaper:
    """「交易公告／成交公示」 A notice for the village's own board, with a code that leads to the page of the lot."""
    lot = notice.lot
    rows = [list(row) for row in _said(notice)]
    return BoardPaper(
        title=f"{lot.title}{'成交公示' if notice.kind == Notice.Kind.RESULT else '交易公告'}",
        sender=settings.SITE.get("name") or "农村产权交易机构",
        paragraphs=[notice.text] if notice.text else [],
        tables=[Table("公告内容", ("项目", "内容"), rows)],
        address=f"{settings.SITE['address'].rstrip('/')}/trading/{lot.number}/",
        foot=f"公告编号{notice.number}　对公告或结果有异议的，可在公示期内向交易机构书面提出。",
        made_on=moment(notice.published_at).date(),
    )


def confirmation(deal: Deal) -> Report:
    """「成交确认书」 What both sides sign before the contract."""
    lot = deal.lot
    return Report(
        title="成交确认书",
        sender=lot.owner.name,
        note=f"成交编号{deal.number}　标的编号{lot.number}",
        paragraphs=[
            f"经{lot.get_method_display()}，{_name(deal.registration)}以{money(deal.price_cents)}元{_per(lot)}取得“{lot.title}”。",
            "双方应在规定期限内签订合同；受让方无正当理由不签订合同的，保证金不予退还。",
            "转让方（签章）　　　　受让方（签章）　　　　交易机构（签章）",
        ],
        tables=[Table("成交情况", ("项目", "内容"), _deal_rows(deal))],
        made_on=deal.confirmed_on or today(),
    )


def certificate(deal: Deal) -> BoardPaper:
    """「交易鉴证书」 Number, lot, parties, right, area, term, price, bidders, contract, day and code (facts §5.2)."""
    lot = deal.lot
    first = lot.notices.filter(kind=Notice.Kind.LISTING).order_by("published_at").first()
    rows = [
        ["鉴证书编号", deal.certificate_no],
        *_deal_rows(deal),
        [
            "公告日期",
            f"{day(moment(first.published_at).date())}至{day(moment(lot.registers_until).date())}" if first else "",
        ],
        ["参与竞买人数", str(deal.bidders)],
        ["合同编号", deal.contract_no],
        ["合同期限", f"{day(deal.starts_on)}至{day(deal.ends_on)}"],
    ]
    return BoardPaper(
        title="产权交易鉴证书",
        sender=settings.SITE.get("name") or "农村产权交易机构",
        paragraphs=["本次交易按公告程序进行，交易双方已签订合同并结清应付价款，特此鉴证。"],
        tables=[Table("鉴证事项", ("项目", "内容"), rows)],
        address=certificate_address(deal.certificate_no),
        foot="扫码核验真伪；复印无效。",
        made_on=deal.certified_on or today(),
    )


def contract_text(lot: Lot, deal: Deal) -> str:
    """The way of transfer's own text with the facts of the deal."""
    term = f"{lot.term_months}个月" if lot.term_months else "按约定"
    return lot.mode.contract_text.format(
        title=lot.title, number=deal.number, price=f"{money(deal.price_cents)}元{_per(lot)}", term=term
    )


def certificate_address(number: str) -> str:
    return f"{settings.SITE['address'].rstrip('/')}/trading/certificate/{number}/"


def _name(registration: Registration) -> str:
    return mask_name(registration.name) if registration.kind == Registration.Kind.PERSON else registration.name


def _per(lot: Lot) -> str:
    return "/年" if lot.per_year else ""


def _facts(lot: Lot) -> list[tuple[str, str]]:
    return [
        ("权属单位", lot.owner.name),
        ("交易板块", lot.board.name),
        ("交易品种", lot.right.name),
        ("流转方式", lot.mode.name),
        ("交易方式", str(lot.get_method_display())),
        ("坐落", lot.location),
        ("面积（亩）", str(lot.area_mu or "")),
        ("用途", lot.use),
        ("期限（月）", str(lot.term_months or "")),
        ("决议编号", lot.decision_no),
        ("评估价（元）", money(lot.valuation_cents) if lot.valuation_cents else ""),
        ("最高限价（元）" if lot.buys else "起始价（元）", money(lot.start_cents) + _per(lot)),
    ]


def _said(notice: Notice) -> list[tuple[str, str]]:
    f, lot = notice.facts, notice.lot
    rows = [
        ("标的编号", lot.number),
        ("权属单位", f["owner"]),
        ("交易品种", f["right"]),
        ("流转方式", f["mode"]),
        ("坐落", f["location"]),
        ("面积（亩）", f["area_mu"]),
        ("最高限价（元）" if lot.buys else "起始价（元）", money(f["start_cents"]) + ("/年" if f["per_year"] else "")),
        ("决议编号", f["decision_no"]),
    ]
    if notice.kind == Notice.Kind.RESULT:
        shown = [
            ("受让方", f["winner_masked"]),
            ("成交价（元）", money(f["price_cents"])),
            ("参与人数", str(f["bidders"])),
        ]
        rate = f["gain_permille"]
        rows += [*shown, ("节约率" if lot.buys else "溢价率", f"{rate / 10:.1f}%")]
    else:
        rows += [("保证金（元）", money(f["deposit_cents"])), ("交易方式", f["method"])]
        if lot.registers_until:
            rows.append(("报名截止", f"{moment(lot.registers_until):%Y-%m-%d %H:%M}"))
    if notice.least_until:
        rows.append(("公示至", day(notice.least_until)))
    return [row for row in rows if row[1]]


def _deal_rows(deal: Deal) -> list[list[str]]:
    lot = deal.lot
    rows = [
        ("标的", lot.title),
        ("转让方", lot.owner.name),
        ("受让方", _name(deal.registration)),
        ("交易品种", lot.right.name),
        ("流转方式", lot.mode.name),
        ("面积（亩）", str(lot.area_mu or "")),
        ("交易方式", str(lot.get_method_display())),
        ("成交价（元）", money(deal.price_cents) + _per(lot)),
        ("成交日期", day(moment(deal.made_at).date())),
    ]
    return [list(row) for row in rows if row[1]]
