"""/desk/audits/: what is due, the audits, one audit with its books, papers."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="audits-home"),
    path("due/", views.due, name="audits-due"),
    path("due/<int:pk>/plan/", views.plan_from, name="audits-plan-from"),
    path("plan/", views.plan, name="audits-plan"),
    path("act/<str:kind>/<str:key>/<str:verb>/", views.act, name="audits-act"),
    path("<str:number>/", views.audit, name="audits-audit"),
    path("<str:number>/books/", views.books, name="audits-books"),
    path("<str:number>/books.xlsx", views.workbook, name="audits-workbook"),
    path("<str:number>/paper/<str:kind>/<str:as_type>/", views.paper, name="audits-paper"),
]
