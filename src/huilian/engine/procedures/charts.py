"""A procedure drawn, with or without a case on it, as the drawing part of `engine.look` wants it."""

from django.utils.translation import gettext as _

from huilian.engine.look.svg import Chart, Edge, Lane, Node, Risk
from huilian.engine.look.text import lang, say
from huilian.foundation.now import moment

from .definition import Definition, Step
from .models import Case, CaseStep


def chart_of(case: Case, *, hits: frozenset[str] = frozenset()) -> Chart:
    """The chart of the case's own version, the current step lit. `hits` are the models that raised an alert on it."""
    d = case.definition
    stays = {stay.step: stay for stay in CaseStep.objects.filter(case=case).order_by("id")}
    states = {step.key: _state(case, step, stays.get(step.key)) for step in d.steps}
    subs = {key: f"{moment(stay.left_at or stay.entered_at):%m-%d %H:%M}" for key, stay in stays.items()}
    words = _("%(all)s steps; done: %(done)s; now at: %(now)s; risk points: %(risks)s.") % {
        **_counted(d),
        "done": _listed(step for step in d.steps if step.drawn and states[step.key] == "done"),
        "now": say(d.step(case.step).name),
    }
    return _chart(d, words, states=states, subs=subs, hits=hits)


def chart_of_procedure(d: Definition, *, key: str = "flow") -> Chart:
    """The chart of a procedure nobody stands on, read from top to bottom. `key` keeps two charts of a page apart.

    A draft may have faults: what cannot be drawn is left out.
    """
    words = _("%(all)s steps: %(steps)s; risk points: %(risks)s.") % {
        **_counted(d),
        "steps": _listed(step for step in d.steps if step.drawn),
    }
    subs = {step.key: limit_words(step.limit) for step in d.steps if step.limit}
    return _chart(d, words, subs=subs, key=key, upright=True, states=dict.fromkeys((s.key for s in d.steps), "todo"))


def limit_words(limit) -> str:
    """`3 working days`."""
    if limit is None:
        return ""
    names = {
        "workday": _("%(n)s working days"),
        "day": _("%(n)s natural days"),
        "month": _("%(n)s months"),
        "hour": _("%(n)s hours"),
        "workhour": _("%(n)s office hours"),
        "workminute": _("%(n)s minutes of office time"),
    }
    return names.get(limit.unit, "%(n)s") % {"n": limit.length}


def _chart(d: Definition, words: str, *, states, subs, hits=frozenset(), key="flow", upright=False) -> Chart:
    order = {lane: i for i, (lane, _name) in enumerate(d.lanes)}
    steps = {step.key: step for step in d.steps if step.drawn and step.lane in order}
    risks = [(step, r, bool(r.model) and r.model in hits) for step in steps.values() for r in step.risks]
    edges = {}
    for move in d.moves:
        for source in move.sources:
            ends = (source, move.target)
            if move.drawn != "none" and source != move.target and steps.keys() >= set(ends) and ends not in edges:
                forks = d.in_family and sum(m.drawn != "none" and bool(m.target) for m in d.moves_from(source)) > 1
                label = say(move.label or (move.name if forks else ""))
                edges[ends] = Edge(*ends, "" if move.drawn == "line" else move.drawn, label)
    return Chart(
        title=say(d.name),
        summary=words,
        lanes=tuple(Lane(*say(name).split("|", 1)) for _key, name in d.lanes),
        nodes=tuple(
            Node(
                step.key,
                say(step.name),
                order[step.lane],
                subs.get(step.key, ""),
                states[step.key],
                step.kind if step.kind != "task" else "step",
                tuple(Risk(r.mark, r.level, hit) for owner, r, hit in risks if owner is step),
                step.column,
            )
            for step in steps.values()
        ),
        edges=tuple(edges.values()),
        key=key,
        risks=tuple(
            {"no": r.mark, "level": r.level, "hit": hit, "name": say(r.name), "note": say(r.note)}
            for _step, r, hit in sorted(risks, key=lambda found: found[1].mark)
        ),
        upright=upright,
    )


def _counted(d: Definition) -> dict[str, int]:
    drawn = [step for step in d.steps if step.drawn]
    return {"all": len(drawn), "risks": sum(len(step.risks) for step in drawn)}


def _listed(steps) -> str:
    return ("、" if lang() == "zh" else ", ").join(say(step.name) for step in steps) or "—"


def _state(case: Case, step: Step, stay: CaseStep | None) -> str:
    if step.key == case.step:
        return "now" if case.is_open else "done"
    if stay is not None:
        return "done"
    return "todo" if case.is_open else "skip"
