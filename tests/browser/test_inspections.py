"""A sheet on a tablet while the network is gone: kept, opened again, sent when the line is back, merged."""

import io

import pytest
from PIL import Image

pytestmark = pytest.mark.browser
SHEET = "/desk/inspections/sheet/{check_sheet}/"


def photo() -> bytes:
    found = io.BytesIO()
    Image.new("RGB", (60, 40), (120, 90, 60)).save(found, "JPEG")
    return found.getvalue()


def box(page, number: int):
    return page.locator(f"[data-item-box]:has(legend:text-matches('^{number} '))")


def waiting(page, n: int) -> None:
    page.wait_for_function(f"document.querySelector('[data-waiting]').textContent === '{n}'")


def test_two_tablets_write_without_a_network_and_nothing_is_lost(open_page, site):
    one = open_page(SHEET, 820, 1180, user="shen_yu")
    two = open_page(SHEET, 820, 1180, user="meng_ting")
    for page in (one, two):
        page.locator("[data-say=copy]").wait_for(state="visible")  # from now on it opens without a network
        waiting(page, 0)
        page.context.set_offline(True)

    box(one, 40).locator("[value=bad]").check()
    box(one, 40).locator("textarea").fill("三户欠费")
    box(one, 41).locator("[value=ok]").check()
    file = {"name": "租约.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    box(one, 41).locator("[type=file]").set_input_files(file)
    waiting(one, 4)
    one.locator("[data-say=offline]").wait_for(state="visible")
    box(two, 40).locator("[value=ok]").check()
    box(two, 42).locator("[value=na]").check()
    waiting(two, 2)

    tablet = one.context
    one.close()  # put away and opened again where there is no network
    one = tablet.new_page()
    one.goto(site.url + SHEET.format(**site.facts))
    assert box(one, 40).locator("textarea").input_value() == "三户欠费"

    tablet.set_offline(False)
    waiting(one, 0)
    two.context.set_offline(False)
    waiting(two, 0)
    two.locator("[data-say=differ]").wait_for(state="visible")
    assert box(two, 40).locator("textarea").input_value() == "三户欠费"  # what counts is shown
    assert box(two, 41).locator("[data-there]").inner_text() == "1"
    two.click("[data-say=differ] a")
    two.wait_for_url("**/differ/")
    assert "三户欠费" in two.inner_text("main") and two.locator("form.side").count() >= 2
