"""A tip on its way: accepted by a team, talked about, told, carried up, passed on, copied; and who is refused."""

from datetime import datetime, timedelta

import pytest

from huilian.areas.hear.tips import services
from huilian.areas.hear.tips.models import Copy, Interest, Message, Visit
from huilian.areas.hear.tips.queries.reach import visible_to
from huilian.areas.hear.tips.services.opening import content_of, open_attachment, open_part
from huilian.areas.hear.tips.services.talking import read_by_code
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Appointment
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.engine.vault.models import Box, Grant
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, now
from huilian.foundation.sealing import Unopened
from tests.vault import unlock

from .conftest import NAMED, REPORTER, accepted, take

pytestmark = pytest.mark.django_db


def verbs(tip) -> list[str]:
    return list(Event.objects.filter(subject_id=tip.number).order_by("pk").values_list("verb", flat=True))


def test_accepted_it_is_with_the_handlers_and_no_more_with_who_sorted_it(desk):
    tip = take(desk).tip
    with pytest.raises(NotAllowed):
        accepted(desk, tip, by="guo_jing")
    with pytest.raises(NotAllowed):
        accepted(desk, tip, handler="he_wei")
    assert tip.members.count() == 2

    tip = accepted(desk, tip)

    assert tip.case.step == "handling" and tip.case.clock.state == "stopped", "nobody is to be told"
    assert visible_to(desk.guo_jing).get() == tip and not visible_to(desk.fu_qin).exists()
    assert not Grant.objects.filter(box__subject=tip.subject, key__user=desk.fu_qin).exists()
    assert content_of(tip, purpose="核查", token=unlock(desk.guo_jing), by=desk.guo_jing)["text"]
    with pytest.raises(NotAllowed):
        open_part(tip, "content", purpose="核查", token=unlock(desk.lei_ming), by=desk.lei_ming)
    with pytest.raises(Conflict):
        open_attachment(tip, 1, purpose="核查", token=unlock(desk.guo_jing), by=desk.guo_jing)
    assert {"tip.accept_other", "tips.assign", "tips.end_access"} <= set(verbs(tip))


def test_a_real_name_reporter_is_told_twice_and_the_clocks_stop(desk):
    tip = accepted(desk, take(desk, **NAMED).tip)
    me = {"by": desk.guo_jing}
    with pytest.raises(NotAllowed):
        services.tell_acceptance(tip, by=desk.fu_qin)
    tip = services.tell_acceptance(tip, **me)
    with pytest.raises(Conflict):
        services.tell_acceptance(tip, **me)
    tip = services.feed_back(tip, **me)
    with pytest.raises(Invalid):
        services.to_lead(tip, lead=" ", **me)
    tip = services.to_lead(tip, lead="XS20261122-0001", **me)
    with frozen(datetime(2026, 12, 1, 9)):
        tip = services.conclude(tip, **me)
        assert tip.case.step == "telling" and str(tip.case.due_on) == "2026-12-22"
        tip = services.tell_result(tip, **me)

    assert (tip.case.step, tip.lead, tip.case.state) == ("closed", "XS20261122-0001", "closed")
    assert tip.told_at and tip.result_told_at and not tip.case.clock.is_open
    told = {"tip.tell_acceptance", "tip.feed_back", "tip.to_lead", "tip.conclude_named", "tip.tell_result"}
    assert told <= set(verbs(tip))


def test_a_repeat_is_kept_and_linked(desk):
    first, letter = take(desk, **NAMED).tip, take(desk, channel="letter", by=desk.fu_qin).tip
    with pytest.raises(Invalid):
        services.link_repeat(letter, of="JB1", by=desk.fu_qin)
    with pytest.raises(NotAllowed):
        services.keep_repeat(letter, of=first.number, by=desk.guo_jing)

    letter = services.keep_repeat(letter, of=first.number.lower(), by=desk.fu_qin)

    assert (letter.repeat_of, letter.case.step) == (first, "kept") and "tips.link_repeat" in verbs(letter)


def test_what_goes_up_is_carried_and_destroyed_here(desk):
    tip = take(desk).tip
    with pytest.raises(Invalid):
        services.send_up(tip, level="own", by=desk.fu_qin)
    tip = services.send_up(tip, level="own_head", by=desk.fu_qin)
    assert (tip.unit, tip.field, tip.case.step) == (None, "", "carrying")
    with pytest.raises(Conflict, match="never copied"):
        services.ask_copy(tip, purpose="留底", by=desk.fu_qin)
    with pytest.raises(Invalid):
        services.hand_over(tip, receipt="", by=desk.fu_qin)

    tip = services.hand_over(tip, receipt="市纪委收文〔2026〕118号", by=desk.fu_qin)

    assert (tip.carrier, tip.case.step) == (desk.fu_qin, "sent_up") and tip.destroyed_at
    assert not Box.objects.filter(subject=tip.subject).exists() and not tip.marks.exists()
    with pytest.raises(Conflict):
        open_part(tip, "content", purpose="回看", token=unlock(desk.fu_qin), by=desk.fu_qin)
    assert "tips.destroy" in verbs(tip)


