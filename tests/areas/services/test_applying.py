"""An application comes in: from a phone, at the window, with papers, with a draft, twice over a bad line."""

from io import BytesIO

import pytest

from huilian.areas.serve.services.models import Application, Draft, DraftFile, Paper
from huilian.areas.serve.services.queries import public
from huilian.areas.serve.services.services import applying
from huilian.engine.documents.models import Attachment
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from tests.areas.services.conftest import VILLAGER

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
    "45400000000049454e44ae426082"
)


def test_an_application_from_a_phone_waits_at_the_nearest_point(county, asked):
    assert asked.case.step == "consult"
    assert asked.case.unit == county.liuhe_committee
    assert asked.point == county.room
    assert asked.identity_masked == "110***********0024" and len(asked.identity_digest) == 64
    assert asked.case.title == "低保、特困、临时救助申领（赵*花）"
    assert [paper.state for paper in asked.papers.all()] == ["missing"] * 4
    assert history_of(asked.case).filter(verb="procedures.open").exists()


def test_the_code_is_shown_once_and_leads_to_the_application(asked):
    assert len(asked.code) == 10 and asked.code not in asked.code_digest
    assert public.status_by_code(asked.case.number, asked.code).number == asked.case.number
    assert public.status_by_code(asked.case.number, "AAAAAAAAAA") is None
    assert public.status_by_code("BJ20260101-0001", asked.code) is None


def test_the_same_request_twice_is_one_application_with_the_same_code(county):
    first = applying.apply(county.item["QT-01"], applicant=VILLAGER, place=county.liuhe, request_key="k" * 32)
    again = applying.apply(county.item["QT-01"], applicant=VILLAGER, place=county.liuhe, request_key="k" * 32)

    assert again.pk == first.pk and again.code == first.code
    assert Application.objects.count() == 1


def test_at_the_window_it_is_received_at_once(county):
    taken = applying.apply(
        county.item["SH-02"],
        applicant=VILLAGER,
        point=county.centre,
        channel="window",
        seen=["identity"],
        by=county.shi_lei,
    )

    assert taken.case.step == "receive" and taken.first_asked == county.shi_lei and taken.trips == 1
    assert taken.papers.get(material__key="identity").state == Paper.State.GIVEN


@pytest.mark.parametrize(
    "change,field",
    [
        ({"name": "赵"}, "name"),
        ({"phone": "12"}, "phone"),
        ({"identity": ""}, "identity"),
        ({"identity": "110101194912310020"}, "identity"),
    ],
)
def test_what_cannot_be_right_is_refused_by_its_field_and_nothing_is_kept(county, change, field):
    with pytest.raises(Invalid) as refused:
        applying.apply(county.item["SH-01"], applicant={**VILLAGER, **change}, place=county.liuhe)

    assert refused.value.field == field
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "content,words",
    [(b"MZ" + bytes(200), "居民身份证"), (b"", "居民身份证"), (bytes(11 << 20), "居民身份证")],
    ids=["a program", "empty", "too large"],
)
def test_a_wrong_file_is_named_by_its_paper_and_nothing_is_lost(county, content, words):
    applying.save_draft("t" * 32, item=county.item["SH-02"], said={"name": "赵桂花", "identity": VILLAGER["identity"]})

    with pytest.raises(Invalid) as refused:
        applying.apply(
            county.item["SH-02"],
            applicant=VILLAGER,
            place=county.liuhe,
            files=[applying.File("identity", BytesIO(content), "身份证.jpg")],
            draft="t" * 32,
        )

    assert words in str(refused.value) and refused.value.field == "identity"
    assert not Application.objects.exists()
    assert Draft.objects.get().said == {"name": "赵桂花"}  # the identity number is never kept in a draft


def test_a_paper_the_item_does_not_ask_for_is_refused(county):
    with pytest.raises(Invalid):
        applying.apply(
            county.item["SH-02"],
            applicant=VILLAGER,
            place=county.liuhe,
            files=[applying.File("x", BytesIO(PNG), "x.png")],
        )

    assert not Attachment.objects.exists()


def test_files_of_a_draft_come_along_and_are_kept_once(county):
    item = county.item["SH-02"]
    draft = applying.save_draft("t" * 32, item=item, said={}, step="papers")
    paper = item.materials.get(key="identity")
    for _twice in range(2):
        applying.add_draft_file(draft, paper, BytesIO(PNG), "身份证.png", request_key="one")
    assert DraftFile.objects.count() == 1

    sent = applying.apply(item, applicant=VILLAGER, place=county.liuhe, draft="t" * 32)

    given = sent.papers.get(material=paper)
    assert given.state == Paper.State.GIVEN and given.files.count() == 1
    assert public.draft_of("t" * 32) is None


def test_a_file_of_a_draft_is_taken_out_and_a_draft_forgotten_with_its_files(county):
    item = county.item["SH-02"]
    draft = applying.save_draft("t" * 32, item=item, said={})
    kept = applying.add_draft_file(draft, item.materials.first(), BytesIO(PNG), "a.png")
    applying.drop_draft_file(draft, kept.pk)
    assert not Attachment.objects.exists()

    applying.add_draft_file(draft, item.materials.first(), BytesIO(PNG), "a.png")
    applying.drop_draft("t" * 32)

    assert not Attachment.objects.exists() and not Draft.objects.exists()


def test_old_drafts_go_by_themselves(county, moment):
    applying.save_draft("t" * 32, item=county.item["SH-02"], said={})
    Draft.objects.update(kept_at=moment.replace(month=9))

    assert applying.drop_old_drafts() == 1
    assert not Draft.objects.exists()


def test_a_clerk_of_another_point_cannot_take_in_for_this_one(county):
    with pytest.raises(NotAllowed):
        applying.apply(county.item["SH-02"], applicant=VILLAGER, point=county.hall, channel="window", by=county.shi_lei)

    assert not Application.objects.exists()


def test_a_posting_cannot_be_applied_for(county):
    with pytest.raises(Conflict):
        applying.apply(county.item["JJ-02"], applicant=VILLAGER, place=county.liuhe)


def test_guides_are_found_by_words_and_class(county):
    assert {item.code for item in public.guides("医")} >= {"SH-02", "SH-03"}
    assert {item.category for item in public.guides(category="party")} == {"party"}
    assert len(public.classes()) == 5 and sum(n for _key, _name, n in public.classes()) == 23
    guide = public.guide("SH-01")
    assert guide.days == {5: 2, 4: 5, 3: 10} and len(guide.materials) == 4
    assert next(point.name for point in public.points_near(county.liuhe)) == "柳河村便民服务室"


def test_a_paper_has_at_most_six_files(county, asked):
    paper = asked.papers.get(material__key="identity")
    for _n in range(applying.MOST_FILES):
        applying.add_file(paper, BytesIO(PNG), "a.png", by=applying.CITIZEN)

    with pytest.raises(Invalid) as refused:
        applying.add_file(paper, BytesIO(PNG), "a.png", by=applying.CITIZEN)

    assert refused.value.field == "identity" and paper.files.count() == 6
