"""Learning a label (class, answering unit) from past letters, and proposing it with confidence and reasons.

The method, and why (measured by `benchmarks/suggestion.py`; its docstring has the numbers):

* a letter is counted character n-grams and words (`text.features`), damped by 1 + ln n;
* only features seen in two labelled letters count; how rare they are is asked of *all* letters, labelled or not
  (`Background`). The rarity is sharpened by an exponent: what is common in labelled letters of one class but rare
  among all letters names the matter. The exponent is chosen by cross-validation inside the training letters;
* the leaves of the class table are read as short extra letters of their class, with little weight;
* a linear support vector machine, one against the rest; its margins become probabilities by one temperature fitted on
  letters that the machine had not seen (so a confidence of 0.8 is right about eight times in ten).

Nothing is pickled: a model is numbers and names in one .npz, read with `allow_pickle=False`.
"""

import hashlib
import io
import json
import os
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize_scalar
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from huilian.foundation.errors import Invalid

from . import text as reading

FORMAT = "huilian-suggestion-1"
MIN_LETTERS = 3  # A label with fewer letters cannot be checked on letters kept aside, so it is not learned.
MIN_SEEN = 2
MAX_FEATURES = 50_000
TABLE_WEIGHT = 0.3
SHARPNESS = (1.0, 2.0)
COST = 0.5
TOLERANCE = 0.01  # A hundred times looser than scikit-learn's: the same proposals in a third of the time.
TUNING_LETTERS = 1_000  # Choosing the exponent needs no more; it keeps 10,000 orders under 30 s.
SURE_FROM = 0.5
THIRDS = StratifiedKFold(n_splits=MIN_LETTERS, shuffle=True, random_state=0)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed label. `confidence` is a calibrated probability; below the threshold `sure` is false.

    `reasons` are words of the letter with the share of the label's margin they carry, strongest first.
    """

    label: str
    confidence: float
    sure: bool
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What the training letters say about the model; measured on letters kept aside, never on learned ones."""

    letters: int
    labels: int
    left_out: dict[str, int]  # labels with too few letters, and how many they had
    accuracy: float
    macro_f1: float
    sure_share: float  # share of letters for which the first proposal is sure
    sure_accuracy: float  # how often a sure first proposal is right
    calibration_error: float  # expected |confidence - accuracy| over ten bands
    sharpness: float


class Background:
    """In how many letters each n-gram and word occurs. Holds no letter and no label."""

    def __init__(self) -> None:
        self.letters = 0
        self.seen: Counter[str] = Counter()

    @classmethod
    def of(cls, letters: Iterable[tuple[str, str]], *, drop: Callable[[str], str] | None = None) -> "Background":
        """Count (subject, text) pairs; use the same `drop` as for training."""
        background = cls()
        for subject, text in letters:
            background.add(reading.features(reading.read(subject, text, drop)))
        return background

    def add(self, features: Iterable[str]) -> None:
        self.letters += 1
        self.seen.update(set(features))


