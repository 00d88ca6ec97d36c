"""Report, programmes and media items under /desk/hotline/."""

from django.urls import path

from . import views_media as media
from . import views_report as report

urlpatterns = [
    path("report/", report.report, name="hotline-report"),
    path("report/rows/", report.rows, name="hotline-report-rows"),
    path("report/report.<slug:as_type>", report.download, name="hotline-report-file"),
    path("programmes/", media.programmes, name="hotline-programmes"),
    path("programmes/new/", media.add_programme, name="hotline-programme-new"),
    path("programmes/<int:pk>/", media.programme, name="hotline-programme"),
    path("programmes/<int:pk>/question/", media.add_question, name="hotline-question-new"),
    path("programmes/<int:pk>/promise/", media.add_promise, name="hotline-promise-new"),
    path("promises/<int:pk>/kept/", media.prove, name="hotline-promise-kept"),
    path("media/", media.items, name="hotline-media"),
    path("media/new/", media.add_item, name="hotline-media-new"),
    path("media/<str:number>/", media.item, name="hotline-media-item"),
    path("media/<str:number>/<slug:key>/", media.act_on_item, name="hotline-media-act"),
]
