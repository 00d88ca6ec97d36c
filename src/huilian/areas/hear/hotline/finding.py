"""Finding the few entries of a short list that a few typed words mean. Pure; for catalogue and knowledge base.

Works on pairs of characters, because the list is short, the words are Chinese, and an operator types half a sentence.
A pair counts the more the fewer entries have it.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

Entry = TypeVar("Entry")
NAME_WEIGHT = 3  # a pair in the name of an entry says more than one in its text
ENOUGH = 2  # pairs of the name that must be said; one alone is chance, unless it is all that was typed
FROM_BEST = 0.4  # share of the best score below which an entry is not shown

# Pairs that stand in questions about everything.
EMPTY = frozenset(
    """
    怎么 么办 么样 什么 时候 没有 没人 可以 不能 能不 不到 如何 哪里 多少 几天 现在 问题 反映 情况 希望 请问 办理 处理
    """.split()  # noqa: SIM905 (a list of words is read, a list of quotes is not)
)


def pairs(text: str) -> set[str]:
    """Neighbouring characters of `text`; a pair never spans a stop or a blank."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return {text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum()}


def best(query: str, entries: Sequence[Entry], say: Callable[[Entry], tuple[str, str]], top: int) -> list[Entry]:
    """The `top` of `entries` for `query`, best first. `say(entry)` gives its name (with keywords) and its text."""
    wanted = pairs(query) - EMPTY
    read = [tuple(map(pairs, say(entry))) for entry in entries]
    seen = Counter(pair for name, text in read for pair in name | text)
    rare = {pair: math.log(1 + len(entries) / seen[pair]) for pair in wanted if pair in seen}
    scored = []
    for entry, (name, text) in zip(entries, read, strict=True):
        if len(name & rare.keys()) < min(ENOUGH, len(wanted)) and not _says_keyword(query, say(entry)[0]):
            continue
        score = sum(weight * (NAME_WEIGHT if pair in name else pair in text) for pair, weight in rare.items())
        # A long name holds a pair by chance more often than a short one.
        scored.append((score / (1 + math.log1p(len(name)) / 4), entry))
    scored.sort(key=lambda row: -row[0])
    return [entry for score, entry in scored[:top] if score > 0 and score >= scored[0][0] * FROM_BEST]


def _says_keyword(query: str, name: str) -> bool:
    """Whether a keyword behind the name stands in the query as it is: 低保, 停水."""
    return any(word in query for word in name.split()[1:] if len(word) > 1)
