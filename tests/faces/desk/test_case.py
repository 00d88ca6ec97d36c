"""The page of one case and the pages of its acts."""

import pytest

from huilian.areas.hear.hotline import services as hotline_services
from huilian.engine.documents.queries import documents_of
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Case
from huilian.engine.trail.queries import history_of


def address(order, act="") -> str:
    return f"/desk/cases/{order.case.number}/{act}"


def state(order) -> Case:
    return Case.objects.get(pk=order.case_id)


@pytest.mark.parametrize("name", ["he_wei", "xu_fang", "wang_min", "zhao_jianguo", "zhou_hui", "lin_zheng", "li_xiao"])
def test_those_concerned_open_it(client, hotline, working, name):
    client.force_login(getattr(hotline, name))

    response = client.get(address(working))

    words = response.content.decode()
    assert response.status_code == 200
    assert "路灯不亮" in words and "调查办理" in words and "<svg" in words


@pytest.mark.parametrize("name", ["sun_yan", "system_admin", "security_admin", "audit_admin"])
def test_others_are_told_why_not(client, hotline, working, name):
    client.force_login(getattr(hotline, name))

    for part in ("", "assign_handler/"):
        response = client.get(address(working, part))
        assert response.status_code == 403 and "路灯" not in response.content.decode()


def test_who_is_named_in_a_case_does_not_read_it(client, hotline, working):
    cases.name_party(working.case, person=hotline.person("he_wei"), by=hotline.zhou_hui)
    client.force_login(hotline.he_wei)

    assert client.get(address(working)).status_code == 403


def test_an_unknown_number_or_act_is_not_found(client, hotline, working):
    client.force_login(hotline.he_wei)

    assert client.get("/desk/cases/HX20200101-9999/").status_code == 404
    assert client.get(address(working, "fly/")).status_code == 404


def test_every_day_of_the_clock_is_explained(client, hotline, working):
    client.force_login(hotline.he_wei)

    words = client.get(address(working)).content.decode()

    assert "国庆节" in words and "10-10" in words and "10-13" in words


def test_the_history_says_what_was_done_newest_first(client, hotline, working):
    client.force_login(hotline.he_wei)

    entries = client.get(address(working)).context["entries"]

    assert entries[0]["who"] == "何伟" and [e["when"] for e in entries] == sorted(
        (e["when"] for e in entries), reverse=True
    )


def test_an_act_is_a_page_with_a_form_and_leads_back(client, hotline, working):
    client.force_login(hotline.he_wei)
    form = client.get(address(working, "assign_handler/"))
    assert form.status_code == 200 and "何伟" in form.content.decode()

    done = client.post(
        address(working, "assign_handler/"),
        {"handler": hotline.person("he_wei").pk, "revision": working.case.revision},
        follow=True,
    )

    assert done.redirect_chain[0][0] == address(working) and working.case.number in done.content.decode()
    assert state(working).handler == hotline.person("he_wei")
    assert history_of(working.case).last().verb == "procedures.assign_handler"


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(client, hotline, working):
    client.force_login(hotline.he_wei)

    response = client.post(
        address(working, "ask_extension/"), {"workdays": "99", "reason": "等待配件到货，需要更多时间"}
    )

    assert response.status_code == 422
    assert "workdays" in response.context["form"].errors and "等待配件到货" in response.content.decode()
    assert state(working).revision == working.case.revision


def test_who_comes_second_is_told_what_happened(client, hotline, working):
    client.force_login(hotline.he_wei)
    seen = state(working).revision
    cases.assign_handler(working.case, hotline.person("xu_fang"), by=hotline.xu_fang)

    response = client.post(
        address(working, "assign_handler/"), {"handler": hotline.person("he_wei").pk, "revision": seen}
    )

    words = response.content.decode()
    assert response.status_code == 409 and "徐芳" in words
    assert state(working).handler == hotline.person("xu_fang")


def test_an_act_of_somebody_else_is_refused_and_changes_nothing(client, hotline, working):
    client.force_login(hotline.wang_min)

    response = client.post(address(working, "ask_extension/"), {"workdays": "2", "reason": "需要更多时间办理"})

    assert response.status_code == 409 and not working.case.extensions.exists()


