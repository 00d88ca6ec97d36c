"""/desk/rules/: the rules, what they read and find, and where an auditor writes one."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/rules/", views.rules, name="rules"),
    path("desk/rules/datasets/", views.datasets, name="rule-datasets"),
    path("desk/rules/datasets/<str:name>/", views.dataset, name="rule-dataset"),
    path("desk/rules/write/", views.write, name="rule-write"),
    path("desk/rules/<str:rule>/", views.rule, name="rule"),
    path("desk/rules/<str:rule>/parameters/", views.parameters, name="rule-parameters"),
    path("desk/rules/<str:rule>/status/", views.status, name="rule-status"),
    path("desk/rules/<str:rule>/cap/", views.cap, name="rule-cap"),
]
