"""Files kept and read: by content, by digest, by those who may."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from huilian.engine.documents import kinds, schedule
from huilian.engine.documents.attachments import honest_name, tidy_name
from huilian.engine.documents.kinds import Kind, UnknownKind
from huilian.engine.documents.models import Attachment, Document
from huilian.engine.documents.queries import attachments_of, documents_of
from huilian.engine.documents.services import attach, keep, make, read
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import frozen, now

from .test_forms import NOTICE

pytestmark = pytest.mark.django_db
SUBJECT = "hotline.order:HX1"
PDF = b"%PDF-1.7\n" + b"x" * 100
CITIZEN = Actor("citizen", None, "来电人")


@pytest.fixture(autouse=True)
def rules(monkeypatch, settings, tmp_path, cast):
    settings.MEDIA_ROOT = tmp_path
    found = {
        "notice": Kind("督办通知", lambda user, file: user == cast.wang_min),
        "sealed": Kind("密件", lambda user, file: True, record_reads=True),
    }
    monkeypatch.setattr(kinds, "declared", lambda: found)


def refused(content: bytes, name: str, **options) -> str:
    with pytest.raises(Invalid) as caught:
        attach(io.BytesIO(content), name, SUBJECT, kind="notice", by=CITIZEN, **options)
    assert not Attachment.objects.exists()
    assert not list(history_of(SUBJECT))
    return str(caught.value)


def test_a_paper_is_made_kept_and_recorded(cast):
    document = make(NOTICE, SUBJECT, kind="notice", by=cast.wang_min, number=NOTICE.issue_number)

    assert list(documents_of(SUBJECT)) == [document]
    assert document.name == NOTICE.title + ".pdf"
    assert document.size == default_storage.size(document.file.name)
    assert document.made_by == "王敏"
    (event,) = history_of(SUBJECT)
    assert document.sha256.startswith(event.data["digest"])


def test_an_upload_is_kept_under_a_random_name_with_its_own_name_beside(cast):
    kept = attach(io.BytesIO(PDF), "../../现场 照片.PDF", SUBJECT, kind="notice", by=CITIZEN)

    assert list(attachments_of(SUBJECT, "notice")) == [kept]
    assert kept.name == "现场 照片.PDF"
    assert "现场" not in kept.file.name and kept.file.name.endswith(".pdf")
    assert (kept.type, kept.size, kept.made_by) == ("pdf", len(PDF), "来电人")


def test_a_program_named_pdf_is_refused_as_a_program():
    said = refused(b"MZ\x90\x00" + b"\0" * 200, "合同.pdf")

    assert "合同.pdf" in said and "程序" in said


def test_an_upload_of_100_megabytes_is_refused_with_its_size():
    class Huge(io.RawIOBase):
        def seek(self, to, whence=0):
            return 100 << 20

        def read(self, n=-1):
            raise AssertionError("a file that is too large is not read")

    with pytest.raises(Invalid, match=r"100\.0 MB.*20 MB"):
        attach(Huge(), "录像.mp4", SUBJECT, kind="notice", by=CITIZEN)


def docx(*more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("word/document.xml", *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"", "a.pdf", "空"),
        (b"<html><script>1</script>", "a.pdf", "html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "text"),
        (b"#!/bin/sh\nrm", "a.jpg", "程序"),
        (docx("word/vbaProject.bin"), "a.docx", "宏"),
        (b"PK\x03\x04broken", "a.docx", "损坏"),
        (b"Rar!\x1a\x07\x01", "a.pdf", "archive"),
    ],
    ids=["empty", "page", "drawing", "shell", "macros", "broken", "archive"],
)
def test_what_is_not_accepted_is_named_by_its_content(content, name, word):
    assert word in refused(content, name)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, "jpg"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "png"),
        (docx(), "docx"),
        (b"ID3\x04" + b"\0" * 20, "mp3"),
        (b"\xff\xfb\x90\x64" + b"\0" * 20, "mp3"),
        (b"RIFF\0\0\0\0WAVEfmt ", "wav"),
        (b"\0\0\0\x20ftypM4A \0\0\0\0", "m4a"),
        (b"\0\0\0\x20ftypisom\0\0\0\0", "mp4"),
    ],
)
def test_what_is_accepted_is_known_by_its_content_whatever_its_name(content, kind):
    kept = attach(io.BytesIO(content), "文件.bin", SUBJECT, kind="notice", by=CITIZEN)

    assert kept.type == kind
    assert kept.name == f"文件.bin.{kind}"


def test_names_lose_what_could_mislead():
    assert tidy_name("C:\\fakepath\\合同\u202efdp.exe") == "合同_fdp.exe"
    assert tidy_name("...") == "file"
    assert honest_name("合同.exe", "pdf") == "合同.exe.pdf"
    assert len(tidy_name("长" * 500 + ".pdf")) < 120


def test_only_those_whom_the_kind_allows_may_read(cast, client):
    document = keep(PDF, "通知", SUBJECT, kind="notice", by=cast.wang_min, as_type="pdf")
    url = reverse("document", args=[document.pk])

    with pytest.raises(NotAllowed):
        read(document, by=cast.sun_yan)
    assert client.get(url).status_code == 302
    client.force_login(cast.sun_yan)
    assert client.get(url).status_code == 403

    client.force_login(cast.wang_min)
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E9%80%9A%E7%9F%A5.pdf"
    assert answer["Content-Type"] == "application/pdf"


def test_a_kind_nobody_declared_is_not_kept(cast):
    with pytest.raises(UnknownKind):
        keep(PDF, "x", SUBJECT, kind="other", by=cast.wang_min, as_type="pdf")

    assert not Document.objects.exists()


def test_reading_a_sealed_kind_is_recorded(cast):
    document = keep(PDF, "x", SUBJECT, kind="sealed", by=cast.wang_min, as_type="pdf")

    read(document, by=cast.sun_yan).close()

    assert sorted(e.verb for e in history_of(SUBJECT)) == ["documents.make", "documents.read"]


def test_a_file_changed_in_the_store_is_not_handed_out(cast):
    document = keep(PDF, "x", SUBJECT, kind="notice", by=cast.wang_min, as_type="pdf")
    with default_storage.open(document.file.name, "wb") as file:
        file.write(b"%PDF other")

    with pytest.raises(Invalid):
        read(document, by=cast.wang_min)


def test_a_file_whose_transaction_failed_is_swept_away_and_others_stay(cast):
    kept = keep(PDF, "x", SUBJECT, kind="notice", by=cast.wang_min, as_type="pdf")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        lost = keep(PDF, "y", SUBJECT, kind="notice", by=cast.wang_min, as_type="pdf")
        raise ZeroDivisionError

    assert schedule.sweep() == 0
    with frozen(now() + timedelta(days=3)):
        assert schedule.sweep() == 1

    assert default_storage.exists(kept.file.name)
    assert not default_storage.exists(lost.file.name)


def test_days_are_written_as_the_standard_wants():
    from huilian.engine.documents.forms import day

    assert day(date(2026, 1, 2)) == "2026年1月2日"
