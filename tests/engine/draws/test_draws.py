"""The list first, then the lot; anybody can draw again."""

import pytest

from huilian.engine.draws import services
from huilian.engine.draws.models import Draw
from huilian.engine.draws.queries import by_number, chosen, record_of
from huilian.engine.trail.queries import history_of
from huilian.foundation import draws
from huilian.foundation.errors import Conflict, Invalid

pytestmark = pytest.mark.django_db
EXPERTS = [{"key": f"ZJ{i:02d}", "label": f"专家{i}"} for i in range(9)]
OUT = [{"key": "ZJ90", "label": "专家九十", "reason": "与投标人有亲属关系"}]


def announce(cast, **more):
    values = {"purpose": "评标专家", "candidates": EXPERTS, "wanted": 3, "excluded": OUT, "place": cast.liuhe, **more}
    return services.announce(by=cast.wang_min, **values)


def test_the_list_and_a_digest_are_published_before_and_the_seed_only_after(cast):
    draw = announce(cast)

    event = history_of(draw).get()
    assert event.data["digest"] == draw.commitment and event.data["excluded"] == ["ZJ90"]
    assert bytes(draw.seed).hex() not in str(event.data) + str(record_of(draw))

    draw = services.reveal(draw, words="5 1 7", by=cast.wang_min)
    told = record_of(by_number(draw.number))
    listing = draws.listed(told["number"], told["purpose"], told["candidates"], told["wanted"])
    assert draws.commitment(bytes.fromhex(told["seed"]), listing) == draw.commitment
    assert [c["key"] for c in chosen(draw)] == told["result"] and len(told["result"]) == 3
    assert history_of(draw).last().data["words"] == "5 1 7"


def test_nobody_draws_twice_or_after_giving_up(cast):
    draw, other = announce(cast), announce(cast)
    result = services.reveal(draw, by=cast.wang_min).result
    with pytest.raises(Invalid):
        services.cancel(other, " ", by=cast.wang_min)
    services.cancel(other, "专家库有误", by=cast.wang_min)

    for each in (draw, other):
        with pytest.raises(Conflict):
            services.reveal(each, by=cast.wang_min)
        with pytest.raises(Conflict):
            services.cancel(each, "再抽一次", by=cast.wang_min)
    assert Draw.objects.get(pk=draw.pk).result == result and Draw.objects.get(pk=other.pk).result == []
    assert [e.verb for e in history_of(other)] == ["draws.announce", "draws.cancel"]


@pytest.mark.parametrize(
    "change",
    [
        {"wanted": 10},
        {"candidates": [*EXPERTS, EXPERTS[0]]},
        {"candidates": [*EXPERTS, OUT[0]]},
        {"excluded": [{**OUT[0], "reason": " "}]},
    ],
)
def test_a_list_with_a_fault_is_not_published(cast, change):
    with pytest.raises(Invalid):
        announce(cast, **change)

    assert not Draw.objects.exists()
