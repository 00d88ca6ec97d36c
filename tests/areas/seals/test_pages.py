"""The desk pages of seals: seen, filled in, refused, counted."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huilian.areas.power.seals import services
from huilian.areas.power.seals.models import DocumentClass, Request

from .conftest import paper, photo, values

PAGES = ("/desk/seals/", "/desk/seals/ask/", "/desk/seals/afterwards/", "/desk/seals/figures/")


def upload(words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{words}.jpg", photo(words).read(), "image/jpeg")


def test_pages_open_in_a_bounded_number_of_queries(desk, client):
    client.force_login(desk.asks)
    for page in (*PAGES, f"/desk/seals/seal/{desk.seal.pk}/"):
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page).status_code == 200, page
        assert len(queries) <= 18, (page, len(queries))


def test_a_villager_s_clerk_asks_on_the_page_and_sees_the_code_once(desk, client):
    client.force_login(desk.asks)
    given = {
        "seal": desk.seal.pk, "document_class": DocumentClass.objects.get(key="certificate").pk,
        "title": "入户说明", "purpose": "办事", "recipient": "镇政府", "copies": 1, "files": upload("入户说明"),
    }  # fmt: skip
    wrong = client.post("/desk/seals/ask/", {**given, "title": "亲属关系证明", "files": upload("甲")})
    assert wrong.status_code == 422 and "不应由村" in wrong.content.decode() and not Request.objects.exists()

    page = client.post("/desk/seals/ask/", given).content.decode()
    assert Request.objects.get().case.number in page and "群众查询码" in page


def test_the_keeper_lets_the_seal_out_and_keeps_a_print(desk, client):
    request, _code = services.ask(desk.seal, values("certificate"), paper("说明"), by=desk.asks)
    number = request.case.number
    client.force_login(desk.keeps)
    assert "/desk/seals/stamp/" in client.get(f"/desk/cases/{number}/").content.decode()
    code = client.post(f"/desk/seals/stamp/{number}/", {"let_out": "1"}).context["code"]
    sent = {"code": code, "title": "说明", "page": upload("页"), "scene": upload("景")}

    client.post(f"/desk/seals/stamp/{number}/", sent)
    assert request.prints.count() == 1
    client.post(f"/desk/cases/{number}/close/", {"revision": Request.objects.get().case.revision})
    assert Request.objects.get().case.state == "closed"


def test_the_head_agrees_on_the_case_page(desk, client):
    request, _code = services.ask(desk.seal, values(), paper("报告"), by=desk.asks)
    client.force_login(desk.reviews)
    page = client.get(f"/desk/cases/{request.case.number}/").content.decode()
    assert "/agree/" in page and "/send_up/" not in page and "报告.jpg" in page


def test_a_book_comes_as_pdf_and_as_word(desk, client):
    client.force_login(desk.keeps)
    pdf = client.get(f"/desk/seals/seal/{desk.seal.pk}/book/")
    word = client.get(f"/desk/seals/seal/{desk.seal.pk}/book/?as=docx")

    assert pdf.content[:5] == b"%PDF-" and io.BytesIO(word.content).read(2) == b"PK"


def test_a_stranger_of_another_township_sees_nothing(desk, client):
    client.force_login(desk.cast.sun_yan)
    assert client.get("/desk/seals/").status_code == 403
    request, _code = services.ask(desk.seal, values(), paper("报告"), by=desk.asks)
    page = request.pages.get()
    assert client.get(f"/desk/files/attachment/{page.attachment_id}/").status_code in (403, 404)
