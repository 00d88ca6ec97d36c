"""Every page that the browser suite visits. Add a line, and all checks of `test_every_page.py` run over it."""

from dataclasses import dataclass

PHONE, DESK, KIOSK, WALL = (390, 844), (1440, 900), (1080, 1920), (1920, 1080)


@dataclass(frozen=True)
class Page:
    """A page and what is asked of it.

    `path` may hold `{names}` that a part of `story.py` gives. `user` is a user name of the cast, None a stranger.
    `weight` is the first visit on the wire in KiB; `touch` the least height of what is pressed (0: not asked; on the
    public face 44, and 60 in large type, always); `status` the answer expected.
    """

    path: str
    user: str | None = None
    size: tuple[int, int] = DESK
    weight: int = 90
    requests: int = 14
    touch: int = 0
    reflow: bool = True
    status: int = 200

    @property
    def name(self) -> str:
        return f"{self.path} {self.user or ''} {self.size[0]}".replace("  ", " ")


PAGES = [
    Page("/look/desk/"),
    Page("/look/desk/", size=PHONE),
    Page("/look/empty/"),
    Page("/look/case/"),
    Page("/look/form/"),
    Page("/look/errors/"),
    Page("/look/portal/", size=PHONE, weight=60, touch=44),
    Page("/look/village/", size=PHONE, weight=60, touch=44),
    Page("/look/kiosk/", size=KIOSK, weight=60, touch=60, reflow=False),
    Page("/look/wall/", size=WALL, weight=450),
    Page("/look/print/"),
    *(
        Page(path, user, PHONE, weight=60, touch=44)
        for path, user in (
            ("/", None),
            ("/guide/", None),
            ("/say/what/", None),
            ("/say/where/", None),
            ("/say/where/", "citizen_searching"),
            ("/say/story/", "citizen_writing"),
            ("/say/name/", None),
            ("/say/check/", "citizen_writing"),
            ("/say/not-here/", None),
            ("/say/done/", "citizen_sent"),
            ("/follow/", None),
            ("/follow/case/", "citizen_answered"),
            ("/follow/case/", "citizen_refused"),
            ("/follow/case/", "citizen_merged"),
            ("/log/", None),
            ("/about/", None),
            ("/accessibility/", None),
            ("/privacy/", None),
        )
    ),
    Page("/", weight=60, touch=44),
    Page("/follow/case/", "citizen_answered", weight=60, touch=44),
    Page("/?face=kiosk", size=KIOSK, weight=60, touch=60, reflow=False),
    Page("/say/what/?face=kiosk", size=KIOSK, weight=60, touch=60, reflow=False),
    Page("/say/done/?face=kiosk", "citizen_sent", size=KIOSK, weight=60, touch=60, reflow=False),
    Page("/desk/", "he_wei"),
    Page("/desk/", "he_wei", size=PHONE),
    Page("/desk/", "sun_yan"),
    Page("/desk/cases/", "zhao_jianguo"),
    Page("/desk/cases/?q=没有这样的事", "zhao_jianguo"),
    Page("/desk/supervisions/", "zhao_jianguo"),
    Page("/desk/cases/{case}/", "he_wei"),
    Page("/desk/cases/{case}/", "he_wei", size=PHONE),
    Page("/desk/cases/{case}/ask_extension/", "he_wei"),
    Page("/desk/cases/{case}/supervise/", "chen_lixin", size=PHONE),
    Page("/desk/cases/{case}/", "sun_yan", status=403),
    Page("/desk/hotline/take/", "zhou_hui"),
    Page("/desk/hotline/take/", "zhou_hui", size=PHONE),
    Page("/desk/hotline/{to_send}/dispatch/", "zhou_hui"),
    Page("/desk/hotline/{to_send}/dispatch/", "zhou_hui", size=PHONE),
    Page("/desk/hotline/{to_send}/caller/", "zhou_hui"),
    Page("/desk/hotline/incoming/", "zhou_hui"),
    Page("/desk/hotline/call-backs/", "zhou_hui", size=PHONE),
    Page("/desk/cases/{to_send}/", "zhou_hui"),
    Page("/desk/cases/{to_send}/three_way_call/", "zhou_hui"),
    Page("/board/", "zhao_jianguo", size=WALL, weight=450, requests=16),
    Page("/board/", "zhao_jianguo", weight=450, requests=16),
    Page("/board/", "zhao_jianguo", size=PHONE, weight=450, requests=16),
    Page("/board/", "xu_fang", size=WALL, weight=450, requests=16),
    Page("/board/month/", "zhao_jianguo"),
    Page("/board/month/", "zhao_jianguo", size=PHONE),
    Page("/desk/hotline/report/", "chen_lixin"),
    Page("/desk/hotline/report/", "chen_lixin", size=PHONE),
    Page("/desk/hotline/report/rows/?what=received", "chen_lixin"),
    Page("/desk/hotline/programmes/", "chen_lixin"),
    Page("/desk/hotline/programmes/{programme}/", "chen_lixin"),
    Page("/desk/hotline/programmes/{programme}/", "chen_lixin", size=PHONE),
    Page("/desk/hotline/programmes/{programme}/promise/", "chen_lixin"),
    Page("/desk/hotline/media/", "chen_lixin"),
    Page("/desk/hotline/media/{media_item}/", "chen_lixin"),
    Page("/desk/registers/", "system_admin"),
    Page("/desk/registers/units/", "system_admin"),
    Page("/desk/registers/units/", "system_admin", size=PHONE),
    Page("/desk/registers/units/?kind=department&sort=-name", "system_admin"),
    Page("/desk/registers/units/row/{unit}/", "system_admin"),
    Page("/desk/registers/units/row/{unit}/edit/", "system_admin"),
    Page("/desk/registers/units/row/{unit}/act/dissolve/", "system_admin"),
    Page("/desk/registers/organisations/import/", "wang_min"),
    Page("/desk/registers/organisations/import/{import_ready}/", "wang_min"),
    Page("/desk/registers/organisations/import/{import_faulty}/", "wang_min"),
    Page("/desk/registers/organisations/import/{import_faulty}/", "wang_min", size=PHONE),
    Page("/desk/registers/organisations/import/{import_mapping}/", "wang_min"),
    Page("/desk/registers/hotline-matters/", "chen_lixin"),
    Page("/desk/registers/hotline-orders/", "chen_lixin"),
    Page("/desk/registers/organisations/print/", "wang_min"),
    Page("/desk/collective/agency/", "ma_jun"),
    Page("/desk/collective/agency/", "ma_jun", size=PHONE),
    Page("/desk/collective/waiting/", "ma_jun"),
    Page("/desk/collective/waiting/", "tang_yun", size=PHONE),
    Page("/desk/collective/entry/{books}/", "ma_jun", requests=15),  # a script of its own for the keyboard
    Page("/desk/collective/entry/{books}/?copy=last", "ma_jun", size=PHONE, requests=15),
    Page("/desk/collective/bank/", "ma_jun"),
    Page("/desk/collective/bank/{bank_account}/", "ma_jun"),
    Page("/desk/collective/bank/{bank_account}/", "ma_jun", size=PHONE),
    Page("/desk/collective/bank/{bank_account}/reconciliation/", "ma_jun"),
    Page("/desk/collective/bank/{bank_account}/reconciliation/?print=1", "ma_jun"),
    Page("/desk/collective/budget/{books}/", "ma_jun"),
    Page("/desk/collective/budget/{books}/print/", "ma_jun"),
    Page("/desk/collective/payments/new/", "li_xiao", size=PHONE),
    Page("/desk/cases/{payment}/", "liu_changgui"),
    Page("/desk/cases/{payment}/", "liu_changgui", size=PHONE),
    Page("/desk/alerts/", "lin_zheng"),
    Page("/desk/alerts/", "liu_changgui", size=PHONE),
    Page("/desk/cases/{alert_new}/", "liu_changgui"),
    Page("/desk/cases/{alert_new}/explain/", "liu_changgui", status=403),
    Page("/desk/cases/{alert_appealed}/", "lin_zheng"),
    Page("/desk/cases/{alert_appealed}/decide_appeal/", "lin_zheng"),
    Page("/desk/cases/{alert_watched}/", "jiang_hong", size=PHONE),
    Page("/desk/cases/{alert_watched}/verify/", "jiang_hong"),
    Page("/desk/alerts/results/", "lin_zheng"),
    Page("/desk/alerts/results/", "lin_zheng", size=PHONE),
    Page("/desk/registers/alerts/", "lin_zheng"),
    Page("/desk/registers/rectifications/", "lin_zheng"),
    Page("/desk/registers/alert-routes/", "lin_zheng"),
    Page("/board/money/", "zhao_jianguo", size=WALL, weight=450, requests=16),
    Page("/board/money/", "zhao_jianguo", size=PHONE, weight=450, requests=16),
    Page("/desk/rules/", "lin_zheng"),
    Page("/desk/rules/", "lin_zheng", size=PHONE),
    Page("/desk/rules/ZJ01/", "jiang_hong"),
    Page("/desk/rules/ZJ01/", "lin_zheng", size=PHONE),
    Page("/desk/rules/datasets/", "lin_zheng"),
    Page("/desk/rules/write/", "lin_zheng"),
    *(
        Page(path, size=PHONE, weight=weight, touch=44)
        for path, weight in (
            ("/v/", 25),
            ("/v/?town=999901101000", 25),
            ("/v/999901101201/", 25),
            ("/v/999901101201/all/", 25),
            ("/v/999901101201/questions/", 25),
            ("/d/{publication}/", 30),
            ("/d/{withdrawn}/", 30),
            ("/d/{publication}/ask/?line=2", 30),
            ("/q/{asked}/", 30),
            ("/policies/", 25),
            ("/columns/", 25),
        )
    ),
    Page("/v/999901101201/", weight=25, touch=44),
    Page("/d/{publication}/", weight=30, touch=44),
    Page("/v/999901101201/board/", weight=30),
    Page("/v/999901101201/?face=kiosk", size=KIOSK, weight=30, touch=60, reflow=False),
    Page("/d/{publication}/?face=kiosk", size=KIOSK, weight=30, touch=60, reflow=False),
    Page("/v/999901101201/all/?face=kiosk", size=KIOSK, weight=30, touch=60, reflow=False),
    Page("/desk/disclosure/", "ma_li"),
    Page("/desk/disclosure/", "ma_li", size=PHONE),
    Page("/desk/disclosure/event/", "ma_li"),
    Page("/desk/disclosure/duty/{duty}/", "wang_min"),
    Page("/desk/disclosure/item/{publication}/", "ma_li"),
    Page("/desk/disclosure/item/{publication}/", "ma_li", size=PHONE),
    Page("/desk/disclosure/item/{draft}/edit/", "ma_li"),
    Page("/desk/disclosure/item/{draft}/edit/", "ma_li", size=PHONE),
    Page("/desk/disclosure/item/{to_check}/", "tian_you"),
    Page("/desk/disclosure/item/{publication}/board/", "ma_li"),
    Page("/desk/disclosure/item/{publication}/reason/withdraw/", "ma_li"),
    Page("/desk/disclosure/township/", "wang_min"),
    Page("/desk/disclosure/township/", "wang_min", size=PHONE),
    Page("/desk/disclosure/withdrawals/", "wang_min"),
    Page("/desk/cases/{asked}/", "ma_li"),
    Page("/desk/collective/books/?month={books_month}", "tang_yun"),
    Page("/desk/collective/books/?month={books_month}", "tang_yun", size=PHONE),
    Page("/desk/collective/books/?by=figures&month={books_month}", "tang_yun"),
    Page("/desk/collective/books/{told_books}/", "tang_yun"),
    Page("/desk/collective/books/{told_books}/", "tang_yun", size=PHONE),
    Page("/desk/collective/books/{told_books}/trial/?month={books_month}", "tang_yun"),
    Page("/desk/collective/books/{told_books}/balance/?month={books_month}", "tang_yun"),
    Page("/desk/collective/books/{told_books}/detail/?account=102&month={books_month}", "ma_jun", size=PHONE),
    Page("/desk/collective/books/{told_books}/chart/", "ma_jun"),
    Page("/desk/collective/books/{told_books}/import/", "ma_jun"),
    Page("/desk/collective/vouchers/{voucher_posted}/", "tang_yun"),
    Page("/desk/collective/vouchers/{voucher_waiting}/", "tang_yun"),
    Page("/desk/collective/vouchers/{voucher_waiting}/", "luo_cheng", size=PHONE),
    Page("/no/such/page/", size=PHONE, weight=60, touch=44, status=404),
]
