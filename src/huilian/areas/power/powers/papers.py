"""「三清单及流程图册」 The booklet of a unit: always Chinese, like the lists that hang out."""

from django.utils import translation

from huilian.engine.directory.models import Unit
from huilian.engine.documents.forms import Booklet, Entry
from huilian.engine.look.svg import flow
from huilian.foundation.now import today

from .models import PowerItem
from .queries.lists import lists_of
from .queries.shown import basis_lines, chart_of_item, told

CHINESE = "zh-hans"
# A chart on paper: black on white, no colour needed to read it.
STYLE = """<style>
text { text-anchor: middle; font-family: "Noto Sans SC"; fill: #000 }
.lane { fill: #fff; stroke: #999 } .lane.l1 { fill: #f6f6f6 } .lane-h { fill: #e8e8e8; stroke: #999 }
.lane-t { font-size: 14px; font-weight: 600 }
.lane-t.sub { font-size: 12px; font-weight: 400 }
.edge { fill: none; stroke: #444; stroke-width: 1.6 } .edge.dash { stroke-dasharray: 6 4 } .ah { fill: #444 }
.elab-bg { fill: #fff; stroke: #999 } .elab { font-size: 12px }
.box { fill: #fff; stroke: #222; stroke-width: 1.4 }
.n-t { font-size: 15px; font-weight: 600 } .n-s { font-size: 12px }
.risk .s-body { fill: #fff; stroke: #a00; stroke-width: 1.5 }
.risk .r-n { font-size: 10px; font-weight: 700; fill: #a00 }
</style>"""


def booklet_of(unit: Unit, address: str) -> Booklet:
    """The three lists that count for a unit today, each power with its chart."""
    with translation.override(CHINESE):
        held = lists_of(unit)
        chapters = [(str(family.label), [_entry(item) for item in items]) for family, _listing, items in held]
        default = "参考范本，" if any(listing.is_default for _family, listing, _items in held) else ""
        since = max((listing.valid_from for _family, listing, _items in held), default=today())
        return Booklet(
            title=f"{unit.name}三清单及流程图册",
            sender=unit.name,
            note=f"权力清单　责任清单　负面清单（{default}{since:%Y年%m月%d日}起施行）",
            chapters=chapters,
            steps_heading="运行流程",
            address=address,
            made_on=today(),
        )


def _entry(item: PowerItem) -> Entry:
    chart = chart_of_item(item, key=item.code.lower())
    facts = [("类别", item.category), ("依据", "\n".join(basis_lines(item)) or "—")]
    facts += [(line.heading, "\n".join(line.lines)) for line in told(item)]
    if item.limit_days:
        facts.append(("办理时限", f"{item.limit_days}个工作日"))
    if item.hard_stop:
        facts.append(("触碰即停", "办件中发现的，立即停止办理"))
    steps, drawing = [], ""
    if chart:
        steps = [node.name for node in chart.nodes]
        drawn = str(flow(chart)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        drawing = drawn.replace("<defs>", f"{STYLE}<defs>", 1)
    return Entry(str(item), facts, steps, drawing)
