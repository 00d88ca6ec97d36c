"""/desk/inbox/"""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/inbox/", views.notices, name="desk-notices"),
    path("desk/inbox/read/", views.read_all, name="desk-notices-read"),
    path("desk/inbox/<int:pk>/", views.open_notice, name="desk-notice"),
]
