"""「谈话约场所」 A talk is held for a lead by those of its team; the place knows the lead's number and nothing else."""

from huilian.areas.answer.leads.queries import reach
from huilian.areas.answer.office import hooks

hooks.cases["XS"] = hooks.Keeper(reach.works_on, reach.keeps_away)
