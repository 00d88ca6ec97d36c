"""Addresses of the public pages."""

from django.urls import path

from .views import about, follow, home, say

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
    path("log/", about.log, name="portal-log"),
    path("about/", about.about, name="portal-about"),
    path("accessibility/", about.accessibility, name="portal-accessibility"),
    path("privacy/", about.privacy, name="portal-privacy"),
]
