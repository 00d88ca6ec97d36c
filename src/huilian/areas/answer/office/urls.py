"""/desk/office/: talks and their places; offices, their documents and duties."""

from django.urls import path

from .views import acting, exchange, offices, papers, talks

urlpatterns = [
    path("", talks.home, name="office-home"),
    path("book/", acting.book, name="office-book"),
    path("talk/<str:number>/", talks.talk, name="office-talk"),
    path("talk/<str:number>/open/", talks.opened, name="office-open"),
    path("room/<int:pk>/", talks.room, name="office-room"),
    path("sheet/<slug:kind>/<str:key>/<slug:name>/", acting.sheet, name="office-sheet"),
    path("offices/", offices.offices, name="office-offices"),
    path("offices/<int:pk>/", offices.office, name="office-office"),
    path("documents/<slug:name>/", offices.coverage, name="office-coverage"),
    path("document/<int:pk>/", offices.document, name="office-document"),
    path("adopt/<int:unit>/<int:slot>/", offices.adopt, name="office-adopt"),
    path("exchange/", exchange.home, name="office-exchange"),
    path("exchange/<slug:key>/", exchange.profile, name="office-profile"),
    path("act/<slug:kind>/<str:key>/<slug:verb>/", acting.act, name="office-act"),
    path("sealed/<slug:kind>/<str:key>.<str:form>", papers.sealed, name="office-sealed"),
    path("paper/<slug:kind>/<str:key>.<str:form>", papers.paper, name="office-paper"),
]
