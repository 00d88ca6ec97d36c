"""What the case page offers for an application."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.procedures.kinds import CaseKind

from .models import Application

KIND = CaseKind(
    key="service",
    name=_("Service by proxy"),
    sources=lambda: {key: str(label) for key, label in Application.Channel.choices},
    matter=lambda case: str(case.service_application.item),
)
