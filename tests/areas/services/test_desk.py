"""The desk: an application from the window to its rating by pages alone; lists narrowed to who asks."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huilian.areas.serve.services.models import Application, DiaryEntry, Inquiry, Norm, Shift, SupervisionCard
from huilian.areas.serve.services.services import applying, conduct, handling, points, ratings, telling
from huilian.engine.registers.declare import all_registers
from huilian.engine.screening.subjects import resolve
from tests.areas.services.conftest import VILLAGER

DESK = "/desk/services/"


@pytest.fixture
def at(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def act(client, case, key, **data):
    answer = client.post(f"/desk/cases/{case.number}/{key}/", data)
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def test_from_the_window_to_the_applicants_home_by_pages_alone(at, county):
    clerk = at(county.bai_lu)
    page = text_of(clerk.get(f"{DESK}take/?item=SH-01"))
    assert "收入和财产声明" in page and "不收费" in page
    said = {"item": "SH-01", "name": "赵桂花", "phone": "12", "channel": "window", "deliver_to": "home", "do": "send"}
    refused = clerk.post(f"{DESK}take/", {**said, "identity": VILLAGER["identity"], "next": "1"})
    assert refused.status_code == 422 and "赵桂花" in refused.content.decode()
    papers = ["form", "identity", "household", "income"]
    done = clerk.post(f"{DESK}take/", {**said, **VILLAGER, "seen": papers, "next": "1"})
    assert done["Location"] == f"{DESK}take/"
    made = Application.objects.get()
    assert made.case.number in text_of(clerk.get(f"{DESK}take/"))
    case = made.case

    act(clerk, case, "accept", mode="agent", agent=county.person("bai_lu").pk, reason="由镇审批，需入户核查")
    act(clerk, case, "report")
    act(clerk, case, "trip", on="2026-11-03", where="镇便民服务中心", done="递交材料")
    centre = at(county.shi_lei)
    act(centre, case, "joint", unit_1=county.civil_affairs.pk, task_1="核对经济状况", turn_1=1)
    helper = at(county.hao_jing)
    act(helper, case, "leg", opinion="收入低于标准", agrees="yes")
    centre = at(county.shi_lei)
    with CaptureQueriesContext(connection) as asked:
        page = text_of(centre.get(f"/desk/cases/{case.number}/"))
    assert "收入低于标准" in page and "赵*花" in page and "赵桂花" not in page and len(asked) <= 60
    act(centre, case, "decide_above", result="granted", text="同意发放，每月入卡")
    clerk = at(county.bai_lu)
    act(clerk, case, "confirm")
    act(clerk, case, "tell", way="home", reached="yes", proof="入户送达，本人签字")

    case.refresh_from_db()
    assert case.state == "closed"
    for key in ("record", "acceptance", "promise", "letter", "result"):
        paper = text_of(clerk.get(f"{DESK}{case.number}/print/{key}/"))
        assert "data:image/svg+xml" in paper
    assert clerk.get(f"{DESK}{case.number}/print/refusal/").status_code == 302
    opened = clerk.post(f"{DESK}{case.number}/applicant/", {"purpose": "联系申请人"})
    assert "13812345678" in text_of(opened)
    assert clerk.post(f"{DESK}{case.number}/applicant/", {"purpose": ""}).status_code == 422


def test_missing_papers_are_told_on_one_page(at, county, asked):
    clerk = at(county.bai_lu)
    act(clerk, asked.case, "receive")
    act(clerk, asked.case, "note_papers", seen=[p.pk for p in asked.papers.filter(material__key="identity")])
    act(clerk, asked.case, "ask_papers")
    page = text_of(clerk.get(f"{DESK}{asked.case.number}/print/missing/"))
    assert "一次性告知书" in page and "户口簿" in page and "居民身份证" not in page
    act(clerk, asked.case, "hand_in", seen=[p.pk for p in asked.papers.exclude(state="given")])

    asked.case.refresh_from_db()
    assert asked.case.step == "receive"


def test_what_can_be_done_at_once_is_one_page(at, county):
    taken = applying.apply(
        county.item["DW-03"],
        applicant=VILLAGER,
        point=county.room,
        channel="window",
        seen=["identity"],
        by=county.bai_lu,
    )
    act(at(county.bai_lu), taken.case, "finish_now", result="granted", text="已出具证明", proof="本人签收")

    taken.case.refresh_from_db()
    assert taken.case.state == "closed"


def test_lists_show_ones_own_and_cost_few_queries(at, county, asked):
    for number in range(4):
        applying.apply(county.item["SH-05"], applicant={**VILLAGER, "phone": f"1390000000{number}"}, place=county.liuhe)
    client = at(county.bai_lu)
    client.get(DESK)
    with CaptureQueriesContext(connection) as queries:
        page = text_of(client.get(DESK))

    assert page.count("赵*花") >= 5 and len(queries) <= 25
    assert asked.case.number not in text_of(at(county.kong_li).get(DESK))
    assert at(county.qian_jing).get(DESK).status_code == 403
    for which in ("legs", "agent", "done"):
        text_of(at(county.bai_lu).get(f"{DESK}?which={which}"))
    assert at(county.bai_lu).get(f"{DESK}?which=x").status_code == 404


def test_a_case_page_asks_once_for_its_application(at, county, asked):
    client, page = at(county.bai_lu), f"/desk/cases/{asked.case.number}/"
    act(client, asked.case, "receive")
    client.get(page)

    with CaptureQueriesContext(connection) as queries:
        client.get(page)

    assert len([q for q in queries if 'FROM "services_' in q["sql"]]) <= 6
    assert len(queries) <= 32


def test_inquiries_diary_and_duty_by_pages(at, county):
    clerk = at(county.bai_lu)
    clerk.post(f"{DESK}inquiries/", {"matter": "社保卡丢了怎么办，电话13812345678", "name": "张大山"})
    inquiry = Inquiry.objects.get()
    page = text_of(clerk.get(f"{DESK}inquiries/"))
    assert "张*山" in page and "138****5678" in page
    clerk.post(f"{DESK}inquiries/{inquiry.number}/", {"hand": "1", "unit": county.approval.pk, "contact": "3号窗口"})
    assert Inquiry.objects.get().handed_to == county.approval
    clerk.post(f"{DESK}diary/", {"on": "2026-11-03", "heard": "三组路灯坏了两盏", "household": "张大山"})
    entry = DiaryEntry.objects.get()
    assert "三组路灯" in text_of(clerk.get(f"{DESK}diary/"))
    clerk.post(f"{DESK}diary/", {"settle": entry.pk, "done": "已报修，周五更换"})
    assert DiaryEntry.objects.get().settled_on == date(2026, 11, 3)

    head = at(county.yu_fei)
    where = f"{DESK}duty/?point={county.room.pk}"
    head.post(where, {"do": "plan", "on": "2026-11-03", "person": county.person("bai_lu").pk})
    clerk = at(county.bai_lu)
    assert "白露" in text_of(clerk.get(where))
    clerk.post(where, {"do": "in", "shift": Shift.objects.get().pk, "spot": "村便民服务室"})
    assert Shift.objects.get().signed_in_at and clerk.get(f"{DESK}duty/?month=x").status_code == 404


def test_points_rules_cards_and_checklists_by_pages(at, county):
    head = at(county.yu_fei)
    assert "柳河村便民服务室" in text_of(head.get(f"{DESK}points/"))
    home = f"{DESK}points/{county.room.pk}/"
    head.get(home)
    with CaptureQueriesContext(connection) as queries:
        page = text_of(head.get(home))
    assert "首问负责" in page and "限时办结" in page and len(queries) <= 32
    head.post(home, {"do": "check", "remark": "抓紧签订"})
    head.post(home, {"do": "card", "person": county.person("bai_lu").pk})
    card = SupervisionCard.objects.get()
    assert card.code in text_of(head.get(home)) and "监督卡" in text_of(head.get(f"{DESK}card/{card.code}/"))
    clerk = at(county.bai_lu)
    clerk.post(home, {"do": "sign", "norm": Norm.objects.get(key="pledge").pk, "promise": "随叫随到"})
    assert "随叫随到" in text_of(clerk.get(home))
    clerk.post(f"{home}check/ten/", {f"line_{n}": "on" for n in range(9)})
    assert "✗" in text_of(clerk.get(home))
    text_of(clerk.get(f"{home}check/ten/"))
    assert at(county.sun_yan).get(home).status_code in (403, 404)


def test_a_bad_rating_goes_its_way_by_pages(at, county):
    taken = applying.apply(
        county.item["SH-02"], applicant=VILLAGER, point=county.centre, channel="window", seen=["identity", "household"],
        by=county.shi_lei,
    )  # fmt: skip
    handling.finish_now(taken, result="granted", text="已参保登记", by=county.shi_lei)
    telling.tell(taken, way="handed", proof="本人签收", by=county.shi_lei)
    ratings.rate(taken, stars=1, words="态度不好")
    head, where = at(county.yu_fei), f"{DESK}ratings/{taken.case.number}/"
    assert taken.case.number in text_of(head.get(f"{DESK}ratings/"))
    assert "态度不好" in text_of(head.get(where))
    assert head.post(where, {"yes": "yes", "note": "情况属实，已道歉"}).status_code == 302
    assert at(county.shi_lei).post(where, {"note": "已调整窗口人员"}).status_code == 302
    assert at(county.yu_fei).post(where, {"yes": "yes", "note": "群众认可"}).status_code == 302

    taken.rating.refresh_from_db()
    assert taken.rating.state == "closed"
    assert "已办结" in text_of(at(county.yu_fei).get(f"{DESK}ratings/?which=all"))


def test_figures_lead_to_the_rows_behind_them(at, county):
    taken = applying.apply(
        county.item["ZW-04"], applicant=VILLAGER, point=county.hall, channel="window",
        seen=["form", "identity", "right"], by=county.kong_li,
    )  # fmt: skip
    handling.finish_now(taken, result="granted", text="已核发采伐证", by=county.kong_li)
    telling.tell(taken, way="handed", proof="本人签收", by=county.kong_li)
    points.note_inquiry(matter="采伐证怎么办", item=county.item["ZW-04"], answer="带林权证来", by=county.kong_li)

    page = text_of(at(county.cao_jun).get(f"{DESK}figures/"))

    assert "100%" in page and "林木采伐许可" in page and f"which=done&amp;item={taken.item_id}" in page
    assert ">20 <small>/ 1</small>" in page  # the law gives 20 working days, none was needed
    paper = at(county.cao_jun).get(f"{DESK}figures/?type=pdf")
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    text_of(at(county.cao_jun).get(f"{DESK}figures/?by=point&since=2026-01-01&until=x"))
    assert taken.case.number in text_of(at(county.cao_jun).get(f"{DESK}?which=done&item={taken.item_id}"))


def test_registers_open_for_who_may_and_mask_people(at, county, asked):
    volunteer = {"name": "周老师", "phone": "13912345678", "point": county.room, "starts_on": date(2026, 11, 3)}
    points.save_volunteer(None, volunteer, by=county.bai_lu)
    conduct.write_diary(on=date(2026, 11, 3), heard="路灯坏了两盏", by=county.bai_lu)
    keys = [r.key for r in all_registers() if r.key.startswith("service-")]
    assert len(keys) == 13
    for key in keys:
        page = text_of(at(county.cao_jun).get(f"/desk/registers/{key}/"))
        assert "赵桂花" not in page and "13912345678" not in page


def test_an_alert_about_a_hand_over_is_answered_by_the_unit_that_has_it(county, asked):
    asked.papers.update(state="given")
    handling.receive(asked, by=county.bai_lu)
    handling.accept(asked, mode="agent", reason="由镇审批", agent=county.person("bai_lu"), by=county.bai_lu)
    handling.report(asked, by=county.bai_lu)
    leg = asked.legs.get(kind="up")
    code = int(county.liuhe.code)

    found = resolve({(f"service_leg:{leg.pk}", code), (f"application:{asked.pk}", code)})

    assert found[f"service_leg:{leg.pk}"].unit == county.qingshi_services
    assert found[f"application:{asked.pk}"].unit == county.liuhe_committee
