"""Two for a name: one asks and says for what, another agrees, the first may read for a short time."""

from datetime import timedelta

import pytest

from huilian.engine.trail.models import Event
from huilian.engine.vault import services as vault
from huilian.engine.vault.models import Offer, Opening
from huilian.engine.vault.queries import looks_into, openings_for
from huilian.engine.vault.services.openings import READABLE, WAITS
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, now

pytestmark = pytest.mark.django_db
NAME = "举报人甲 139xxxx0000".encode()


@pytest.fixture
def name(cast, unlocked):
    for who in ("shen_yu", "jiang_hong", "ding_ke"):
        unlocked(who)
    return vault.seal(
        "tip:1", "identity", NAME, readers=[cast.shen_yu, cast.ding_ke], agreers=[cast.jiang_hong], by=cast.bai_lu
    )


def test_neither_opens_it_alone(cast, name, unlocked):
    for who in ("shen_yu", "jiang_hong"):
        with pytest.raises(NotAllowed, match="Two persons"):
            vault.open_box(name, token=unlocked(who), purpose="核查", by=getattr(cast, who))
    with pytest.raises(NotAllowed):
        vault.ask_opening(name, "核查", token=unlocked("jiang_hong"), by=cast.jiang_hong)
    with pytest.raises(Conflict, match="other half"):
        vault.grant(name, cast.jiang_hong, until=None, purpose="凑齐", token=unlocked("shen_yu"), by=cast.shen_yu)
    with pytest.raises(Invalid, match="both sides"):
        vault.seal("tip:2", "identity", NAME, readers=[cast.shen_yu], agreers=[cast.shen_yu], by=cast.bai_lu)


def test_one_asks_another_agrees_and_each_look_is_counted(cast, name, unlocked):
    token = unlocked("shen_yu")
    opening = vault.ask_opening(name, "实名反馈", token=token, by=cast.shen_yu)
    assert list(openings_for(cast.jiang_hong)) == [opening] and not openings_for(cast.ding_ke).exists()
    with pytest.raises(NotAllowed):
        vault.open_by_two(opening, token=token, by=cast.shen_yu)
    with pytest.raises(NotAllowed):
        vault.agree_opening(opening, token=token, by=cast.shen_yu)

    vault.agree_opening(opening, token=unlocked("jiang_hong"), by=cast.jiang_hong)

    for _ in range(2):
        assert vault.open_by_two(opening, token=token, by=cast.shen_yu) == NAME
    for who in ("jiang_hong", "ding_ke"):
        with pytest.raises(NotAllowed):
            vault.open_by_two(opening, token=unlocked(who), by=getattr(cast, who))
    assert looks_into("tip:1").count() == 2
    said = list(Event.objects.filter(verb__endswith="_opening").order_by("pk").values_list("verb", flat=True))
    assert said == ["vault.ask_opening", "vault.agree_opening"]
    with pytest.raises(Conflict):
        vault.agree_opening(opening, token=unlocked("jiang_hong"), by=cast.jiang_hong)


def test_the_time_to_read_ends_and_nothing_is_left_of_it(cast, name, unlocked):
    opening = vault.ask_opening(name, "实名反馈", token=unlocked("shen_yu"), by=cast.shen_yu)
    vault.agree_opening(opening, token=unlocked("jiang_hong"), by=cast.jiang_hong)

    with frozen(now() + READABLE + timedelta(minutes=1)):
        with pytest.raises(NotAllowed, match="Ask again"):
            vault.open_by_two(opening, token=unlocked("shen_yu"), by=cast.shen_yu)
        vault.lapse()
    assert not Offer.objects.exists()


def test_a_request_is_refused_with_a_reason_or_lapses(cast, name, unlocked):
    token = unlocked("shen_yu")
    first = vault.ask_opening(name, "实名反馈", token=token, by=cast.shen_yu)
    with pytest.raises(NotAllowed):
        vault.refuse_opening(first, "自己撤", by=cast.shen_yu)
    with pytest.raises(Invalid):
        vault.refuse_opening(first, " ", by=cast.jiang_hong)
    vault.refuse_opening(first, "事由不足", by=cast.jiang_hong)
    second = vault.ask_opening(name, "实名反馈", token=token, by=cast.shen_yu)

    with frozen(now() + WAITS + timedelta(minutes=1)):
        assert vault.lapse() == 1
        with pytest.raises(Conflict):
            vault.agree_opening(second, token=unlocked("jiang_hong"), by=cast.jiang_hong)
    states = Opening.objects.order_by("pk").values_list("state", "note")
    assert list(states) == [("refused", "事由不足"), ("lapsed", "")] and not Offer.objects.exists()


def test_nobody_asks_without_a_purpose_or_where_nobody_could_agree(cast, name, unlocked, keeper):
    token = unlocked("shen_yu")
    with pytest.raises(Invalid):
        vault.ask_opening(name, "", token=token, by=cast.shen_yu)
    vault.retire_key(cast.jiang_hong, lost=True, by=keeper)
    with pytest.raises(Conflict, match="nobody"):
        vault.ask_opening(name, "实名反馈", token=token, by=cast.shen_yu)

    assert not Opening.objects.exists()
