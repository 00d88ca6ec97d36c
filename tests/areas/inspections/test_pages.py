"""Pages, papers, the sheet as a form and by the script's doors, the public side."""

import io
import json

import pytest
from django.urls import reverse

from huilian.areas.answer.inspections import services
from huilian.areas.answer.inspections.models import Finding
from huilian.engine.procedures.actions import actions_for
from huilian.foundation.now import today

from .conftest import begun, change, item, picture, planned, repaired, told

QUERIES = 45  # the desk's own frame asks for about twenty of them


@pytest.fixture
def entered(client, site):
    def at(user, name, *args, data=None, method="get", **more):
        client.force_login(user)
        return getattr(client, method)(reverse(name, args=args), data, **more)

    return at


def test_lists_and_pages_open_within_their_queries(site, entered, django_assert_max_num_queries):
    finding = told(site)
    services.send_letter("advice", site.cast.liuhe_committee, site.cast.commission, facts="未改", advice="回复",
                         due_on=today().replace(day=28), finding=finding, by=site.officer)  # fmt: skip
    for user, name, args in (
        (site.officer, "inspections-calendar", []),
        (site.officer, "inspections-round", [finding.target.round.number]),
        (site.officer, "inspections-coverage", []),
        (site.officer, "inspections-findings", []),
        (site.officer, "inspections-finding", [finding.number]),
        (site.village, "inspections-finding", [finding.number]),
        (site.village, "inspections-letters", []),
        (site.member, "inspections-sheet", [finding.target.sheet.pk]),
        (site.officer, "inspections-plan", []),
        (site.officer, "inspections-note", []),
    ):
        with django_assert_max_num_queries(QUERIES):
            assert entered(user, name, *args).status_code == 200, name
    assert finding.number in entered(site.village, "inspections-findings").content.decode()
    assert finding.number in entered(site.officer, "inspections-findings", data={"state": "open"}).content.decode()
    assert entered(site.village, "desk-case", finding.case.number).status_code == 200


def test_doors_are_closed_to_others(site, entered):
    round_ = begun(site)
    sheet = round_.targets.get().sheet

    assert entered(site.village, "inspections-calendar").status_code == 403
    assert entered(site.outsider, "inspections-sheet", sheet.pk).status_code == 404
    assert entered(site.outsider, "inspections-sync", sheet.pk).status_code == 404
    assert entered(site.outsider, "inspections-round", round_.number).status_code == 404
    assert entered(site.village, "inspections-act", "round", round_.number, "begin").status_code == 404


def test_a_round_from_the_form_to_its_beginning(site, entered):
    given = {
        "title": "二轮巡察", "kind": "inspection", "force": "inspection", "mode": "", "unit": site.cast.commission.pk,
        "form": planned(site).form.pk, "starts_on": "2026-06-10", "ends_on": "2026-07-10",
    }  # fmt: skip
    assert entered(site.officer, "inspections-plan", data={**given, "title": ""}, method="post").status_code == 422
    made = entered(site.officer, "inspections-plan", data=given, method="post")
    number = made.url.rstrip("/").split("/")[-1]

    for verb, data in (
        ("target", {"unit": site.cast.dongwan_committee.pk}),
        ("announce", {"wanted": "1"}),
        ("draw", {"words": "四"}),
        ("begin", {}),
    ):
        answer = entered(site.officer, "inspections-act", "round", number, verb, data=data, method="post")
        assert answer.status_code == 302, (verb, answer.content.decode())
    assert "四" in entered(site.officer, "inspections-round", number).content.decode()


