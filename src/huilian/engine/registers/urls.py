"""/desk/registers/"""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/registers/", views.index, name="registers"),
    path("desk/registers/<slug:key>/", views.listing, name="register"),
    path("desk/registers/<slug:key>/export.<slug:kind>", views.export, name="register-export"),
    path("desk/registers/<slug:key>/print/", views.print_list, name="register-print"),
    path("desk/registers/<slug:key>/views/", views.keep_view, name="register-view-keep"),
    path("desk/registers/<slug:key>/views/<int:pk>/forget/", views.forget_view, name="register-view-forget"),
    path("desk/registers/<slug:key>/add/", views.add, name="register-add"),
    path("desk/registers/<slug:key>/choices/<slug:name>/", views.choices, name="register-choices"),
    path("desk/registers/<slug:key>/template.xlsx", views.template, name="register-template"),
    path("desk/registers/<slug:key>/import/", views.import_file, name="register-import"),
    path("desk/registers/<slug:key>/import/<int:pk>/", views.import_run, name="register-import-run"),
    path("desk/registers/<slug:key>/import/<int:pk>/columns/", views.column_map, name="register-import-columns"),
    path("desk/registers/<slug:key>/import/<int:pk>/confirm/", views.import_confirm, name="register-import-confirm"),
    path("desk/registers/<slug:key>/import/<int:pk>/cancel/", views.import_cancel, name="register-import-cancel"),
    path("desk/registers/<slug:key>/import/<int:pk>/faults.xlsx", views.faults, name="register-import-faults"),
    path("desk/registers/<slug:key>/row/<str:pk>/", views.detail, name="register-row"),
    path("desk/registers/<slug:key>/row/<str:pk>/edit/", views.edit, name="register-edit"),
    path("desk/registers/<slug:key>/row/<str:pk>/act/<slug:verb>/", views.act, name="register-act"),
]
