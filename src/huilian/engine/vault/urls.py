"""/desk/vault/: one's key, openings by two, and recovery."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/vault/", views.home, name="vault"),
    path("desk/vault/make/", views.make, name="vault-make"),
    path("desk/vault/unlock/", views.unlock, name="vault-unlock"),
    path("desk/vault/lock/", views.lock, name="vault-lock"),
    path("desk/vault/words/", views.words, name="vault-words"),
    path("desk/vault/renew/", views.renew, name="vault-renew"),
    path("desk/vault/openings/", views.openings, name="vault-openings"),
    path("desk/vault/openings/<int:pk>/agree/", views.agree, name="vault-agree"),
    path("desk/vault/openings/<int:pk>/refuse/", views.refuse, name="vault-refuse"),
    path("desk/vault/recovery/", views.recovery, name="vault-recovery"),
    path("desk/vault/recovery/sheets/", views.sheets, name="vault-sheets"),
    path("desk/vault/recovery/boxes/", views.recover, name="vault-recover"),
    path("desk/vault/recovery/retire/", views.retire, name="vault-retire"),
]
