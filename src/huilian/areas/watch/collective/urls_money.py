"""Addresses of the agency's pages, the bank, budgets and requests to pay."""

from django.urls import path

from .views import agency, bank, budget, entry, paying

urlpatterns = [
    path("agency/", agency.desks, name="collective-agency"),
    path("waiting/", agency.waiting, name="collective-waiting"),
    path("entry/<int:pk>/", entry.entry, name="collective-entry"),
    path("entry/<int:pk>/beside/", entry.beside, name="collective-entry-beside"),
    path("bank/", bank.overview, name="collective-bank"),
    path("bank/<int:pk>/", bank.account, name="collective-bank-account"),
    path("bank/<int:pk>/read/", bank.read, name="collective-bank-read"),
    path("bank/<int:pk>/match/", bank.match, name="collective-bank-match"),
    path("bank/<int:pk>/reconciliation/", bank.reconciliation, name="collective-reconciliation"),
    path("payments/new/", paying.new, name="collective-payment-new"),
    path("budget/<int:pk>/", budget.budget, name="collective-budget"),
    path("budget/<int:pk>/print/", budget.printed, name="collective-budget-print"),
]
