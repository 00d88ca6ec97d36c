"""Addresses of the public pages."""

from django.urls import path

from .views import about, disclosed, follow, home, say, shelf, village

urlpatterns = [
    path("", home.home, name="portal-home"),
    path("guide/", home.guide, name="portal-guide"),
    path("leave/", home.leave, name="portal-leave"),
    path("say/", say.start, name="portal-say"),
    path("say/what/", say.what, name="portal-say-what"),
    path("say/where/", say.where, name="portal-say-where"),
    path("say/story/", say.story, name="portal-say-story"),
    path("say/name/", say.name, name="portal-say-name"),
    path("say/check/", say.check, name="portal-say-check"),
    path("say/done/", say.done, name="portal-say-done"),
    path("say/not-here/", say.not_here, name="portal-say-not-here"),
    path("follow/", follow.enter, name="portal-follow"),
    path("follow/case/", follow.case, name="portal-follow-case"),
    path("follow/rate/", follow.rate, name="portal-follow-rate"),
    path("follow/reopen/", follow.reopen, name="portal-follow-reopen"),
    path("follow/remark/", follow.remark, name="portal-follow-remark"),
    path("v/", village.finder, name="portal-villages"),
    path("v/<str:code>/", village.village, name="portal-village"),
    path("v/<str:code>/all/", village.items, name="portal-village-items"),
    path("v/<str:code>/questions/", village.questions, name="portal-village-questions"),
    path("v/<str:code>/board/", village.board, name="portal-village-board"),
    path("d/<str:number>/", disclosed.item, name="portal-item"),
    path("d/<str:number>/ask/", disclosed.ask, name="portal-item-ask"),
    path("d/<str:number>/lines.csv", disclosed.lines, name="portal-item-csv"),
    path("d/<str:number>/schema.json", disclosed.schema, name="portal-item-schema"),
    path("d/<str:number>/body.json", disclosed.body, name="portal-item-body"),
    path("d/<str:number>/proof.json", disclosed.proof, name="portal-item-proof"),
    path("d/<str:number>/photo/<int:pk>/", disclosed.photo, name="portal-item-photo"),
    path("q/<str:number>/", disclosed.question, name="portal-question"),
    path("policies/", shelf.policies, name="portal-policies"),
    path("columns/", shelf.columns, name="portal-columns"),
    path("log/", about.log, name="portal-log"),
    path("about/", about.about, name="portal-about"),
    path("accessibility/", about.accessibility, name="portal-accessibility"),
    path("privacy/", about.privacy, name="portal-privacy"),
]
