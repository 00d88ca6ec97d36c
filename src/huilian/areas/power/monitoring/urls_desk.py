"""/desk/monitoring/: the six functions of electronic supervision."""

from django.urls import path

from .views import desk

urlpatterns = [
    path("", desk.live, name="monitoring-live"),
    path("breaches/", desk.breaches, name="monitoring-breaches"),
    path("order/<str:number>/", desk.order, name="monitoring-order"),
    path("correction/<str:number>/answer/", desk.answer, name="monitoring-answer"),
    path("correction/<str:number>/verify/", desk.verify, name="monitoring-verify"),
    path("evaluations/", desk.evaluations, name="monitoring-evaluations"),
    path("evaluations/<int:pk>/", desk.evaluation, name="monitoring-evaluation"),
    path("evaluations/<int:pk>/object/", desk.object_to, name="monitoring-object"),
    path("evaluations/<int:pk>/answer/", desk.answer_objection, name="monitoring-answer-objection"),
    path("evaluations/<int:pk>/settle/", desk.settle, name="monitoring-settle"),
    path("statistics/", desk.statistics, name="monitoring-statistics"),
    path("complaints/", desk.complaints, name="monitoring-complaints"),
    path("complaints/new/", desk.complain, name="monitoring-complain"),
    path("penalty/", desk.penalty, name="monitoring-penalty"),
]