def test_a_handler_must_be_of_the_unit_in_charge(client, hotline, working):
    client.force_login(hotline.he_wei)

    response = client.post(address(working, "assign_handler/"), {"handler": hotline.person("sun_yan").pk})

    assert response.status_code == 422 and state(working).handler is None


def test_supervision_reply_and_extension_stand_on_the_page(client, hotline, working):
    cases.supervise(working.case, demand="三日内修好并回复", by=hotline.zhao_jianguo)
    cases.answer_supervision(working.case.supervisions.get(), "已联系供电所，明日修复", by=hotline.he_wei)
    cases.ask_extension(working.case, workdays=2, reason="配件要从外地调运", by=hotline.he_wei)
    cases.assign_co_handler(working.case, hotline.agriculture, duty="核对线路归属", by=hotline.he_wei)
    client.force_login(hotline.wang_min)

    words = client.get(address(working)).content.decode()

    for said in ("三日内修好并回复", "明日修复", "配件要从外地调运", "核对线路归属"):
        assert said in words


def test_the_page_costs_the_same_however_long_its_history(client, hotline, working, django_assert_max_num_queries):
    for i in range(10):
        hotline_services.contact(working, note=f"第{i}次联系群众，说明进度", by=hotline.he_wei)
    client.force_login(hotline.he_wei)
    client.get(address(working))

    with django_assert_max_num_queries(45):
        client.get(address(working))


def test_the_case_sheet_is_a_pdf_for_those_who_see_the_case(client, hotline, working):
    client.force_login(hotline.wang_min)
    sheet = client.get(address(working, "sheet.pdf"))
    assert sheet.status_code == 200 and sheet.content.startswith(b"%PDF")

    client.force_login(hotline.sun_yan)
    assert client.get(address(working, "sheet.pdf")).status_code == 403


@pytest.mark.parametrize("as_type", ["pdf", "docx"])
def test_a_notice_of_supervision_is_kept_with_the_case(client, hotline, working, as_type):
    supervision = cases.supervise(working.case, demand="三日内修好并回复", by=hotline.zhao_jianguo)
    client.force_login(hotline.zhao_jianguo)

    page = client.post(f"/desk/supervisions/{supervision.number}/notice/", {"type": as_type}, follow=True)

    assert "文书和附件" in page.content.decode()
    file = documents_of(working.case).get()
    assert file.type == as_type and "督办" in file.number
    assert client.get(f"/desk/files/document/{file.pk}/").status_code == 200
    client.force_login(hotline.sun_yan)
    assert client.get(f"/desk/files/document/{file.pk}/").status_code == 403


def test_the_form_of_a_supervision_says_who_is_to_do_what_by_when(client, hotline, working):
    from huilian.faces.desk.papers import supervision_sheet

    supervision = cases.supervise(working.case, demand="三日内修好并回复", by=hotline.zhao_jianguo)
    form = supervision_sheet(supervision)
    assert form.title == "催办单" and "三日内修好并回复" in form.matter
    assert dict(form.facts)["牵头单位"] == "安澜县住房和城乡建设局" and dict(form.facts)["延期"] == "无"

    for user, expected in ((hotline.he_wei, 200), (hotline.sun_yan, 403)):
        client.force_login(user)
        assert client.get(f"/desk/supervisions/{supervision.number}/sheet.pdf").status_code == expected


def test_only_who_supervises_makes_a_notice(client, hotline, working):
    supervision = cases.supervise(working.case, demand="三日内修好并回复", by=hotline.zhao_jianguo)
    client.force_login(hotline.he_wei)

    response = client.post(f"/desk/supervisions/{supervision.number}/notice/", {"type": "pdf"})

    assert response.status_code == 403 and not documents_of(working.case).exists()


def test_a_closed_matter_offers_no_acts(client, hotline, taken):
    hotline_services.propose_refusal(taken, ground=hotline.ground, note="已向法院起诉", by=hotline.zhou_hui)
    hotline_services.confirm_refusal(taken, by=hotline.qian_jing)
    client.force_login(hotline.zhou_hui)

    response = client.get(address(taken))

    assert response.status_code == 200 and state(taken).state == "refused"
    assert client.post(address(taken, "supervise/"), {"level": 1, "demand": "x"}).status_code == 409
