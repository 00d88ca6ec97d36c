"""「登记·转送」 A petition comes in and goes to the organ that is competent for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of, recused
from huilian.engine.directory.models import Place, Unit
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.definition import AS_WRITTEN, Limit, Limits
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from .. import codes, rules
from ..models import Ground, Path, Petition, Petitioner
from ..queries.reach import may_reveal, visible_petitions
from .guards import CITIZEN, allow, locked, said, tell_unit

Kind, Channel = Petition.Kind, Petition.Channel
LONGEST = 5000  # characters of a petition
TYPED = ("kind", "channel", "source_no", "field", "text", "people", "visited_level", "about", "repeat_of")
SHORTEST_PURPOSE = 4
BACK: dict[str, Callable] = {}  # way in → (petition, note, by): takes it back there, in the same transaction


@dataclass(frozen=True)
class Taken:
    """A petition with the code of whoever handed it in, which is shown once and not kept."""

    petition: Petition
    code: str


@transaction.atomic
def take_in(
    title: str,
    values: Mapping,
    *,
    place: Place,
    petitioners: Iterable[Mapping],
    by=CITIZEN,
    received_at=None,
    code_digest: str = "",
) -> Taken:
    """Register a petition. `petitioners` are those who sign or, of a group, its representatives (at most five).

    `code_digest` is kept of a code that the person has already, from whoever hands it over (`codes.DIGESTS`).
    Charges against officials are not taken here: they have their own way in, sealed (检举控告). Raises Invalid without
    name and address (第十九条), for more than five representatives, for a visit without the level visited.
    """
    if by is not CITIZEN:
        allow(by, "petitions.take", place=place)
    made = Petition(place=place)
    for name in TYPED:
        if name in values:
            setattr(made, name, values[name])
    _check(made)
    people = _people(petitioners, made.people, in_person=made.channel == Channel.VISIT)
    competent = made.about.place.level if made.about else place.level
    made.is_skip = made.visited_level is not None and rules.skips(competent, made.visited_level)
    if made.repeat_of and made.repeat_of.repeat_of:
        made.repeat_of = made.repeat_of.repeat_of  # all repeats hang on the first
    made.case = cases.open_case(
        "petition", title=said(title, "title", 4), by=by, place=_place_of_case(place, made.about),
        source=made.channel, received_at=received_at,
        data={"kind": made.kind, "people": made.people, "skip": made.is_skip, "repeat": bool(made.repeat_of)},
    )  # fmt: skip
    code = codes.new_code()
    made.code_digest = code_digest or codes.digest(code)
    made.save()
    Petitioner.objects.bulk_create(Petitioner(petition=made, **person) for person in people)
    return Taken(made, code)


def _check(made: Petition) -> None:
    if made.kind not in Kind.values:
        raise Invalid(
            _("Choose a suggestion or a demand. Charges against officials are taken elsewhere."), field="kind"
        )
    if made.channel not in Channel.values:
        raise Invalid(_("Choose how it came in."), field="channel")
    made.text = said(made.text or "", "text", 10)
    if len(made.text) > LONGEST:
        raise Invalid(_("At most %(most)s characters.") % {"most": LONGEST}, field="text")
    if made.channel == Channel.VISIT:
        if made.visited_level is None:
            raise Invalid(_("Say which level was visited."), field="visited_level")
    else:
        made.visited_level = None
    if made.channel == Channel.HOTLINE and not (made.source_no or "").strip():
        raise Invalid(_("Give the number of the hotline order it comes from."), field="source_no")
    if not made.people or made.people < 1:
        raise Invalid(_("At least one person hands it in."), field="people")


def _people(petitioners: Iterable[Mapping], count: int, *, in_person: bool) -> list[dict]:
    rows = [{k: str(v).strip() for k, v in row.items() if k in ("name", "phone", "address")} for row in petitioners]
    rows = [row for row in rows if row.get("name")]
    if not rows:
        raise Invalid(_("Write the name; an answer can only be given to somebody."), field="name")
    if not rows[0].get("address"):
        raise Invalid(_("Write the address; the answer is delivered there."), field="address")
    if in_person and len(rows) > rules.MOST_REPRESENTATIVES:
        raise Invalid(
            _("Several people send at most %(most)s representatives.") % {"most": rules.MOST_REPRESENTATIVES},
            field="name",
        )
    if len(rows) > count:
        raise Invalid(_("More names than people: correct the number of people."), field="people")
    return rows


def _place_of_case(place: Place, about: Unit | None) -> Place | None:
    """The township: a village post does not see who asks what of it. None where the township itself is concerned."""
    township = copies_of(place)["township"]
    if township is None:
        return place
    return None if about is not None and about.place_id == township.pk else township


@transaction.atomic
def forward(petition: Petition, *, unit: Unit, simple: bool = False, by, expected: int | None = None) -> Petition:
    """Pass it to the competent organ, within fifteen days of receipt; simple ones are decided on in three workdays.

    Never to the unit concerned when the matter is about how that unit acted: it goes to the organ above.
    """
    petition = locked(petition)
    if petition.about_id == unit.pk and unit.place.level > Place.Level.TOWNSHIP:
        raise Invalid(_("A village does not decide on petitions. Pass it to the township."), field="unit")
    limits = Limits(step=Limit(rules.SIMPLE_DECIDE)) if simple else AS_WRITTEN
    petition.case = cases.move(petition.case, "forward", unit=unit, by=by, expected=expected, limits=limits)
    petition.is_simple = simple
    petition.save(update_fields=["is_simple"])
    tell_unit(unit, "petitions.forwarded", petition.case.number, due=str(petition.case.due_on))
    return petition


@transaction.atomic
def send_back(petition: Petition, *, note: str, by, expected: int | None = None) -> Petition:
    """Not this organ's matter: back to the petitions office with the reason."""
    petition = locked(petition)
    petition.case = cases.move(petition.case, "return", note=said(note, "note"), by=by, expected=expected)
    return petition


