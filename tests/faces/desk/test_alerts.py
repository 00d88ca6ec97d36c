"""The list of alerts on the desk: narrowed by group, village, colour, age, amount; signed and printed together."""

import pytest

from huilian.engine.alerts import services
from huilian.engine.alerts.models import Alert
from huilian.foundation.now import frozen
from tests.engine.alerts import world
from tests.engine.alerts.test_life import NAMES, REASON
from tests.engine.alerts.world import MONDAY, at


@pytest.fixture
def county(cast):
    world.build(cast)
    with frozen(MONDAY):
        yield cast


@pytest.fixture
def alerts(county) -> dict[str, Alert]:
    """Three alerts: 柳河村 cash orange, 东湾村 contract red over 20,000 yuan, and 柳河村 yellow, a week older."""
    common = {"names": NAMES, "reason": REASON}
    with frozen(at(9)):
        old = services.raise_alert(
            rule="ZJ02", level=1, subject="voucher:3", unit=county.liuhe_committee, place=county.liuhe, **common
        )
    cash = services.raise_alert(
        rule="ZJ01", level=2, subject="voucher:1", unit=county.liuhe_committee, place=county.liuhe, nature="gain",
        amount_cents=1_500_00, **common,
    )  # fmt: skip
    lease = services.raise_alert(
        rule="HT01", level=3, subject="contract:1", unit=county.dongwan_committee, place=county.dongwan,
        amount_cents=20_000_00, **common,
    )  # fmt: skip
    return {"old": old, "cash": cash, "lease": lease}


def found(client, user, alerts, **query) -> set[str]:
    client.force_login(user)
    response = client.get("/desk/alerts/", query)
    assert response.status_code == 200
    by_number = {alert.number: name for name, alert in alerts.items()}
    return {by_number[row["number"]] for row in response.context["page"].object_list}


@pytest.mark.parametrize(
    ("query", "expected"),
    (
        ({}, {"old", "cash", "lease"}),
        ({"group": "ZJ"}, {"old", "cash"}),
        ({"colour": "3"}, {"lease"}),
        ({"nature": "gain"}, {"cash"}),
        ({"village": "东湾"}, {"lease"}),
        ({"village": "999901101201"}, {"old", "cash"}),
        ({"age": "7"}, {"old"}),
        ({"amount": "1000"}, {"cash", "lease"}),
        ({"amount": "10000", "group": "HT"}, {"lease"}),
        ({"amount": "surely", "age": "7"}, {"old"}),
    ),
)
def test_the_list_is_narrowed(client, county, alerts, query, expected):
    assert found(client, county.lin_zheng, alerts, **query) == expected


def test_everybody_sees_their_own(client, county, alerts):
    assert found(client, county.liu_changgui, alerts) == {"old", "cash"}
    assert found(client, county.sun_yan, alerts) == {"lease"}


def test_several_are_signed_for_at_once_and_those_of_others_are_not(client, county, alerts):
    client.force_login(county.liu_changgui)
    ids = [alert.case_id for alert in alerts.values()]

    response = client.post("/desk/batch/", {"act": "sign", "ids": ids, "back": "/desk/alerts/", "confirmed": "1"})

    assert response.status_code == 200
    assert set(Alert.objects.exclude(signed_at=None)) == {alerts["old"], alerts["cash"]}


def test_several_notices_are_printed_at_once(client, county, alerts):
    client.force_login(county.lin_zheng)
    ids = [alert.case_id for alert in alerts.values()]

    page = client.post("/desk/batch/", {"act": "print_notices", "ids": ids, "back": "/desk/alerts/"})

    assert page.content.decode().count("<article") == 3


def test_an_act_of_alerts_is_not_done_with_other_matters(client, county, alerts):
    matter = world.matter(county)
    client.force_login(county.liu_changgui)

    assert client.post("/desk/batch/", {"act": "sign", "ids": [matter.pk], "back": "/desk/"}).status_code in (302, 404)


def test_a_view_of_the_list_is_kept(client, county, alerts):
    client.force_login(county.lin_zheng)

    client.post("/desk/lists/alerts/views/", {"name": "红色合同", "query": "group=HT&colour=3"})

    assert "红色合同" in client.get("/desk/alerts/").content.decode()
