"""What the county decides about a rule: whether it is on, at which thresholds, how many alerts a day."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.look.text import say
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from .. import queries
from ..models import RuleSetting, RuleVersion
from .feeding import touch

Status = RuleSetting.Status
DECIDED = 20  # checked alerts before a rule is judged (XT04)
YELLOW_FROM, TRIAL_FROM = 0.5, 0.8  # share found not true


@transaction.atomic
def set_parameters(rule: str, values: dict[str, Any], *, reason: str, by) -> RuleSetting:
    """Set thresholds of a rule; those not named stay. A value equal to the text's own is the text's again."""
    require(by, "screening.decide")
    found = queries.rule_of(rule)
    if unknown := set(values) - set(found.rule.parameters):
        raise Invalid(_("The rule has no parameter “%(name)s”.") % {"name": sorted(unknown)[0]}, field="parameters")
    setting = _locked(rule)
    before = dict(found.values)
    now_ = {**before, **{name: queries.typed(found.rule, name, value) for name, value in values.items()}}
    changed = {name: [before[name], value] for name, value in now_.items() if before[name] != value}
    if not changed:
        raise Invalid(_("Nothing would change."), field="parameters")
    setting.parameters = queries.frozen_parameters({n: v for n, v in now_.items() if found.rule.values[n] != v})
    _save(setting, _said(reason), by)
    told = found.rule.parameters
    said = "; ".join(f"{say(told[n].names)} {told[n].told(a)} → {told[n].told(b)}" for n, (a, b) in changed.items())
    record("screening.parameters", f"rule:{rule}", by=by, data={"changes": said, "reason": reason})
    return setting


@transaction.atomic
def set_status(rule: str, status: str, *, reason: str, by) -> RuleSetting:
    """Put a rule on trial, make it active, demote it to yellow, or switch it off.

    A rule an auditor wrote is made active by somebody else: four eyes see it before it accuses.
    """
    require(by, "screening.decide")
    found = queries.rule_of(rule)
    if status not in Status.values:
        raise Invalid(_("“%(value)s” is not one of: %(allowed)s.")
                      % {"value": status, "allowed": " | ".join(Status.values)}, field="status")  # fmt: skip
    if status == found.status:
        raise Conflict(_("%(rule)s is so already.") % {"rule": rule}, field="status")
    wrote = RuleVersion.objects.filter(rule=rule, version=found.rule.version, own=True, made_by__isnull=False).first()
    if wrote and status in (Status.ACTIVE, Status.DEMOTED) and isinstance(by, User) and wrote.made_by_id == by.pk:
        raise NotAllowed(_("You wrote this rule. Somebody else must make it active."), field="status")
    setting = _locked(rule)
    setting.status = status
    _save(setting, _said(reason), by)
    record("screening.status", f"rule:{rule}", by=by, data={"status": status, "reason": reason})
    return setting


@transaction.atomic
def set_daily_cap(cap: int | None, *, rule: str = "", reason: str, by) -> RuleSetting:
    """Say how many new alerts one village may get in a day, over all rules or of one (None: no limit of its own)."""
    require(by, "screening.decide")
    if rule:
        queries.rule_of(rule)
    if cap is not None and not 1 <= cap <= 10_000:
        raise Invalid(_("The daily cap is a whole number from 1 to 10,000."), field="daily_cap")
    setting = _locked(rule)
    setting.daily_cap = cap
    _save(setting, _said(reason), by)
    record("screening.cap", f"rule:{rule or '*'}", by=by, data={"cap": cap, "reason": reason})
    return setting


@transaction.atomic
def judge(*, by=SYSTEM) -> list[str]:
    """Demote rules that were mostly wrong (XT04); gives their ids. From 20 checked alerts on: more than half not true
    and the rule gives yellow only, more than four fifths and it is on trial again. Errors in data are not counted."""
    require(by, "screening.decide")
    judged = []
    precisions = queries.precisions()
    for found in queries.rules():
        p = precisions.get(found.rule.id)
        decided = p.true + p.partly + p.untrue if p else 0
        if p is None or decided < DECIDED or not found.raises:
            continue
        share = p.untrue / decided
        status = Status.TRIAL if share > TRIAL_FROM else Status.DEMOTED if share > YELLOW_FROM else None
        if status is None or status == found.status:
            continue
        setting = _locked(found.rule.id)
        setting.status = status
        _save(setting, f"XT04: {p.untrue}/{decided}", by)
        record("screening.demote", f"rule:{found.rule.id}", by=by,
               data={"status": status, "untrue": p.untrue, "decided": decided})  # fmt: skip
        judged.append(found.rule.id)
    return judged


# ---------------------------------------------------------------------- inside


def _locked(rule: str) -> RuleSetting:
    setting, _new = RuleSetting.objects.select_for_update().get_or_create(rule=rule, defaults={"changed_at": now()})
    return setting


def _save(setting: RuleSetting, reason: str, by) -> None:
    setting.reason, setting.changed_at = reason, now()
    setting.changed_by = by if isinstance(by, User) else None
    setting.save()
    touch(None)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Say why, in a sentence."), field="reason")
    return reason.strip()[:500]
