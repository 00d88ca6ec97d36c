"""The register, handovers, loans, lists of the county, boxes on the network."""

import base64
import json
from datetime import date, timedelta

import pytest

from huilian.areas.power.seals import devices, papers, services
from huilian.areas.power.seals.models import DocumentClass, ForbiddenPaper, Print, Seal
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, now

from .conftest import MORNING, paper, photo, values


def verbs(subject) -> list[str]:
    return list(Event.objects.filter(subject_id=subject.number).values_list("verb", flat=True))


def test_a_seal_passes_to_the_next_keeper_before_a_witness(desk):
    taker, witness = desk.asks.person, desk.reviews.person
    with pytest.raises(NotAllowed):
        services.hand_over(desk.seal, taker=taker, witness=witness, by=desk.reviews)
    with pytest.raises(Invalid):
        services.hand_over(desk.seal, taker=taker, witness=taker, by=desk.keeps)
    with pytest.raises(Invalid) as refused:
        services.save_seal(desk.seal, {"keeper": taker}, by=desk.registers)
    assert refused.value.field == "keeper"

    services.hand_over(desk.seal, taker=taker, witness=witness, by=desk.keeps)
    desk.seal.refresh_from_db()
    assert desk.seal.keeper == taker and "seals.hand_over" in verbs(desk.seal)


def test_one_seal_of_a_kind_is_in_use(desk):
    again = {
        "unit": desk.seal.unit, "name": "柳河村村民委员会", "kind": "unit", "keeper": desk.keeps.person,
        "started_on": date(2026, 6, 1),
    }  # fmt: skip
    with pytest.raises(Conflict):
        services.save_seal(None, again, by=desk.registers)
    with pytest.raises(NotAllowed):
        services.stop(desk.seal, reason="磨损", by=desk.keeps)

    services.stop(desk.seal, reason="磨损", by=desk.registers)
    services.destroy(desk.seal, reason="公安销毁证明 1 号", by=desk.registers)
    services.save_seal(None, again, by=desk.registers)
    assert Seal.objects.filter(state="in_use").count() == 1 and "seals.destroyed" in verbs(desk.seal)
    with pytest.raises(Invalid):
        services.ask(desk.seal.__class__.objects.get(pk=desk.seal.pk), values(), paper("报告"), by=desk.asks)


def test_a_seal_leaves_with_two_and_comes_back(desk):
    given = {"reason": "到县城签合同", "destination": "县农业农村局", "companion": desk.reviews.person}
    for due in (now() + timedelta(days=2), now() - timedelta(hours=1)):
        with pytest.raises(Invalid):
            services.ask_loan(desk.seal, **given, due_at=due, by=desk.keeps)
    with pytest.raises(NotAllowed):
        services.ask_loan(desk.seal, **given, due_at=now() + timedelta(hours=3), by=desk.asks)
    loan = services.ask_loan(desk.seal, **given, due_at=now() + timedelta(hours=3), by=desk.keeps)
    with pytest.raises(NotAllowed):
        services.decide_loan(loan, agree=True, by=desk.reviews)
    with pytest.raises(Conflict):
        services.take_out(loan, by=desk.keeps)
    loan = services.decide_loan(loan, agree=True, by=desk.approves)
    loan = services.take_out(loan, by=desk.keeps)

    with pytest.raises(Conflict):
        services.ask(Seal.objects.get(), values(), paper("报告"), by=desk.asks)
    with frozen(MORNING + timedelta(hours=5)):
        loan = services.bring_back(loan, by=desk.keeps)
    assert loan.minutes_out == 300 and Seal.objects.get().state == "in_use"
    assert {"seals.ask_loan", "seals.decide_loan", "seals.take_out", "seals.bring_back"} <= set(verbs(desk.seal))


def test_the_county_keeps_its_own_lists(desk):
    row = DocumentClass.objects.get(key="paper")
    with pytest.raises(NotAllowed):
        services.save_class(row, {"promised_minutes": 10}, by=desk.asks)
    with pytest.raises(Invalid):
        services.save_class(row, {"promised_minutes": 0}, by=desk.registers)
    services.save_class(row, {"promised_minutes": 10}, by=desk.registers)
    services.save_forbidden(None, {"name": "某某证明", "words": "某某+证明", "instead": "到某局"}, by=desk.registers)

    row.refresh_from_db()
    assert (row.promised_minutes, row.origin) == (10, "county") and ForbiddenPaper.objects.count() == 21
    with pytest.raises(Invalid, match="到某局"):
        services.ask(desk.seal, values("certificate", title="某某的证明"), paper("x"), by=desk.asks)


def test_a_box_on_the_network_tells_what_it_printed_once(desk, client):
    desk.seal.device, desk.seal.device_no, desk.seal.device_address = "http", "B7", "http://127.0.0.1:9/"
    desk.seal.save()
    request, _code = services.ask(desk.seal, values(), paper("报告"), by=desk.asks)
    code = services.release(services.agree(request, by=desk.reviews), by=desk.keeps)
    image = base64.b64encode(photo("报告").read()).decode()
    told = {"event_id": "1", "at": now().isoformat(), "code": code, "page": image, "scene": image, "title": "报告"}
    body = json.dumps({"prints": [told]}).encode()

    def post(content, signed):
        return client.post("/desk/seals/box/B7/prints/", content, "application/json", headers={"X-Signature": signed})

    assert post(body, "0" * 64).status_code == 403
    good = devices.signature("B7", body)
    assert post(body, good).json() == {"kept": 1, "agreed": 1}
    assert post(body, good).status_code == 409
    for broken in (b"{}", b"nonsense", json.dumps({"prints": [{"event_id": "2", "at": "gestern"}]}).encode()):
        assert post(broken, devices.signature("B7", broken)).status_code == 422
    assert Print.objects.count() == 1


def test_the_book_of_use_is_a_paper_with_every_print(desk):
    request, _code = services.ask(desk.seal, values(villager="王小二"), paper("报告"), by=desk.asks)
    code = services.release(services.agree(request, by=desk.reviews), by=desk.keeps)
    one = services.Stamped("a", now(), code, page=(photo("报"), "p.jpg"), scene=(photo("场"), "s.jpg"))
    services.report(desk.seal, [one, services.Stamped("b", now())], by=desk.keeps)

    book = papers.book_of(desk.seal)
    used = book.tables[0].rows
    assert len(used) == 2 and used[0][2] == request.title and "王小二" not in str(used) and used[1][2] == "（无审批）"
