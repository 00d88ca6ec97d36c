"""What rules may read of the collective's books, bank, property, contracts and people.

The names of datasets and columns are promises to every rule, ours or a county's. SQL here runs on SQLite and
PostgreSQL alike; nothing in it is computed that a rule could compute itself.
"""

from .bank import BANK
from .books import BOOKS
from .people import PEOPLE
from .property import PROPERTY

DATASETS = [*BOOKS, *BANK, *PROPERTY, *PEOPLE]
