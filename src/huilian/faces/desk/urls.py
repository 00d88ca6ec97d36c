"""/desk/: lists, cases, acts. Areas stand beside them under /desk/<area>/."""

from django.urls import path

from .views import batch, cases, lists, papers, supervisions

urlpatterns = [
    path("desk/", lists.tasks, name="desk-home"),
    path("desk/cases/", lists.cases, name="desk-cases"),
    path("desk/alerts/", lists.alerts, name="desk-alerts"),
    path("desk/search/", lists.search, name="desk-search"),
    path("desk/supervisions/", supervisions.supervisions, name="desk-supervisions"),
    path("desk/supervisions/<str:number>/notice/", papers.notice, name="desk-notice-paper"),
    path("desk/supervisions/<str:number>/sheet.pdf", papers.supervision, name="desk-supervision-sheet"),
    path("desk/batch/", batch.batch, name="desk-batch"),
    path("desk/lists/<slug:key>/export.xlsx", lists.export, name="desk-export"),
    path("desk/lists/<slug:key>/views/", lists.save_view, name="desk-view-save"),
    path("desk/lists/<slug:key>/views/<int:pk>/remove/", lists.remove_view, name="desk-view-remove"),
    path("desk/cases/<str:number>/", cases.case, name="desk-case"),
    path("desk/cases/<str:number>/sheet.pdf", papers.sheet, name="desk-sheet"),
    path("desk/cases/<str:number>/<slug:key>/", cases.act, name="desk-act"),
]
