"""/desk/tips/: the tip desk."""

from django.urls import path

from huilian.engine.vault.kinds import register

from .views import desk, others

urlpatterns = [
    path("", desk.home, name="tips-home"),
    path("take/", others.take, name="tips-take"),
    path("take/pledge/", others.pledge, name="tips-pledge"),
    path("visits/", others.visits, name="tips-visits"),
    path("visits/<int:visit>/record/", others.take, name="tips-visit-record"),
    path("visits/<int:pk>/missed/", others.missed, name="tips-visit-missed"),
    path("visits/<int:pk>/note/", others.visit_note, name="tips-visit-note"),
    path("approvals/", others.approvals, name="tips-approvals"),
    path("approvals/<str:what>/<int:pk>/", others.decide, name="tips-decide"),
    path("figures/", others.figures, name="tips-figures"),
    path("copy/<int:pk>/", desk.copy, name="tips-copy"),
    path("<str:number>/", desk.tip, name="tip"),
    path("<str:number>/read/<str:part>/", desk.read, name="tip-read"),
    path("<str:number>/identity/", desk.identity, name="tip-identity"),
    path("<str:number>/rewrite/", desk.rewrite, name="tip-rewrite"),
    path("<str:number>/<str:key>/", desk.act, name="tip-act"),
]

register("tip", lambda number: f"/desk/tips/{number}/")
register("visit", lambda number: "/desk/tips/visits/")
