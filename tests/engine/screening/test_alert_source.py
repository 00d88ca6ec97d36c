"""What an alert shows of the rule and the rows that raised it."""

import json
import zipfile
from io import BytesIO

from huilian.engine.alerts import packs, results, showing, sources
from huilian.engine.alerts.models import Alert
from huilian.engine.screening import subjects
from huilian.engine.screening.services import screen
from huilian.foundation.now import frozen

from ..alerts.world import at
from .toy import TEXT
from .world import LIUHE, house, pay  # noqa: F401


def test_an_alert_takes_group_nature_amount_and_label_from_its_rule(house, monkeypatch):  # noqa: F811
    def vouchers(ids):
        return {key: subjects.Subject(unit=house.liuhe_cooperative, place=house.liuhe, label=f"记{key}号",
                                      url=f"/vouchers/{key}/") for key in ids}  # fmt: skip

    subjects._discover()
    monkeypatch.setitem(subjects._resolvers, "voucher", vouchers)
    pay(1, 150_000)
    with frozen(at(16)):
        screen()
        alert = Alert.objects.get()
        panel = showing.reason_panel(alert)

    assert (alert.group, alert.nature, alert.amount_cents, alert.about) == ("ZJ", "", 150_000, "记1号")
    assert panel["about_href"] == "/vouchers/1/" and panel["rows"][0]["href"] == "/vouchers/1/"
    payee = dict(panel["rows"][0]["pairs"])["payee"]
    assert "*" in payee and payee != alert.evidence[0]["fields"]["payee"]


def test_the_pack_holds_the_text_of_the_rule_in_its_version(house):  # noqa: F811
    pay(1, 150_000)
    with frozen(at(16)):
        screen()
        alert = Alert.objects.get()
        data = packs.make_pack(alert, by=house.lin_zheng)

    with zipfile.ZipFile(BytesIO(data)) as files:
        assert json.loads(files.read("pack.json"))["rule"]["text"] == TEXT
    assert sources.rule_text("ZJ91", "never") == ""


def test_results_name_the_standing_of_a_rule(house):  # noqa: F811
    pay(1, 150_000)
    with frozen(at(16)):
        screen()
        assert results.rows_for(house.lin_zheng)[0].state
