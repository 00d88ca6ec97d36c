"""Pages of the books under /desk/collective/."""

from django.urls import path

from .views import books, importing, keeping_books

urlpatterns = [
    path("books/", books.books, name="collective-books"),
    path("books/<int:pk>/", books.books_of, name="collective-books-of"),
    path("books/open/", keeping_books.open_books, name="collective-open-books"),
    path("books/<int:pk>/opening/", keeping_books.opening, name="collective-opening"),
    path("books/<int:pk>/chart/", keeping_books.chart, name="collective-chart"),
    path("books/<int:pk>/merge/", keeping_books.merge, name="collective-merge"),
    path("books/<int:pk>/import/", importing.upload, name="collective-books-import"),
    path("books/<int:pk>/import/<int:run>/", importing.run, name="collective-books-import-run"),
    path("books/<int:pk>/text/<slug:form>/", books.text, name="collective-books-text"),
    path("books/<int:pk>/months/<int:month>/<slug:act>/", books.month_act, name="collective-month-act"),
    path("books/<int:pk>/<slug:kind>/", books.paper, name="collective-paper"),
    path("vouchers/<int:pk>/", books.voucher, name="collective-voucher"),
    path("vouchers/<int:pk>/<slug:act>/", books.voucher_act, name="collective-voucher-act"),
]
