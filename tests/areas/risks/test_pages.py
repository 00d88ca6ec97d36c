"""Pages at the desk and in public: seen, filled in, refused, counted, printed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huilian.areas.power.risks import services
from huilian.areas.power.risks.models import Confirmation, Disposal, Opinion, RiskPoint, Starter
from huilian.engine.directory.models import Appointment
from huilian.engine.inbox.models import Notice

from .conftest import MORNING, a_point, in_force, later

PAGES = (
    "", "start/", "matrix/", "new/", "ask/", "signals/", "disposals/", "indicators/", "reports/",
)  # fmt: skip


@pytest.fixture
def at(client):
    def sign_in(user):
        client.logout()  # days may have passed: a session begins anew
        client.force_login(user)
        return client

    return sign_in


def get(client, url, queries=18, kib=45):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert answer.status_code == 200, url
    assert len(asked) <= queries, (url, "\n".join(q["sql"][:110] for q in asked))
    assert len(answer.content) <= kib * 1024, f"{len(answer.content) / 1024:.0f} KiB"
    return answer.content.decode()


def test_desk_pages_open_within_their_weight(desk, at):
    cycle = services.start_cycle(desk.cast.housing, desk.six, by=desk.finds)
    point = a_point(desk)
    liaison = at(desk.finds)
    for page in PAGES:
        get(liaison, f"/desk/risks/{page}")
    assert "变更签证" in get(liaison, f"/desk/risks/point/{point.number}/", 22)
    assert "前期准备" in get(liaison, f"/desk/risks/cycle/{cycle.number}/")
    get(liaison, f"/desk/risks/act/point/{point.number}/grade/")


def test_a_known_point_is_taken_over_and_entered_on_the_page(desk, at):
    known = Starter.objects.get(name="变更签证")
    liaison = at(desk.finds)
    assert known.manifestation in liaison.get(f"/desk/risks/new/?like={known.pk}").content.decode()
    given = {
        "unit": desk.cast.housing.pk, "level": "unit", "kind": known.kind, "field": known.field, "name": known.name,
        "manifestation": "", "way": "organisation",
    }  # fmt: skip
    wrong = liaison.post("/desk/risks/new/", given)
    assert wrong.status_code == 422 and not RiskPoint.objects.exists()

    liaison.post("/desk/risks/new/", {**given, "manifestation": known.manifestation})
    assert RiskPoint.objects.get().findings.get().way == "organisation"


def test_the_grading_page_shows_what_was_counted_and_refuses_at_the_field(desk, at):
    point = services.save_point(None, _unit_level(desk), way="self", by=desk.finds)
    liaison, url = at(desk.finds), f"/desk/risks/act/point/{point.number}/grade/"
    assert "52" in liaison.get(url).content.decode()
    assert liaison.post(url, {"importance": 3, "grade": 3, "told_count": 80}).status_code == 422

    liaison.post(url, {"importance": 3, "grade": 1, "told_count": 80})
    assert RiskPoint.objects.get().grade == 1


def _unit_level(desk) -> dict:
    return {
        "unit": desk.cast.housing, "level": "unit", "kind": "process", "field": "money", "name": "大额支付",
        "manifestation": "不经集体研究就支付",
    }  # fmt: skip


def test_a_stranger_reaches_neither_pages_nor_acts(desk, at):
    point = a_point(desk)
    stranger = at(desk.cast.sun_yan)
    assert stranger.get("/desk/risks/").status_code == 403
    head = at(desk.cast.cao_jun)  # head of another unit
    assert head.get(f"/desk/risks/point/{point.number}/").status_code == 404
    assert head.post(f"/desk/risks/act/point/{point.number}/end/", {"text": "无"}).status_code == 404
    assert RiskPoint.objects.get().state == "graded"


def test_anybody_gives_an_opinion_without_a_name_and_only_while_it_lies_open(desk, client):
    a_point(desk)
    directory = services.ask_opinions(desk.cast.housing, until=(MORNING + timedelta(7)).date(), by=desk.finds)
    url = f"/risks/{directory.number}/"
    assert "变更签证" in get(client, url, 12, 25) and directory.unit.name in get(client, "/risks/", 12, 25)

    assert client.post(url, {"text": "签证应当两人到场"}).status_code == 302
    assert Opinion.objects.get().text == "签证应当两人到场"
    with later(8):
        assert "<textarea" not in client.get(url).content.decode()


def test_an_inner_directory_is_not_in_public(desk, client):
    a_point(desk)
    directory = services.ask_opinions(
        desk.cast.housing, until=(MORNING + timedelta(7)).date(), scope="inner", by=desk.finds
    )
    assert client.get(f"/risks/{directory.number}/").status_code == 404


def test_papers_come_as_pdf_and_as_word(desk, at):
    directory = in_force(desk)
    point = RiskPoint.objects.get()
    disposal = services.propose(
        desk.cast.person("he_wei"), severity=1, kind="notice", facts="缺页", demand="补齐", by=desk.watches
    )
    assert at(desk.watches).get(f"/desk/risks/paper/disposal/{disposal.number}.pdf").status_code == 404
    services.decide(disposal, agree=True, by=desk.approves)
    with later(60):
        report = services.draft_report(2026, 2, by=desk.watches)
        papers = (
            f"directory/{directory.number}", f"post/{point.post_id}", f"unit/{point.unit_id}",
            f"disposal/{disposal.number}", f"report/{report.number}",
        )  # fmt: skip
        for paper in papers:
            assert at(desk.watches).get(f"/desk/risks/paper/{paper}.pdf").content[:5] == b"%PDF-", paper
            assert at(desk.watches).get(f"/desk/risks/paper/{paper}.docx").content[:2] == b"PK", paper


def test_a_hand_over_is_seen_by_those_who_dispose_only(desk, at):
    person = desk.cast.person("he_wei")
    given = {"severity": 5, "kind": "handover", "sealed_no": "封〔2026〕3号"}
    disposal = services.propose(person, **given, by=desk.watches)
    services.decide(disposal, agree=True, by=desk.approves)
    services.serve(disposal, by=desk.watches)
    assert at(desk.watches).get(f"/desk/risks/disposal/{disposal.number}/").status_code == 200
    for other in (desk.signs, desk.finds):
        assert at(other).get(f"/desk/risks/disposal/{disposal.number}/").status_code == 404


def test_what_a_new_directory_changes_is_said(desk, at):
    in_force(desk)
    with later(60):
        a_point(desk, name="过度设计", manifestation="标准高于需要")
        second = services.ask_opinions(desk.cast.housing, until=date(2026, 9, 1), by=desk.finds)
        page = at(desk.finds).get(f"/desk/risks/directory/{second.number}/").content.decode()
    assert "过度设计" in page and "新增" in page


def test_the_person_concerned_confirms_and_answers_without_a_role(desk, at):
    in_force(desk)
    Appointment.objects.filter(post=desk.cast.posts["he_wei"]).update(starts_on=MORNING.date())
    with later(15):
        services.call_newcomers()
        disposal = services.propose(
            desk.cast.person("he_wei"), severity=1, kind="notice", facts="缺页", demand="补齐", by=desk.watches
        )
        services.decide(disposal, agree=True, by=desk.approves)
        services.serve(disposal, by=desk.watches)
        clerk = at(desk.cast.he_wei)
        page = get(clerk, "/desk/risks/mine/")
        row = Confirmation.objects.get()
        assert disposal.number in page and clerk.get("/desk/risks/").status_code == 403

        clerk.post(f"/desk/risks/act/confirmation/{row.pk}/confirm/", {"text": "知晓并执行"})
        clerk.post(f"/desk/risks/act/disposal/{disposal.number}/reply/", {"text": "已补齐"})
    assert Confirmation.objects.get().confirmed_at and Disposal.objects.get().reply == "已补齐"


def test_those_in_the_unit_are_asked_when_finding_begins_and_enter_what_they_find(desk, at):
    cycle = services.start_cycle(desk.cast.housing, desk.six, by=desk.finds)
    for _n in range(2):
        services.submit_stage(cycle, inputs="方案", outputs="记录", by=desk.finds)
        cycle = services.sign_stage(cycle, by=desk.signs)
    asked = Notice.objects.filter(template="risks.find")
    assert desk.cast.he_wei in [notice.user for notice in asked] and desk.watches not in [n.user for n in asked]

    clerk, known = at(desk.cast.he_wei), Starter.objects.filter(body="department").first()
    assert known.manifestation in clerk.get(f"/desk/risks/mine/new/?like={known.pk}").content.decode()
    row = {
        "post": desk.cast.posts["he_wei"].pk,
        "kind": "duty",
        "field": "money",
        "name": "虚报",
        "manifestation": "多报",
    }
    clerk.post("/desk/risks/mine/new/", row)
    assert "多报" in get(clerk, "/desk/risks/mine/")