@transaction.atomic
def hand_back(petition: Petition, *, note: str, by, expected: int | None = None) -> Petition:
    """No petition but a matter of the office it came from: back to it, with the reason, which the person reads."""
    petition = locked(petition)
    if petition.channel not in BACK or not petition.source_no:
        raise Conflict(_("It did not come from another office."))
    petition.told_text, petition.told_at = said(note, "note", 4), now()
    petition.case = cases.move(petition.case, "hand_back", note=petition.told_text, by=by, expected=expected)
    petition.save(update_fields=["told_text", "told_at"])
    BACK[petition.channel](petition, note=petition.told_text, by=by)
    return petition


@transaction.atomic
def route(petition: Petition, *, path: Path, text: str, by, expected: int | None = None) -> Petition:
    """「导入法定途径」 A demand that has a way by law is led there first, in writing (第三十一条); told today."""
    petition = locked(petition)
    if petition.kind != Kind.DEMAND:
        raise Invalid(_("A suggestion has no other way by law; it is answered here."), field="path")
    petition.path = path
    return _told(petition, "route", text, by, expected, {"path": path.key})


@transaction.atomic
def refuse(petition: Petition, *, ground: Ground, text: str, by, expected: int | None = None) -> Petition:
    """Do not accept it, on a listed ground, in writing and with what is left to the person."""
    petition = locked(petition)
    if ground.key == "final" and not _ended_before(petition):
        raise Invalid(
            _("No earlier petition linked with this one has gone through the final review. Link it first."),
            field="ground",
        )
    petition.ground = ground
    return _told(petition, "refuse", text, by, expected, {"ground": ground.key})


def _ended_before(petition: Petition) -> bool:
    first = petition.repeat_of
    return first is not None and (first.case.outcome == "final" or first.repeats.filter(case__outcome="final").exists())


def _told(petition: Petition, verb: str, text: str, by, expected, data: dict) -> Petition:
    petition.told_text, petition.told_at = said(text, "text", 10), now()
    petition.case = cases.move(petition.case, verb, note=petition.told_text, by=by, expected=expected, data=data)
    petition.save(update_fields=["path", "ground", "told_text", "told_at"])
    return petition


@transaction.atomic
def link_repeat(petition: Petition, first: Petition, *, by) -> Petition:
    """Link a repeat with the first petition on the same matter, so that both are handled as one."""
    petition = locked(petition)
    allow(by, "petitions.take", place=petition.place)
    first = first.repeat_of or first
    if not visible_petitions(by).filter(pk=first.pk).exists():
        raise Invalid(_("There is no petition of this number in your reach."), field="first")
    if first.pk == petition.pk or petition.repeats.exists():
        raise Conflict(_("This is the first petition of the matter; link the others with it."))
    petition.repeat_of = first
    petition.save(update_fields=["repeat_of"])
    record("petitions.link_repeat", petition.case, by=by, data={"first": first.case.number})
    return petition


@transaction.atomic
def withdraw(petition: Petition, note: str, *, by=CITIZEN) -> Petition:
    """The petitioner gives it up before it is answered."""
    petition = locked(petition)
    petition.case = cases.move(petition.case, "withdraw", note=said(note, "note"), by=by)
    return petition


@transaction.atomic
def reveal(petition: Petition, *, purpose: str, by) -> list[Petitioner]:
    """Open who handed it in, for a purpose that the trail keeps. Raises NotAllowed or, without purpose, Invalid."""
    allow(by, "petitions.reveal")
    if not may_reveal(petition, by):
        allow(by, "petitions.reveal", unit=petition.case.unit, place=petition.place)
    cases_free(petition, by)
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise Invalid(_("Say what you need the name for; it is kept in the trail."), field="purpose")
    record("petitions.reveal", petition.case, by=by, data={"purpose": purpose.strip()})
    return list(petition.petitioners.all())


def cases_free(petition: Petition, by) -> None:
    """Raise NotAllowed where `by` must step back: who heads the unit concerned."""
    if why := recused(by, units=[petition.about] if petition.about else []):
        raise NotAllowed(why)
