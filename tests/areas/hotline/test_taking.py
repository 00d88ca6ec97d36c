"""The operator's page: nothing typed is lost, one press registers and answers, merges or goes on to dispatch."""

import pytest
from django.urls import reverse

from huilian.areas.hear.hotline import services, similar, suggesting
from huilian.areas.hear.hotline.models import Draft, Knowledge, Matter, Order
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Invalid, NotAllowed

SAID = {
    "phone": "13900001111",
    "name": "李四",
    "place": "青石镇柳河村",
    "title": "自来水停水",
    "text": "村里自来水从昨天早上停到现在，整条街都没有水。",
}


@pytest.fixture(autouse=True)
def new_process():
    """What a process keeps does not outlive a test."""
    similar.forget()
    suggesting.forget()


@pytest.fixture
def water(hotline, monday):
    line = Matter.objects.create(
        code="A01", topic="城乡建设", name="自来水停水、水压不足", lead_unit=hotline.housing, hint="停水通知"
    )
    Knowledge.objects.create(
        title="停水了怎么办",
        answer="请先看小区公告，没有公告的我们登记。",
        keywords="停水 自来水",
        valid_from=monday.date(),
    )
    return line


@pytest.fixture
def operator(client, hotline, monday):
    client.force_login(hotline.zhou_hui)
    return client


def posted(hotline, **more):
    return {"channel": hotline.phone.pk, **SAID, **more}


def test_only_operators_take_calls(client, hotline):
    client.force_login(hotline.he_wei)

    assert client.get(reverse("hotline-take")).status_code == 403


def test_a_call_is_registered_and_the_code_shown_once(operator, hotline):
    response = operator.post(reverse("hotline-take"), posted(hotline, do="register"), follow=True)

    order = Order.objects.get()
    assert order.case.step == "sorting" and order.case.place == hotline.liuhe and order.taken_by == hotline.zhou_hui
    assert order.case.number in response.content.decode() and order.code_digest
    assert 'class="num code"' in response.content.decode()
    assert 'class="num code"' not in operator.get(reverse("hotline-take")).content.decode()


def test_what_was_typed_is_kept_and_comes_back(operator, hotline):
    operator.post(reverse("hotline-beside"), posted(hotline))

    page = operator.get(reverse("hotline-take")).content.decode()
    assert SAID["text"] in page and SAID["phone"] in page
    assert not Order.objects.exists()


def test_a_mistake_keeps_everything_and_registers_nothing(operator, hotline):
    response = operator.post(reverse("hotline-take"), posted(hotline, place="柳", text="短", do="register"))

    assert response.status_code == 422
    assert SAID["title"] in response.content.decode()
    assert not Order.objects.exists() and Draft.objects.get().said["text"] == "短"


def test_a_registered_call_leaves_no_draft(operator, hotline):
    services.keep_draft({"text": "…"}, by=hotline.zhou_hui)

    operator.post(reverse("hotline-take"), posted(hotline, do="register"))

    assert not Draft.objects.exists()


def test_the_page_is_cleared_on_demand(operator, hotline):
    services.keep_draft({"text": "…"}, by=hotline.zhou_hui)

    operator.post(reverse("hotline-take"), {"do": "clear"})

    assert not Draft.objects.exists()


def test_answering_at_once_is_all_or_nothing(operator, hotline):
    refused = operator.post(reverse("hotline-take"), posted(hotline, do="answer", answer=" "))
    assert refused.status_code == 422 and not Order.objects.exists()

    operator.post(reverse("hotline-take"), posted(hotline, do="answer", answer="已告知：抢修今晚完成。"))
    order = Order.objects.get()
    assert order.at_once and order.case.step == "calling"


def test_an_answer_of_the_knowledge_base_fills_the_form(operator, hotline, water):
    entry = Knowledge.objects.get()

    page = operator.post(reverse("hotline-take"), posted(hotline, use=entry.pk)).content.decode()

    assert page.count(entry.answer) >= 1 and f">\n{entry.answer}</textarea>" in page
    assert not Order.objects.exists()


def test_help_appears_beside_the_call(operator, hotline, water, taken):
    page = operator.post(reverse("hotline-beside"), posted(hotline, phone=taken.caller_phone)).content.decode()

    assert "停水了怎么办" in page and "自来水停水、水压不足" in page
    assert taken.case.number in page  # the same number called before


