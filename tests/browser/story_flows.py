"""A procedure of many steps that a clerk is drawing: for the pages of the flow editor."""

from huilian.engine.procedures import editing, services
from huilian.engine.trail.actors import SYSTEM

KEY = "hotline"


def tell(cast) -> dict[str, str]:
    """The hotline's procedure in force, drawn by the county in a second version, and a draft with faults."""
    from huilian.engine.procedures.queries import current_procedure

    first = current_procedure(KEY)
    body, _key = editing.add_step(first.body, "sorting", {"zh": "集体会商", "en": "Talked over together"})
    services.publish(body, by=SYSTEM)
    draft, _key = editing.add_step(body, "working", {"zh": "专家论证", "en": "Experts heard"})
    draft["steps"][2]["roles"] = []
    services.save_draft(draft, revision=0, by=cast.hao_jing)
    return {"flow": KEY}
