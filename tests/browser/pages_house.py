"""Pages of the house itself, and of the books, that no story leads through."""

from .page import PHONE, Page

PAGES = [
    Page("/sign-in/"),
    Page("/sign-in/", size=PHONE),
    Page("/account/password/", "he_wei"),
    Page("/account/second-factor/", "he_wei"),
    Page("/desk/inbox/", "he_wei"),
    Page("/desk/inbox/", "he_wei", size=PHONE),
    Page("/desk/collective/villages/", "ma_jun"),
    Page("/desk/collective/labels/?set={books}", "ma_jun"),
    Page("/desk/collective/books/{told_books}/opening/", "tang_yun"),
    Page("/desk/collective/books/{told_books}/merge/", "tang_yun"),
]
