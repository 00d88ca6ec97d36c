"""「三零」 How many leads, cases filed and watchers' reports a quarter brought in each township: numbers only."""

from functools import partial

from huilian.areas.answer.inspections.hooks import figures
from huilian.areas.answer.leads.queries.figures import of_townships as leads
from huilian.areas.hear.watchers.queries.figures import of_townships as reports

figures += [("clues", leads), ("cases", partial(leads, filed=True)), ("problems", reports)]
