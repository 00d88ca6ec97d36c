"""Addresses of the public log."""

from django.urls import path

from . import views

urlpatterns = [
    path("log/checkpoint", views.checkpoint, name="log-checkpoint"),
    path("log/keys", views.verification_keys, name="log-keys"),
    path("log/head/<str:day>", views.daily_head, name="log-head"),
    path("log/proof/<int:event_id>", views.proof, name="log-proof"),
    path("log/receipt/<int:event_id>", views.receipt, name="log-receipt"),
    path("log/tile/<path:path>", views.tile, name="log-tile"),
]
