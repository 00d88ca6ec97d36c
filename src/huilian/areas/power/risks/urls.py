"""/desk/risks/: cycles, points, directories, disposals, signals, indicators, reports."""

from django.urls import path

from .views import acting, pages, printing

urlpatterns = [
    path("", pages.home, name="risks-home"),
    path("mine/", pages.mine, name="risks-mine"),
    path("mine/new/", acting.find, name="risks-find"),
    path("start/", acting.start, name="risks-start"),
    path("matrix/", pages.matrix, name="risks-matrix"),
    path("cycle/<str:number>/", pages.cycle, name="risks-cycle"),
    path("new/", acting.enter, name="risks-enter"),
    path("point/<str:number>/", pages.point, name="risks-point"),
    path("point/<str:number>/edit/", acting.enter, name="risks-edit"),
    path("ask/", acting.ask, name="risks-ask"),
    path("directory/<str:number>/", pages.directory, name="risks-directory"),
    path("signals/", pages.signals, name="risks-signals"),
    path("signals/new/", acting.take_signal, name="risks-take-signal"),
    path("disposals/", pages.disposals, name="risks-disposals"),
    path("disposals/new/", acting.propose, name="risks-propose"),
    path("disposal/<str:number>/", pages.disposal, name="risks-disposal"),
    path("indicators/", pages.indicators, name="risks-indicators"),
    path("reports/", pages.reports, name="risks-reports"),
    path("report/<str:number>/", pages.report, name="risks-report"),
    path("act/<slug:kind>/<str:key>/<slug:verb>/", acting.act, name="risks-act"),
    path("paper/<slug:kind>/<str:key>.<str:form>", printing.paper, name="risks-paper"),
]
