"""How the acts on lists read in a history."""

from huilian.engine.trail.verbs import Sentence

EVENTS: dict[str, Sentence] = {}
