"""/desk/watchers/: who watches, what they do, what becomes of it."""

from django.urls import path

from .views import desk, sealed

urlpatterns = [
    path("", desk.home, name="watchers-home"),
    path("body/<int:pk>/", desk.body, name="watchers-body"),
    path("body/<int:pk>/<str:which>.pdf", desk.paper, name="watchers-paper"),
    path("manual.pdf", desk.manual, name="watchers-manual"),
    path("report/<str:number>/", desk.report, name="watchers-report"),
    path("report/<str:number>/words/", sealed.read, name="watchers-words"),
    path("report/<str:number>/pass-on/", sealed.pass_on, name="watchers-pass-on"),
    path("act/<str:sort>/<int:pk>/<str:key>/", desk.act, name="watchers-act"),
    path("mailing/<str:number>/", desk.mailing, name="watchers-mailing"),
    path("mailing/<str:number>/cards.pdf", desk.cards, name="watchers-cards"),
    path("mailing/<str:number>/<str:which>-envelopes.pdf", desk.envelopes, name="watchers-envelopes"),
    path("mailing/<str:number>/scan/", desk.scan, name="watchers-scan"),
    path("mailing/<str:number>/<int:serial>/", desk.code_card, name="watchers-code-card"),
    path("figures/", desk.figures, name="watchers-figures"),
    path("letters/", desk.letters, name="watchers-letters"),
]
