"""Addresses of auctions; the feed of the screens is answered by `live.Feed`, before any address is looked up."""

from django.urls import path

from . import views

urlpatterns = [
    path("auctions/<str:number>/", views.page, name="auctions-page"),
    path("auctions/<str:number>/enter/", views.enter, name="auctions-enter"),
    path("auctions/<str:number>/leave/", views.leave, name="auctions-leave"),
    path("auctions/<str:number>/bid/", views.bid, name="auctions-bid"),
    path("auctions/<str:number>/seal/", views.seal, name="auctions-seal"),
    path("auctions/<str:number>/record.json", views.record, name="auctions-record"),
]
