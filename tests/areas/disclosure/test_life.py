"""Drafted, checked by somebody else, published for good, corrected by a new version, withdrawn in public."""

import io
from datetime import date, datetime, timedelta

import pytest

from huilian.areas.serve.disclosure import queries, rules, services
from huilian.areas.serve.disclosure.models import Item, Kind, Obligation
from huilian.areas.serve.disclosure.sources import Body
from huilian.engine.trail.models import Event
from huilian.engine.trail.queries import history_of, inclusion_proof
from huilian.engine.trail.services import seal
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .conftest import month_body


def verbs(subject) -> list[str]:
    return [event.verb for event in history_of(subject)]


def counts() -> tuple[int, int, int]:
    return Item.objects.count(), Event.objects.count(), Obligation.objects.filter(met_on=None).count()


# ---------------------------------------------------------------------- duties


def test_duties_of_the_month_that_is_over_are_made_once(village):
    made = services.open_obligations(since=date(2026, 11, 1))
    again = services.open_obligations(since=date(2026, 11, 1))

    mine = Obligation.objects.filter(place=village.liuhe)
    assert made == 4 * mine.count() and again == 0
    assert set(mine.values_list("kind__key", "period")) == {
        ("finance.monthly", "2026-10"), ("village.progress", "2026-10"), ("village.relief_list", "always"),
        ("service.agency", "always"), ("service.duty", "always"),
    }  # fmt: skip
    assert mine.get(kind__key="finance.monthly").due_on == date(2026, 11, 10)
    assert "disclosure.open" in set(Event.objects.values_list("verb", flat=True))


def test_a_decision_must_be_public_within_three_days(village):
    kind = Kind.objects.get(key="village.decision")

    row = services.add_event(kind, village.liuhe, "机耕路二期开工", on=date(2026, 11, 2), by=village.ma_li)

    assert row.due_on == date(2026, 11, 5)
    assert verbs(row) == ["disclosure.event"]
    with pytest.raises(Conflict):
        services.add_event(kind, village.liuhe, "机耕路二期开工", on=date(2026, 11, 2), by=village.ma_li)
    with pytest.raises(NotAllowed):
        services.add_event(kind, village.liuhe, "另一件", on=date(2026, 11, 2), by=village.fang_yu)  # another village
    assert Obligation.objects.filter(kind=kind).count() == 1


def test_only_the_township_excuses_a_duty_and_says_why(village, duty):
    with pytest.raises(NotAllowed):
        services.excuse(duty, "本月账务移交", by=village.ma_li)
    with pytest.raises(Invalid):
        services.excuse(duty, " ", by=village.wang_min)
    duty.refresh_from_db()
    assert duty.is_open

    services.excuse(duty, "本月账务移交", by=village.wang_min)

    duty.refresh_from_db()
    assert not duty.is_open and verbs(duty) == ["disclosure.excuse"]


# ---------------------------------------------------------------------- one item


def test_an_item_from_the_books_is_published_with_names_cut_and_plain_words(village, published):
    assert published.state == "published" and published.checked_by == village.tian_you
    assert published.rows[1][6] == "张**"
    assert published.summary["zh"] == (
        "2026年10月，村里收入12,846.50元，支出48,000.00元。账上还有634,218.00元。最大一笔支出是“机耕路硬化工程款”，48,000.00元。"
    )
    assert "took in 12,846.50 yuan" in published.summary["en"]
    assert (published.row_count, published.expected_rows, published.total_cents, published.depth) == (
        2,
        2,
        4_800_000,
        3,
    )
    duty = Obligation.objects.get(pk=published.obligation_id)
    assert duty.met_on == date(2026, 11, 3) and not duty.is_complete  # the board is still missing
    assert verbs(published) == ["disclosure.draft", "disclosure.send", "disclosure.pass", "disclosure.publish"]


def test_anybody_can_recompute_the_digest_and_find_it_in_the_log(published):
    seal()
    body = queries.public_body_of(queries.item_called(published.number))
    event = Event.objects.get(pk=published.event_id)

    assert rules.body_digest(body) == published.digest == event.data["digest"]
    assert inclusion_proof(event)["index"] == queries.proof_of(published)["index"]
    assert queries.event_facts(published)["data"]["digest"] == published.digest


