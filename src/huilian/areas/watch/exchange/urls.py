"""/desk/exchange/: lots of four boards."""

from django.urls import path

from .views import desk, screens, work

urlpatterns = [
    path("", desk.home, name="exchange-home"),
    path("apply/", desk.apply, name="exchange-apply"),
    path("again/<str:number>/", desk.again, name="exchange-again"),
    path("key/<str:number>/", desk.key, name="exchange-key"),
    path("paper/<str:number>/<slug:kind>/", desk.paper, name="exchange-paper"),
    path("screens/", screens.home, name="exchange-screens"),
    path("lot/<str:number>/", work.page, name="exchange-work"),
    path("lot/<str:number>/<slug:verb>/<int:pk>/", work.act, name="exchange-act"),
]
