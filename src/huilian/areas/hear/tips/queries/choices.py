"""What a person who speaks up may choose from."""

from ..models import Tip

FIELDS = list(Tip.Field.choices)
