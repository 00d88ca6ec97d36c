"""The county has redrawn one procedure of the starter set, shorter than it was; another one lies drawn half."""

from datetime import timedelta

from huilian.engine.accounts.models import User
from huilian.engine.directory.powers import may
from huilian.engine.procedures import drafts, editing, services
from huilian.engine.procedures.definition import parse
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen, now

REDRAWN, LYING = "item.v-p-07", "item.v-p-15"
LONG = 3  # working days; a step that takes longer is shortened to this


def tell(county) -> int:
    """Returns how many procedures the county has drawn or is drawing; none where the starter set is not sown."""
    current = drafts.current_procedures()
    if not {REDRAWN, LYING} <= current.keys():
        return 0
    officer = next((user for user in User.objects.filter(is_active=True) if may(user, drafts.DRAW)), SYSTEM)
    with frozen(now() - timedelta(days=9)):
        draft = services.save_draft(_shorter(current[REDRAWN].body), revision=0, by=officer)
        services.publish_draft(REDRAWN, revision=draft.revision, by=officer)
    with frozen(now() - timedelta(days=1)):
        body = current[LYING].body
        asked = {"zh": "村务监督委员会到场", "en": "The supervision committee comes"}
        text, _key = editing.add_step(body, body["steps"][1]["key"], asked)
        services.save_draft(text, revision=0, by=officer)
    return 2


def _shorter(body: dict) -> dict:
    """The same steps with less time for the long ones, and a whole limit that is less by as much."""
    drawn, saved = parse(body), 0
    for step, text in zip(drawn.steps, body["steps"], strict=True):
        if step.limit and step.limit.unit == "workday" and step.limit.length > LONG:
            saved += step.limit.length - LONG
            text["limit"] = {"length": LONG, "unit": "workday"}
    for case_class, text in zip(drawn.classes, body["classes"], strict=True):
        if case_class.limit.unit == "workday" and case_class.limit.length > saved:
            text["limit"] = {"length": case_class.limit.length - saved, "unit": "workday"}
    return body
