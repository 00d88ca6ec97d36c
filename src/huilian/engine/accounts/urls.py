"""Addresses of the account pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.give_code, name="sign-in-code"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/password/", views.change_password, name="account-password"),
    path("account/second-factor/", views.second_factor, name="account-second-factor"),
]
