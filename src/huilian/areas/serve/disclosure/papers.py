"""The village's board on paper (财务公开榜, A3): always Chinese, like the board itself."""

from django.utils import translation

from huilian.engine.directory.models import Place
from huilian.engine.documents.forms import Board, Table
from huilian.foundation.now import today

from .queries.shown import table_of
from .queries.village import MONEY_KIND
from .queries.village import board_of as items_on_board
from .summary import LANGUAGES


def board_of(place: Place, address: str) -> Board:
    """Everything that is up in the village: the month line by line, the rest by title and sentence."""
    with translation.override(LANGUAGES["zh"]):
        tables, lines = [], []
        for item in items_on_board(place):
            if item.kind.key == MONEY_KIND:
                table = table_of(item)
                rows = [[text for _kind, text, _name in line.cells] for line in table.lines]
                rows.append(["合计", *(text for text, _name in table.totals[1:])])
                note = f"编号 {item.number}　审核 {item.kind.get_checker_display()}　审核签名 ____________"
                tables.append(Table(item.title, [name for _kind, name in table.headings], rows, note))
                lines.insert(0, item.summary.get("zh", ""))
            else:
                day = item.published_at
                lines.append(f"{item.title}（{day:%Y-%m-%d}，{item.number}）{item.summary.get('zh', '')}")
        return Board(
            title=f"{place.name}三务公开栏",
            sender=place.parent.name if place.parent_id else "",
            paragraphs=lines,
            tables=tables,
            address=address,
            foot="看不明白可以问：扫码提疑问，村里10日内公开答复，逾期由乡镇答复。",
            made_on=today(),
        )
