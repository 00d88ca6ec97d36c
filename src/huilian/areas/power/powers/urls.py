"""/desk/powers/: the three lists, their items and cases of items."""

from . import urls_flows

urlpatterns = [*urls_flows.urlpatterns]
