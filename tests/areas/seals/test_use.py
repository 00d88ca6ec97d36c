"""Asking for a seal, the yes or no, the one release, the prints, the book."""

import io
from datetime import timedelta

import pytest

from huilian.areas.power.seals import services
from huilian.areas.power.seals.models import Print, Request
from huilian.areas.power.seals.queries.reach import public_counts, status_by_code
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, now

from .conftest import MORNING, paper, photo, values


def ask(desk, key="paper", words="情况报告", **more):
    return services.ask(desk.seal, values(key, **more), paper(words), by=desk.asks)


def stamped(code, n=1, at=None, **more):
    more.setdefault("page", (photo("情况报告"), "page.jpg"))
    more.setdefault("scene", (photo("现场"), "scene.jpg"))
    return services.Stamped(event_id=f"e{n}", at=at or now(), code=code, **more)


def agreed(desk, **more):
    request, _code = ask(desk, **more)
    return services.agree(request, by=desk.reviews)


def test_an_ordinary_paper_goes_from_asking_to_the_book(desk):
    request, code = ask(desk)
    assert (request.case.step, request.case.clock.unit, request.case.clock.length) == ("review", "workminute", 30)
    assert status_by_code(request.case.number, f" {code.lower()} ").pk == request.pk

    with frozen(MORNING + timedelta(minutes=12)):
        request = services.agree(request, by=desk.reviews)
        release = services.release(request, by=desk.keeps)
        (kept,) = services.report(desk.seal, [stamped(release, latitude=34.001, longitude=118.0)], by=desk.keeps)
        request = services.close(request, by=desk.keeps)

    request.refresh_from_db()
    assert request.waited_minutes == 12 and request.case.state == "closed"
    assert kept.request == request and kept.metres == 111 and kept.in_hours and kept.ink_share > 0.02
    assert public_counts(desk.cast.liuhe, 2026)[0]["prints"] == 1
    verbs = set(Event.objects.filter(subject_id=request.case.number).values_list("verb", flat=True))
    assert {"procedures.open", "seal.submit", "seal.agree", "seal.let_out", "seals.print", "seal.close"} <= verbs


def test_a_contract_needs_its_numbers_and_the_township(desk):
    for field in ("decision_no", "contract_no"):
        given = {"decision_no": "JY-1", "contract_no": "HT-1", field: ""}
        with pytest.raises(Invalid) as refused:
            ask(desk, "contract", **given)
        assert refused.value.field == field
    assert not Request.objects.exists()

    request, _code = ask(desk, "contract", decision_no="JY-1", contract_no="HT-1")
    request = services.agree(request, by=desk.reviews)
    assert request.case.step == "approval" and request.released_at is None
    request = services.approve(request, by=desk.approves)
    assert request.case.step == "release" and request.released_at


def test_an_ordinary_certificate_is_agreed_to_beforehand(desk):
    request, _code = ask(desk, "certificate", title="同意入户勘察的说明")

    assert request.case.step == "release" and request.released_at == now()


@pytest.mark.parametrize("title", ["张三与李四亲属关系的证明", "家庭收入证明", "《未婚 证明》"])
def test_what_a_village_does_not_issue_is_refused_with_where_to_go(desk, title):
    with pytest.raises(Invalid, match="不应由村") as refused:
        ask(desk, "certificate", title=title)

    assert refused.value.field == "title" and not Request.objects.exists()


def test_a_page_is_sealed_once(desk):
    request = agreed(desk)
    services.report(desk.seal, [stamped(services.release(request, by=desk.keeps))], by=desk.keeps)

    with pytest.raises(Invalid, match=request.case.number) as refused:
        ask(desk)
    assert refused.value.field == "files" and Request.objects.count() == 1


def test_nobody_agrees_to_what_they_asked_for_or_keep(desk):
    request, _code = ask(desk)
    Request.objects.filter(pk=request.pk).update(applicant=desk.reviews.person)

    with pytest.raises(NotAllowed, match="您申请的"):
        services.agree(request, by=desk.reviews)

    Request.objects.filter(pk=request.pk).update(applicant=desk.asks.person)
    desk.seal.__class__.objects.update(keeper=desk.reviews.person)
    with pytest.raises(NotAllowed, match="保管人"):
        services.agree(request, by=desk.reviews)
    request.refresh_from_db()
    assert request.case.step == "review" and request.released_at is None