def train(
    letters: Iterable[tuple[str, str, str]],
    *,
    unlabelled: Iterable[tuple[str, str]] | Background = (),
    taxonomy: Mapping[str, Sequence[str]] | None = None,
    drop: Callable[[str], str] | None = None,
    sure_from: float = SURE_FROM,
) -> "Model":
    """Learn from (subject, text, label).

    `taxonomy` gives descriptions of a label (the leaves of the class table, the duties of a unit); labels without
    letters are not learned from descriptions alone. `drop` takes out names (`text.without_names`); give it for
    classes, leave it out for units, and hand the same to `Model.load`. Raises Invalid if fewer than two labels have
    `MIN_LETTERS` letters.
    """
    rows = [row for row in letters if row[2]]
    count = Counter(label for *_, label in rows)
    left_out = {label: n for label, n in sorted(count.items()) if n < MIN_LETTERS}
    rows = [row for row in rows if row[2] not in left_out]
    labels = sorted(set(count) - set(left_out))
    if len(labels) < 2:
        raise Invalid(f"At least two labels with {MIN_LETTERS} past orders each are needed; there are {len(labels)}.")

    background = unlabelled if isinstance(unlabelled, Background) else Background.of(unlabelled, drop=drop)
    number = {label: k for k, label in enumerate(labels)}
    target = np.array([number[label] for *_, label in rows])
    table = [(leaf, number[label]) for label, leaves in (taxonomy or {}).items() if label in number for leaf in leaves]
    learner = _Learner(
        _Counts.of(reading.features(reading.read(subject, text, drop)) for subject, text, _ in rows),
        target,
        _Counts.of(reading.features(reading.read("", leaf, drop)) for leaf, _ in table),
        np.array([k for _, k in table], dtype=np.int64),
        background,
        len(labels),
    )

    chosen = _sample(target, TUNING_LETTERS)
    best, sharpness, margins = -1.0, SHARPNESS[0], None
    for candidate in SHARPNESS:
        out = learner.unseen_margins(chosen, candidate)
        f1 = f1_score(target[chosen], out.argmax(1), average="macro", zero_division=0)
        if f1 > best:
            best, sharpness, margins = f1, candidate, out
    if len(chosen) < len(rows):
        # A machine taught by a sample is less certain than the real one: ask one taught by two thirds of everything.
        chosen, margins = learner.unseen_third(sharpness)
        best = f1_score(target[chosen], margins.argmax(1), average="macro", zero_division=0)
    temperature = _temperature(margins, target[chosen])
    report = _report(margins, target[chosen], temperature, sure_from, best, sharpness, rows, labels, left_out)
    vocabulary, scale, weights, bias = learner.fit(np.arange(len(rows)), sharpness)
    return Model(labels, vocabulary, scale, weights, bias, temperature, sure_from, report, drop)


class Model:
    """A trained model. Proposing costs a few milliseconds."""

    def __init__(self, labels, vocabulary, scale, weights, bias, temperature, sure_from, report: Report, drop=None):
        self.labels: list[str] = labels
        self.vocabulary: dict[str, int] = {name: i for i, name in enumerate(vocabulary)}
        self.scale = scale  # rarity of each feature
        self.weights = weights  # features x labels
        self.bias = bias
        self.temperature = float(temperature)
        self.sure_from = float(sure_from)
        self.report = report
        self.drop = drop

    def suggest(self, subject: str, text: str, top: int = 3, reasons: int = 5) -> list[Suggestion]:
        """The `top` likeliest labels, likeliest first; none if the letter has no word the model knows."""
        letter = reading.read(subject, text, self.drop)
        found = {f: n for f, n in reading.features(letter).items() if f in self.vocabulary}
        if not found:
            return []
        index = np.fromiter((self.vocabulary[f] for f in found), dtype=np.int64, count=len(found))
        value = (1 + np.log(np.fromiter(found.values(), dtype=np.float64, count=len(found)))) * self.scale[index]
        value /= np.linalg.norm(value)
        share = value[:, None] * self.weights[index]
        chance = _softmax((share.sum(0) + self.bias)[None, :] * self.temperature)[0]
        order = np.argsort(-chance, kind="stable")[:top]
        return [
            Suggestion(
                self.labels[k],
                round(float(chance[k]), 4),
                bool(chance[k] >= self.sure_from),
                _reasons(letter, found, share[:, k], reasons),
            )
            for k in order
        ]

    def save(self, path: Path) -> str:
        """Write the model in one step (never half a file) and return its SHA-256, to be kept apart from the file."""
        meta = {
            "format": FORMAT,
            "labels": self.labels,
            "temperature": self.temperature,
            "sure_from": self.sure_from,
            "report": asdict(self.report),
        }
        names = "\n".join(self.vocabulary)  # dicts keep their order; a feature never holds a line break
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            meta=np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), dtype=np.uint8),
            vocabulary=np.frombuffer(names.encode(), dtype=np.uint8),
            scale=self.scale.astype(np.float32),
            weights=self.weights.astype(np.float32),
            bias=self.bias.astype(np.float32),
        )
        data = buffer.getvalue()
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_bytes(data)
        draft.replace(path)
        return hashlib.sha256(data).hexdigest()

    @classmethod
    def load(cls, path: Path, *, digest: str | None = None, drop: Callable[[str], str] | None = None) -> "Model":
        """Read a saved model. With `digest` a changed file is refused; without it a damaged one still is."""
        data = Path(path).read_bytes()
        if digest is not None and hashlib.sha256(data).hexdigest() != digest:
            raise Invalid("The suggestion model on disk is not the one that was saved; train it again.")
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                meta = json.loads(file["meta"].tobytes())
                names = file["vocabulary"].tobytes().decode().split("\n")
                scale, weights, bias = file["scale"], file["weights"], file["bias"]
            if meta["format"] != FORMAT or weights.shape != (len(names), len(meta["labels"])):
                raise ValueError("shape")
            if scale.shape != (len(names),) or bias.shape != (len(meta["labels"]),):
                raise ValueError("shape")
            report = Report(**meta["report"])
            return cls(
                meta["labels"], names, scale, weights, bias, meta["temperature"], meta["sure_from"], report, drop
            )
        except Exception as error:  # zip, JSON, missing arrays, wrong shapes: one answer for all
            raise Invalid("The suggestion model on disk cannot be read; train it again.") from error


