"""The desk pages, the papers, and that nobody is counted."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huilian.areas.hear.petitions import services
from huilian.areas.hear.petitions.models import Petition, Petitioner
from huilian.engine.registers.declare import _registers
from huilian.engine.trail.queries import history_of
from tests.browser import story_petitions
from tests.stage import once

from .conftest import MORNING, WHO, frozen

PAGES = (
    "/desk/petitions/", "/desk/petitions/take/", "/desk/petitions/slots/", "/desk/petitions/slots/new/",
    "/desk/petitions/led/", "/desk/petitions/opinions/", "/desk/petitions/opinions/new/",
    "/desk/petitions/opinions/shifts/", "/desk/petitions/papers/", "/desk/petitions/contest/",
)  # fmt: skip


_told, stage, cast = once(story_petitions.tell, at=MORNING)


@pytest.fixture
def told(stage):
    """The story of the browser suite."""
    with frozen(MORNING):
        stage.cast.facts = stage.world
        yield stage.cast


def test_pages_open_in_a_bounded_number_of_queries(told, client):
    client.force_login(told.xie_jun)
    for page in (*PAGES, f"/desk/petitions/slots/{told.facts['slot']}/"):
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200, page
        assert len(queries) <= 20, (page, len(queries))


def test_a_petition_is_registered_on_the_page_and_its_code_shown_once(told, client):
    client.force_login(told.fan_lei)
    given = {
        "kind": "demand", "channel": "visit", "visited_level": "3", "title": "关于三组饮水的诉求", "people": "2",
        "text": "三组饮水浑浊半年，请求检测水质并整改。", "field": "other", "place": "柳河村",
        "name": "张桂兰，13812345678，柳河村三组\n李四海",
    }  # fmt: skip
    wrong = client.post("/desk/petitions/take/", {**given, "people": "1"})
    assert wrong.status_code == 422 and "姓名多于人数" in wrong.content.decode()

    page = client.post("/desk/petitions/take/", given).content.decode()
    made = Petition.objects.latest("pk")
    assert made.case.number in page and made.petitioners.count() == 2 and not made.is_skip
    assert "12388" in client.get("/desk/petitions/take/").content.decode()


def test_names_are_masked_until_opened_for_a_purpose(told, client):
    number = told.facts["petition"]
    client.force_login(told.fan_lei)
    case = client.get(f"/desk/cases/{number}/").content.decode()
    assert "宅基地批了两年" in case and WHO["name"] not in case and WHO["phone"] not in case
    assert client.post(f"/desk/petitions/people/{number}/", {"purpose": "看"}).status_code == 422

    page = client.post(f"/desk/petitions/people/{number}/", {"purpose": "电话核实"}).content.decode()
    assert WHO["name"] in page and WHO["phone"] in page
    client.force_login(told.hao_jing)  # sees cases of the county, but has no post for petitions
    other = client.get(f"/desk/cases/{number}/").content.decode()
    assert "宅基地批了两年" not in other and client.get(f"/desk/petitions/people/{number}/").status_code == 403


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_papers_are_printed_and_that_is_recorded(told, client, form):
    client.force_login(told.fan_lei)
    number = told.facts["petition"]
    for key in ("register", "notice", "answer"):
        page = client.get(f"/desk/petitions/paper/{number}/{key}.{form}")
        assert page.status_code == 200 and len(page.content) > 1000, key

    assert client.get(f"/desk/petitions/paper/{number}/final.{form}").status_code == 404
    assert client.get(f"/desk/petitions/figures.{form}").status_code == 200
    petition = Petition.objects.get(case__number=number)
    assert list(history_of(petition.case))[-1].data == {"purpose": "打印处理意见书"}


def test_acts_on_rows_have_one_page(told, client):
    client.force_login(told.fan_lei)
    slot = told.facts["slot"]
    page = f"/desk/petitions/act/slot/{slot}/book/"
    given = {"name": "李四海", "people": "1", "matter": "三组饮水"}
    assert client.get(page).status_code == 200
    assert client.post(page, {**given, "matter": "水"}).status_code == 422
    assert client.post(page, given).status_code == 302
    assert "三组饮水" in client.get(f"/desk/petitions/slots/{slot}/").content.decode()
    assert client.get(f"/desk/petitions/act/slot/{slot}/nothing/").status_code == 404
    client.force_login(told.he_wei)
    assert client.post(page, given).status_code in (403, 404)


def test_a_unit_answers_on_the_case_page(told, client):
    petition = Petition.objects.filter(case__title__contains="道路").get()
    services.forward(petition, unit=told.housing, by=told.fan_lei)
    petition = services.accept(petition, text="已收到，由本单位办理，办结后书面答复。", by=told.he_wei)
    client.force_login(told.he_wei)
    page = client.get(f"/desk/cases/{petition.case.number}/answer/").content.decode()
    assert all(f'name="{part}"' in page for part in ("claim", "facts", "law", "opinion", "remedy"))


def test_no_register_screen_or_table_joins_the_petitions_of_one_person(told, client):
    """The area does not rank, flag or group citizens: nothing is keyed by who handed a petition in."""
    fields = {f.name: f for f in Petitioner._meta.get_fields()}
    assert set(fields) == {"id", "petition", "name", "phone", "address"}
    assert not any(getattr(f, "unique", False) or getattr(f, "db_index", False) for n, f in fields.items()
                   if n in ("name", "phone", "address"))  # fmt: skip
    assert [m for m in apps.get_models() if any(
        f.related_model is Petitioner for f in m._meta.get_fields() if f.is_relation and not f.auto_created
    )] == []  # fmt: skip
    people = {WHO["name"], WHO["phone"], WHO["address"]}
    for register in _registers.values():
        assert register.model is not Petitioner, register.key
        names = [str(getattr(c, "name", c)) for c in (*register.columns, *register.search, *register.filters)]
        assert not any("petitioner" in name for name in names), register.key
    client.force_login(told.xie_jun)
    for key in ("petitions", "petition-targets", "petition-contests", "reception-slots"):
        page = client.get(f"/desk/registers/{key}/").content.decode()
        assert not any(word in page for word in people), key
    for page in PAGES:
        assert WHO["name"] not in client.get(page).content.decode(), page


def test_no_code_asks_for_petitioners_by_name():
    """Names are read through their petition only."""
    from pathlib import Path

    from huilian.areas.hear import petitions

    for path in Path(petitions.__file__).parent.rglob("*"):
        if path.suffix in (".py", ".sql", ".html") and "migrations" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert "petitioners__" not in text and "petitions_petitioner" not in text, path
            assert "Petitioner.objects.filter" not in text and "Petitioner.objects.values" not in text, path
