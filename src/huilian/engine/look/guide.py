"""The style guide: every part in every state, with sample words. Served in development and in tests only."""

from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.functional import lazy

from huilian.foundation.now import CHINA

from . import svg
from .levels import ClockFace
from .text import say

PAGES = ("desk", "empty", "case", "form", "errors", "portal", "village", "kiosk", "wall", "print")


def _t(zh: str, en: str) -> str:
    return say({"zh": zh, "en": en})


t = lazy(_t, str)  # sample words in both languages, chosen when the page is made


def index(request):
    """The list of pages."""
    return render(request, "look/guide/index.html", {"pages": PAGES})


def show(request, page):
    """One page of samples."""
    if page not in PAGES:
        raise Http404
    if page == "desk":
        messages.success(request, t("已对 3 件发出催办。", "Reminders sent for 3 cases."))
    return render(request, f"look/guide/{page}.html", {**_common(), **SAMPLES.get(page, dict)()})


def _at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


CLOCKS = [
    ClockFace("red", 3, 3, -2, date(2026, 11, 18)),
    ClockFace("orange", 7, 7, 0, date(2026, 11, 20)),
    ClockFace("orange", 15, 14, 1, date(2026, 11, 23)),
    ClockFace("yellow", 7, 5, 2, date(2026, 11, 24)),
    ClockFace("ok", 15, 3, 12, date(2026, 12, 8)),
    ClockFace("pause", 7, 2, 5, date(2026, 11, 27)),
    ClockFace("done", 3, 2, 1, date(2026, 11, 12), stopped=True),
    ClockFace("red", 3, 3, -4, date(2026, 11, 2), stopped=True),
    ClockFace("yellow", 60, 45, 15, date(2027, 1, 4), unit="day", provisional=True),
    ClockFace("ok", 4, 1, 3, _at(11, 20, 16, 30), unit="hour"),
]
TITLES = [
    t("路灯损坏一个多月无人维修，夜间出行不便", "Street lamp broken for a month, dark at night"),
    t("机耕路硬化工程疑似重复支付工程款", "Farm road paid for twice?"),
    t("反映村干部亲属多次承揽村级小型工程", "Relatives of a cadre win small works again and again"),
    t("低保动态调整后被取消资格，要求说明理由", "Minimum living allowance withdrawn, reason asked for"),
    t("耕地地力保护补贴面积与确权面积不一致", "Subsidised area differs from registered area"),
]


def _common():
    return {"clocks": CLOCKS, "names": svg.shapes.BODY}


class Filter(forms.Form):
    """Sample filter."""

    channel = forms.ChoiceField(
        choices=[("", t("全部来源", "All channels")), ("12345", "12345")], label=t("来源", "Channel")
    )
    q = forms.CharField(
        label=t("关键词", "Words"),
        widget=forms.TextInput(attrs={"placeholder": t("事项或编号中的字", "Words in the matter or number")}),
    )


def _desk():
    rows = [
        {
            "key": i,
            "href": "/look/case/",
            "title": TITLES[i % len(TITLES)],
            "number": f"HX20261120-{i:04}",
            "source": "12345",
            "tags": [t("一般 3 日", "general, 3 days")],
            "clock": clock,
            "place": t("青石镇", "Qingshi town"),
            "place_sub": t("柳泉村", "Liuquan village"),
            "unit": t("青石镇人民政府", "Qingshi town government"),
            "person": t("孙国平", "Sun Guoping"),
            "step": t("调查核实", "Inquiry"),
        }
        for i, clock in enumerate(CLOCKS)
    ]
    tabs = [{"href": "?", "label": t("全部", "All"), "count": 128, "icon": "list-checks", "current": True}]
    tabs += [
        {"href": f"?level={level}", "label": words, "count": n, "level": level}
        for level, words, n in [
            ("red", t("红色预警", "Red alert"), 4),
            ("orange", t("橙色预警", "Orange alert"), 11),
            ("yellow", t("黄色预警", "Yellow alert"), 23),
            ("ok", t("正常", "In time"), 85),
            ("pause", t("暂停计时", "Paused"), 5),
        ]
    ]
    acts = [
        {"value": "assign", "label": t("批量转办", "Assign"), "icon": "arrow-right-left"},
        {"value": "urge", "label": t("批量催办", "Urge"), "icon": "siren"},
    ]
    kpis = [
        {
            "name": t("在办", "Open"),
            "value": 873,
            "unit": t("件", "cases"),
            "series": [930, 918, 911, 902, 899, 887, 873],
        },
        {
            "name": t("今日到期", "Due today"),
            "value": 12,
            "level": "orange",
            "delta": t("较昨日 +3", "+3 on yesterday"),
            "up": True,
        },
    ]
    return {
        "rows": rows,
        "tabs": tabs,
        "acts": acts,
        "kpis": kpis,
        "filter": Filter(),
        "page": Paginator(range(128), 12).page(3),
        "menu": [
            ("", [_entry("list-checks", t("我的待办", "My tasks"), 128, current=True)]),
            (t("听群众说", "Listening"), [_entry("phone-call", t("民生热线", "Hotline"), 4, hot=True)]),
        ],
    }


