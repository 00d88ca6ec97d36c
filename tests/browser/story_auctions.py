"""What the pages of auctions show: one in its free period, one taking sealed prices, one that has ended."""

from datetime import timedelta


def tell(people) -> dict[str, str]:
    from huilian.engine.auctions import services
    from huilian.engine.trail import services as trail
    from huilian.foundation.now import frozen, now

    moment, clerk = now(), people.wang_min

    def auction(title, kind, opens_at, lasts):
        with frozen(opens_at - timedelta(days=1)):
            sale = services.open_auction(
                title=title, kind=kind, purpose="story", opens_at=opens_at, free_until=opens_at + lasts,
                start_cents=1_200_000, step_cents=50_000, place=people.liuhe, by=clerk,
            )  # fmt: skip
            given = [services.admit(sale, label=n, party_key=n, by=clerk) for n in ("one", "two")]
            services.announce(sale, by=clerk)
        return sale, given

    hour = timedelta(hours=1)
    sale, ((_one, key), (_two, other)) = auction("柳河村果园三年经营权", "timed", moment - hour, 9 * hour)
    sealed, _ = auction("柳河村旧仓库租赁", "sealed", moment - hour, 9 * hour)
    ended, ((paddle, _), (rival, _)) = auction("柳河村鱼塘承包", "timed", moment - 5 * hour, hour)
    with frozen(moment - 5 * hour):
        for each, cents in ((paddle, 1_200_000), (rival, 1_250_000)):
            services.bid(each, cents, token="", by=services.bidder(each))
    services.watching()
    trail.seal()
    return {
        "auction": sale.number, "auction_key": key, "auction_other_key": other,
        "auction_sealed": sealed.number, "auction_ended": ended.number,
    }  # fmt: skip
