"""What the pages of works show: one whose budget is written, one on the site, one settled."""


def tell(people) -> dict[str, str]:
    from huilian.areas.watch.works import services
    from huilian.foundation.now import frozen, today
    from tests.areas.works.conftest import MORNING, on, photo, proposed, set_up, settled, signed

    with frozen(MORNING):
        site = set_up(people)
        done = settled(site)
        new = proposed(site, title="柳河村五组灌溉渠清淤")
        work = signed(site, title="柳河村文化广场")
        with on(10):
            services.note_event(work, "start", on=today(), text="进场", files=[photo(3)], by=site.clerk)
            services.note_event(work, "stage", on=today(), text="垫层完成", progress=40, by=site.clerk)
            services.ask_change(work, reason="=淤泥换填", quantities="换填80m³", amount_cents=9_000_00, by=site.clerk)
            services.ask_pay(work, "progress", amount_cents=56_000_00, by=site.accountant)
    numbers = {"work_done": done.number, "work_new": new.number, "work_site": work.number}
    return {**numbers, "work_village": people.liuhe.code}
