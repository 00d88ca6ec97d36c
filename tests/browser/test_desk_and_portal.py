"""How the frames behave: keyboard, preferences, choosing rows, without a script, type and fonts."""

import pytest

pytestmark = pytest.mark.browser


def test_the_skip_link_comes_first_and_leads_to_the_content(open_page):
    page = open_page("/look/desk/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skiplink"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_choosing_rows_is_counted_and_the_whole_page_can_be_chosen(open_page):
    page = open_page("/look/desk/")

    page.check("input[name=ids] >> nth=1")
    assert page.locator("[data-picked]").inner_text() == "1"
    assert page.evaluate("document.querySelector('[data-all]').indeterminate")
    page.check("[data-all]")

    assert page.locator("[data-picked]").inner_text() == str(page.locator("input[name=ids]").count())


@pytest.mark.parametrize("js", [True, False], ids=["with script", "without script"])
def test_large_type_is_kept_from_page_to_page(open_page, js):
    page = open_page("/look/portal/", 390, 844, js=js)

    page.click("button[name=size]")

    assert page.locator("html").get_attribute("data-size") == "elder"
    page.goto(page.url.replace("portal", "village"))
    assert page.locator("html").get_attribute("data-size") == "elder"


def test_english_is_one_press_away_and_leads_back(open_page):
    page = open_page("/look/desk/")

    page.click("button[name=lang]")
    assert page.locator("html").get_attribute("lang") == "en"
    page.click("button[name=lang]")

    assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_large_type_is_at_least_18_points_with_room_between_lines(open_page):
    page = open_page("/look/portal/", 390, 844, face="size=elder")

    size, height = page.evaluate(
        "(s => [parseFloat(s.fontSize), parseFloat(s.lineHeight)])(getComputedStyle(document.body))"
    )

    assert size >= 24 and height / size >= 1.3


def test_chinese_is_drawn_with_a_chinese_typeface(open_page):
    page = open_page("/look/portal/", 390, 844)
    tool = page.context.new_cdp_session(page)
    tool.send("DOM.enable")
    tool.send("CSS.enable")
    root = tool.send("DOM.getDocument")["root"]["nodeId"]
    heading = tool.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]

    fonts = {f["familyName"] for f in tool.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]}

    assert fonts <= {"Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC"}


def test_errors_of_a_form_are_listed_on_top_and_lead_to_the_field(open_page):
    page = open_page("/look/errors/")

    assert page.evaluate("document.activeElement.id") == "errors"
    page.click("#errors a >> nth=0")

    field = page.evaluate("document.activeElement.id")
    assert page.locator(f"#{field}").get_attribute("aria-invalid") == "true"
    described = page.locator(f"#{field}").get_attribute("aria-describedby")
    assert f"{field}_error" in described.split()


def test_a_message_leaves_by_itself_but_an_error_stays(open_page):
    page = open_page("/look/desk/")

    assert page.locator(".toast").count() == 1
    page.wait_for_selector(".toast", state="detached", timeout=10_000)
