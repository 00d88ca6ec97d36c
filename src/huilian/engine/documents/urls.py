"""/desk/files/"""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/files/document/<int:pk>/", views.download, {"store": "document"}, name="document"),
    path("desk/files/attachment/<int:pk>/", views.download, {"store": "attachment"}, name="attachment"),
]
