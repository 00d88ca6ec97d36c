"""A villager applies with a phone while the line is cut twice, the agent decides at the desk, the villager rates."""

import pytest
from playwright.sync_api import expect

from .story_serving import photo

pytestmark = pytest.mark.browser
START = "/services/item/DW-03/?v={service_village}"


def begin(page) -> None:
    page.click("main form .go .primary")
    page.fill("[name=name]", "赵桂花")
    page.fill("[name=phone]", "13812345678")


def hand_in(page, name="身份证.jpg") -> None:
    page.set_input_files("#paper_identity", {"name": name, "mimeType": "image/jpeg", "buffer": photo()})


def desk(open_page, user, number, verb, **filled):
    page = open_page(f"/desk/cases/{number}/{verb}/", user=user)
    for name, value in filled.items():
        control = page.locator(f"main [name={name}]")
        if control.first.get_attribute("type") == "radio":
            page.check(f"main [name={name}][value={value}]")
        else:
            control.fill(value)
    page.click("main .go .primary")
    page.wait_for_url(f"**/desk/cases/{number}/")


def test_from_application_to_decision_with_the_line_cut_in_the_middle(open_page, site):
    page = open_page(START, 390, 844)
    begin(page)

    page.context.set_offline(True)
    page.click("button[value=next]")
    page.locator("[data-offline]").wait_for(state="visible")
    assert page.input_value("[name=name]") == "赵桂花"
    page.context.set_offline(False)
    page.wait_for_url("**/apply/papers/")  # it went on by itself

    hand_in(page)
    page.context.set_offline(True)
    page.click("button[value=next]")
    page.locator("[data-offline]").wait_for(state="visible")
    phone = page.context
    page.close()  # the phone was put away
    phone.set_offline(False)
    page = phone.new_page()
    page.goto(f"{site.url}/services/item/DW-03/apply/papers/")
    page.wait_for_function("document.querySelector('#paper_identity').files.length === 1")
    page.click("button[value=next]")
    page.wait_for_url("**/apply/check/")

    page.context.set_offline(True)
    page.click("button[value=next]")
    page.locator("[data-offline]").wait_for(state="visible")
    page.context.set_offline(False)
    page.wait_for_url("**/services/sent/")
    number = page.locator(".slip dd").nth(1).inner_text()
    code = page.locator(".slip .code").inner_text()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('huilian-apply'))") == []

    desk(open_page, "bai_lu", number, "receive")
    desk(open_page, "bai_lu", number, "finish_now", result="granted", text="证明已开好。", proof="本人签收")

    page.fill("[name=code]", code)
    page.click("main .form .primary")
    page.wait_for_url("**/follow/application/")
    assert "证明已开好" in page.locator("[aria-labelledby=h-result]").inner_text()
    page.check("#rate input[name=stars][value='5']")
    page.click("#rate .primary")
    page.wait_for_url("**/follow/application/")
    assert page.locator("#rate").count() == 0


def test_what_was_typed_is_there_again_after_the_page_was_closed(open_page, site):
    page = open_page(START, 390, 844)
    begin(page)

    later = page.context.new_page()
    later.goto(f"{site.url}/guide/")
    while not later.evaluate("Object.values(localStorage).some(kept => kept.includes('13812345678'))"):
        later.wait_for_timeout(50)  # the browser writes it down in its own time
    page.close()
    later.goto(f"{site.url}/services/item/DW-03/apply/who/")

    expect(later.locator("[name=phone]")).to_have_value("13812345678")


def test_a_wrong_paper_is_told_before_anything_is_sent(open_page):
    page = open_page(START, 390, 844)
    begin(page)
    page.click("button[value=next]")
    page.wait_for_url("**/apply/papers/")

    hand_in(page, "身份证.exe")

    page.locator("[data-wrong=type]").wait_for(state="visible")
    assert page.evaluate("document.querySelector('#paper_identity').files.length") == 0


def test_without_a_script_every_step_is_an_ordinary_form(open_page):
    page = open_page(START, 390, 844, js=False)
    begin(page)
    page.click("button[value=next]")
    hand_in(page)
    page.click("button[value=next]")
    page.click("button[value=next]")

    assert page.url.endswith("/services/sent/")
    assert page.locator(".slip .code").inner_text()
