"""Five grades; every bad one is called back by somebody else, corrected on a clock, and asked about again."""

import pytest

from huilian.areas.serve.services.models import Rating
from huilian.areas.serve.services.services import applying, handling, ratings, telling
from huilian.engine.inbox.models import Notice
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from tests.areas.services.conftest import VILLAGER


@pytest.fixture
def closed(county):
    """Taken in and done at once by 石磊 at the township."""
    taken = applying.apply(
        county.item["SH-02"],
        applicant=VILLAGER,
        point=county.centre,
        channel="window",
        seen=["identity", "household"],
        by=county.shi_lei,
    )
    handling.finish_now(taken, result="granted", text="已参保登记", by=county.shi_lei)
    telling.tell(taken, way="handed", proof="本人签收", by=county.shi_lei)
    return taken


@pytest.fixture
def bad(county, closed):
    return ratings.rate(closed, stars=1, words="等了很久没人理")


def verbs(rating) -> list[str]:
    return [event.verb for event in history_of(rating.application.case)]


def test_a_good_grade_asks_for_nothing(county, closed):
    rating = ratings.rate(closed, stars=5)

    assert rating.state == "good" and rating.clock is None and "service.rate" in verbs(rating)
    with pytest.raises(Conflict):
        ratings.rate(closed, stars=1)


@pytest.mark.parametrize("stars,error", [(0, Invalid), (6, Invalid)])
def test_there_are_five_grades(closed, stars, error):
    with pytest.raises(error):
        ratings.rate(closed, stars=stars)

    assert not Rating.objects.exists()


def test_what_is_not_finished_is_not_rated(county, asked):
    with pytest.raises(Conflict):
        ratings.rate(asked, stars=5)


def test_a_bad_grade_is_called_back_by_who_did_not_handle_it(county, bad):
    assert bad.state == "call" and bad.clock.length == 2
    assert Notice.objects.filter(template="services.bad_rating", user=county.yu_fei).exists()
    with pytest.raises(NotAllowed):
        ratings.call_back(bad, confirmed=True, note="确实等了一小时", by=county.shi_lei)
    with pytest.raises(Invalid):
        ratings.call_back(bad, confirmed=True, note="", by=county.yu_fei)
    assert Rating.objects.get().state == "call"

    called = ratings.call_back(bad, confirmed=True, note="确实等了一小时", by=county.yu_fei)

    assert called.state == "correct" and called.clock.length == 5 and called.called_by == county.yu_fei
    assert "services.call_back" in verbs(bad)


def test_it_is_corrected_and_asked_about_again(county, bad):
    ratings.call_back(bad, confirmed=True, note="确实等了一小时", by=county.yu_fei)
    with pytest.raises(NotAllowed):
        ratings.correct(bad, correction="已增加窗口人员", by=county.sun_yan)
    ratings.correct(bad, correction="已增加窗口人员", by=county.shi_lei)
    with pytest.raises(NotAllowed):
        ratings.confirm_correction(bad, content=True, note="群众认可", by=county.shi_lei)
    assert Rating.objects.get().state == "check"
    ratings.confirm_correction(bad, content=False, note="还是要等很久", by=county.yu_fei)
    assert Rating.objects.get().state == "correct" and Rating.objects.get().clock.is_open

    ratings.correct(bad, correction="已增加预约取号", by=county.shi_lei)
    done = ratings.confirm_correction(bad, content=True, note="群众认可", by=county.yu_fei)

    assert done.state == "closed" and done.closed_at and not done.clock.is_open
    assert {"services.correct", "services.confirm_correction"} <= set(verbs(bad))


def test_a_slip_is_decided_by_somebody_else_than_who_called(county, bad):
    ratings.call_back(bad, confirmed=False, note="群众说点错了，想点五星", by=county.yu_fei)
    with pytest.raises(NotAllowed):
        ratings.decide_slip(bad, slip=True, note="核对属实", by=county.yu_fei)
    assert Rating.objects.get().state == "appeal"

    done = ratings.decide_slip(bad, slip=True, note="已核对通话，属于误评", by=county.cao_jun)

    assert done.state == "slip" and not done.clock.is_open and "services.decide_slip" in verbs(bad)


def test_what_is_no_slip_is_corrected(county, bad):
    ratings.call_back(bad, confirmed=False, note="窗口说群众点错了", by=county.yu_fei)

    assert ratings.decide_slip(bad, slip=False, note="群众否认点错", by=county.cao_jun).state == "correct"


def test_who_is_content_and_wishes_a_call_is_called_and_nothing_is_corrected(county, closed):
    rating = ratings.rate(closed, stars=4, call_me=True)
    assert rating.state == "call" and rating.clock.length == 2

    rating = ratings.call_back(rating, confirmed=True, note="想问医保卡何时发", by=county.yu_fei)

    assert rating.state == "closed" and not rating.clock.is_open and "services.call_back" in verbs(rating)