def test_passed_down_it_goes_by_a_summary_that_shows_nobody(desk):
    tip = take(desk, level="lower").tip
    with pytest.raises(Conflict, match="summary"):
        services.transfer(tip, unit=desk.baisha_government, by=desk.fu_qin)
    with pytest.raises(Invalid, match="may still show"):
        services.rewrite(tip, "我是柳河村承包户，电话13900001111，反映报账员冒领低保金。", by=desk.fu_qin)
    assert not boxes_of(tip.subject).filter(part="summary").exists()
    services.rewrite(tip, "反映柳河村报账员冒领低保金。", by=desk.fu_qin)
    services.rewrite(tip, "反映柳河村有关人员冒领低保金。", by=desk.fu_qin)
    with pytest.raises(Invalid, match="concerns"):
        services.transfer(tip, unit=desk.liuhe_committee, by=desk.fu_qin)

    tip = services.transfer(tip, unit=desk.baisha_government, by=desk.fu_qin)

    assert tip.case.step == "transferred" and boxes_of(tip.subject).filter(part="summary").count() == 1
    assert "tips.rewrite" in verbs(tip)


def test_what_is_no_matter_of_discipline_passes_with_approval(desk):
    tip = take(desk, level="outside").tip
    tip = services.ask_petition(tip, note="邻里宅基地纠纷", by=desk.fu_qin)
    with pytest.raises(NotAllowed):
        services.decide_petition(tip, agreed=True, by=desk.fu_qin)
    tip = services.decide_petition(tip, agreed=False, note="涉及村干部", by=desk.wan_li)
    tip = services.ask_petition(tip, note="仅为宅基地纠纷", by=desk.fu_qin)

    assert services.decide_petition(tip, agreed=True, by=desk.wan_li).case.step == "to_petitions"
    assert [v for v in verbs(tip) if v.startswith("tip.")][-3:] == ["tip.hold_back", "tip.ask_petition", "tip.pass_on"]


def test_they_talk_and_only_the_code_opens_the_reporters_side(desk):
    tip, code = take(desk)
    asked = services.say(tip, "请补充转账的大致时间。", by=desk.fu_qin)
    answer = services.hear(tip, "去年腊月。", by=REPORTER)
    with pytest.raises(NotAllowed):
        services.say(tip, "我也说一句", by=desk.guo_jing)
    with pytest.raises(Invalid):
        services.hear(tip, " ", by=REPORTER)

    assert read_by_code(asked, code) == "请补充转账的大致时间。" and read_by_code(answer, code) == "去年腊月。"
    with pytest.raises(Unopened):
        read_by_code(asked, "A" * 16)
    assert open_part(tip, "talk-2", purpose="核查", token=unlock(desk.tian_ye), by=desk.tian_ye) == "去年腊月。"
    assert Message.objects.count() == 2 and verbs(tip)[-2:] == ["tips.say", "tips.hear"]


def test_an_interest_an_end_and_a_departure_take_everything(desk):
    tip = take(desk).tip
    with pytest.raises(NotAllowed):
        services.declare_interest(tip, by=desk.guo_jing)
    services.declare_interest(tip, by=desk.fu_qin)
    assert not visible_to(desk.fu_qin).exists() and Interest.objects.get().user == desk.fu_qin
    with pytest.raises(Conflict):
        services.declare_interest(tip, by=desk.tian_ye)
    with pytest.raises(NotAllowed):
        services.assign(tip, desk.fu_qin, purpose="帮忙", until=now() + timedelta(days=2), token=unlock(desk.tian_ye),
                        by=desk.tian_ye)  # fmt: skip
    services.assign(tip, desk.guo_jing, purpose="协助", until=now() + timedelta(days=2), token=unlock(desk.tian_ye),
                    by=desk.tian_ye)  # fmt: skip
    services.assign(tip, desk.lei_ming, purpose="协助", until=now() + timedelta(days=2), token=unlock(desk.tian_ye),
                    by=desk.tian_ye)  # fmt: skip
    services.end_access(tip, desk.guo_jing, by=desk.tian_ye)
    assert not visible_to(desk.guo_jing).exists()

    post = Appointment.objects.get(person=desk.lei_ming.person)
    directory.end_appointment(post, on=now().date() - timedelta(days=1), by=SYSTEM)
    assert not visible_to(desk.lei_ming).exists(), "at once, before anything runs"
    assert services.clear_out(by=SYSTEM) == 1
    assert not Grant.objects.filter(box__subject=tip.subject, key__user=desk.lei_ming).exists()


