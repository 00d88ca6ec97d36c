"""The pages of rules: who sees them, what they say, and what is done on them."""

import pytest
from django.urls import reverse

from huilian.engine.screening import queries
from huilian.engine.screening.models import RuleSetting, RuleVersion
from huilian.engine.screening.services import fed, save_trial, screen
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen

from ..alerts.world import at
from .toy import TEXT
from .world import DONGWAN, LIUHE, house, pay  # noqa: F401

OWN = TEXT.replace("ZJ91", "QX01")


@pytest.fixture(autouse=True)
def _monday():
    with frozen(at(16)):
        yield


def body(client, name, *args, **query):
    page = client.get(reverse(name, args=args), query)
    assert page.status_code == 200, page.content.decode()[:500]
    return page.content.decode()


def test_the_list_says_what_each_rule_finds_and_how_often_it_was_right(client, house):  # noqa: F811
    pay(1, 150_000)
    screen()
    fed("bank", rows=3, title={"zh": "银行流水", "en": "Bank"}, by=SYSTEM)
    client.force_login(house.lin_zheng)

    page = body(client, "rules")

    assert "大额现金支付" in page and "ZJ92" in page and "银行流水" in page
    assert "没有符合条件的模型" in body(client, "rules", q="没有这样的")
    assert "ZJ92" not in body(client, "rules", q="ZJ91", group="ZJ", status="active")


def test_a_rule_tells_everything_about_itself(client, house):  # noqa: F811
    pay(1, 150_000)
    pay(2, 150_000, village=DONGWAN)
    screen()
    client.force_login(house.jiang_hong)

    page = body(client, "rule", "ZJ91")

    assert "王*明" in page and "王小明" not in page and "东湾村" in page
    assert "CASE WHEN v.total_cents" in page and "超过十倍" in page
    assert client.get(reverse("rule", args=["ZZ99"])).status_code == 404


def test_thresholds_status_and_cap_are_set_on_the_page(client, house):  # noqa: F811
    client.force_login(house.jiang_hong)

    bad = client.post(reverse("rule-parameters", args=["ZJ91"]), {"yellow_cents": "many", "reason": "x"})
    empty = client.post(reverse("rule-status", args=["ZJ91"]), {"status": "off", "reason": ""})
    client.post(reverse("rule-parameters", args=["ZJ91"]), {"yellow_cents": "2,000", "reason": "本县限额"})
    client.post(reverse("rule-status", args=["ZJ91"]), {"status": "trial", "reason": "先看"})
    client.post(reverse("rule-cap", args=["ZJ91"]), {"cap": "3", "reason": "少而准"})
    client.post(reverse("rule-cap", args=["all"]), {"cap": "9", "reason": "少而准"})
    client.post(reverse("rule-cap", args=["all"]), {"cap": "0", "reason": "少而准"})

    assert bad.status_code == empty.status_code == 422
    found = queries.rule_of("ZJ91")
    assert (found.values, found.status, found.daily_cap) == ({"yellow_cents": 200_000}, "trial", 3)
    assert queries.daily_cap() == 9
    page = body(client, "rule", "ZJ91")
    assert "本县限额" in page and "2,000.00 元" in page and 'value="2,000.00"' in page


@pytest.mark.parametrize("name,args", [("rules", []), ("rule", ["ZJ91"]), ("rule-datasets", []), ("rule-write", [])])
def test_the_pages_are_for_those_who_supervise(client, house, name, args):  # noqa: F811
    client.force_login(house.he_wei)

    assert client.get(reverse(name, args=args)).status_code == 403


@pytest.mark.parametrize("name", ["rule-status", "rule-parameters", "rule-cap"])
def test_only_those_who_decide_change_a_rule_on_its_page(client, house, name):  # noqa: F811
    client.force_login(house.zhao_jianguo)

    answer = client.post(reverse(name, args=["ZJ91"]), {"status": "off", "yellow_cents": "1", "reason": "x"})

    assert answer.status_code == 403 and not RuleSetting.objects.exists()


def test_the_datasets_are_described_column_by_column(client, house):  # noqa: F811
    client.force_login(house.lin_zheng)

    page = body(client, "rule-dataset", "voucher")

    assert reverse("rule-dataset", args=["voucher"]) in body(client, "rule-datasets")
    assert "total_cents" in page and "个人信息" in page and "ZJ91" in page
    assert client.get(reverse("rule-dataset", args=["none"])).status_code == 404


def test_a_rule_is_written_tried_and_saved(client, house):  # noqa: F811
    pay(1, 150_000, village=LIUHE)
    client.force_login(house.lin_zheng)
    address = reverse("rule-write")

    start = body(client, "rule-write")
    tried = client.post(address, {"text": OWN, "act": "try"}).content.decode()
    wrong = client.post(address, {"text": OWN.replace("v.payee", "v.payer"), "act": "try"}).content.decode()
    refused = client.post(address, {"text": TEXT, "act": "save"}).content.decode()
    looked = client.post(address, {"text": "SELECT v.payee FROM voucher v", "act": "try"}).content.decode()
    nothing = RuleVersion.objects.count()
    saved = client.post(address, {"text": OWN, "act": "save"})

    assert "id: QX01" in start and "王*明" in tried and "逐月结果" in tried
    assert "没有“payer”这一列" in wrong and "是系统自带模型" in refused
    assert "王*明" in looked and "王小明" not in looked
    assert nothing == 0 and saved.status_code == 302 and RuleVersion.objects.get().rule == "QX01"
    assert "id: QX01" in body(client, "rule-write", **{"from": "QX01"})
    save_trial(OWN.replace("weight: 2", "weight: 4"), by=house.lin_zheng)
    assert "weight: 4" in body(client, "rule-write", **{"from": "QX01"})
