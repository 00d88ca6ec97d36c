"""/desk/disclosure/: what must be published and what was."""

from django.urls import path

from .views import items, work

urlpatterns = [
    path("", work.duties, name="disclosure-duties"),
    path("event/", work.event, name="disclosure-event"),
    path("township/", work.township, name="disclosure-township"),
    path("withdrawals/", work.withdrawals, name="disclosure-withdrawals"),
    path("duty/<int:pk>/", work.duty, name="disclosure-duty"),
    path("board/<str:code>.pdf", items.board, name="disclosure-board"),
    path("item/<str:number>/", items.item, name="disclosure-item"),
    path("item/<str:number>/edit/", items.edit, name="disclosure-item-edit"),
    path("item/<str:number>/template.xlsx", items.template, name="disclosure-item-template"),
    path("item/<str:number>/board/", items.prove, name="disclosure-item-prove"),
    path("item/<str:number>/reason/<str:verb>/", items.reasoned, name="disclosure-item-reason"),
    path("item/<str:number>/<str:verb>/", items.act, name="disclosure-item-act"),
]
