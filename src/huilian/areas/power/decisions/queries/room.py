"""A meeting as its page shows it: people with what they did, items with opinions and counts."""

from dataclasses import dataclass

from ..models import AgendaItem, Attendance, Meeting
from ..rules import Verdict, judge
from .chain import spec_of
from .recusal import concerned


@dataclass(frozen=True)
class ShownItem:
    """`silent`: those present who still have to speak, the head alone when everybody else has; `backs`: who stepped
    back, `must_back`: who is concerned and has not."""

    item: AgendaItem
    head_last: bool
    opinions: list
    votes: list
    silent: list[Attendance]
    unvoted: list[Attendance]
    backs: list
    must_back: list[Attendance]


@dataclass(frozen=True)
class Room:
    """`needs`: how many it takes to be many enough and to agree, as things stand."""

    people: list[Attendance]
    absent: list[Attendance]
    items: list[ShownItem]
    needs: Verdict | None
    sheets: list


def room_of(meeting: Meeting) -> Room:
    people = list(meeting.attendances.select_related("seat__person", "carrier__seat"))
    there = [a for a in people if a.how]
    items = []
    joined = meeting.items.select_related("motion__case__procedure", "motion__matter")
    for item in joined.prefetch_related(
        "opinions__attendance__seat", "votes__attendance__seat", "backs__attendance__seat"
    ):
        opinions, votes, backs = list(item.opinions.all()), list(item.votes.all()), list(item.backs.all())
        away = {b.attendance_id for b in backs}
        able = [a for a in there if a.pk not in away]
        spoken, voted = {o.attendance_id for o in opinions}, {v.attendance_id for v in votes}
        head_last = spec_of(item.motion, item.motion.case.definition.step(item.step)).head_last
        silent = [a for a in able if a.how != "proxy" and a.pk not in spoken]
        if head_last and any(not a.seat.is_head for a in silent):
            silent = [a for a in silent if not a.seat.is_head]
        unvoted = [a for a in able if a.pk not in voted]
        items.append(ShownItem(item, head_last, opinions, votes, silent, unvoted, backs, concerned(item, unvoted)))
    needs = judge(meeting.body.majority, due=meeting.due, present=meeting.present or 0, yes=0) if meeting.due else None
    return Room(
        people, [a for a in people if not a.how], items, needs, list(meeting.sheets.select_related("attachment"))
    )
