"""Where the lines of an item come from. An area never reaches into another: flows put the sources in here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from huilian.engine.directory.models import Place
from huilian.foundation.masking import mask_given

from .rules import Period


@dataclass(frozen=True)
class Body:
    """「公开内容」 A table and what is known about it.

    `columns`: {key, zh, en, kind}; rows in their order: money whole cents, dates ISO text. `facts` are what the plain
    words need beyond the rows: balance_cents, population. `expected_rows`: how many lines there must be (vouchers).
    """

    columns: Sequence[Mapping]
    rows: Sequence[Sequence]
    facts: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    expected_rows: int | None = None


SOURCES: dict[str, Callable[[Place, Period], Body]] = {}


def source(key: str) -> Callable:
    """`@source("finance.monthly")`: the function gives the Body for a place and a period, or raises Refused."""

    def declare(draft: Callable[[Place, Period], Body]) -> Callable[[Place, Period], Body]:
        SOURCES[key] = draft
        return draft

    return declare


# Words by which a body is told from a person where the books do not say which it is.
_WORDS = (
    "公司 厂 店 社 中心 合作社 队 部 站 所 局 委员会 银行 村 镇 乡 县 院 学校 政府 基金 协会 农场 工程 商行 经营 超市 "
    "服务 信用 集团 办公室 财政 户"
)
_BODIES = tuple(_WORDS.split())


def party(name: str, is_person: bool | None = None) -> str:
    """The other side of a payment as it may be shown: bodies in full, persons as 姓**.

    Where it is not known which it is, a short name without any word of a body is taken for a person's.
    """
    if is_person is None:
        is_person = len(name) <= 4 and not any(word in name for word in _BODIES)
    return mask_given(name) if is_person else name
