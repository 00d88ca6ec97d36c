"""The pages at the desk, in public, and the booklet."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from huilian.areas.power.powers import services
from huilian.areas.power.powers.models import ItemCase, Opinion, PowerItem, PowerList, SelfCheck
from huilian.areas.power.powers.queries import lists
from huilian.foundation.now import frozen, now, today

pytestmark = pytest.mark.django_db
DESK = "/desk/powers/"


@pytest.fixture
def at(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def get(client, url, queries=24, kib=45):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert answer.status_code == 200, url
    assert len(asked) <= queries, "\n".join(q["sql"][:110] for q in asked)
    assert len(answer.content) <= kib * 1024, f"{len(answer.content) / 1024:.0f} KiB"
    return answer.content.decode()


def test_desk_pages_open_within_their_weight(county, at):
    clerk, unit = at(county.liu_changgui), county.liuhe_committee
    template = lists.templates("V")

    assert "36" in get(clerk, DESK)
    get(clerk, f"{DESK}list/{template['power'].pk}/")
    shown = get(clerk, f"{DESK}item/{template['power'].items.get(code='V-P-11').pk}/")
    assert "招标投标法" not in shown and "<svg" in shown and "监督哨" in shown
    page = get(clerk, f"{DESK}unit/{unit.pk}/", queries=30)
    assert "参考范本" in page and "V-P-36" in page
    get(clerk, f"{DESK}start/")
    get(clerk, f"{DESK}figures/", queries=25)


def test_a_clerk_finds_a_power_and_starts_its_case(county, at):
    clerk = at(county.liu_changgui)
    assert "V-P-22" in get(clerk, f"{DESK}start/?q=出租") and "V-P-01" not in get(clerk, f"{DESK}start/?q=出租")
    page = f"{DESK}start/{county.liuhe_committee.pk}/V-P-22/"
    assert "触碰即停" in get(clerk, page)

    answer = clerk.post(page, {"title": "发包东塘"})

    case = ItemCase.objects.get().case
    assert answer["Location"] == f"/desk/cases/{case.number}/"
    shown = get(clerk, answer["Location"], queries=60, kib=60)
    assert "V-P-22" in shown and "发包东塘" in shown
    clerk.post(f"/desk/cases/{case.number}/next/", {"note": "", "revision": case.revision})
    case.refresh_from_db()
    assert case.step == "s2"


def test_a_power_off_the_list_says_so_before_it_starts(county, at):
    PowerItem.objects.filter(code="V-P-20").delete()
    clerk, page = at(county.liu_changgui), f"{DESK}start/{county.liuhe_committee.pk}/V-P-20/"
    assert "清单外" in get(clerk, page)

    assert clerk.post(page, {"title": "筹资修路"}).status_code == 422
    assert clerk.post(page, {"title": "筹资修路", "reason": "县里要求"}).status_code == 302


def test_a_list_goes_from_draft_to_force_by_pages_alone(county, at):
    town = at(county.wang_min)
    town.post(f"{DESK}begin/", {"body": "V", "family": "negative", "owner": f"T{county.qingshi.pk}"})
    draft = PowerList.objects.get(state="draft")
    home = f"{DESK}list/{draft.pk}/"
    row = draft.items.get(code="V-N-03")
    edit = f"{home}edit/{row.pk}/"
    assert "拆分工程" in get(town, edit)
    values = {
        "code": "V-N-03",
        "name": "不得拆分工程、采购规避招标",
        "checks": "同类合计 | Like ones together",
        "revision": 0,
    }
    assert town.post(edit, values).status_code == 302
    assert town.post(edit, values).status_code == 422, "written by somebody else meanwhile"
    assert town.post(f"{home}add/", {"code": "V-N-15", "name": "不得公款旅游", "revision": 1}).status_code == 302
    strike = draft.items.get(code="V-N-14")
    assert town.post(f"{home}edit/{strike.pk}/", {"strike": "1", "revision": 2}).status_code == 302
    assert "同类合计" in get(town, home)
    town.post(home, {"act": "consult", "days": "5"})
    town.post(home, {"act": "opinion", "by_whom": "村民", "text": "很好", "code": ""})
    opinion = Opinion.objects.get()
    town.post(f"{home}opinion/{opinion.pk}/", {"taken": "yes", "answer": "采纳"})
    assert "采纳" in get(town, home)

    with frozen(now() + timedelta(6)):
        officer = at(county.hao_jing)
        officer.post(home, {"act": "approve", "approval": "镇党委会〔2026〕8号"})
        officer.post(home, {"act": "publish", "starts_on": today().isoformat()})

        draft.refresh_from_db()
        assert draft.state == "published" and lists.in_force(county.liuhe_committee)["negative"] == draft


def test_reading_self_check_and_figures(county, at):
    clerk, unit = at(county.liu_changgui), county.liuhe_committee
    clerk.post(f"{DESK}unit/{unit.pk}/sign/")
    marks = {f"mark{n}": "2" for n in range(1, 7)}
    assert clerk.post(f"{DESK}unit/{unit.pk}/check/six/", {**marks, "mark6": "1"}).status_code == 422
    assert clerk.post(f"{DESK}unit/{unit.pk}/check/six/", marks).status_code == 302

    assert SelfCheck.objects.get().score == 100
    page = get(at(county.hao_jing), f"{DESK}figures/?town={county.qingshi.code}", queries=30)
    people = sum(post.unit == unit for post in county.posts.values())
    assert f"1 / {people}" in page and "柳河村村民委员会" in page


def test_the_table_of_posts_is_a_spreadsheet(county, at):
    answer = at(county.liu_changgui).get(f"{DESK}unit/{county.liuhe_committee.pk}/posts.xlsx")

    cells = {str(cell.value) for row in load_workbook(io.BytesIO(answer.content)).active for cell in row}
    assert "村报账员" in cells and any("V-P-17 收入与票据管理" in cell for cell in cells)


def test_the_booklet_prints_with_its_charts(county, at):
    clerk, unit = at(county.liu_changgui), county.liuhe_committee

    pdf = clerk.get(f"{DESK}unit/{unit.pk}/booklet.pdf")
    docx = clerk.get(f"{DESK}unit/{unit.pk}/booklet.docx")

    assert pdf.content[:5] == b"%PDF-"
    with zipfile.ZipFile(io.BytesIO(docx.content)) as paper:
        pictures = [name for name in paper.namelist() if name.startswith("word/media/")]
        assert len(pictures) == 36 and "低保" in paper.read("word/document.xml").decode()


def test_a_stranger_to_the_lists_sees_no_desk_page(county, at):
    assert at(county.zhou_hui).get(DESK).status_code in (200, 403)
    assert at(county.system_admin).get(DESK).status_code == 403


def test_everybody_reads_a_units_lists_but_no_risk_points(county, client):
    unit = county.liuhe_committee
    assert "柳河村村民委员会" in get(client, "/powers/?q=柳河", kib=25)
    assert client.get(f"/powers/{county.liuhe.code}/").status_code in (200, 302)
    page = get(client, f"/powers/{unit.pk}/", kib=25)
    assert "V-P-29" in page and "参考" in page
    item = get(client, f"/powers/{unit.pk}/V-P-29/", kib=25)

    assert "入户2人" in item and "公示不少于7日" in item and "<svg" in item
    assert "优亲厚友" not in item and "是否为干部亲属" not in item
    assert client.get("/powers/item/V-N-05/").status_code == 200
    assert client.get(f"/powers/{unit.pk}/V-P-99/").status_code == 404
    assert client.get("/powers/999901101299/").status_code == 404


def test_anybody_may_speak_to_a_draft_that_lies_open(county, client):
    draft = services.begin("V", "duty", by=county.hao_jing)
    page = f"/powers/draft/{draft.pk}/"
    assert client.get(page).status_code == 404
    services.consult(draft, days=7, by=county.hao_jing)
    assert f"draft/{draft.pk}" in get(client, "/powers/", kib=25)

    assert client.post(page, {"text": ""}).status_code == 422
    assert client.post(page, {"text": "每月走访太少", "code": "V-D-04"}).status_code == 302

    assert Opinion.objects.get().code == "V-D-04"
    assert "每月走访太少" in get(client, page, kib=25)