def _entry(icon, label, count=None, *, current=False, hot=False):
    return {"href": "/look/", "icon": icon, "label": label, "count": count, "current": current, "hot": hot}


def _case():
    risk = svg.Risk
    nodes = (
        svg.Node("a", t("提出诉求", "Raised"), 0, t("11-11 09:14 来电", "11-11 09:14 call"), "done", "start"),
        svg.Node(
            "b", t("受理登记", "Registered"), 1, t("09:21 周慧", "09:21 Zhou Hui"), "done", risks=(risk(1, "yellow"),)
        ),
        svg.Node("c", t("分类研判", "Classed"), 1, t("特殊 7 日", "special, 7 days"), "done", "gate"),
        svg.Node("d", t("当场解答", "Answered at once"), 1, t("不适用", "does not apply"), "skip"),
        svg.Node("e", t("签收交办", "Signed for"), 2, "11-12 12:10", "done", risks=(risk(2, "yellow", True),)),
        svg.Node(
            "f",
            t("调查核实", "Inquiry"),
            2,
            t("孙国平 第 7 日", "day 7"),
            "now",
            risks=(risk(4, "orange", True), risk(3, "red")),
        ),
        svg.Node("g", t("监督介入", "Supervision"), 3, t("涉纪线索移送", "lead handed over"), "todo"),
        svg.Node("h", t("拟办答复", "Answer drafted"), 2, t("须附佐证", "with evidence"), "todo"),
        svg.Node("i", t("审核反馈", "Checked"), 1, t("热线平台", "hotline centre"), "todo"),
        svg.Node("j", t("双反馈评价", "Told and rated"), 0, t("群众评价", "by the caller"), "todo"),
        svg.Node("k", t("回访办结", "Called back, closed"), 1, t("3 日内回访", "within 3 days"), "todo", "end"),
    )
    edges = tuple(
        svg.Edge(*e)
        for e in [
            ("a", "b"),
            ("b", "c"),
            ("c", "d", "skip"),
            ("c", "e", "", t("转办", "assign")),
            ("d", "i", "skip"),
            ("e", "f"),
            ("f", "h"),
            ("f", "g", "dash", t("涉纪", "lead")),
            ("h", "i"),
            ("i", "j", "", t("反馈", "answer")),
            ("j", "k"),
            ("k", "f", "back", t("不满意 退回重办", "unsatisfied: again")),
        ]
    )
    chart = svg.Chart(
        title=t("群众诉求办理流程（特殊事项，7 个工作日）", "How a request is handled (special, 7 working days)"),
        summary=t("共 11 个环节，已完成 4 个，当前在调查核实。", "Eleven steps, four done; now the inquiry."),
        lanes=(
            svg.Lane(t("群众", "Citizen")),
            svg.Lane(t("热线平台", "Hotline"), "12345"),
            svg.Lane(t("承办单位", "Handling unit"), t("青石镇政府", "Qingshi")),
            svg.Lane(t("县纪委监委", "Commission"), t("派驻工作室", "resident office")),
        ),
        nodes=nodes,
        edges=edges,
        risks=(
            {
                "no": 2,
                "level": "yellow",
                "hit": True,
                "name": t("签收超 24 小时", "Signed late"),
                "note": t("本件签收用时 26.5 小时", "26.5 hours"),
            },
            {
                "no": 3,
                "level": "red",
                "hit": False,
                "name": t("应回避未回避", "No recusal"),
                "note": t("未发现亲属关系", "no kinship found"),
            },
            {
                "no": 4,
                "level": "orange",
                "hit": True,
                "name": t("到期未提交结论", "No result when due"),
                "note": t("今日 17:30 到期", "due today 17:30"),
            },
        ),
    )
    entries = [
        {
            "when": _at(11, 20),
            "who": t("系统", "System"),
            "head": t("橙色预警：今日到期", "Orange alert: due today"),
            "body": t("已提醒承办人。", "The handler was reminded."),
            "level": "orange",
        },
        {
            "when": _at(11, 18, 15, 40),
            "who": t("青石镇政府 孙国平", "Qingshi, Sun Guoping"),
            "head": t("到村核查付款凭证", "Vouchers checked in the village"),
            "body": t("调取两次付款凭证。", "Two vouchers were taken."),
            "files": [
                {"label": t("付款凭证", "Vouchers"), "href": "#", "size": 482_113},
                {"label": t("现场照片", "Photos"), "href": "#", "size": 5_482_113, "icon": "image"},
            ],
        },
        {
            "when": _at(11, 12, 12, 10),
            "who": t("青石镇政府", "Qingshi"),
            "head": t("签收", "Signed for"),
            "level": "yellow",
        },
    ]
    return {
        "chart": chart,
        "entries": entries,
        "clock": CLOCKS[1],
        "facts": [(t("受理", "Received"), "11-11 09:14"), (t("应办结", "Due"), "11-20 17:30")],
        "checks": [
            {"label": t("受理告知", "Told of receipt"), "done": True, "note": "11-11"},
            {"label": t("结果反馈", "Told the result"), "done": False, "note": t("待办", "to do")},
        ],
        "trail": [(t("我的待办", "My tasks"), "/look/desk/")],
    }