def test_who_drafted_never_checks_and_who_may_not_changes_nothing(village, books, duty):
    item = services.draft(duty, by=village.ma_li)
    services.send_to_check(item, by=village.ma_li)
    before = counts()

    for by in (village.ma_li, village.ding_ning, village.fang_yu, village.wang_min):
        with pytest.raises(NotAllowed):
            services.check(item, passed=True, by=by)
    with pytest.raises(Conflict):
        services.publish(item, by=village.ma_li)  # not checked yet
    with pytest.raises(NotAllowed):
        services.publish(item, by=village.tian_you)

    item.refresh_from_db()
    assert item.state == "checking" and counts() == before


def test_who_holds_both_posts_still_does_not_check_their_own_draft(village, books, duty):
    post = village.tian_you.person.appointments.get().post
    post.roles = ["supervision_member", "village_clerk"]
    post.save()
    item = services.draft(duty, by=village.tian_you)
    services.send_to_check(item, by=village.tian_you)

    with pytest.raises(NotAllowed, match="起草"):
        services.check(item, passed=True, by=village.tian_you)


def test_the_check_sends_back_with_a_reason_and_people_are_told(village, books, duty):
    item = services.draft(duty, by=village.ma_li)
    services.send_to_check(item, by=village.ma_li)
    with pytest.raises(Invalid):
        services.check(item, passed=False, by=village.tian_you)

    item = services.check(item, passed=False, note="缺10月28日的支出", by=village.tian_you)

    assert item.state == "draft" and item.check_note == "缺10月28日的支出"
    assert village.tian_you.notices.get().template == "disclosure.to_check"
    assert village.ma_li.notices.get().template == "disclosure.returned"


def test_lines_from_the_books_are_not_typed_over_but_taken_anew(village, books, duty):
    item = services.draft(duty, by=village.ma_li)
    with pytest.raises(NotAllowed):
        services.change(item, title=item.title, rows=item.rows[:1], by=village.ma_li)
    books["finance.monthly"] = lambda place, period: month_body(village.monthly, expense=100)

    item = services.renew(item, by=village.ma_li)

    assert item.total_cents == 100
    assert services.change(item, title="十月收支", rows=item.rows, by=village.ma_li).title == "十月收支"


def test_a_typed_table_is_checked_for_personal_numbers_before_anybody_sees_it(village):
    kind = Kind.objects.get(key="village.relief")
    duty = services.add_event(kind, village.liuhe, "三季度低保", on=date(2026, 11, 20), by=village.ma_li)
    row = ["张建军", "三组", "低保", "110105194912310021", "", "每月", 50_000]
    row[3] = "身份证11010519491231002X"
    item = services.draft(duty, body=Body(kind.columns, [row]), by=village.ma_li)

    with pytest.raises(Invalid, match="第1行") as refused:
        services.send_to_check(item, by=village.ma_li)

    assert refused.value.row == 1
    row[3] = "民发〔2026〕3号"
    services.change(item, title=item.title, rows=[row], by=village.ma_li)
    assert services.send_to_check(item, by=village.ma_li).rows[0][0] == "张**"
    with pytest.raises(NotAllowed):
        services.check(item, passed=True, by=village.tian_you)  # relief is checked by the township
    assert services.check(item, passed=True, by=village.wang_min).state == "checked"


def test_an_empty_table_needs_a_word(village, duty):
    kind = Kind.objects.get(key="village.progress")
    row = Obligation.objects.get(place=village.liuhe, kind=kind)
    item = services.draft(row, by=village.ma_li)
    with pytest.raises(Invalid):
        services.send_to_check(item, by=village.ma_li)

    services.change(item, title="", rows=[], note="本月没有决议", by=village.ma_li)

    assert services.send_to_check(item, by=village.ma_li).state == "checking"


