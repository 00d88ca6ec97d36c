"""Addresses. Faces and areas bring their own `urls.py`; an area stands under /desk/<area>/."""

from django.urls import include, path

from . import discover, health

urlpatterns = [
    path("healthz", health.healthz),
    *[path("", include(m)) for m in discover.modules("urls") if ".areas." not in m],
    *[path(f"desk/{m.split('.')[-2]}/", include(m)) for m in discover.modules("urls") if ".areas." in m],
]

handler400 = "huilian.engine.look.views.bad_request"
handler403 = "huilian.engine.look.views.forbidden"
handler404 = "huilian.engine.look.views.not_found"
handler500 = "huilian.engine.look.views.server_error"
