"""/board/."""

from django.urls import path

from . import views

urlpatterns = [
    path("board/", views.wall, name="board"),
    path("board/money/", views.money, name="board-money"),
    path("board/feed/", views.feed, name="board-feed"),
    path("board/month/", views.month, name="board-month"),
]
