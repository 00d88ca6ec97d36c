"""Tips are cases of a sealed kind: no common page shows them, so the kind has a name and nothing else."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.procedures.kinds import CaseKind

from .models.tips import KIND as KEY

KIND = CaseKind(key=KEY, name=_("Tip"))
