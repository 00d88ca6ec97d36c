"""Reading a letter: cleaning, words (jieba) and character n-grams. Apart because learning and duplicates share it."""

import contextlib
import logging
import os
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HEAD_CHARS = 400  # A letter says its matter first; what follows is history, anger and courtesy, and costs time.
SUBJECT_WEIGHT = 5  # The subject names the matter in a dozen characters: each counts as often as five of the body.
GRAM_SIZES = (1, 2, 3)

# Masks left by anonymising (UU008913, [phone]) and by spreadsheets (_x000D_), long digit runs (phones, identity and
# order numbers), mail and web addresses: none tells the matter, and numbers of persons must not become “reasons”.
NOISE = re.compile(r"_x000D_|UU\d+|\[[^\[\]]{0,12}\]|https?://\S+|[\w.+-]+@[\w-]+\.[\w.]+|\d{5,}|1\d{2}[*xX]{4}\d{4}")
# Divisions written as codes, as in anonymised data: “A3区”, “K县”.
CODED_PLACE = re.compile(r"[A-Z]\d{0,2}(?=[省市区县镇乡])|\b[A-Z]\d{1,2}(?!\w)")

# Words that occur in letters of every matter; used only to keep explanations readable, never to learn.
COURTESY = frozenset(
    re.findall(
        r"\w+",
        """
    我们 你们 他们 您好 你好 尊敬 领导 书记 市长 县长 局长 请问 希望 反映 情况 问题 有关 部门 相关 关于 现在 没有 一个
    可以 是否 怎么 什么 如何 为什么 因为 所以 但是 已经 还是 这个 这样 这些 那么 自己 大家 谢谢 感谢 咨询 投诉 举报 建议
    解决 处理 严重 今年 去年 本人 我家 进行 要求 不能 需要 就是 以及 或者 不是 目前 至今 多次 一直 时候 时间 政府 百姓
    群众 居民 市民 网友 请求 尽快 附近
        """,
    )
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A cleaned letter, cut at `HEAD_CHARS`. `subject` and `body` hold the words in order, marks of stop as blanks."""

    subject: tuple[str, ...]
    body: tuple[str, ...]


def clean(text: str, drop: Callable[[str], str] | None = None) -> str:
    """One form for one meaning: full-width to half-width, noise out, blanks single; `drop` takes out names."""
    text = NOISE.sub(" ", unicodedata.normalize("NFKC", text or ""))
    if drop is not None:
        text = drop(text)
    return " ".join(text.split())


def without_names(names: Iterable[str]) -> Callable[[str], str]:
    """A function that takes places (and coded places) out of a text.

    The class of a matter must not depend on the village it happens in; the answering unit often does, so its model
    keeps the names. Long names go first, so that “安澜县城关镇” does not leave “城关镇” behind.
    """
    known = sorted({unicodedata.normalize("NFKC", n).strip() for n in names} - {""}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, known))) if known else None

    def drop(text: str) -> str:
        text = CODED_PLACE.sub("", text)
        return pattern.sub(" ", text) if pattern else text

    return drop


def read(subject: str, text: str, drop: Callable[[str], str] | None = None) -> Letter:
    """The words of a letter's subject and of the head of its text."""
    head, body = clean((subject or "")[: 3 * HEAD_CHARS], drop), clean((text or "")[: 3 * HEAD_CHARS], drop)
    return Letter(words(head[:HEAD_CHARS]), words(body[:HEAD_CHARS]))


def words(text: str) -> tuple[str, ...]:
    """Words by jieba; anything that is not a letter, digit or character becomes one blank, so no n-gram spans it."""
    return tuple(w if w.isalnum() else " " for w in cutter().lcut(text))


def grams(tokens: Iterable[str]) -> list[str]:
    """Character n-grams of 1 to 3 within stretches without punctuation; they survive wrong word cuts and slips."""
    found = []
    for stretch in "".join(tokens).split():
        for size in GRAM_SIZES:
            found.extend([stretch[i : i + size] for i in range(len(stretch) - size + 1)])
    return found


def features(letter: Letter) -> Counter[str]:
    """Counted n-grams and words (“#” marks a word) of a letter, the subject `SUBJECT_WEIGHT` times."""
    counts = Counter(_marks(letter.body))
    for mark, n in Counter(_marks(letter.subject)).items():
        counts[mark] += n * SUBJECT_WEIGHT
    return counts


def _marks(tokens: tuple[str, ...]) -> list[str]:
    found = grams(tokens)
    found.extend(["#" + word for word in tokens if word != " "])
    return found


def tellable(word: str) -> bool:
    """Whether a word may stand as a reason: at least two characters, no number, no courtesy."""
    return len(word) > 1 and word not in COURTESY and not word.isnumeric()


@cache
def cutter():
    """jieba's tokeniser, silent, its cache in HUILIAN_HOME (else in a private temporary folder), loaded once.

    jieba writes its cache under a fixed name in the shared temporary folder and reads it back with `marshal`;
    another account of the machine could leave a file there. A folder of our own closes that.
    """
    with contextlib.redirect_stderr(None):
        import jieba
    jieba.setLogLevel(logging.ERROR)
    home = os.environ.get("HUILIAN_HOME")
    folder = Path(home) / "cache" if home else Path(tempfile.mkdtemp(prefix="huilian-words-"))
    folder.mkdir(parents=True, exist_ok=True)
    tokeniser = jieba.Tokenizer()
    tokeniser.tmp_dir = str(folder)
    tokeniser.initialize()
    return tokeniser
