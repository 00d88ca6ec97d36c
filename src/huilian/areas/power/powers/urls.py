"""/desk/powers/: the three lists, their items and cases of items."""

urlpatterns: list = []
