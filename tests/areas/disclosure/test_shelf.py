"""What stands around the publications: carriers, policies, classes, columns, counts of readers."""

from datetime import date

import pytest

from huilian.areas.serve.disclosure import queries, services
from huilian.areas.serve.disclosure.models import Carrier, Feature, FeatureAnswer, Policy, PublicityClass, ReaderCount
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

DAY = date(2026, 11, 8)


def last(subject) -> str:
    return history_of(subject).last().verb


def test_a_screen_is_entered_and_looked_at(village):
    values = {"name": "文化广场电子屏", "type": "screen", "place": village.liuhe}
    with pytest.raises(NotAllowed):
        services.save_carrier(None, values, by=village.ma_li)
    assert not Carrier.objects.exists()

    carrier = services.save_carrier(None, values, by=village.wang_min)
    with pytest.raises(Invalid):
        services.look_at_carrier(carrier, " ", by=village.wang_min)
    carrier = services.look_at_carrier(carrier, "内容是上季度的，已责令更新", by=village.wang_min)

    assert carrier.checked_on == date(2026, 11, 3) and last(carrier) == "disclosure.look"


def test_the_county_keeps_policies_and_classes(village):
    values = {
        "title": "耕地地力保护补贴",
        "issuer": "县财政局",
        "level": "county",
        "subject": "惠民补贴",
        "card": "按确权面积发放",
    }
    with pytest.raises(NotAllowed):
        services.save_policy(None, values, by=village.wang_min)
    with pytest.raises(Invalid):
        services.save_policy(
            None, {**values, "valid_from": date(2026, 5, 1), "valid_to": date(2026, 4, 1)}, by=village.gao_shan
        )
    policy = services.save_policy(None, {**values, "valid_to": date(2026, 11, 2)}, by=village.gao_shan)

    assert policy not in queries.policies("惠民补贴") and last(policy) == "disclosure.policy"
    assert [p.subject for p in queries.policies(text="逐笔")] == ["集体经济"]
    row = PublicityClass.objects.get(key="works")
    assert services.save_class(row, {"duty_unit": "县住建局"}, by=village.gao_shan).origin == "county"
    assert last(row) == "disclosure.class" and Policy.objects.filter(origin="county").count() == 1


def test_an_answer_on_the_spot_and_its_promise(village):
    with pytest.raises(NotAllowed):
        services.open_feature(
            title="x", about="y", unit=village.agriculture, held_on=date(2026, 11, 8), by=village.ma_li
        )
    feature = services.open_feature(
        title="秸秆补贴怎么发",
        about="集中答疑",
        unit=village.agriculture,
        held_on=date(2026, 11, 8),
        by=village.gao_shan,
    )
    with pytest.raises(Invalid):
        services.add_answer(feature, "何时发？", "本月内", promise="月底前到账", by=village.gao_shan)
    assert not FeatureAnswer.objects.exists()
    row = services.add_answer(
        feature, "何时发？", "本月内", promise="月底前到账", due_on=date(2026, 11, 30), by=village.gao_shan
    )
    with pytest.raises(Invalid):
        services.keep_promise(row, "", by=village.gao_shan)
    services.keep_promise(row, "已打卡 412 户", by=village.gao_shan)
    with pytest.raises(Conflict):
        services.keep_promise(row, "再记", by=village.gao_shan)

    assert queries.features()[0].answers.all()[0].kept_on == date(2026, 11, 3)
    assert last(feature) == "disclosure.kept" and Feature.objects.count() == 1


def test_readers_are_counted_and_nothing_else(village, published):
    day = date(2026, 11, 3)
    code = village.liuhe.code
    services.add_readers({(code, "", day): 2, (code, published.number, day): 1, ("1", "", day): 9})
    services.add_readers({(code, "", day): 3, (code, "GK-gone", day): 9})

    assert queries.readers_of(place=village.liuhe) == 6 and queries.readers_of(item=published) == 1
    assert {f.name for f in ReaderCount._meta.fields} == {"id", "place", "item", "day", "count"}
