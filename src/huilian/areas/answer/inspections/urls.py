"""/desk/inspections/: the calendar of checks, rounds, sheets on the tablet, findings and repairs, letters."""

from django.urls import path

from .views import acting, following, pages, sheets

urlpatterns = [
    path("", pages.calendar, name="inspections-calendar"),
    path("plan/", acting.plan, name="inspections-plan"),
    path("plan/<str:number>/", acting.plan, name="inspections-change"),
    path("round/<str:number>/", pages.round_page, name="inspections-round"),
    path("coverage/", pages.coverage, name="inspections-coverage"),
    path("sheet/<int:pk>/", sheets.sheet, name="inspections-sheet"),
    path("sheet/<int:pk>/sync/", sheets.sync, name="inspections-sync"),
    path("sheet/<int:pk>/photo/", sheets.photo, name="inspections-photo"),
    path("sheet/<int:pk>/differ/", sheets.differ, name="inspections-differ"),
    path("sheet/<int:pk>/hand-in/", sheets.hand_in, name="inspections-hand-in"),
    path("worker.js", sheets.worker, name="inspections-worker"),
    path("findings/", pages.findings, name="inspections-findings"),
    path("note/", acting.note, name="inspections-note"),
    path("finding/<str:number>/", pages.finding, name="inspections-finding"),
    path("letters/", pages.letters, name="inspections-letters"),
    path("letters/write/", acting.write, name="inspections-write"),
    path("talks/", following.talks, name="inspections-talks"),
    path("talks/new/", acting.invite, name="inspections-invite"),
    path("talk/<str:number>/", following.talk, name="inspections-talk"),
    path("zeros/", following.zeros_page, name="inspections-zeros"),
    path("meetings/", following.meetings, name="inspections-meetings"),
    path("meetings/new/", acting.call, name="inspections-call"),
    path("meeting/<str:number>/", following.meeting, name="inspections-meeting"),
    path("tasks/", following.tasks, name="inspections-tasks"),
    path("task/<str:number>/", following.task, name="inspections-task"),
    path("routines/", following.routines, name="inspections-routines"),
    path("act/<str:kind>/<str:key>/<str:verb>/", acting.act, name="inspections-act"),
    path("paper/<str:kind>/<str:key>/<str:as_type>/", pages.paper, name="inspections-paper"),
]
