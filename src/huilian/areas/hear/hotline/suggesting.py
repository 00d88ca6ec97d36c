"""What past orders suggest for a new one: topic, class and unit, with confidence and reasons. Never decides.

Trained by `services.learn` every night. A process reads the files once and again when there is a newer training.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Place, Unit
from huilian.engine.look.text import say
from huilian.engine.procedures.queries import current_procedure
from huilian.foundation.errors import Invalid

from .models import Learning
from .queries import township_unit
from .suggestion.text import without_names
from .warming import Warm, log

KINDS = ("topic", "unit", "class")
OF_PLACE = "of-place"  # the label of “the township government of the place”, whichever it is
SHOWN = 3
LEAST = 0.15  # a proposal below that tells nobody anything


def folder() -> Path:
    return settings.HOME / "suggestion"


def file_of(digest: str) -> Path:
    return folder() / f"{digest[:32]}.npz"


@dataclass(frozen=True, slots=True)
class Advice:
    """One proposed topic, class or unit: what it is called, how likely it is, and the words that speak for it."""

    kind: str
    value: object  # a Unit, or the key of a topic or class
    name: str
    confidence: float
    sure: bool
    words: tuple[str, ...]

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)

    @property
    def key(self):
        return self.value.pk if isinstance(self.value, Unit) else self.value


@dataclass(frozen=True, slots=True)
class Advices:
    """All that is proposed for one matter, and what it was learned from."""

    topics: list[Advice]
    classes: list[Advice]
    units: list[Advice]
    learning: Learning

    @property
    def groups(self) -> list[tuple[str, list[Advice], str]]:
        """(heading, proposals, name of the button that takes one), the unit first: that is what is decided."""
        return [
            (_("Unit"), self.units, "take_unit"),
            (_("Class"), self.classes, "take_class"),
            (_("Topic"), self.topics, ""),
        ]


@dataclass(frozen=True)
class _Loaded:
    learning: Learning
    models: dict


def suggest(title: str, text: str, place: Place | None = None, *, wait: bool = False) -> Advices | None:
    """Proposals for a matter; None where nothing was learned yet (or it is being read) or nothing was said."""
    if not (title.strip() or text.strip()):
        return None
    newest = Learning.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        return None
    loaded = _loaded.get(fresh=lambda loaded: loaded.learning.pk == newest, wait=wait)
    if loaded is None or not loaded.models:
        return None
    got = {kind: model.suggest(title, text, SHOWN) for kind, model in loaded.models.items()}
    return Advices(
        [_advice("topic", s, s.label, s.label) for s in got.get("topic", ()) if s.confidence >= LEAST],
        _classes(got.get("class", ())),
        _units(got.get("unit", ()), place),
        loaded.learning,
    )


def forget() -> None:
    """Begin anew, as a new process would."""
    _loaded.forget()


def _classes(found) -> list[Advice]:
    names = {c.key: say(c.name) for c in current_procedure("hotline").definition.classes}
    return [_advice("class", s, s.label, names[s.label]) for s in found if s.label in names and s.confidence >= LEAST]


def _units(found, place: Place | None) -> list[Advice]:
    known = Unit.objects.filter(valid_to=None).in_bulk([int(s.label) for s in found if s.label.isdecimal()])
    advices = []
    for s in found:
        unit = township_unit(place) if s.label == OF_PLACE else known.get(int(s.label))
        if s.confidence < LEAST:
            continue
        if unit is not None:
            advices.append(_advice("unit", s, unit, str(unit)))
        elif s.label == OF_PLACE:
            advices.append(_advice("unit", s, "", _("the township of the place (say where it is)")))
    return advices


def _advice(kind, suggestion, value, name) -> Advice:
    words = tuple(word for word, _share in suggestion.reasons)
    return Advice(kind, value, name, suggestion.confidence, suggestion.sure, words)


def _read(_old: _Loaded | None) -> _Loaded:
    from .suggestion.model import Model  # scikit-learn takes seconds to import: only where it is needed

    learning = Learning.objects.order_by("-pk").first()
    models, drop = {}, without_names(learning.names)
    for kind, digest in learning.digests.items():
        try:
            models[kind] = Model.load(file_of(digest), digest=digest, drop=None if kind == "unit" else drop)
        except (Invalid, OSError) as wrong:
            log.warning("suggestions of %s are left out: %s", kind, wrong)
    return _Loaded(learning, models)


_loaded: Warm[_Loaded] = Warm(_read)
