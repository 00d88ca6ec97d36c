"""Lives of things and money, one village on one page, contracts to watch, printed ledgers and cards."""

from django.urls import path

from .views import keeping, lives, villages

urlpatterns = [
    path("life/<slug:kind>/<int:pk>/", lives.life, name="collective-life"),
    path("contracts/<int:pk>/settle/", lives.settle, name="collective-settle"),
    path("contracts/<int:pk>/settle/<int:receipt>/undo/", lives.undo, name="collective-settle-undo"),
    path("contracts/<int:pk>/scan/", lives.scan, name="collective-scan"),
    path("contracts/watch/", villages.watch, name="collective-watch"),
    path("villages/", villages.villages, name="collective-villages"),
    path("villages/<int:pk>/", villages.village, name="collective-village"),
    path("villages/<int:pk>/count/", keeping.count, name="collective-count"),
    path("villages/<int:pk>/depreciation/", keeping.depreciate, name="collective-depreciate"),
    path("villages/<int:pk>/receivables/", keeping.receivables, name="collective-receivables"),
    path("print/<slug:kind>/", villages.print_ledger, name="collective-print"),
    path("labels/", villages.labels, name="collective-labels"),
    path("card/<int:pk>/", villages.card, name="collective-card"),
]
