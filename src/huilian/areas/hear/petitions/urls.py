"""/desk/petitions/: petitions and what belongs to them."""

from django.urls import path

from .views import acting, pages, printing

urlpatterns = [
    path("", pages.home, name="petitions-home"),
    path("take/", acting.take, name="petitions-take"),
    path("people/<str:number>/", acting.people, name="petitions-people"),
    path("paper/<str:number>/<str:key>.<str:form>", printing.paper, name="petitions-paper"),
    path("figures.<str:form>", printing.figures, name="petitions-figures"),
    path("slots/", pages.slots, name="petitions-slots"),
    path("slots/new/", acting.slot, name="petitions-slot-new"),
    path("slots/<int:pk>/", pages.slot, name="petitions-slot"),
    path("led/", pages.led, name="petitions-led"),
    path("opinions/", pages.opinions, name="petitions-opinions"),
    path("opinions/new/", acting.opinion, name="petitions-opinion-new"),
    path("opinions/shifts/", acting.shifts, name="petitions-shifts"),
    path("papers/", pages.papers, name="petitions-papers"),
    path("papers/new/", acting.paper, name="petitions-paper-new"),
    path("contest/", pages.contest, name="petitions-contest"),
    path("act/<str:kind>/<int:key>/<str:verb>/", acting.act, name="petitions-act"),
]
