"""/desk/services/: the screens of those who serve. One application is /desk/cases/<number>/."""

from django.urls import path

from .views import lists, places, taking

urlpatterns = [
    path("", lists.applications, name="services-list"),
    path("take/", taking.take, name="services-take"),
    path("inquiries/", lists.inquiries, name="services-inquiries"),
    path("inquiries/<str:number>/", lists.inquiry, name="services-inquiry"),
    path("diary/", lists.diary, name="services-diary"),
    path("duty/", places.duty, name="services-duty"),
    path("ratings/", lists.rated, name="services-ratings"),
    path("ratings/<str:number>/", lists.rating, name="services-rating"),
    path("points/", places.tree, name="services-points"),
    path("points/<int:pk>/", places.point, name="services-point"),
    path("points/<int:pk>/check/<str:key>/", places.checklist, name="services-checklist"),
    path("figures/", places.numbers, name="services-figures"),
    path("card/<str:code>/", taking.card, name="services-card"),
    path("<str:number>/applicant/", taking.applicant, name="services-applicant"),
    path("<str:number>/print/<str:key>/", taking.printed, name="services-print"),
]
