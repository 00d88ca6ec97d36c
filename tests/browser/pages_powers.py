"""Pages of the three lists."""

from .page import DESK, PHONE, Page

PAGES = [
    *(
        Page(path, user, size=size)
        for path, user in (
            ("/desk/powers/", "hao_jing"),
            ("/desk/powers/begin/", "hao_jing"),
            ("/desk/powers/list/{power_draft}/", "wang_min"),
            ("/desk/powers/list/{power_draft}/add/", "wang_min"),
            ("/desk/powers/list/{power_draft}/edit/{power_edited}/", "wang_min"),
            ("/desk/powers/item/{power_item}/", "liu_changgui"),
            ("/desk/powers/unit/{power_unit}/", "liu_changgui"),
            ("/desk/powers/unit/{power_unit}/check/five/", "liu_changgui"),
            ("/desk/powers/start/", "liu_changgui"),
            ("/desk/powers/start/{power_unit}/V-P-22/", "liu_changgui"),
            ("/desk/powers/figures/", "hao_jing"),
            ("/desk/cases/{power_case}/", "liu_changgui"),
        )
        for size in (DESK, PHONE)
    ),
    *(
        Page(path, None, PHONE, weight=25, touch=44)
        for path in (
            "/powers/",
            "/powers/?q=柳河",
            "/powers/{power_unit}/",
            "/powers/{power_unit}/V-P-29/",
            "/powers/item/V-N-02/",
            "/powers/draft/{power_draft}/",
        )
    ),
]
