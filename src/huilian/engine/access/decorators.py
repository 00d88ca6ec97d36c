"""`@needs("area.verb")`: a page for those whose post may do it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from .queries import require

View = Callable[..., HttpResponseBase]


def needs(*actions: str) -> Callable[[View], View]:
    """Let in only those who may do every action. Others get the sentence that names who may (403), and it is recorded;
    whoever is not signed in is asked to."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            for action in actions:
                require(request.user, action)
            return view(request, *args, **kwargs)

        guarded.needs = actions  # type: ignore[attr-defined]
        return guarded

    return decorate