class _Learner:
    """Letters as counts, and fitting on any part of them; everything learned comes from that part only."""

    def __init__(self, letters: "_Counts", target, table: "_Counts", table_target, background: Background, labels: int):
        self.target, self.table_target = target, table_target
        self.background, self.labels = background, labels
        self.names = letters.names_seen(MIN_SEEN)
        self.column = {name: i for i, name in enumerate(self.names)}
        self.matrix = letters.matrix(self.names)
        self.table = table.matrix(self.names)
        self.seen_elsewhere = np.array([background.seen.get(name, 0) for name in self.names])

    def fit(self, part: np.ndarray, sharpness: float):
        """(names, scale, weights, bias) learned from the letters of `part`."""
        matrix = self.matrix[part]
        seen = np.asarray((matrix > 0).sum(0)).ravel()
        described = np.asarray((self.table > 0).sum(0)).ravel() if self.table.shape[0] else np.zeros_like(seen)
        keep = np.flatnonzero(((seen >= MIN_SEEN) | ((seen >= 1) & (described >= 1))) & self._known())
        keep = _strongest(matrix, self.target[part], keep, self.labels)
        total = 1 + self.background.letters + len(part)
        rarity = np.log(total / (1 + self.seen_elsewhere[keep] + seen[keep])) + 1
        scale = rarity**sharpness
        x, y, w = [_scaled(matrix[:, keep], scale)], [self.target[part]], [np.ones(len(part))]
        if self.table.shape[0]:
            x.append(_scaled(self.table[:, keep], scale))
            y.append(self.table_target)
            w.append(np.full(len(self.table_target), TABLE_WEIGHT))
        machine = LinearSVC(C=COST, class_weight="balanced", tol=TOLERANCE, random_state=0)
        machine.fit(sp.vstack(x).tocsr(), np.concatenate(y), sample_weight=np.concatenate(w))
        weights, bias = machine.coef_.T, machine.intercept_
        if len(machine.classes_) == 2:  # scikit-learn keeps one column for two classes
            weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
        full_weights, full_bias = np.zeros((len(keep), self.labels)), np.full(self.labels, -2.0)
        full_weights[:, machine.classes_], full_bias[machine.classes_] = weights, bias
        return [self.names[i] for i in keep], scale, full_weights, full_bias

    def _known(self) -> np.ndarray:
        # With other letters at hand, what none of them says is a person's or a project's name, not a matter.
        return self.seen_elsewhere >= MIN_SEEN if self.background.letters >= 500 else np.ones(len(self.names), bool)

    def unseen_margins(self, chosen: np.ndarray, sharpness: float) -> np.ndarray:
        """Margins for the `chosen` letters, each from a machine that had not seen it."""
        margins = np.zeros((len(chosen), self.labels))
        for learned, kept in THIRDS.split(chosen, self.target[chosen]):
            margins[kept] = self._margins(chosen[learned], chosen[kept], sharpness)
        return margins

    def unseen_third(self, sharpness: float) -> tuple[np.ndarray, np.ndarray]:
        """A third of all letters, and their margins from a machine that learned the other two thirds."""
        learned, kept = next(THIRDS.split(self.target, self.target))
        return kept, self._margins(learned, kept, sharpness)

    def _margins(self, learned: np.ndarray, kept: np.ndarray, sharpness: float) -> np.ndarray:
        names, scale, weights, bias = self.fit(learned, sharpness)
        columns = np.array([self.column[name] for name in names])
        return _scaled(self.matrix[kept][:, columns], scale) @ weights + bias


