"""Files that come in for the vault: never on the disk in clear, not even while they arrive.

@hidden(megabytes=310)                           # the outermost: before anything touches request.POST or request.FILES
def hand_in(request): ...

A page without a token against foreign sites calls `receive` in its first line and is `csrf_exempt`: reading the token
would take the files in before.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from huilian.foundation.errors import Invalid
from huilian.foundation.hidden import Hidden

View = Callable[..., HttpResponseBase]


class TooMuch(Invalid):
    """More comes with one request than is taken at a time."""


class HiddenUploads(FileUploadHandler):
    """Each file goes, as it comes, into a temporary file whose key is in the memory of this process alone."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = Hidden()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        return UploadedFile(self.file, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


def receive(request: HttpRequest, megabytes: int) -> None:
    """Take what comes with `request` into hidden files. Raises TooMuch, having read nothing, when it is too much."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > megabytes << 20:
        raise TooMuch(
            _("All together is more than %(limit)s MB. Hand in less at a time; more can be added later with the code.")
            % {"limit": megabytes}
        )
    request.upload_handlers = [HiddenUploads(request)]


def hidden(megabytes: int) -> Callable[[View], View]:
    """A view whose files are received so; its token against foreign sites is looked at once they are."""

    def decorated(view: View) -> View:
        checked = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def received(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                receive(request, megabytes)
            return checked(request, *args, **kwargs)

        return received

    return decorated
