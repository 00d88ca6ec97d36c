"""What the case page shows of an audit: where it stands, with a way to its own page. Acts are on that page."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.procedures.kinds import CaseKind, Panel

from .models import Audit
from .panels import summary

KIND = CaseKind(
    key="audit",
    name=_("Audit of a village head"),
    sources=lambda: dict(Audit.Phase.choices),
    matter=lambda case: case.audit.title,
    panels=(Panel("audits/panels/summary.html", summary),),
)
