"""The agency's entry page without a mouse: accounts completed, sums worked out, the missing amount put in, kept."""

import pytest

pytestmark = pytest.mark.browser


def typed(page, *keys):
    for key in keys:
        if key.startswith("<"):
            page.keyboard.press(key.strip("<>"))
        else:
            page.keyboard.type(key)


def focused(page) -> str:
    return page.evaluate("document.activeElement.name")


def test_a_voucher_is_entered_kept_and_the_next_begun_without_a_mouse(open_page, site):
    page = open_page(f"/desk/collective/entry/{site.facts['books']}/", user="ma_jun")
    assert focused(page) == "summary"

    typed(page, "键盘录入保洁费", "<Enter>")
    assert focused(page) == "attachments"
    typed(page, "2", "<Enter>", "安澜保洁部", "<Enter>", "<Enter>")
    assert focused(page) == "account"
    typed(page, "51401", "<Enter>")
    assert page.input_value("[name=account] >> nth=0").startswith("514-01")
    typed(page, "=2*400", "<Enter>")
    assert page.input_value("[name=debit] >> nth=0") == "800.00"
    typed(page, "yxck", "<Enter>", "<Enter>")
    assert focused(page) == "credit"
    typed(page, "<Enter>")  # the missing amount is offered and taken
    assert page.input_value("[name=credit] >> nth=1") == "800.00"
    page.wait_for_selector(".sums .even")
    with page.expect_navigation():
        typed(page, "<Control+Enter>")

    assert (
        page.locator(".done").inner_text().startswith("键盘录入保洁费")
        or "键盘录入保洁费" in page.locator(".done").inner_text()
    )
    assert focused(page) == "summary" and page.input_value("[name=summary]") == ""


def test_rows_are_added_as_one_goes_on_and_what_is_typed_is_kept(open_page, site):
    where = f"/desk/collective/entry/{site.facts['books']}/"
    page = open_page(where, user="ma_jun")
    rows = page.locator("[data-lines] tr").count()

    page.fill("[name=summary]", "没录完的凭证")
    page.focus(f"[name=line_summary] >> nth={rows - 1}")
    typed(page, "<Enter>")
    assert page.locator("[data-lines] tr").count() == rows + 1 and focused(page) == "account"
    page.wait_for_selector(".sums small")

    page.goto(page.url)
    assert page.input_value("[name=summary]") == "没录完的凭证"


def test_without_a_script_the_page_works_as_a_plain_form(open_page, site):
    page = open_page(f"/desk/collective/entry/{site.facts['books']}/?copy=last", user="ma_jun", js=False)

    page.fill("[name=summary]", "没有脚本")
    page.click("button[value=save]")

    assert "没有脚本" in page.locator(".done").inner_text()
