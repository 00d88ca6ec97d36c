"""Addresses of the look itself: preferences, the icon sprite, and in development the style guide."""

from django.conf import settings
from django.urls import path

from . import views

urlpatterns = [
    path("preferences/", views.set_preferences, name="look-preferences"),
    path("icons/<slug:digest>.svg", views.icon_sprite, name="look-icons"),
]
if settings.DEBUG or settings.TESTING:
    from . import guide

    urlpatterns += [
        path("look/", guide.index, name="look-guide"),
        path("look/<slug:page>/", guide.show, name="look-guide-page"),
    ]
