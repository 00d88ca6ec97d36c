"""What the pages of the exchange show: lots published, sold, waiting for the township, sent back; one whose reserve
waits for its keys, one with a certificate."""

from datetime import timedelta


def tell(people) -> dict[str, str]:
    from tests.areas.exchange.conftest import agreed

    with agreed():
        return _tell(people)


def _tell(people) -> dict[str, str]:
    from huilian.areas.watch.exchange import services
    from huilian.areas.watch.exchange.models import Lot
    from huilian.areas.watch.exchange.seeding import seed
    from huilian.areas.watch.exchange.services.catalogue import save_expert
    from huilian.foundation.now import frozen, now
    from tests.areas.exchange.conftest import Desk, bidder
    from tests.areas.exchange.test_bidders import TENDER

    seed()
    desk = Desk(
        cast=people, village=people.pan_yue, town=people.yan_bin, clerk=people.su_ping, cashier=people.deng_hai,
        head=people.fang_yi, watcher=people.meng_ting,
    )  # fmt: skip
    for n in range(6):
        given = {"number": f"ZJ{n:03d}", "name": f"=专家{n}", "field": "道路工程", "employer": "县公路中心"}
        save_expert(None, given, by=desk.head)
    with frozen(now() - timedelta(days=40)):
        sold, _deal, _joined, when = desk.confirmed({1: 1_700_000, 2: 1_650_000})
    with frozen(when):
        services.attend(sold, step="trade", on=when.date(), opinion="现场开封，程序无误", by=desk.watcher)
    notice = desk.published(title="柳河村旧校舍出租", right="operating_asset", use="仓储", description="砖混平房六间。")
    services.ask(notice, "水电能用吗？", asker="周女士")
    services.object_to(notice, about="papers", name="何大勇", phone="13800001111", text="面积与实际不符")
    registration, code = services.register(notice, bidder(3, kin_declared="村会计的表弟"))
    desk.deposit(registration)
    waiting = desk.applied(title="柳河村林地承包", right="forest", mode="contracting", method=Lot.Method.TIMED)
    back = services.send_back(desk.applied(title="柳河村打谷场出租", right="operating_asset"), note="缺权属证明原件",
                              by=desk.town)  # fmt: skip
    with frozen(now() - timedelta(days=20)):
        sealed = desk.published(title="柳河村果园承包", right="forest", mode="contracting", method=Lot.Method.TIMED,
                                has_reserve=True)  # fmt: skip
        for n in (4, 5):
            desk.join(sealed, n)
    with frozen(sealed.registers_until + timedelta(minutes=5)):
        desk.closed(sealed)
    with frozen(now() - timedelta(days=60)):
        _lot, deal, _joined, later = desk.confirmed(
            {6: 1_800_000, 7: 1_600_000}, title="柳河村粮仓出租", right="operating_asset"
        )
    with frozen(later):
        deal = services.sign(
            _lot, contract_no="柳河合2026-7", signed_on=later.date(), starts_on=later.date(), by=desk.clerk
        )
        services.pay_in(deal, amount_cents=1_800_000, bank_ref="SK8", on=later.date(), by=desk.cashier)
        services.settle(deal, by=desk.cashier)
        certificate = services.certify(deal.lot, by=desk.clerk).certificate_no
    tender = desk.published(**TENDER)
    services.announce_panel(tender, by=desk.clerk)
    services.draw_panel(tender, words="三、五、一", by=desk.clerk)
    return {
        "draw": Lot.objects.get(pk=tender.pk).draw.number,
        "lot_back": back.number, "lot_sealed": sealed.number, "lot_certificate": certificate,
        "lot_sold": sold.number, "lot_open": notice.number, "lot_waiting": waiting.number,
        "lot_registration": str(registration.pk), "lot_code": code,
    }  # fmt: skip
