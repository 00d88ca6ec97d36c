"""How those who serve bind themselves: norms, the eight rules, duty, diary, cards, checklists."""

from datetime import date, datetime

import pytest

from huilian.areas.serve.services.models import (
    Checklist,
    DiaryEntry,
    Norm,
    NormCheck,
    SelfCheck,
    Shift,
    Signature,
    SupervisionCard,
)
from huilian.areas.serve.services.queries import desk, public
from huilian.areas.serve.services.queries.rules_kept import findings
from huilian.areas.serve.services.services import catalogue, conduct, handling, points
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

TODAY = date(2026, 11, 3)


def was(verb) -> bool:
    return Event.objects.filter(verb=verb).exists()


def test_a_pledge_is_signed_once_and_anew_when_its_text_changes(county):
    pledge = Norm.objects.get(key="pledge")
    with pytest.raises(NotAllowed):
        conduct.sign(pledge, by=county.qian_jing)
    conduct.sign(pledge, promise="电话二十四小时畅通", by=county.bai_lu)
    with pytest.raises(Conflict):
        conduct.sign(pledge, by=county.bai_lu)
    assert [s.promise for s in public.point_page(county.room.pk).promises] == ["电话二十四小时畅通"]
    assert was("services.sign")

    changed = catalogue.save_norm(pledge, {"text": "本人承诺无偿代办。"}, by=county.cao_jun)

    assert changed.version == 2 and not Norm.objects.get(pk=pledge.pk).is_current
    with pytest.raises(Conflict):
        conduct.sign(pledge, by=county.niu_tao)
    conduct.sign(changed, by=county.bai_lu)
    assert Signature.objects.count() == 2


def test_the_eight_rules_are_counted_and_what_was_not_counted_is_said(county):
    found = {f.key: f for f in findings(county.room)}

    assert list(found) == [
        "publicity", "first_asked", "promise", "accountability", "duty", "quality", "proxy", "limits",
    ]  # fmt: skip
    staff = found["promise"].counted
    assert found["promise"].failing == staff > 0
    assert found["duty"].good is None and found["limits"].good is None
    conduct.sign(Norm.objects.get(key="pledge"), by=county.bai_lu)
    assert next(f for f in findings(county.room) if f.key == "promise").failing == staff - 1


def test_first_asked_and_limits_fail_when_time_has_passed(county, asked):
    points.note_inquiry(matter="社保卡怎么办", by=county.bai_lu)
    asked.papers.update(state="given")
    handling.receive(asked, by=county.bai_lu)
    handling.accept(asked, mode="agent", reason="由镇审批", agent=county.person("bai_lu"), by=county.bai_lu)

    with frozen(datetime(2026, 11, 20, 9)):
        found = {f.key: f for f in findings(county.room)}

    assert (found["first_asked"].counted, found["first_asked"].failing) == (1, 1)
    assert (found["limits"].counted, found["limits"].failing) == (1, 1)


def test_a_check_of_the_rules_is_kept_once_a_day_by_who_answers_for_the_point(county):
    with pytest.raises(NotAllowed):
        conduct.check_rules(county.room, by=county.bai_lu)
    assert not NormCheck.objects.exists()

    conduct.check_rules(county.room, remark="抓紧签订责任书", by=county.yu_fei)
    conduct.check_rules(county.room, remark="再次检查", by=county.yu_fei)

    assert NormCheck.objects.get().remark == "再次检查" and len(NormCheck.objects.get().findings) == 8
    assert was("services.check_rules")


@pytest.fixture
def shift(county):
    return conduct.plan_shift(county.room, on=TODAY, person=county.person("bai_lu"), by=county.yu_fei)


def test_duty_is_planned_by_who_answers_for_the_point(county, shift):
    with pytest.raises(NotAllowed):
        conduct.plan_shift(county.room, on=TODAY, person=county.person("niu_tao"), by=county.bai_lu)
    with pytest.raises(Conflict):
        conduct.plan_shift(county.room, on=TODAY, person=county.person("bai_lu"), by=county.yu_fei)
    with pytest.raises(Invalid):
        conduct.plan_shift(county.room, on=date(2026, 11, 2), person=county.person("niu_tao"), by=county.yu_fei)
    with pytest.raises(Invalid):
        conduct.plan_shift(county.room, on=TODAY, person=county.person("shi_lei"), by=county.yu_fei)

    assert Shift.objects.count() == 1 and was("services.plan_shift")