def test_the_sheet_without_a_script_goes_through_the_same_merge(site, entered):
    round_ = begun(site)
    sheet = round_.targets.get().sheet
    first = item(round_, 1).pk
    page = entered(site.member, "inspections-sheet", sheet.pk)
    assert page.content.decode().count("<fieldset") == 75

    for text in ("学习记录缺两次", "学习记录缺三次"):  # the second stands on what the first page showed: nothing
        data = {f"mark-{first}": "bad", f"text-{first}": text, f"base-{first}": ""}
        assert entered(site.member, "inspections-sheet", sheet.pk, data=data, method="post").status_code == 302

    assert sorted(sheet.entries.values_list("state", flat=True)) == ["contested", "current"]
    differ = entered(site.member, "inspections-differ", sheet.pk).content.decode()
    assert "缺两次" in differ and "缺三次" in differ
    entry = sheet.entries.get(state="contested")
    entered(site.member, "inspections-differ", sheet.pk, data={"entry": entry.pk}, method="post")
    assert sheet.entries.get(state="current") == entry
    assert entered(site.member, "inspections-hand-in", sheet.pk, method="post").status_code == 302
    assert Finding.objects.get().fact == "学习记录缺三次"


def test_a_device_sends_and_hears_what_counts(site, entered):
    round_ = begun(site)
    sheet = round_.targets.get().sheet
    body = json.dumps({"changes": [change(round_, 26, "a")]})

    def send(raw):
        return entered(
            site.member, "inspections-sync", sheet.pk, data=raw, method="post", content_type="application/json"
        )

    said = send(body).json()
    assert [(e["uid"], e["mark"]) for e in said["entries"]] == [("-------a", "bad")] and said["token"]
    assert send(body).json()["entries"] == said["entries"]
    for bad in ("{", "[]", '{"changes": 7}', '{"changes": [7]}'):
        assert send(bad).status_code == 409
    photo, name = picture()
    photo.name = name
    given = {"uid": "photo-01", "item": item(round_, 26).pk, "file": photo}
    assert entered(site.member, "inspections-photo", sheet.pk, data=given, method="post").json() == {"kept": True}
    text = io.BytesIO(b"#!/bin/sh")
    text.name = "a.jpg"
    bad = entered(
        site.member, "inspections-photo", sheet.pk, data={**given, "uid": "photo-02", "file": text}, method="post"
    )
    assert bad.status_code == 409 and bad.json()["refused"]
    assert entered(site.member, "inspections-sync", sheet.pk).json()["photos"]


def test_every_act_of_the_case_opens(site, entered):
    finding = repaired(site, told(site))

    assert {a.key for a in actions_for(finding.case, site.officer)} >= {"close", "send_back"}
    for verb in ("close", "send_back"):
        assert entered(site.officer, "desk-act", finding.case.number, verb).status_code == 200
    for verb in ("split", "spread", "publish", "visit", "letter"):
        assert entered(site.officer, "inspections-act", "finding", finding.number, verb).status_code == 200


def test_papers(site, entered):
    finding = repaired(site, told(site))
    services.sign_off(finding, by=site.officer)
    letter = services.send_letter("supervise", site.cast.liuhe_committee, site.cast.commission, facts="未改",
                                  advice="回复", due_on=today().replace(day=28), by=site.officer)  # fmt: skip

    for kind, key in (
        ("opinion", finding.target_id), ("notice", finding.target_id), ("lists", finding.target_id),
        ("sign-off", finding.number), ("letter", letter.number),
    ):  # fmt: skip
        assert entered(site.officer, "inspections-paper", kind, key, "docx").content[:2] == b"PK"
    assert entered(site.officer, "inspections-paper", "x", "1", "docx").status_code == 404


def test_everybody_reads_what_is_published_and_a_slip_answers_once(site, entered, client):
    finding = repaired(site, told(site))
    services.sign_off(finding, by=site.officer)
    address = reverse("portal-village-mended", args=[site.cast.liuhe.code])
    client.logout()
    assert finding.number not in client.get(address).content.decode()

    services.publish_finding(finding, text="白条入账已补票", by=site.officer)
    slips = entered(
        site.officer, "inspections-act", "finding", finding.number, "codes", data={"count": "1"}, method="post"
    ).content.decode()
    code = slips.split('<b class="num">')[1].split("<")[0]
    client.logout()
    assert "白条入账已补票" in client.get(address).content.decode()
    say = reverse("portal-mended")
    assert client.post(say, {"code": "WRONG"}).status_code == 422
    assert "白条入账已补票" in client.post(say, {"code": code}).content.decode()
    assert client.post(say, {"code": code, "verdict": "no", "text": "没改"}).status_code == 200
    assert client.post(say, {"code": code}).status_code == 422

    assert finding.voices.get(verdict="no").text == "没改"


