"""Two bidders on two telephones, with and without scripts: each sees the other's bid, none is lost on the way."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def enter(page, key):
    page.locator("summary", has_text="我有号牌").click()
    page.fill("[name=secret]", key)
    page.get_by_role("button", name="进入竞价").click()


def leads(page) -> bool:
    return page.locator("[data-lead]").is_visible()


def amount(page) -> int:
    return int(page.locator("[data-bid] [name=cents]").input_value())


def test_two_bidders_see_each_other_at_once_and_one_without_scripts_by_loading(open_page, site):
    address = f"/auctions/{site.facts['auction']}/"
    one, two = (open_page(address, 390, 844) for _ in range(2))
    plain = open_page(address, 390, 844, js=False)
    keys = [site.facts["auction_key"], site.facts["auction_other_key"]]
    enter(one, keys[0])
    if leads(one):
        one.get_by_role("button", name="在本机退出").click()
        keys.reverse()
        enter(one, keys[0])
    enter(plain, keys[1])

    first = amount(one)
    one.locator("[data-bid] button").click()
    one.locator("[data-ask] [data-yes]").click()
    expect(one.locator("[data-lead]")).to_be_visible()
    expect(two.locator("[data-entries] li b").first).to_have_text("出价", timeout=4000)
    expect(two.locator("[data-best]")).to_have_text(f"{first / 100:,.2f}")

    plain.reload()
    plain.locator("[data-bid] button").click()
    plain.get_by_role("button", name="确认出价").click()
    assert "我的报价最高" in plain.locator("[data-lead]").inner_text()
    expect(one.locator("[data-behind]")).to_be_visible(timeout=4000)
    assert amount(one) == first + 100_000
    assert re.fullmatch(r"\d\d:\d\d:\d\d", one.locator("[data-left]").inner_text())
    assert one.problems == two.problems == plain.problems == []


def test_a_screen_that_lost_its_connection_says_so_and_misses_nothing(open_page, site):
    address = f"/auctions/{site.facts['auction']}/"
    screen, *bidders = (open_page(address, 390, 844) for _ in range(3))
    for bidder, key in zip(bidders, ("auction_key", "auction_other_key"), strict=True):
        enter(bidder, site.facts[key])
    bidders.sort(key=leads)
    seen = screen.locator("[data-entries] li[data-kind]").count()

    screen.context.set_offline(True)
    expect(screen.locator("[data-lost]")).to_be_visible(timeout=4000)
    for bidder in bidders:
        if bidder is bidders[1]:
            expect(bidder.locator("[data-behind]")).to_be_visible()  # else it asks for a price already passed
        bidder.locator("[data-bid] button").click(timeout=4000)
        bidder.locator("[data-ask] [data-yes]").click()
        expect(bidder.locator("[data-lead]")).to_be_visible()
    screen.context.set_offline(False)

    expect(screen.locator("[data-entries] li[data-kind]")).to_have_count(seen + 2, timeout=4000)
    serials = [int(text) for text in screen.locator("[data-entries] [data-serial]").all_inner_texts()]
    assert serials == sorted(serials, reverse=True)
    expect(screen.locator("[data-lost]")).to_be_hidden()