class _Counts:
    """Counted features of many letters, as numbers: ten thousand dictionaries would fill three gigabytes."""

    def __init__(self) -> None:
        self.position: dict[str, int] = {}
        self.index, self.value, self.ends = array("i"), array("f"), array("q", [0])

    @classmethod
    def of(cls, letters: Iterable[Mapping[str, int]]) -> "_Counts":
        counts = cls()
        position = counts.position
        for features in letters:
            counts.index.extend([position.setdefault(name, len(position)) for name in features])
            counts.value.extend(features.values())
            counts.ends.append(len(counts.index))
        return counts

    def names_seen(self, least: int) -> list[str]:
        seen = np.bincount(np.frombuffer(self.index, dtype=np.int32), minlength=len(self.position))
        return [name for name, n in zip(self.position, seen, strict=True) if n >= least]

    def matrix(self, names: Sequence[str]) -> sp.csr_matrix:
        """Damped counts, 1 + ln n, in the columns of `names`."""
        column = {name: i for i, name in enumerate(names)}
        place = np.array([column.get(name, -1) for name in self.position], dtype=np.int32)
        if not len(self.index):
            return sp.csr_matrix((len(self.ends) - 1, len(names)))
        index = place[np.frombuffer(self.index, dtype=np.int32)]
        value = 1 + np.log(np.frombuffer(self.value, dtype=np.float32))
        ends = np.frombuffer(self.ends, dtype=np.int64)
        row = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
        known = index >= 0
        shape = (len(ends) - 1, len(names))
        return sp.csr_matrix((value[known].astype(np.float64), (row[known], index[known])), shape=shape)


def _scaled(matrix: sp.csr_matrix, scale: np.ndarray) -> sp.csr_matrix:
    scaled = sp.csr_matrix(matrix @ sp.diags(scale))
    length = np.sqrt(np.asarray(scaled.multiply(scaled).sum(1)).ravel())
    length[length == 0] = 1
    return sp.csr_matrix(sp.diags(1 / length) @ scaled)


def _strongest(matrix, target, keep: np.ndarray, labels: int) -> np.ndarray:
    """At most `MAX_FEATURES` of `keep`, those whose presence depends most on some label (largest chi-square)."""
    if len(keep) <= MAX_FEATURES:
        return keep
    present = (matrix[:, keep] > 0).astype(np.float64)
    member = sp.csr_matrix((np.ones(len(target)), (np.arange(len(target)), target)), shape=(len(target), labels))
    observed = (present.T @ member).tocoo()  # sparse: 400,000 features by 137 units would fill a gigabyte
    often = np.asarray(present.sum(0)).ravel()[observed.row]
    expected = often * np.bincount(target, minlength=labels)[observed.col] / len(target)
    strength = np.zeros(len(keep))
    np.maximum.at(strength, observed.row, np.square(observed.data - expected) / expected)
    return np.sort(keep[np.argsort(-strength, kind="stable")[:MAX_FEATURES]])