def test_what_was_done_stands_on_the_pages_of_round_and_finding(site, entered):
    finding = told(site)

    assert "启动本轮" in entered(site.officer, "inspections-round", finding.target.round.number).content.decode()
    assert "登记问题" in entered(site.officer, "inspections-finding", finding.number).content.decode()


def test_a_talk_about_three_zeros_from_the_list_to_its_papers(site, client, entered):
    officer, unit = site.officer, site.cast.qingshi_government
    listed = entered(officer, "inspections-zeros", data={"quarter": "2026Q1"}).content.decode()
    assert f"unit={unit.pk}&amp;quarter=2026Q1" in listed and "三零" in listed
    assert "quarter=2026Q3" not in entered(officer, "inspections-zeros", data={"quarter": "2026Q2"}).content.decode()

    at = f"{reverse('inspections-invite')}?unit={unit.pk}&quarter=2026Q1"
    page = entered(officer, "inspections-invite", data={"unit": unit.pk, "quarter": "2026Q1"}).content.decode()
    assert "?quarter=2026Q1" in page and "zeros:2026Q1" in page and 'value="2026-07-03"' in page
    post = unit.posts.get(name__startswith="整改责任人").pk
    data = {"reason": "zeros:2026Q1", "post": post, "why": "", "demand": "走访", "meet_on": today().isoformat(),
            "due_on": today().isoformat(), "sender": site.cast.commission.pk}  # fmt: skip
    made = client.post(at, data)
    number = made.url.rstrip("/").split("/")[-1]
    entered(officer, "inspections-act", "talk", number, "held", method="post",
            data={"held_on": today().isoformat(), "text": "谈过"})  # fmt: skip
    shown = entered(site.town, "inspections-talk", number).content.decode()
    assert "谈过" in shown and "发现问题线索 0" in shown
    assert entered(site.village, "inspections-talk", number).status_code == 404
    for kind in ("invitation", "talk"):
        assert entered(officer, "inspections-paper", kind, number, "docx").status_code == 200
    assert number in entered(officer, "inspections-talks").content.decode()


def test_a_meeting_and_its_tasks_on_their_pages(site, entered, django_assert_max_num_queries):
    told(site)
    services.run_routines()
    day = today().isoformat()
    made = entered(site.officer, "inspections-call", method="post", data={
        "title": "二季度会商", "unit": site.cast.commission.pk, "starts_on": "2026-04-01", "ends_on": day,
        "meet_on": day,
    })  # fmt: skip
    number = made.url.rstrip("/").split("/")[-1]
    assert entered(site.officer, "inspections-paper", "minutes", number, "docx").status_code == 404
    for verb, data in (
        ("held", {"held_on": day, "attended": "四家", "minutes": "票据问题集中"}),
        ("task", {"units": [site.cast.liuhe_committee.pk], "what": "清理白条", "due_on": day}),
    ):
        answer = entered(site.officer, "inspections-act", "meeting", number, verb, method="post", data=data)
        assert answer.status_code == 302, answer.content.decode()
    page = entered(site.officer, "inspections-meeting", number).content.decode()
    assert "清理白条" in page and "校验码相符" in page and "发现问题" in page
    assert entered(site.officer, "inspections-paper", "minutes", number, "docx").status_code == 200
    listed = entered(site.village, "inspections-tasks", data={"origin": "meeting"}).content.decode()
    assert "清理白条" in listed and entered(site.village, "inspections-meeting", number).status_code == 403
    for user, name, data in (
        (site.officer, "inspections-routines", {}),
        (site.town, "inspections-tasks", {"state": "open", "origin": "routine"}),
        (site.officer, "inspections-meetings", {}),
        (site.officer, "inspections-letters", {"kind": "advice", "state": "unfollowed"}),
    ):
        with django_assert_max_num_queries(QUERIES):
            assert entered(user, name, data=data).status_code == 200, name
    assert "2026-06" in entered(site.town, "inspections-routines").content.decode()