def test_the_same_matter_is_found_and_merged_in_one_press(operator, hotline):
    first, _code = services.take_call(
        by=hotline.wu_mei, channel=hotline.phone, title=SAID["title"], text=SAID["text"], place=hotline.liuhe
    )

    page = operator.post(reverse("hotline-beside"), posted(hotline)).content.decode()
    assert f'value="{first.case.number}"' in page

    operator.post(reverse("hotline-take"), posted(hotline, merge=first.case.number))
    second = Order.objects.get(caller_name="李四")
    assert second.merged_into == first and second.case.state == "merged"


def test_register_and_dispatch_leads_to_the_dispatch_page(operator, hotline, water):
    response = operator.post(reverse("hotline-take"), posted(hotline, do="dispatch", matter="A01"))
    order = Order.objects.get()
    assert response["Location"] == reverse("hotline-dispatch", args=[order.case.number])

    page = operator.get(response["Location"]).content.decode()
    assert "安澜县住房和城乡建设局" in page and "自来水停水" in page

    operator.post(
        response["Location"],
        {"unit": "安澜县住房和城乡建设局", "class_key": "general", "matter": "A01", "revision": order.case.revision},
    )
    order.case.refresh_from_db()
    assert order.case.unit == hotline.housing and order.case.step == "assigned"


def test_a_line_led_by_the_place_goes_to_its_township(operator, hotline, taken):
    Matter.objects.create(code="A04", topic="城乡建设", name="路灯不亮、损坏", by_place=True, class_key="special")
    address = reverse("hotline-dispatch", args=[taken.case.number])

    page = operator.post(address, {"line": "A04", "note": "请先联系"}).content.decode()

    assert 'value="青石镇人民政府"' in page and "请先联系" in page
    assert taken.case.step == "sorting"


def test_an_unclear_unit_is_asked_back_with_its_choices(operator, hotline, taken):
    address = reverse("hotline-dispatch", args=[taken.case.number])

    response = operator.post(address, {"unit": "人民政府", "class_key": "general"})

    page = response.content.decode()
    assert response.status_code == 422 and "青石镇人民政府、" in page


def test_names_are_proposed_while_one_types(operator, hotline):
    assert "青石镇柳河村" in operator.get(reverse("hotline-places"), {"place": "柳河"}).content.decode()
    assert "柳河村村民委员会（青石镇）" in operator.get(reverse("hotline-units"), {"unit": "柳河"}).content.decode()
    assert operator.get(reverse("hotline-matters"), {"matter": ""}).content.decode().strip() == ""


def test_the_queues_show_what_waits(operator, hotline, taken, calling):
    services.submit(channel=hotline.web, title="网上反映", text="村口垃圾三天没有人收了。")

    incoming = operator.get(reverse("hotline-incoming")).content.decode()
    waiting = operator.get(reverse("hotline-call-backs")).content.decode()

    assert "网上反映" in incoming and calling.case.number not in incoming
    assert calling.case.number in waiting


def test_only_the_operator_keeps_a_draft(hotline, monday):
    with pytest.raises(NotAllowed):
        services.keep_draft({"text": "…"}, by=hotline.he_wei)

    services.drop_draft(by=hotline.he_wei)
    assert not Draft.objects.exists()


def test_an_empty_answer_registers_nothing(hotline, monday):
    with pytest.raises(Invalid):
        services.take_call(by=hotline.zhou_hui, channel=hotline.phone, title="x", text=SAID["text"], answer="")

    assert not Order.objects.exists()


def test_the_code_told_on_the_line_is_the_one_kept(hotline, monday):
    from huilian.areas.hear.hotline.queries import code_digest

    order, code = services.take_call(by=hotline.zhou_hui, channel=hotline.phone, title="x", text=SAID["text"])

    assert order.code_digest == code_digest(code)
    assert code not in str([event.data for event in history_of(order.case)])


@pytest.mark.parametrize("page", ["hotline-take", "hotline-beside", "hotline-incoming", "hotline-call-backs"])
def test_pages_ask_the_database_little(operator, hotline, water, calling, page, django_assert_max_num_queries):
    services.keep_draft(posted(hotline), by=hotline.zhou_hui)
    operator.get(reverse("hotline-take"))  # what a process reads once

    with django_assert_max_num_queries(22):
        response = (
            operator.post(reverse(page), posted(hotline)) if page == "hotline-beside" else operator.get(reverse(page))
        )

    assert response.status_code == 200
