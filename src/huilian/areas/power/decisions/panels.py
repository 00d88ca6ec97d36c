"""What stands on the page of a motion."""

from huilian.foundation.now import today

from .models import Motion
from .queries.chain import objection_to, quorum_on, spec_of
from .queries.compare import gaps_of


def motion_of(case) -> Motion:
    found = getattr(case, "_motion", None)
    if found is None:
        joined = ("matter", "place", "unit", "proposer", "replaces")
        found = case._motion = Motion.objects.select_related(*joined).get(case=case)
        found.case = case
    return found


def facts(case, user) -> dict:
    """The motion, what the step asks, the meetings it went through."""
    motion = motion_of(case)
    spec = spec_of(motion)
    return {
        "motion": motion,
        "spec": spec,
        "body": quorum_on(spec.body, today()) if spec.body else None,
        "items": list(motion.items.select_related("meeting__body").order_by("pk")),
        "step_names": {step.key: step.name for step in case.definition.steps},
    }


def marks(case, user) -> dict:
    """What the supervision committee said, what was published and what was done."""
    motion = motion_of(case)
    return {
        "motion": motion,
        "signs": list(motion.sign_offs.select_related("by")),
        "objection": objection_to(motion),
        "announcements": list(motion.announcements.select_related("photo")),
        "done": list(motion.executions.all()),
        "gaps": gaps_of(motion),
    }


def may_be_called(motion: Motion) -> bool:
    """Whether the motion waits for a meeting."""
    if not spec_of(motion).body or objection_to(motion):
        return False
    here = motion.items.filter(step=motion.case.step)
    return not (here.filter(outcome="passed").exists() or motion.items.filter(outcome="").exists())
