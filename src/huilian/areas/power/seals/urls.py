"""/desk/seals/: the seals of villages and offices."""

from django.urls import path

from .views import boxes, desk

urlpatterns = [
    path("", desk.home, name="seals-home"),
    path("ask/", desk.ask, name="seals-ask"),
    path("afterwards/", desk.afterwards, name="seals-afterwards"),
    path("stamp/<str:number>/", desk.stamp, name="seals-stamp"),
    path("seal/<int:pk>/", desk.seal, name="seals-seal"),
    path("seal/<int:pk>/hand-over/", desk.hand_over, name="seals-hand-over"),
    path("seal/<int:pk>/book/", desk.book, name="seals-book"),
    path("loan/", desk.ask_loan, name="seals-ask-loan"),
    path("loan/<int:pk>/<str:verb>/", desk.loan, name="seals-loan"),
    path("figures/", desk.figures, name="seals-figures"),
    path("box/<str:device_no>/prints/", boxes.prints, name="seals-box"),
]
