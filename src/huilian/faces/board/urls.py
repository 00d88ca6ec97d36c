"""/board/."""

from django.urls import path

from . import views

urlpatterns = [
    path("board/", views.wall, name="board"),
    path("board/feed/", views.feed, name="board-feed"),
    path("board/month/", views.month, name="board-month"),
]
