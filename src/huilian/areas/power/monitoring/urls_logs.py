"""/desk/monitoring/logs/: event logs from outside."""

from django.urls import path

from .views import logs

urlpatterns = [
    path("logs/", logs.all_logs, name="monitoring-logs"),
    path("logs/new/", logs.hand_in, name="monitoring-log-new"),
    path("logs/<str:number>/", logs.log, name="monitoring-log"),
    path("logs/<str:number>/map/", logs.process, name="monitoring-log-map"),
    path("logs/<str:number>/findings/", logs.findings, name="monitoring-log-findings"),
    path("logs/<str:number>/findings.csv", logs.export, name="monitoring-log-export"),
]
