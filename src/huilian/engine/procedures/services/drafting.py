"""Drawing procedures: a draft is saved, thrown away or published. Running cases keep the version they began with."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import moment, now

from ..drafts import COUNTY, DRAW, faults_in
from ..models import Draft, Procedure
from .publishing import publish


@transaction.atomic
def save_draft(body: dict, *, revision: int, by) -> Draft:
    """Keep `body` as the draft of its procedure, faults and all. `revision` is that of the draft seen, 0 for none.

    Raises `Conflict` when somebody else saved, threw away or published meanwhile; nothing of theirs is lost.
    """
    require(by, DRAW)
    key = body.get("key", "")
    if not key:
        raise Invalid(_("Give the procedure a key."), field="key")
    draft = _locked(key, revision)
    if draft is None:
        values = {"body": body, "based_on": _version(key), "saved_by": _person(by), "saved_at": now()}
        draft, made = Draft.objects.get_or_create(key=key, defaults=values)
        if not made:  # both began at the same moment
            _locked(key, revision)
        # One entry for each draft; its text is kept whole when it is published.
        record("procedures.save_draft", f"procedure:{key}", by=by, data={"key": key})
        return draft
    draft.body, draft.revision, draft.saved_by, draft.saved_at = body, draft.revision + 1, _person(by), now()
    draft.save()
    return draft


@transaction.atomic
def discard_draft(key: str, *, revision: int, by) -> None:
    """Throw the draft away; the version in force stays."""
    require(by, DRAW)
    if (draft := _locked(key, revision)) is not None:
        draft.delete()
        record("procedures.discard_draft", f"procedure:{key}", by=by, data={"key": key})


@transaction.atomic
def publish_draft(key: str, *, revision: int, by) -> Procedure:
    """Publish the draft as the next version; new cases begin on it, running ones stay on theirs.

    Raises `Invalid` with every fault in one message, or `Conflict` when another version was published meanwhile.
    """
    require(by, DRAW)
    draft = _locked(key, revision)
    if draft is None:
        raise Conflict(_("There is no draft of “%(key)s” to publish.") % {"key": key})
    if draft.based_on != (latest := _version(key)):
        raise Conflict(
            _(
                "Version %(latest)s was published while this draft was drawn from version %(based)s. Compare the two, "
                "take over what is needed, and save the draft as drawn from version %(latest)s."
            )
            % {"latest": latest, "based": draft.based_on}
        )
    if faults := [fault for fault in faults_in(draft.body) if not fault.is_warning]:
        raise Invalid("\n".join(str(fault.text) for fault in faults))
    procedure = publish({**draft.body, "origin": COUNTY}, by=by)
    draft.delete()
    return procedure


@transaction.atomic
def rebase_draft(key: str, *, revision: int, by) -> Draft:
    """Take the draft for one drawn from the version in force now: whoever does it has compared the two."""
    require(by, DRAW)
    draft = _locked(key, revision)
    if draft is None:
        raise Conflict(_("There is no draft of “%(key)s” any more.") % {"key": key})
    draft.based_on, draft.revision, draft.saved_by, draft.saved_at = (
        _version(key),
        draft.revision + 1,
        _person(by),
        now(),
    )
    draft.save()
    record("procedures.rebase_draft", f"procedure:{key}", by=by, data={"key": key, "version": draft.based_on})
    return draft


def _locked(key: str, revision: int) -> Draft | None:
    """The draft, locked, if it still is the one the person saw; else `Conflict` with who changed it and when."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("saved_by").filter(key=key).first()
    if draft is None and revision:
        raise Conflict(_("Somebody else published this draft or threw it away while you had it open. Look again."))
    if draft is not None and draft.revision != revision:
        raise Conflict(
            _("%(who)s saved this draft at %(when)s while you had it open. Your last change was not kept: look again.")
            % {"who": draft.saved_by or _("Somebody else"), "when": f"{moment(draft.saved_at):%H:%M}"}
        )
    return draft


def _person(by) -> User | None:
    return by if isinstance(by, User) else None  # the product itself draws in the demonstration


def _version(key: str) -> int:
    latest = Procedure.objects.filter(key=key).order_by("-version").values_list("version", flat=True).first()
    return latest or 0
