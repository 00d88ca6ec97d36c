"""/desk/decisions/"""

from django.urls import path

from .views import desk, rooms

urlpatterns = [
    path("", desk.home, name="decisions-home"),
    path("new/", desk.new, name="decisions-new"),
    path("call/<str:key>/", desk.call, name="decisions-call"),
    path("call-for/<str:number>/", desk.call_for, name="decisions-call-for"),
    path("book/<str:code>/", desk.book, name="decisions-book"),
    path("meeting/<str:number>/", rooms.meeting, name="decisions-meeting"),
    path("meeting/<str:number>/act/<str:verb>/", rooms.act, name="decisions-act"),
    path("meeting/<str:number>/paper/<str:what>/", rooms.paper, name="decisions-paper"),
]
