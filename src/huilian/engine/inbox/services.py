"""Telling people, and noting that they have read. Reading one's own post is no act of office: the trail keeps none."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from huilian.engine.jobs import enqueue, job
from huilian.engine.trail.rules import subject_key
from huilian.foundation.now import now

from . import adapters
from .models import Delivery, Notice
from .wordings import UnknownNotice, declared


def notify(
    users: Iterable,
    template: str,
    subject=None,
    params: Mapping[str, object] | None = None,
    link: str = "",
    level: int = Notice.Level.PLAIN,
) -> list[Notice]:
    """Tell `users` (each once) by the wording `template`; e-mail and SMS follow as jobs of the same transaction.

    `subject` is a model instance or "kind:id". `params` must be JSON-able and hold nothing personal. `link` is an
    address within the house. Raises UnknownNotice when no `notices.py` declares the wording.
    """
    if template not in declared():
        raise UnknownNotice(f"'{template}' is declared in no notices.py")
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError("a notice leads to a page of this house only")
    kind, ident = subject_key(subject) if subject is not None else ("", "")
    people = list({user.pk: user for user in users if user.is_active}.values())
    with transaction.atomic():
        notices = Notice.objects.bulk_create(
            Notice(
                user=user,
                template=template,
                params=dict(params or {}),
                link=link,
                level=level,
                subject_kind=kind,
                subject_id=ident,
                made_at=now(),
            )
            for user in people
        )
        for channel, options in adapters.channels().items():
            _send_later(channel, options, notices)
    return notices


def _send_later(channel: str, options: Mapping, notices: list[Notice]) -> None:
    if not notices or notices[0].level < options.get("from_level", 0):
        return
    going = [n for n in notices if adapters.address_of(n.user, channel)]
    rows = Delivery.objects.bulk_create(Delivery(notice=n, channel=channel) for n in going)
    if rows:
        enqueue(deliver, channel=channel, ids=[row.pk for row in rows])


@job(retries=6, atomic=False)
def deliver(channel: str, ids: list[int]) -> int:
    """Hand messages to the gateway; those it has taken are not sent again when the job is repeated."""
    options = adapters.channels().get(channel)
    if options is None:
        return 0  # switched off in the meantime
    send, sent, trouble = adapters.sender(options["send"]), 0, None
    rows = Delivery.objects.filter(pk__in=ids, sent_at=None).select_related("notice__user__person")
    for row in rows:
        with translation.override(settings.LANGUAGE_CODE):
            title, text = str(_("Huilian: a notice for you")), _outside(row.notice)
        try:
            send(adapters.address_of(row.notice.user, channel), title, text)
        except Exception as error:  # the others are still sent; the job is repeated for this one
            trouble = error
            continue
        Delivery.objects.filter(pk=row.pk).update(sent_at=now())
        sent += 1
    if trouble:
        raise trouble
    return sent


def _outside(notice: Notice) -> str:
    return _("{text} Sign in to read more.").format(text=notice.text)


def mark_read(user, notice_id: int) -> Notice | None:
    """Note that `user` has read their notice and return it; None when it is not theirs or not there."""
    with transaction.atomic():
        Notice.objects.filter(pk=notice_id, user=user, read_at=None).update(read_at=now())
    return Notice.objects.filter(pk=notice_id, user=user).first()


def mark_all_read(user) -> int:
    """Note that `user` has read everything; return how many were new."""
    with transaction.atomic():
        return Notice.objects.filter(user=user, read_at=None).update(read_at=now())
