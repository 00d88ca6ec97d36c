"""The panel's draw for everybody to see: the list and a digest before, seed and result after, names never."""

import json
import subprocess
import sys

import pytest

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Lot, Seat
from huilian.areas.watch.exchange.services import catalogue
from huilian.engine.draws import services as draws
from huilian.engine.draws.models import Draw
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.project.discover import SOURCE

from .test_bidders import TENDER


@pytest.fixture
def listed(desk):
    """A tender with seven who may be drawn and one who steps back."""
    lot = desk.published(**TENDER)
    for n in range(8):
        given = {"number": f"Z{n}", "name": f"专家{n}", "field": "道路工程", "employer": "县公路中心"}
        catalogue.save_expert(None, given, by=desk.head)
    services.announce_panel(lot, recused={"Z5": "与投标人是同学"}, by=desk.clerk)
    return Lot.objects.get(pk=lot.pk)


def test_before_the_draw_everybody_sees_the_list_and_the_digest_but_neither_names_nor_seed(listed, client):
    page = client.get(f"/draws/{listed.draw.number}/").content.decode()

    assert listed.draw.commitment in page and "Z4" in page and "与投标人是同学" in page
    assert "专家4" not in page and bytes(listed.draw.seed).hex() not in page
    assert listed.draw.purpose in client.get("/draws/?q=专家").content.decode()
    assert listed.draw.number in client.get(f"/trading/{listed.number}/").content.decode()


def test_after_it_the_record_gives_the_same_panel_in_a_program_without_us(desk, listed, client, tmp_path):
    seats = services.draw_panel(listed, words="三 五 一", by=desk.clerk)

    page = client.get(f"/draws/{listed.draw.number}/").content.decode()
    assert "三 五 一" in page and "专家4" not in page
    file = tmp_path / "record.json"
    file.write_bytes(client.get(f"/draws/{listed.draw.number}/record.json").content)
    program = SOURCE / "engine/auctions/static/auctions/recompute.py"
    said = subprocess.run([sys.executable, program, file], capture_output=True, text=True, check=True).stdout
    assert all(seat.expert.number in said for seat in seats)
    told = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(told | {"result": told["result"][::-1]}), "utf-8")
    assert subprocess.run([sys.executable, program, file], capture_output=True).returncode


def test_a_list_with_a_fault_is_given_up_for_a_reason_and_another_one_published(desk, listed, client):
    old = listed.draw
    with pytest.raises(NotAllowed):
        services.drop_panel(listed, reason="漏列专家", by=desk.village)
    with pytest.raises(Invalid):
        services.drop_panel(listed, reason=" ", by=desk.clerk)
    assert Draw.objects.get().state == "announced"

    lot = services.drop_panel(listed, reason="漏列专家", by=desk.clerk)

    assert "exchange.undrawn" in {event.verb for event in history_of(lot.case)}
    assert "漏列专家" in client.get(f"/draws/{old.number}/").content.decode()
    with pytest.raises(Conflict):
        services.drop_panel(lot, reason="再来", by=desk.clerk)
    services.announce_panel(lot, by=desk.clerk)
    services.draw_panel(lot, by=desk.clerk)
    assert Seat.objects.filter(lot=lot).count() == 5


def test_the_clerk_announces_draws_and_gives_up_at_the_desk(desk, listed, client):
    client.force_login(desk.clerk)
    act = f"/desk/exchange/lot/{listed.number}"

    assert listed.draw.number in client.get(f"{act}/").content.decode()
    client.post(f"{act}/undraw/0/", {"reason": "漏列专家"})
    answer = client.post(f"{act}/panel/0/", {"wanted": 5, "recused": [seat_of("Z1")], "reason": "同学"})
    assert answer.status_code == 302
    client.post(f"{act}/draw/0/", {"words": "六"})
    lot = Lot.objects.get(pk=listed.pk)
    assert [c["key"] for c in lot.draw.excluded] == ["Z1"] and lot.seats.count() == 5


def seat_of(number: str) -> int:
    from huilian.areas.watch.exchange.models import Expert

    return Expert.objects.get(number=number).pk


def test_names_that_may_be_known_stand_on_the_page(cast, client):
    draw = draws.announce(
        purpose="抽取检查组", candidates=[{"key": "1", "label": "周小燕"}, {"key": "2", "label": "王敏"}], wanted=1,
        by=cast.wang_min,
    )  # fmt: skip
    draws.reveal(draw, words="二", by=cast.wang_min)

    page = client.get(f"/draws/{draw.number}/").content.decode()
    assert "周小燕" in page and "王敏" in page
    assert client.get("/draws/CJ1/").status_code == 404


pytestmark = pytest.mark.django_db
