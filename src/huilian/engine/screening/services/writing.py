"""Writing a rule without a programmer: checked like the rules of the house, kept with all its versions, on trial."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from .. import queries
from ..catalogue import datasets
from ..checking import check
from ..models import RuleSetting, RuleVersion
from ..rule import Broken, parse
from .feeding import touch


@transaction.atomic
def save_trial(text: str, *, by) -> RuleVersion:
    """Keep a rule as one of the county's own, on trial: it runs and stores its hits, and raises nothing.

    A new text of the same id is a new version, and on trial again. Raises `Invalid` with the first fault.
    """
    require(by, "screening.write")
    try:
        rule = parse(text)
        faults = [fault for fault in check(rule, open_datasets()) if not fault.warning]
    except Broken as broken:
        faults = broken.faults
    if faults:
        raise Invalid(str(faults[0]), field="text", row=faults[0].line or None)
    if rule.id in queries.house_rules()[0]:
        raise Conflict(_("%(id)s is a rule of the house. Give yours another id.") % {"id": rule.id}, field="text")
    if RuleVersion.objects.filter(rule=rule.id, version=rule.version).exists():
        raise Conflict(_("This text is saved already."), field="text")
    author = by if isinstance(by, User) else None
    version = RuleVersion.objects.create(
        rule=rule.id, version=rule.version, text=rule.text, own=True, made_by=author, made_at=now()
    )
    RuleSetting.objects.update_or_create(
        rule=rule.id,
        defaults={"status": RuleSetting.Status.TRIAL, "changed_by": author, "changed_at": now(), "reason": ""},
    )
    touch(None)
    record("screening.write", f"rule:{rule.id}", by=by, data={"rule": rule.id, "version": rule.version})
    return version


def open_datasets() -> dict:
    """The datasets a person may write rules on: all but the sealed ones."""
    return {name: dataset for name, dataset in datasets().items() if not dataset.sealed}
