"""Who may act, and rows locked until the act is over."""

from typing import Any

from django.utils.translation import gettext as _

from huilian.engine.access.queries import require, scope_of
from huilian.engine.directory.models import Person, Unit
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

from ..models import Campaign, Problem

MANAGE, CATALOGUE = "campaigns.manage", "campaigns.catalogue"


def allow(by: Any, action: str, unit: Unit) -> Person | None:
    """The person behind `by`, who may do `action` for matters of `unit`; None for the system. Raises NotAllowed."""
    require(by, action)
    if not scope_of(by, action).holds_unit(unit):
        raise NotAllowed(_("%(unit)s does not lie within the reach of your post.") % {"unit": unit})
    return getattr(by, "person", None)


def said(text: str, field: str) -> str:
    """`text` without spaces around it. Raises Invalid when nothing is left."""
    if not text.strip():
        raise Invalid(_("Write it in a sentence."), field=field)
    return text.strip()


def campaign_for(campaign: Campaign, by: Any, *, states: tuple[str, ...] = ("running",)) -> Campaign:
    """The campaign, locked, which `by` manages. Raises Conflict where it does not stand in one of `states`."""
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    allow(by, MANAGE, campaign.unit)
    if campaign.state not in states:
        raise Conflict(_("“%(title)s” is %(state)s.") % {"title": campaign, "state": campaign.get_state_display()})
    return campaign


def locked(problem: Problem) -> Problem:
    return Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
