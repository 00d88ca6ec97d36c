"""/desk/leads/: the library, one lead, meetings, stock-taking, figures, charts and papers."""

from django.urls import path

from .views import acting, pages, papers

urlpatterns = [
    path("", pages.home, name="leads-home"),
    path("new/", acting.enter, name="leads-new"),
    path("lead/<str:number>/", pages.lead, name="leads-lead"),
    path("lead/<str:number>/open/", pages.opened, name="leads-open"),
    path("lead/<str:number>/evidence/", pages.evidence, name="leads-evidence"),
    path("lead/<str:number>/evidence/<int:no>-<int:n>.bin", pages.evidence_file, name="leads-evidence-file"),
    path("lead/<str:number>/attachment-<int:n>.bin", pages.attachment, name="leads-attachment"),
    path("lead/<str:number>/paper/<slug:template>/", papers.write, name="leads-write-paper"),
    path("lead/<str:number>/papers/<str:paper>.<int:version>.<str:form>", papers.read, name="leads-paper"),
    path("meetings/", pages.meetings, name="leads-meetings"),
    path("meetings/new/", acting.meet, name="leads-meet"),
    path("meeting/<str:number>/", pages.meeting, name="leads-meeting"),
    path("stock/", pages.stock, name="leads-stock"),
    path("stock/new/", acting.take_stock, name="leads-take-stock"),
    path("stock/<str:number>/", pages.stocktake, name="leads-stocktake"),
    path("figures/", pages.figures, name="leads-figures"),
    path("papers/", papers.library, name="leads-papers"),
    path("papers/<slug:aspect>/", papers.aspect, name="leads-aspect"),
    path("act/<slug:kind>/<str:key>/<slug:verb>/", acting.act, name="leads-act"),
]
