"""The demonstration's own drawing of procedures."""

from demo.power import flows
from huilian.areas.power.powers import seeding
from huilian.engine.procedures.comparing import compare
from huilian.engine.procedures.drafts import faults_in, versions_of
from huilian.engine.procedures.models import Draft


def test_the_county_has_shortened_one_procedure_and_draws_on_another(cast):
    seeding.seed()

    assert flows.tell(None) == 2
    new, old = versions_of(flows.REDRAWN)
    assert (new.body["origin"], old.body["origin"]) == ("county", "default")
    found = compare(old.definition, new.definition)
    assert found.workdays[0] > found.workdays[1] and all(c.saved > 0 for c in found.classes)
    assert [f for f in faults_in(Draft.objects.get().body) if not f.is_warning] == []