def test_asking_for_a_tip_that_is_not_ones_own_is_written_down(desk):
    tip = take(desk).tip
    services.note_refusal("JB20990101-0001", by=desk.li_xiao)
    services.note_refusal(tip.number, by=desk.li_xiao)

    event = Event.objects.get(verb="tips.refuse_look")
    assert (event.subject_id, event.actor_id) == (tip.number, str(desk.li_xiao.pk))


def test_a_copy_is_allowed_by_another_made_once_and_in_time(desk):
    tip = take(desk).tip
    with pytest.raises(Invalid):
        services.ask_copy(tip, purpose=" ", by=desk.fu_qin)
    copy = services.ask_copy(tip, purpose="集体研判", by=desk.fu_qin)
    with pytest.raises(Conflict):
        services.ask_copy(tip, purpose="再要一份", by=desk.fu_qin)
    with pytest.raises(NotAllowed):
        services.allow_copy(copy, allowed=True, by=desk.fu_qin)
    with pytest.raises(NotAllowed):
        services.make_copy(copy, token=unlock(desk.fu_qin), by=desk.fu_qin)
    services.allow_copy(copy, allowed=True, by=desk.wan_li)
    with pytest.raises(Conflict):
        services.allow_copy(copy, allowed=False, by=desk.wan_li)

    assert services.make_copy(copy, token=unlock(desk.fu_qin), by=desk.fu_qin)["persons"] == [{"name": "李晓"}]
    with pytest.raises(Conflict):
        services.make_copy(copy, token=unlock(desk.fu_qin), by=desk.fu_qin)
    assert Copy.objects.get().made_at and {"tips.ask_copy", "tips.allow_copy", "tips.make_copy"} <= set(verbs(tip))


def test_a_video_visit_is_offered_booked_and_becomes_a_tip(desk):
    at = now() + timedelta(days=2)
    with pytest.raises(NotAllowed):
        services.offer_visit(room=desk.qingshi, starts_at=at, by=desk.he_wei)
    for wrong in ({"starts_at": now() - timedelta(days=1)}, {"starts_at": at, "minutes": 5}):
        with pytest.raises(Invalid):
            services.offer_visit(room=desk.qingshi, **wrong, by=desk.fu_qin)
    visit = services.offer_visit(room=desk.qingshi, starts_at=at, by=desk.fu_qin)
    with pytest.raises(Invalid, match="overlaps"):
        services.offer_visit(room=desk.baisha, starts_at=at + timedelta(minutes=10), by=desk.fu_qin)
    code = services.book_visit(visit, text="报账员的事，带了存折复印件。", by=REPORTER)
    assert len(code) == 8 and services.visit_by_code(code.lower()) == visit
    with pytest.raises(NotAllowed):
        services.read_note(visit, purpose="准备", token=unlock(desk.tian_ye), by=desk.tian_ye)
    me = {"purpose": "准备", "token": unlock(desk.fu_qin), "by": desk.fu_qin}
    assert services.read_note(visit, **me) == "报账员的事，带了存折复印件。"
    with pytest.raises(Conflict):
        services.book_visit(visit, by=REPORTER)

    with frozen(at + timedelta(minutes=31)):
        with pytest.raises(NotAllowed):
            services.record_visit(visit, text="当面说的", by=desk.tian_ye)
        taken = services.record_visit(visit, text="当面反映报账员冒领低保金", persons=["李晓"], by=desk.fu_qin)
        with pytest.raises(Conflict):
            services.miss_visit(visit, by=desk.fu_qin)
    assert not boxes_of(visit.subject).exists(), "it lies in the tip now"
    other = services.offer_visit(room=desk.qingshi, starts_at=at + timedelta(days=1), by=desk.fu_qin)
    code = services.book_visit(other, text="家里有事", by=REPORTER)
    with pytest.raises(Conflict):
        services.give_up_visit("2222-2222", by=REPORTER)
    assert boxes_of(other.subject).exists() and services.give_up_visit(code, by=REPORTER).booked_at is None
    assert not boxes_of(other.subject).exists() and "tips.give_up_visit" in Event.objects.values_list("verb", flat=True)
    services.book_visit(other, text="再约一次", by=REPORTER)
    assert services.forget_notes() == 0
    with frozen(at + timedelta(days=3)):
        assert services.forget_notes() == 1
    with frozen(at + timedelta(days=2)):
        assert services.miss_visit(other, by=desk.fu_qin).is_missed

    assert taken.tip.channel == "video" and Visit.objects.filter(tip=taken.tip).exists()
    assert Event.objects.filter(verb__in=["tips.offer_visit", "tips.book_visit", "tips.miss_visit"]).count() == 6
