"""What is uploaded for the vault never lies on the disk in clear, and too much is refused before it is read."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from huilian.engine.vault import uploads
from huilian.foundation.errors import Invalid
from huilian.foundation.hidden import Hidden

PLAIN = "村主任把鱼塘租给了亲戚".encode() * 20_000


def posted(content: bytes = PLAIN):
    return RequestFactory().post("/", {"text": "x", "file": SimpleUploadedFile("证据.txt", content)})


def open_files() -> list[bytes]:
    """What stands in every regular file this process has open, also those that have no name any more."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        try:
            if link.is_file() or "(deleted)" in str(link.readlink()):
                found.append(link.read_bytes())
        except OSError:
            continue
    return found


def test_an_upload_reads_as_it_was_sent_and_no_open_file_shows_it():
    request = posted()
    uploads.receive(request, megabytes=2)

    file = request.FILES["file"]

    assert isinstance(file.file, Hidden) and file.size == len(PLAIN) and file.name == "证据.txt"
    assert file.read() == PLAIN and request.POST["text"] == "x"
    assert not [content for content in open_files() if PLAIN[:33] in content]
    file.close()


def test_without_it_the_disk_would_show_it():
    """The trap this is for: beyond 2.5 MB Django writes an upload to a temporary file."""
    request = posted(PLAIN * 5)

    with request.FILES["file"] as file:
        assert file.size > 2_621_440
        assert [content for content in open_files() if PLAIN[:33] in content]


def test_too_much_is_refused_before_a_byte_is_read():
    request = posted()
    request.META["CONTENT_LENGTH"] = str(3 << 20)
    request._stream = request.environ["wsgi.input"] = BytesIO()

    with pytest.raises(Invalid, match="2 MB"):
        uploads.receive(request, megabytes=2)