def test_a_draft_can_be_thrown_away_a_publication_never(village, books, duty, published):
    with pytest.raises(Conflict):
        services.discard(published, by=village.ma_li)
    row = Obligation.objects.get(place=village.liuhe, kind__key="service.duty")
    item = services.draft(row, by=village.ma_li)
    number = item.number

    services.discard(item, by=village.ma_li)

    assert not Item.objects.filter(number=number).exists()
    assert verbs(f"disclosure.item:{number}") == ["disclosure.draft", "disclosure.discard"]


# ---------------------------------------------------------------------- after publication


def test_a_correction_is_a_new_version_and_the_old_one_stays(village, books, published):
    old = {"rows": published.rows, "digest": published.digest}
    books["finance.monthly"] = lambda place, period: month_body(village.monthly, expense=4_600_000)
    with pytest.raises(Invalid):
        services.correct(published, reason="", by=village.ma_li)

    fresh = services.correct(published, reason="支出金额录错", by=village.ma_li)
    with pytest.raises(Conflict):
        services.correct(published, reason="再改", by=village.ma_li)
    services.send_to_check(fresh, by=village.ma_li)
    services.check(fresh, passed=True, by=village.tian_you)
    with frozen(datetime(2026, 11, 6, 9)):
        fresh = services.publish(fresh, by=village.ma_li)

    published.refresh_from_db()
    assert published.state == "replaced" and published.days_shown == 3
    assert {"rows": published.rows, "digest": published.digest} == old
    assert (fresh.version, fresh.total_cents, fresh.reason) == (2, 4_600_000, "支出金额录错")
    assert [v.version for v in queries.item_versions(fresh)] == [2, 1]


def test_a_withdrawal_opens_the_duty_again_and_everybody_sees_why(village, published):
    with pytest.raises(Invalid):
        services.withdraw(published, reason="错", by=village.ma_li)
    with pytest.raises(NotAllowed):
        services.withdraw(published, reason="内容有误要重做", by=village.tian_you)

    services.withdraw(published, reason="内容有误要重做", by=village.wang_min)

    seen = queries.item_called(published.number)
    assert seen.state == "withdrawn" and seen.reason == "内容有误要重做"
    assert queries.open_obligation(village.liuhe, "finance.monthly", "2026-10").is_open
    assert verbs(published)[-1] == "disclosure.withdraw"
    with pytest.raises(Conflict):
        services.withdraw(published, reason="内容有误要重做", by=village.wang_min)


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def test_only_both_ways_together_are_complete_and_an_old_photograph_is_noticed(village, books, published):
    services.prove(
        published, io.BytesIO(PNG), "栏.png", spot="村委会门口", posted_on=date(2026, 11, 3), by=village.ma_li
    )
    duty = Obligation.objects.get(pk=published.obligation_id)
    assert duty.is_complete and verbs(published)[-1] == "disclosure.prove"
    with pytest.raises(Invalid):
        services.prove(published, io.BytesIO(PNG), "栏.png", spot="门口", posted_on=date(2026, 11, 1), by=village.ma_li)
    with pytest.raises(NotAllowed):
        services.prove(
            published, io.BytesIO(PNG), "栏.png", spot="门口", posted_on=date(2026, 11, 3), by=village.fang_yu
        )

    second = services.draft(Obligation.objects.get(place=village.liuhe, kind__key="service.duty"), by=village.ma_li)
    services.change(second, title="", rows=[["文书", "每日 8:30-17:30", "0632-5551234"]], by=village.ma_li)
    services.send_to_check(second, by=village.ma_li)
    services.check(second, passed=True, by=village.tian_you)
    services.publish(second, by=village.ma_li)
    proof = services.prove(
        second, io.BytesIO(PNG), "栏.png", spot="村委会门口", posted_on=date(2026, 11, 3), by=village.ma_li
    )

    assert proof.repeats.item == published


# ---------------------------------------------------------------------- import


def ready(village, place, month, **more):
    return services.Ready(
        place,
        "finance.monthly",
        f"2026-{month:02}",
        month_body(village.monthly),
        datetime(2026, month + 1, 9, 10),
        **{"drafted_by": village.ma_li, "checked_by": village.tian_you, **more},
    )


