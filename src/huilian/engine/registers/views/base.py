"""What all screens begin with: the register by its key, and whether this person may see it."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import quote

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpResponse

from ..columns import columns_of, sections_of, with_related
from ..declare import Register, find

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def on_register(view: Callable) -> Callable:
    """Give the view the register instead of its key. A stranger to it gets 403 with the post that may."""

    @wraps(view)
    def guarded(request, key, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        register = find(key)
        if register is None:
            raise Http404
        register.require_see(request.user)
        return view(request, register, *args, **kwargs)

    return guarded


def row_of(register: Register, request, pk):
    """The row, if it is among those that the person sees."""
    columns = [c for _legend, part in sections_of(register) for c in part]
    rows = with_related(register, register.visible_to(request.user), [*columns, *columns_of(register)])
    try:
        row = rows.filter(pk=pk).first()
    except (ValueError, TypeError):
        row = None
    if row is None:
        raise Http404
    return row


def download(content, name: str, kind: str) -> HttpResponse:
    """A file under its Chinese name; never kept by proxies."""
    if isinstance(content, bytes):
        response = HttpResponse(content, content_type=kind)
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    else:
        response = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    response["Cache-Control"] = "private, no-store"
    return response
