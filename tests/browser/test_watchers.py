"""An information member reports on a phone under a code name, the branch answers, what it left over moves up."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
WORDS = "村口路灯不亮"


def test_a_code_name_reports_and_reads_the_answer(open_page, site):
    phone = open_page("/watchers/coded/", 390, 844)

    def sign() -> None:
        phone.fill("[name=cover]", site.facts["watch_cover"])
        phone.fill("[name=word]", site.facts["watch_word"])

    sign()
    phone.fill("[name=words]", WORDS)
    phone.check("[name=open]")
    phone.click("main .go .primary")
    number = phone.locator("main p[role=status]").inner_text().split("SB")[1].split("。")[0].strip()

    desk = open_page(f"/desk/watchers/report/SB{number}/", user="wei_guo")
    expect(desk.locator("main")).to_contain_text(WORDS)
    expect(desk.locator("main")).not_to_contain_text(site.facts["watch_cover"])
    desk.click("main .acts a >> nth=0")
    desk.fill("[name=text]", "今晚换灯")
    desk.click("main .go .primary")
    expect(desk.locator("main")).to_contain_text("今晚换灯")

    phone.goto(f"{site.url}/watchers/coded/")
    sign()
    phone.click("main .go [name=look]")
    told = phone.locator("main")
    expect(told).to_contain_text("今晚换灯")
    expect(told).to_contain_text("已移交镇纪委")  # what the branch left over its week