def test_another_village_and_another_post_may_not(desk):
    with pytest.raises(NotAllowed):
        services.ask(desk.seal, values(), paper("报告"), by=desk.cast.sun_yan)
    request, _code = ask(desk)
    for verb in (services.agree, services.approve):
        with pytest.raises(NotAllowed):
            verb(request, by=desk.asks)
    with pytest.raises(NotAllowed):
        services.release(request, by=desk.reviews)


def test_a_release_works_once_for_half_an_hour_and_for_its_copies(desk):
    request = agreed(desk, copies=2)
    code = services.release(request, by=desk.keeps)
    with pytest.raises(Conflict):
        services.release(request, by=desk.keeps)

    first, second, third = (services.report(desk.seal, [stamped(code, n)], by=desk.keeps)[0] for n in range(3))
    assert (first.request, second.request, third.request) == (request, request, None)
    with pytest.raises(Conflict):
        services.report(desk.seal, [stamped(code, 1)], by=desk.keeps)
    assert Print.objects.count() == 3

    late = agreed(desk, words="另一份", title="另一份报告")
    code = services.release(late, by=desk.keeps)
    with frozen(MORNING + timedelta(minutes=31)):
        assert services.report(desk.seal, [stamped(code, 9)], by=desk.keeps)[0].request is None
        assert services.release(late, by=desk.keeps) != code


def test_a_print_from_the_future_is_refused(desk):
    with pytest.raises(Invalid):
        services.report(desk.seal, [stamped("", at=now() + timedelta(hours=1))], by=desk.keeps)

    assert not Print.objects.exists()


def test_sent_back_corrected_and_refused(desk):
    request, _code = ask(desk)
    request = services.send_back(request, note="份数不对", by=desk.reviews)
    assert request.case.step == "asked"
    request = services.ask_again(request, values(copies=3), paper("新报告"), by=desk.asks)
    assert request.case.step == "review" and request.copies == 3 and request.pages.count() == 1
    request = services.refuse(request, note="不需要盖章", by=desk.reviews)

    assert request.case.state == "refused"


def test_only_the_applicant_gives_a_request_up_and_not_after_the_seal(desk):
    request = agreed(desk)
    code = services.release(request, by=desk.keeps)
    services.report(desk.seal, [stamped(code)], by=desk.keeps)
    with pytest.raises(Conflict):
        services.withdraw(request, note="不盖了", by=desk.asks)

    other, _code = ask(desk, words="第二份", title="第二份")
    other = services.withdraw(other, note="不盖了", by=desk.asks)
    assert other.case.state == "withdrawn"


def test_an_emergency_is_entered_before_two_and_looked_at_by_those_who_decide(desk):
    second = desk.cast.feng_lan.person
    with pytest.raises(Invalid) as refused:
        services.enter_afterwards(
            desk.seal, values(), paper("急件"), sealed_at=now(), second=desk.keeps.person, by=desk.asks
        )
    assert refused.value.field == "second" and not Print.objects.exists()

    request = services.enter_afterwards(
        desk.seal, values(), paper("急件"), sealed_at=now() - timedelta(hours=2), second=second, by=desk.asks
    )
    assert request.is_emergency and request.prints.count() == 1 and request.case.step == "review"
    assert services.agree(request, by=desk.reviews).case.step == "release"


def test_a_blank_page_has_no_ink_and_a_broken_photo_no_share(desk):
    request = agreed(desk, copies=2)
    code = services.release(request, by=desk.keeps)

    (blank,) = services.report(desk.seal, [stamped(code, 1, page=(photo(""), "p.jpg"))], by=desk.keeps)
    assert blank.ink_share < 0.001
    with pytest.raises(Invalid):
        services.report(desk.seal, [stamped(code, 2, page=(io.BytesIO(b"no picture"), "p.jpg"))], by=desk.keeps)
    assert Print.objects.count() == 1
