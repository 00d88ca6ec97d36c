"""/desk/alerts/: papers of alerts and the table of results. The lists are the desk's and the registers'."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/alerts/results/", views.results_page, name="alert-results"),
    path("desk/alerts/notices/", views.notices, name="alert-notices"),
    path("desk/alerts/orders/<int:pk>/notice.pdf", views.order, name="alert-order"),
    path("desk/alerts/<str:number>/notice.pdf", views.notice, name="alert-notice"),
    path("desk/alerts/<str:number>/pack.zip", views.pack, name="alert-pack"),
]