def _sample(target: np.ndarray, limit: int) -> np.ndarray:
    """At most about `limit` letters, at least `MIN_LETTERS` of every label, the same ones every time."""
    if len(target) <= limit:
        return np.arange(len(target))
    shuffled = np.random.default_rng(0).permutation(len(target))
    taken: Counter[int] = Counter()
    chosen = []
    share = limit / len(target)
    quota = {k: max(MIN_LETTERS, round(n * share)) for k, n in Counter(target.tolist()).items()}
    for i in shuffled:
        if taken[target[i]] < quota[target[i]]:
            taken[target[i]] += 1
            chosen.append(i)
    return np.sort(np.array(chosen))


def _softmax(margins: np.ndarray) -> np.ndarray:
    raised = np.exp(margins - margins.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def _temperature(margins: np.ndarray, target: np.ndarray) -> float:
    """The factor on margins under which unseen letters are likeliest (one number: it cannot overfit few letters).

    One letter in n + 2 is taken to be labelled wrongly (Platt's correction), so that twenty letters told apart without
    a fault do not make a machine that is certain of everything.
    """
    doubt = 1 / (len(target) + 2)

    def loss(log_factor: float) -> float:
        chance = np.log(np.maximum(_softmax(margins * np.exp(log_factor)), 1e-12))
        right = chance[np.arange(len(target)), target]
        wrong = (chance.sum(1) - right) / (chance.shape[1] - 1)
        return float(-((1 - doubt) * right + doubt * wrong).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 4), method="bounded").x))


def _report(margins, target, temperature, sure_from, f1, sharpness, rows, labels, left_out) -> Report:
    chance = _softmax(margins * temperature)
    first, right = chance.max(1), chance.argmax(1) == target
    sure = first >= sure_from
    band = np.minimum((first * 10).astype(int), 9)
    error = sum(abs(first[band == b].mean() - right[band == b].mean()) * (band == b).mean() for b in np.unique(band))
    return Report(
        letters=len(rows),
        labels=len(labels),
        left_out=left_out,
        accuracy=round(float(right.mean()), 4),
        macro_f1=round(float(f1), 4),
        sure_share=round(float(sure.mean()), 4),
        sure_accuracy=round(float(right[sure].mean()), 4) if sure.any() else 0.0,
        calibration_error=round(float(error), 4),
        sharpness=float(sharpness),
    )


def _reasons(letter: reading.Letter, found, share: np.ndarray, top: int) -> tuple[tuple[str, float], ...]:
    """Words of the letter with the margin they carry.

    An n-gram's share is divided over its places and characters and given to the words it lies in, so the sum over all
    words is the whole margin, and a person reads words, not fragments.
    """
    piece = {name: float(s) / found[name] for name, s in zip(found, share, strict=True)}
    carried: dict[str, float] = {}
    for tokens, weight in ((letter.subject, reading.SUBJECT_WEIGHT), (letter.body, 1)):
        line = "".join(tokens)
        per_char = [0.0] * len(line)
        for size in reading.GRAM_SIZES:
            for i in range(len(line) - size + 1):
                value = piece.get(line[i : i + size])
                if value:
                    for j in range(i, i + size):
                        per_char[j] += weight * value / size
        at = 0
        for word in tokens:
            total = sum(per_char[at : at + len(word)]) + weight * piece.get("#" + word, 0.0)
            at += len(word)
            if reading.tellable(word):
                carried[word] = carried.get(word, 0.0) + total
    ranked = sorted(((w, v) for w, v in carried.items() if v > 0), key=lambda pair: (-pair[1], pair[0]))[:top]
    return tuple((word, round(value, 4)) for word, value in ranked)
