"""Addresses of the public log."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("log/checkpoint", views.checkpoint, name="log-checkpoint"),
    path("log/keys", views.verification_keys, name="log-keys"),
    path("log/head/<str:day>", views.daily_head, name="log-head"),
    path("log/proof/<int:event_id>", views.proof, name="log-proof"),
    re_path(r"^log/tile/(?P<path>[0-9a-z/.]{1,80})$", views.tile, name="log-tile"),
]