def test_a_year_of_history_comes_in_at_once_with_proofs_and_its_place_in_the_log(village):
    rows = [
        ready(village, village.liuhe, month, proof=(date(2026, month + 1, 9), "村委会门口", "ab" * 32))
        for month in range(1, 10)
    ]

    made = services.publish_many(rows, by=village.gao_shan)

    assert [i.number for i in made][:2] == ["GK20260209-0001", "GK20260309-0001"]
    assert all(i.digest and i.event_id for i in made)
    assert Obligation.objects.filter(met_on__isnull=False, board_on__isnull=False).count() == 9
    assert [p.repeats_id is None for p in made[0].proofs.all()] == [True]
    assert made[1].proofs.get().repeats == made[0].proofs.get()
    assert verbs(made[0]) == ["disclosure.publish"]


def test_an_import_with_one_bad_line_keeps_nothing(village):
    bad = ready(village, village.liuhe, 2)
    leak = Body(bad.body.columns, [[*bad.body.rows[0][:1], "电话13812345678", *bad.body.rows[0][2:]]])

    for rows in (
        [ready(village, village.liuhe, 1), bad._replace(body=leak)],
        [ready(village, village.liuhe, 1), ready(village, village.liuhe, 1)],
        [ready(village, village.liuhe, 1, checked_by=village.ma_li)],
        [ready(village, village.liuhe, 1)._replace(kind="no.such")],
        [ready(village, village.qingshi, 1)],
    ):
        with pytest.raises(Invalid):
            services.publish_many(rows, by=village.gao_shan)
    with pytest.raises(NotAllowed):
        services.publish_many([ready(village, village.liuhe, 1)], by=village.ma_li)

    assert not Item.objects.exists() and not Obligation.objects.exists()


def test_what_is_published_is_not_imported_over(village, published):
    with pytest.raises(Invalid):
        services.publish_many([ready(village, village.liuhe, 10)], by=village.gao_shan)


# ---------------------------------------------------------------------- the village beside others


def test_a_village_is_compared_with_five_and_more_of_its_size(village, published):
    assert queries.comparison_of(published) is None

    from django.core.cache import cache

    from huilian.engine.directory import services as directory
    from huilian.engine.trail.actors import SYSTEM

    cache.clear()
    rows = []
    for n in range(1, 6):
        place = directory.add_place(code=f"9999011012{10 + n}", name=f"邻村{n}", parent=village.qingshi, by=SYSTEM)
        body = month_body(village.monthly, expense=1_586_00 * n)
        rows.append(ready(village, place, 10)._replace(body=body, published_at=datetime(2026, 11, 3, 8)))
    services.publish_many(rows, by=village.gao_shan)

    found = queries.comparison_of(published)
    assert (found.count, found.least, found.most) == (6, 1000, 2000)
    assert found.expense == 3026 and found.expenses == (225, 350, 475)


def test_the_village_page_says_what_is_late(village, duty):
    with frozen(datetime(2026, 11, 20, 9)):
        page = queries.village_page(village.liuhe)

    assert page.money is None and page.late_count == 5 and page.rate == 0
    assert {str(o.kind) for o in page.late} >= {"收支逐笔公开"}


def test_seeding_twice_changes_nothing_and_the_countys_own_line_stays(village):
    kind = Kind.objects.get(key="finance.debts")
    with pytest.raises(NotAllowed):
        services.save_kind(kind, {"length": 20}, by=village.ma_li)
    services.save_kind(kind, {"length": 20}, by=village.gao_shan)

    assert services.seed() == {"classes": 0, "kinds": 0, "policies": 0}
    kind.refresh_from_db()
    assert (kind.length, kind.origin) == (20, "county")
    assert "disclosure.catalogue_line" in verbs(kind)


def test_days_on_the_board_are_counted_to_the_day(village, published):
    with frozen(datetime(2026, 11, 3, 9) + timedelta(days=20)):
        gone = services.withdraw(published, reason="到期下架", by=village.ma_li)

    assert gone.days_shown == 20
