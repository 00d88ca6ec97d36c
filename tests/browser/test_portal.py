"""A villager's way with a phone, with and without scripts: say it without a name, follow it, rate it, reopen it."""

import pytest

pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("js", [True, False], ids=["with script", "without script"])


def follow(page, site, key) -> None:
    page.goto(f"{site.url}/follow/")
    page.fill("[name=number]", site.facts[f"{key}_number"])
    page.fill("[name=code]", site.facts[f"{key}_code"])
    page.click("main .go .primary")


@both
def test_a_matter_is_sent_without_a_name_and_followed(open_page, js):
    page = open_page("/", 390, 844, js=js)

    page.click(".act.a1")
    page.check("input[name=topic] >> nth=0")
    page.click("button[value=next]")
    page.fill("[name=q]", "柳河")
    page.click("button[value=find]")
    page.check("input[name=place] >> nth=0")
    page.fill("[name=where]", "村口")
    page.click("button[value=next]")
    page.fill("[name=text]", "路灯坏了一个多月，晚上看不见路。")
    page.click("button[value=back]")
    assert "柳河村" in page.locator(".picked").inner_text()
    page.click("button[value=next]")
    assert page.input_value("[name=text]").startswith("路灯坏了")
    page.click("button[value=next]")
    page.check("input[name=named] >> nth=0")
    page.click("button[value=next]")
    assert "第 5 步，共 5 步" in page.locator(".wizard").inner_text()
    page.click("button[value=next]")

    code = page.locator(".ticket .code").inner_text()
    assert page.locator(".ticket dd").first.inner_text().startswith("HX") and len(code) == 11
    page.reload()  # the line was cut: the code is still there
    assert page.locator(".ticket .code").inner_text() == code
    page.fill("[name=code]", code.lower())
    page.click(".form .primary")
    page.locator(".steps .now").wait_for()
    assert page.url.endswith("/follow/case/")
    assert page.problems == [] and page.foreign == []


def test_a_scanned_picture_fills_in_number_and_code_and_leaves_no_trace(open_page, site):
    facts = site.facts
    page = open_page("/", 390, 844)

    page.goto(f"{site.url}/follow/#n={facts['fresh_number']}&c={facts['fresh_code']}")

    assert page.input_value("[name=code]") == facts["fresh_code"] and "#" not in page.url
    page.click("main .go .primary")
    assert page.url.endswith("/follow/case/")


@both
def test_an_answer_is_rated_by_its_citizen(open_page, site, js):
    page = open_page("/", 390, 844, js=js)
    follow(page, site, "answered" if js else "rated")

    page.check("#rate input[name=solved][value=yes]")
    page.check("#rate input[name=grade][value='4']")
    page.click("#rate .primary")

    assert page.locator("#rate").count() == 0
    assert "满意" in page.locator("[aria-labelledby=h-word]").inner_text()


def test_a_closed_matter_is_reopened(open_page, site):
    page = open_page("/", 390, 844, js=False)
    follow(page, site, "closed")

    page.fill("#reopen_note", "只修了一半。")
    page.click("[aria-labelledby=h-reopen] button")

    assert page.locator(".steps .now").inner_text().startswith("正在办理")
    page.click(".days summary")
    assert "不计入" in page.locator(".days").inner_text()


def test_a_touch_screen_goes_home_when_nobody_touches_it(open_page):
    page = open_page("/?face=kiosk", 1080, 1920)
    page.goto(page.url.split("?")[0] + "say/story/")
    page.fill("[name=text]", "写了一半的话")
    page.click("button[value=add]")
    page.evaluate("document.querySelector('[data-idle-home]').dataset.idleSeconds")
    assert page.input_value("[name=text]") == "写了一半的话"

    page.click("[data-home]")  # where the idle clock goes, too

    assert page.url.endswith("/")
    page.goto(page.url + "say/story/")
    assert page.input_value("[name=text]") == ""
