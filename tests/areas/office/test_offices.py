"""Documents with versions and readers, duties of the month, facilities and staff, office beside office."""

import io
from datetime import date, timedelta

import pytest

from huilian.areas.answer.office import services
from huilian.areas.answer.office.models import Adoption, Duty, DutyTask, Item, Reading, Slot
from huilian.areas.answer.office.queries import comparing, reach
from huilian.engine.documents.queries import attachments_of
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, today

from .conftest import MORNING


def adopted(office, *, by=None, **more):
    given = {"title": "监察办公室议事规则", "text": "第一条", "body": "青石镇党委", "adopted_on": today(), **more}
    return services.adopt(Slot.objects.get(list="office", number=2), office.town, **given, by=by or office.head)


def test_a_newer_version_ends_the_one_before(office):
    first = adopted(office, adopted_on=date(2026, 1, 5))
    second = adopted(office, text="", file=(io.BytesIO(b"%PDF-1.4\n%%EOF"), "议事规则.pdf"))
    first.refresh_from_db()
    assert (first.version, second.version, first.ended_on) == (1, 2, today() - timedelta(days=1))
    assert first.review_on == date(2027, 1, 5) and second.file and second.ended_on is None
    assert Event.objects.filter(verb="office.adopt").count() == 2
    with pytest.raises(Conflict):
        adopted(office, adopted_on=date(2026, 3, 1))
    for bad, field in (({"text": " "}, "text"), ({"adopted_on": date(2027, 1, 1)}, "adopted_on"), ({"title": " "},
                       "title"), ({"body": ""}, "body")):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            adopted(office, **bad)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        adopted(office, by=office.talker)
    with pytest.raises(NotAllowed):  # the head of one office does not reach another
        services.adopt(Slot.objects.first(), office.cast.commission, title="x", text="y", body="z", adopted_on=today(),
                       by=office.head)  # fmt: skip
    Slot.objects.update(is_active=False)
    with pytest.raises(Invalid):
        adopted(office)
    assert Adoption.objects.count() == 2


def test_a_document_is_read_and_taken_out_of_force(office):
    doc = adopted(office)
    services.sign_read(doc, by=office.head)
    services.sign_read(doc, by=office.head)
    assert Reading.objects.count() == 1 and Event.objects.filter(verb="office.sign_read").count() == 1
    read, unread = comparing.readers_of(doc)
    assert [r.user for r in read] == [office.head] and unread == []
    with pytest.raises(NotAllowed):
        services.sign_read(doc, by=office.talker)
    with pytest.raises(NotAllowed):
        services.withdraw(doc, by=office.talker)
    doc = services.withdraw(doc, by=office.head)
    assert doc.ended_on == today() and Event.objects.filter(verb="office.withdraw").exists()
    for again in (services.withdraw, services.sign_read):
        with pytest.raises(Conflict):
            again(doc, by=office.head)


def test_duties_become_tasks_once_and_late_stays_late(office):
    assert services.plan_tasks() == 6 and services.plan_tasks() == 0  # three duties, two offices
    check = DutyTask.objects.get(unit=office.town, duty__key="check")
    assert (check.period, check.due_on) == ("2026-06", date(2026, 6, 30))
    with pytest.raises(NotAllowed):
        services.finish(check, proof="查了四个村", by=office.talker)
    with pytest.raises(Invalid):
        services.finish(check, proof=" ", by=office.head)
    with frozen(MORNING + timedelta(days=30)):
        assert services.plan_tasks() == 4  # July, and the third quarter
        services.finish(check, proof="查了四个村", files=[(io.BytesIO(b"%PDF-1.4\n%%EOF"), "记录.pdf")], by=office.head)
        (compared,) = comparing.compared([office.town])
    check.refresh_from_db()
    assert check.done_on > check.due_on and check.done_by == office.head and attachments_of(check).count() == 1
    assert compared.duties == (1, 5) and compared.late == 2  # the check done late, the analysis not done
    with pytest.raises(Conflict):
        services.finish(check, proof="又", by=office.head)
    assert Event.objects.filter(verb="office.finish").count() == 1
    assert Event.objects.filter(verb="office.plan_tasks").count() == 2


def test_a_task_is_due_on_a_working_day(office):
    with frozen(MORNING.replace(month=10, day=9)):
        services.plan_tasks()
    assert DutyTask.objects.filter(duty__key="check").first().due_on == date(2026, 10, 30)  # the 31st is a Saturday


def test_offices_stand_beside_one_another(office, picture):
    seven = list(Item.objects.filter(list="seven"))
    seen = [services.Seen(item, True, photo=(picture(), "现场.png")) for item in seven[:6]]
    services.note_checks(office.town, [*seen, services.Seen(seven[6], False, "台账不全")], by=office.head)
    with pytest.raises(NotAllowed):
        services.note_checks(office.cast.commission, seen[:1], by=office.head)
    adopted(office)
    both = comparing.compared(reach.offices(office.keeper))
    town = next(o for o in both if o.unit == office.town)
    assert len(both) == 2 and (town.seven, town.papers, town.standard) == ((6, 7), (1, 12), (0, 6))
    assert town.staff == (1, 3) and [(p.n_held, p.quota) for p in comparing.staffing(office.town)] == [(1, 1), (0, 2)]
    assert [o.unit for o in comparing.answers_for("mechanism", both)] == [office.cast.commission]
    assert list(reach.offices(office.head)) == [office.town] and not reach.offices(office.talker).exists()


def test_titles_and_duties_are_the_countys_to_change(office):
    slot = services.save_slot(Slot.objects.first(), {"title": "县里改过的题目"}, by=office.keeper)
    duty = services.save_duty(None, {"key": "half", "name": "半年小结", "every": "quarter"}, by=office.keeper)
    assert (slot.origin, duty.origin) == ("county", "county")
    assert Event.objects.filter(verb="office.catalogue", data__what="半年小结").exists()
    for save, row in ((services.save_slot, slot), (services.save_duty, duty)):
        with pytest.raises(NotAllowed):
            save(row, {"is_active": False}, by=office.head)
    assert Duty.objects.filter(is_active=True).count() == 4
