"""/desk/works/: village works and purchases."""

from django.urls import path

from .views import desk, papers

urlpatterns = [
    path("", desk.home, name="works-home"),
    path("new/", desk.propose, name="works-new"),
    path("scores/", desk.scores, name="works-scores"),
    path("items.xlsx", papers.empty_items, name="works-items-sheet"),
    path("<str:number>/", desk.project, name="works-project"),
    path("<str:number>/items/", desk.items, name="works-items"),
    path("<str:number>/paper/<str:kind>.<str:ending>", papers.paper, name="works-paper"),
    path("<str:number>/board.pdf", papers.board, name="works-board"),
]
