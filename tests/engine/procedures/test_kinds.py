"""What areas declare for the case page fits the services behind it."""

import inspect

import pytest

from huilian.engine.procedures.kinds import Act, kinds

ACTS = [
    pytest.param(action, id=f"{kind.key}-{action.key}")
    for kind in kinds().values()
    for action in kind.actions
    if isinstance(action.perform, Act)
]


@pytest.mark.parametrize("action", ACTS)
def test_every_field_of_an_act_is_something_its_service_takes(action):
    known = inspect.signature(action.perform.service).parameters

    fields = {action.perform.renamed.get(name, name) for name in action.form.base_fields}

    assert fields <= set(known)
    assert all(name in known for name in action.perform.renamed.values())
