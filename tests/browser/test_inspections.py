"""A sheet on a tablet while the network is gone: kept, opened again, sent when the line is back, merged."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SHEET = "/desk/inspections/sheet/{check_sheet}/"
SEEN = "三户欠费"


def photo() -> bytes:
    found = io.BytesIO()
    Image.new("RGB", (60, 40), (120, 90, 60)).save(found, "JPEG")
    return found.getvalue()


def box(page, number: int):
    """The item `number` of the sheet."""
    return page.locator("[data-item-box]").nth(number - 1)


def mark(page, number: int, value: str) -> None:
    box(page, number).locator(f"[value={value}]").check()


def waits(page, n: int) -> None:
    """What this tablet has written and not sent yet."""
    expect(page.locator("[data-waiting]")).to_have_text(str(n))


def test_two_tablets_write_without_a_network_and_nothing_is_lost(open_page, site):
    one, two = (open_page(SHEET, 820, 1180, user=user) for user in ("shen_yu", "meng_ting"))
    for page in (one, two):
        expect(page.locator("[data-say=copy]")).to_be_visible()  # from now on it opens without a network
        page.context.set_offline(True)

    mark(one, 40, "bad")
    box(one, 40).locator("textarea").fill(SEEN)
    mark(one, 41, "ok")
    file = {"name": "租约.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    box(one, 41).locator("[type=file]").set_input_files(file)
    waits(one, 4)
    expect(one.locator("[data-say=offline]")).to_be_visible()
    mark(two, 40, "ok")
    mark(two, 42, "na")
    waits(two, 2)

    tablet = one.context
    one.close()  # put away, and opened again where there is no network
    one = tablet.new_page()
    one.goto(site.url + SHEET.format(**site.facts))
    expect(box(one, 40).locator("textarea")).to_have_value(SEEN)
    expect(box(one, 41).locator("[data-photos]")).to_have_text("+1")

    tablet.set_offline(False)
    waits(one, 0)
    expect(box(one, 41).locator("[data-there]")).to_have_text("1")
    two.context.set_offline(False)
    waits(two, 0)
    expect(box(two, 40).locator("[data-differs]")).to_be_visible()
    expect(box(two, 40).locator("textarea")).to_have_value(SEEN)  # what counts until a person decides
    expect(box(two, 41).locator("[data-there]")).to_have_text("1")

    box(two, 40).locator("[data-differs]").click()
    item = two.locator("main section", has_text=SEEN)
    item.locator("form", has_not_text=SEEN).get_by_role("button").click()
    expect(two.locator("main")).not_to_contain_text(SEEN)
    one.reload()
    expect(box(one, 40).locator("[value=ok]")).to_be_checked()
    expect(box(one, 42).locator("[value=na]")).to_be_checked()
