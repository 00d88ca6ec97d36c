"""One finding told: which row broke which rule of which document. For the command line and other programs."""

from typing import Any

from django.utils.translation import gettext as _

from huilian.engine.alerts.evidence import is_intact
from huilian.engine.alerts.models import Alert
from huilian.foundation.errors import Invalid

from . import queries
from .models import Hit, RuleVersion
from .rule import parse


def tell(name: str) -> dict[str, Any]:
    """Everything about an alert (by its number) or a hit (by its id). Raises `Invalid` for neither."""
    alert = Alert.objects.filter(number=name).first()
    hit = Hit.objects.select_related("alert").filter(alert=alert).first() if alert else None
    if alert is None and name.isdigit():
        hit = Hit.objects.select_related("alert").filter(pk=int(name)).first()
        alert = hit.alert if hit else None
    if hit is None:
        raise Invalid(_("There is no alert of a rule and no hit called %(name)s.") % {"name": name}, field="name")
    found = queries.rule_of(hit.rule)
    kept = RuleVersion.objects.filter(rule=hit.rule, version=hit.version).first()
    rule = parse(kept.text) if kept else found.rule
    return {
        "hit": hit.pk,
        "rule": hit.rule,
        "names": dict(rule.names),
        "version": hit.version,
        "parameters": queries.frozen_parameters(alert.parameters if alert else found.values),
        "subject": hit.subject,
        "key": hit.key,
        "village": hit.village_code,
        "level": hit.level,
        "reason": alert.reason if alert else queries.explanation(hit, rule, found.values),
        "basis": [dict(b) for b in rule.basis],
        "evidence": [{**row, "intact": is_intact(row)} for row in alert.evidence] if alert else hit.evidence,
        "first_seen": hit.first_seen.isoformat(),
        "gone_at": hit.gone_at.isoformat() if hit.gone_at else None,
        "held": hit.held,
        "alert": alert.number if alert else None,
        "state": alert.state if alert else None,
        "verdict": alert.verdict if alert else None,
    }
