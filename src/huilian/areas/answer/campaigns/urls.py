"""/desk/campaigns/: campaigns and their problem base, comparisons of lists, papers."""

from django.urls import path

from .views import acting, conduct, pages

urlpatterns = [
    path("", pages.home, name="campaigns-home"),
    path("plan/", acting.plan, name="campaigns-plan"),
    path("plan/<str:number>/", acting.plan, name="campaigns-change"),
    path("campaign/<str:number>/", pages.campaign, name="campaigns-campaign"),
    path("comparison/<str:number>/", pages.comparison, name="campaigns-comparison"),
    path("cautions/", conduct.cautions, name="campaigns-cautions"),
    path("cautions/propose/", acting.propose, name="campaigns-propose"),
    path("caution/<str:number>/", conduct.caution, name="campaigns-caution"),
    path("occasions/", conduct.occasions, name="campaigns-occasions"),
    path("occasions/mine/", conduct.mine, name="campaigns-mine"),
    path("occasions/declare/", acting.declare, name="campaigns-declare"),
    path("occasion/<str:number>/", conduct.occasion, name="campaigns-occasion"),
    path("act/<str:kind>/<str:key>/<str:verb>/", acting.act, name="campaigns-act"),
    path("paper/<str:kind>/<str:key>/<str:as_type>/", pages.paper, name="campaigns-paper"),
]
