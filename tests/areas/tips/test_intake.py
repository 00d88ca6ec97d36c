"""Seven ways in and one register; sealed first, and to nobody concerned."""

import io
import json
from datetime import datetime

import pytest

from huilian.areas.hear.tips import services
from huilian.areas.hear.tips.models import Mark, Member, Tip
from huilian.areas.hear.tips.queries.reach import visible_to
from huilian.areas.hear.tips.queries.repeats import alike
from huilian.areas.hear.tips.services.intake import code_digest
from huilian.areas.hear.tips.services.opening import content_of, open_part
from huilian.engine.procedures.models import Case
from huilian.engine.trail.models import Event
from huilian.engine.vault.models import Box, Grant
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen
from tests.vault import unlock

from .conftest import NAMED, TEXT, take

pytestmark = pytest.mark.django_db


def test_what_is_said_is_sealed_and_the_register_says_nothing_of_it(desk):
    tip, code = take(desk, **NAMED, files=[(io.BytesIO(b"photo"), "转账截图.jpg")])

    assert tip.number.startswith("JB") and tip.case.step == "sorting" and tip.named == "named"
    assert {box.part: box.paired for box in boxes_of(tip.subject)} == {
        "content": False,
        "identity": True,
        "file-1": False,
    }
    token = unlock(desk.fu_qin)
    said = content_of(tip, purpose="登记", token=token, by=desk.fu_qin)
    assert said == {"text": TEXT, "persons": [{"name": "李晓"}], "files": ["转账截图.jpg"]}
    with pytest.raises(NotAllowed):
        open_part(tip, "identity", purpose="看看", token=token, by=desk.fu_qin)
    assert code_digest(f" {code[:4].lower()} {code[4:]}") == tip.code_digest and len(code) == 16
    held = json.dumps([*Event.objects.values_list("data", flat=True), *Case.every.values_list("title", flat=True)])
    assert not any(word in held for word in ("李晓", "周大山", "13900001111", "低保", code, "转账"))
    assert Event.objects.get(verb="tips.take_in").data == {"channel": "web", "named": "named"}


def test_who_sorts_sees_it_and_nobody_else(desk):
    tip = take(desk).tip

    assert set(Member.objects.filter(tip=tip).values_list("user__username", flat=True)) == {"fu_qin", "tian_ye"}
    seen = {user.username for user in (*desk.everybody, desk.wan_li, desk.guo_jing, desk.an_qi, desk.pu_yu)
            if visible_to(user).exists()}  # fmt: skip
    assert seen == set() and visible_to(desk.fu_qin).get() == tip
    held = Grant.objects.filter(box__part="content", key__is_recovery=False)
    assert set(held.values_list("key__user__username", flat=True)) == {"fu_qin", "tian_ye"}


def test_a_tip_that_names_its_own_recipient_goes_past_them(desk):
    tip = take(desk, persons=["付 琴"], unit=None).tip
    assert not visible_to(desk.fu_qin).exists() and visible_to(desk.tian_ye).get() == tip


def test_nobody_left_to_receive_it_is_said_and_nothing_is_kept(desk):
    with pytest.raises(Conflict, match="next level"):
        take(desk, persons=["付琴", "田野"])  # the head over tips heads their unit, and steps back too

    assert not Tip.objects.exists() and not Box.objects.exists() and not Case.every.exists()


def test_on_a_cadre_of_a_higher_level_only_the_head_opens_and_nothing_is_entered(desk):
    tip = take(desk, level="higher", persons=["罗成"]).tip

    assert tip.case.step == "carrying" and (tip.unit, tip.place, tip.field) == (None, None, "")
    assert visible_to(desk.wan_li).get() == tip and not visible_to(desk.fu_qin).exists()


def test_on_the_own_head_the_head_never_sees_it(desk):
    tip = take(desk, level="own_head", persons=["万里"], unit=None).tip

    assert tip.case.step == "carrying"
    assert not visible_to(desk.wan_li).exists() and visible_to(desk.fu_qin).exists()


def test_the_telephone_asks_for_the_pledge_and_the_recording(desk):
    phone = {"channel": "phone", "by": desk.fu_qin, "recording": "REC-2026-118"}
    with pytest.raises(NotAllowed, match="pledge"):
        take(desk, **phone)
    with pytest.raises(NotAllowed):
        services.pledge(by=desk.he_wei)
    services.pledge(by=desk.fu_qin)
    with pytest.raises(Invalid, match="recording"):
        take(desk, **{**phone, "recording": " "})
    assert not Tip.objects.exists()

    assert take(desk, **phone).tip.recording == "REC-2026-118"
    assert Event.objects.filter(verb="tips.pledge").count() == 1


def test_what_is_not_right_is_refused_and_nothing_is_kept(desk):
    for wrong, error in (
        ({"channel": "dove"}, Invalid), ({"text": " "}, Invalid), ({"named": True}, Invalid),
        ({"channel": "letter", "by": desk.he_wei}, NotAllowed),
        ({"persons": [{"name": "王五", "identity_number": "1"}]}, Invalid),
    ):  # fmt: skip
        with pytest.raises(error):
            take(desk, **wrong)

    assert not Tip.objects.exists() and not Mark.objects.exists() and not Event.objects.filter(verb="tips.take_in")


def test_the_same_tip_through_three_channels_is_linked_by_its_reporter_or_offered(desk):
    first = take(desk, **NAMED).tip
    again = take(desk, channel="sms", text="短信：李晓的事还没人管", **NAMED).tip
    letter = take(desk, channel="letter", by=desk.fu_qin, text="匿名信，还是李晓这件事").tip

    assert again.repeat_of == first and again.case.class_key == "other", "a repeat is not told again"
    assert letter.repeat_of is None and list(alike(letter)) == [first, again]


def test_clocks_run_from_receipt_around_spring_festival(desk):
    """2026: holidays from 15 to 23 February; 14 and 28 February are worked."""
    with frozen(datetime(2026, 2, 13, 10)):
        tip = take(desk, **NAMED).tip
        fast = take(desk, fast_lane=True).tip

    assert str(tip.case.clock.due_on) == "2026-03-12" and str(tip.case.steps.last().clock.due_on) == "2026-02-27"
    assert fast.case.class_key == "other_fast" and str(fast.case.steps.last().clock.due_on) == "2026-02-24"


def test_a_planted_tip_tells_on_whoever_opens_it(desk):
    with pytest.raises(NotAllowed):
        services.plant(text="县里的一件大事，请查", by=desk.fu_qin)
    tip = services.plant(text="县里的一件大事，请查", by=desk.an_qi)

    open_part(tip, "content", purpose="随便看看", token=unlock(desk.tian_ye), by=desk.tian_ye)

    from huilian.engine.inbox.models import Notice

    assert Notice.objects.get().user == desk.an_qi and Event.objects.get(verb="tips.spring")
    assert not Event.objects.filter(verb="tips.plant").exists(), "its history does not tell what it is"


def test_access_of_registration_ends(desk):
    take(desk)

    with frozen(datetime(2099, 1, 1)):
        assert not visible_to(desk.fu_qin).exists()