class Sample(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label=t("姓名", "Name"), help_text=t("与身份证一致。", "As on the identity card."))
    phone = forms.CharField(label=t("电话", "Telephone"), required=False)
    about = forms.CharField(label=t("事情经过", "What happened"), widget=forms.Textarea)
    where = forms.ChoiceField(label=t("在哪里", "Where"), choices=[("", "…"), ("1", "青石镇"), ("2", "柳河镇")])
    kind = forms.ChoiceField(
        label=t("类型", "Kind"), widget=forms.RadioSelect, choices=[("1", "12345"), ("2", "12388")]
    )
    on = forms.DateField(label=t("日期", "Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    proof = forms.FileField(label=t("佐证材料", "Evidence"), required=False)
    secret = forms.BooleanField(label=t("替我保密", "Keep my name secret"), required=False)


class Parted(Sample):
    """The same in parts."""

    sections = [
        (t("您是谁", "Who"), ["name", "phone", "secret"]),
        (t("什么事", "What"), ["about", "where", "kind", "on", "proof"]),
    ]


def _errors():
    form = Parted({"phone": "1"}, {})
    form.is_valid()
    form.add_error(None, str(t("电话和姓名至少填一项。", "Give a name or a telephone number.")))
    return {"form": form}


def _portal():
    return {
        "acts": [
            {
                "href": "#",
                "label": t("我要反映", "I have something to say"),
                "note": t("有问题、有意见，可不留姓名", "with or without your name"),
                "icon": "message-square-warning",
            },
            {
                "href": "#",
                "label": t("我要查询", "I want to know"),
                "note": t("村里的账、自家补贴、办理进度", "accounts, subsidies, my case"),
                "icon": "search",
            },
            {
                "href": "#",
                "label": t("我要办事", "I need something done"),
                "note": t("医保、低保、建房，村里代办", "insurance, allowance, building"),
                "icon": "handshake",
            },
        ],
        "calls": [
            {"number": "12345", "note": t("政务服务、生活难题", "services and daily troubles")},
            {"number": "12388", "note": t("举报干部违纪，严格保密", "misconduct, in confidence")},
        ],
        "tabs": [
            {"href": "#", "icon": "house", "label": t("首页", "Home"), "current": True},
            {"href": "#", "icon": "search", "label": t("查询", "Look up")},
        ],
        "sentence": t(
            "11 月村里收入 136,546 元，支出 62,762 元，账上还有 634,218 元。",
            "In November the village took in 136,546 yuan, spent 62,762 and has 634,218.",
        ),
        "form": Sample(),
        "steps": [
            {"name": t("已受理", "Received"), "sub": "11-11", "state": "done"},
            {"name": t("正在核实", "Inquiry"), "sub": t("青石镇", "Qingshi"), "state": "now"},
            {"name": t("答复", "Answer"), "state": "todo"},
        ],
        "ledger": [
            ("11-16", t("机耕路硬化二期工程款", "Farm road, second payment"), -4_800_000),
            ("11-09", t("鱼塘承包费", "Fish pond rent"), 3_654_600),
        ],
    }


def _wall():
    towns = [
        ("北集镇", 40, 0, 0),
        ("马岭镇", 37, 0, 1),
        ("青石镇", 61, 1, 3),
        ("柳河镇", 13, 0, 0),
        ("开发区", 52, 0, 1),
    ]
    return {
        "kpis": _desk()["kpis"] * 2,
        "towns": towns,
        "bars": [
            (t("农村三资", "Collective assets"), 214),
            (t("土地与流转", "Land"), 187),
            (t("惠农补贴", "Subsidies"), 152),
        ],
        "wall_tabs": [
            {"href": "#", "label": t("总览", "Overview"), "current": True},
            {"href": "#", "label": t("民生热线", "Hotline")},
        ],
        "levels": [("red", 2), ("orange", 7), ("yellow", 25)],
    }


SAMPLES = {
    "desk": _desk,
    "case": _case,
    "form": lambda: {"form": Parted()},
    "errors": _errors,
    "portal": _portal,
    "village": _portal,
    "kiosk": _portal,
    "wall": _wall,
}
