"""「一次性告知」 All that is missing is told at once (行政许可法 §32); what is handed in later is added, never lost."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.numbering.services import next_number
from huilian.engine.procedures import services as cases
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from ..models import Application, Paper, PaperNotice
from .applying import File, add_file, mark_given
from .people import CITIZEN, locked, tell_unit

SHORTEST = 4  # characters of a reason


@transaction.atomic
def note_papers(application: Application, seen: Iterable[Paper], *, by) -> Application:
    """Tick papers whose originals were shown at the window."""
    application = locked(application)
    for paper in seen:
        mark_given(application.papers.get(pk=paper.pk))
    cases.act(application.case, "paper", by=by, data={"paper": "、".join(p.name for p in seen)})
    return application


@transaction.atomic
def ask_papers(
    application: Application,
    *,
    wrong: Mapping[int, str] | None = None,
    waits: Iterable[int] = (),
    new_fact: str = "",
    by,
    expected: int | None = None,
) -> PaperNotice:
    """Tell the applicant everything that is missing, in one notice.

    Every required paper that is not there is in it by itself; `wrong` adds papers that are not usable, with what is
    wrong, `waits` leaves those out that may follow later. A second notice needs a new fact, which is recorded.
    """
    application = locked(application)
    earlier = application.notices.exists()
    if earlier and len(new_fact.strip()) < SHORTEST:
        raise Conflict(
            _("What is missing was told once already. Papers may be asked for again only for a new fact; write which.")
        )
    _set_aside(application, waits)
    for pk, note in (wrong or {}).items():
        _set_wrong(application, pk, note)
    missing = [
        {"paper": paper.pk, "zh": paper.name, "en": paper.name_en, "note": paper.note}
        for paper in missing_of(application)
    ]
    if not missing:
        raise Invalid(_("All papers are there; nothing has to be asked for."), field="wrong")
    when = now()
    notice = PaperNotice.objects.create(
        application=application,
        number=next_number("GZ", on=when.date()),
        missing=missing,
        new_fact=new_fact.strip() if earlier else "",
        issued_at=when,
        issued_by=by,
    )
    said = {"count": len(missing), "notice": notice.number}
    cases.move(application.case, "ask_papers", by=by, expected=expected, data=said)
    if earlier:
        record("service.ask_again", application.case, by=by, data={**said, "fact": notice.new_fact})
    return notice


def missing_of(application: Application):
    """Required papers that are not there or not usable."""
    return application.papers.filter(is_required=True, state__in=(Paper.State.MISSING, Paper.State.WRONG))


def _set_aside(application: Application, waits: Iterable[int]) -> None:
    """容缺受理: a paper that the catalogue lets follow later, and only such."""
    for paper in application.papers.filter(pk__in=waits).select_related("material"):
        if paper.material is None or not paper.material.can_wait:
            raise Invalid(
                _("“%(paper)s” has to be there first; it cannot follow later.") % {"paper": paper}, field="waits"
            )
        paper.state = Paper.State.WAITS
        paper.save(update_fields=["state"])


def _set_wrong(application: Application, pk: int, note: str) -> None:
    if len(note.strip()) < SHORTEST:
        raise Invalid(_("Say of each paper what is wrong with it, so that it can be put right at once."), field="wrong")
    changed = application.papers.filter(pk=pk).update(state=Paper.State.WRONG, note=note.strip()[:200], given_at=None)
    if not changed:
        raise Invalid(_("This paper does not belong to the application."), field="wrong")


@transaction.atomic
def hand_in(
    application: Application, *, files: Iterable[File] = (), seen: Iterable[int] = (), by=CITIZEN
) -> Application:
    """Add missing papers: files from a phone, or originals shown at the window. Once all are there, it goes on."""
    application = locked(application)
    if application.case.step != "completing":
        raise Conflict(_("No papers are awaited for %(number)s at the moment.") % {"number": application.number})
    papers = {p.material.key: p for p in application.papers.select_related("material") if p.material}
    for file in files:
        if file.material not in papers:
            raise Invalid(_("This item has no such paper. Open the page again and choose the paper."), field="files")
        add_file(papers[file.material], file.upload, file.name, by=by)
    for paper in application.papers.filter(pk__in=seen):
        mark_given(paper)
    if missing_of(application).exists():
        cases.act(application.case, "paper", by=by, holder="anyone", data={"paper": _("some of the missing papers")})
        return application
    application.notices.filter(met_at=None).update(met_at=now())
    if not isinstance(by, Actor):  # they came to the window once more
        application.trips += 1
        application.save(update_fields=["trips"])
    application.case = cases.move(application.case, "hand_in", by=by)
    tell_unit(application.case.unit, "services.completed", application)
    return application