def test_who_is_on_duty_signs_in_on_the_day(county, shift):
    with pytest.raises(NotAllowed):
        conduct.sign_in(shift, spot="村便民服务室", by=county.niu_tao)
    with pytest.raises(Invalid):
        conduct.sign_in(shift, spot="", by=county.bai_lu)
    conduct.sign_in(shift, spot="村便民服务室", by=county.bai_lu)
    with pytest.raises(Conflict):
        conduct.sign_in(shift, spot="村便民服务室", by=county.bai_lu)

    assert public.point_page(county.room.pk).on_duty[0].signed_in_at and was("services.sign_in")


def test_an_absence_has_a_reason_and_a_stand_in_who_can_sign_in(county, shift):
    with pytest.raises(Invalid):
        conduct.note_absence(shift, absence="", by=county.bai_lu)
    with pytest.raises(NotAllowed):
        conduct.note_absence(shift, absence="外出", by=county.niu_tao)
    with pytest.raises(Invalid):
        conduct.note_absence(shift, absence="到县里开会", stand_in=county.person("bai_lu"), by=county.bai_lu)

    conduct.note_absence(shift, absence="到县里开会", stand_in=county.person("niu_tao"), by=county.bai_lu)
    conduct.sign_in(shift, spot="村便民服务室", by=county.niu_tao)

    assert Shift.objects.get().absence == "到县里开会" and was("services.note_absence")


def test_whoever_was_not_there_stands_on_the_list_of_absences(county, shift):
    with pytest.raises(Conflict):
        conduct.drop_shift(shift, by=county.yu_fei)
    later = conduct.plan_shift(county.room, on=date(2026, 11, 5), person=county.person("niu_tao"), by=county.yu_fei)
    conduct.drop_shift(later, by=county.yu_fei)
    assert was("services.drop_shift")

    with frozen(datetime(2026, 11, 4, 9)):
        assert [s.person.name for s in desk.absences([county.room], date(2026, 11, 1))] == ["白露"]
        assert next(f for f in findings(county.room) if f.key == "duty").failing == 1


def test_the_diary_is_read_by_who_wrote_it_and_who_answers_for_the_point(county):
    with pytest.raises(Invalid):
        conduct.write_diary(on=date(2026, 11, 9), heard="路灯坏了", by=county.bai_lu)
    with pytest.raises(Invalid):
        conduct.write_diary(on=TODAY, heard="灯", by=county.bai_lu)
    assert not DiaryEntry.objects.exists()

    entry = conduct.write_diary(on=TODAY, heard="三组路灯坏了两盏", household="张大山", by=county.bai_lu)

    assert list(desk.diary_of(county.bai_lu)) == list(desk.diary_of(county.yu_fei)) == [entry]
    assert not desk.diary_of(county.niu_tao).exists() and not desk.diary_of(county.sun_yan).exists()
    assert was("services.diary") and "路灯" not in str(Event.objects.filter(verb="services.diary").get().data)
    with pytest.raises(NotAllowed):
        conduct.settle_diary(entry, done="已报修", by=county.niu_tao)
    conduct.settle_diary(entry, done="已报修，周五更换", by=county.bai_lu)
    with pytest.raises(Conflict):
        conduct.settle_diary(entry, done="已报修", by=county.bai_lu)
    assert was("services.settle_diary")


def test_a_card_leads_to_who_serves_until_it_is_withdrawn(county):
    with pytest.raises(NotAllowed):
        conduct.issue_card(county.room, county.person("bai_lu"), by=county.bai_lu)
    with pytest.raises(Invalid):
        conduct.issue_card(county.room, county.person("shi_lei"), by=county.yu_fei)
    first = conduct.issue_card(county.room, county.person("bai_lu"), by=county.yu_fei)
    second = conduct.issue_card(county.room, county.person("bai_lu"), by=county.yu_fei)

    assert public.card(first.code) is None and public.card(second.code.lower()).person.name == "白露"
    conduct.withdraw_card(SupervisionCard.objects.get(pk=second.pk), by=county.yu_fei)
    with pytest.raises(Conflict):
        conduct.withdraw_card(SupervisionCard.objects.get(pk=second.pk), by=county.yu_fei)
    assert public.card(second.code) is None and was("services.card") and was("services.withdraw_card")


def test_a_checklist_is_gone_through_line_by_line(county):
    ten = Checklist.objects.get(key="ten")
    with pytest.raises(Invalid):
        conduct.check_self(county.room, ten, met=[True], by=county.bai_lu)
    with pytest.raises(NotAllowed):
        conduct.check_self(county.room, ten, met=[True] * 10, by=county.sun_yan)
    assert not SelfCheck.objects.exists()

    conduct.check_self(county.room, ten, met=[True] * 9 + [False], note="还缺便民服务卡", by=county.bai_lu)

    assert sum(SelfCheck.objects.get().met) == 9 and was("services.check_self")
