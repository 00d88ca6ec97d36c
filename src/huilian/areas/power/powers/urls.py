"""/desk/powers/: the three lists, units under them, cases of items."""

from django.urls import path

from . import urls_flows
from .views import lists, units

urlpatterns = [
    path("", lists.overview, name="powers-lists"),
    path("begin/", lists.begin, name="powers-begin"),
    path("list/<int:pk>/", lists.one, name="powers-list"),
    path("list/<int:pk>/add/", lists.edit, name="powers-item-add"),
    path("list/<int:pk>/edit/<int:item>/", lists.edit, name="powers-item-edit"),
    path("list/<int:pk>/opinion/<int:opinion>/", lists.answer, name="powers-answer"),
    path("item/<int:pk>/", lists.item, name="powers-item"),
    path("unit/<int:pk>/", units.unit, name="powers-unit"),
    path("unit/<int:pk>/sign/", units.sign, name="powers-sign"),
    path("unit/<int:pk>/posts.xlsx", units.posts, name="powers-posts"),
    path("unit/<int:pk>/booklet.<str:form>", units.booklet, name="powers-booklet"),
    path("unit/<int:pk>/check/<slug:standard>/", units.check, name="powers-check"),
    path("start/", units.choose, name="powers-choose"),
    path("start/<int:pk>/<str:code>/", units.start, name="powers-start"),
    path("figures/", units.figures, name="powers-figures"),
    *urls_flows.urlpatterns,
]
