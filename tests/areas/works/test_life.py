"""A work from its proposal to the archive, and a small purchase on its shorter way."""

from datetime import date

from huilian.areas.watch.works import services
from huilian.areas.watch.works.models import Pay, Project
from huilian.areas.watch.works.queries.reach import money_of, works_of
from huilian.engine.trail.models import Event as Entry
from huilian.foundation.now import today

from .conftest import budgeted, built, looked_at, on, photo, proposed, quoted, settled, signed, sort, terms


def test_a_small_work_goes_from_proposal_to_the_archive(site):
    project = signed(site)
    assert (project.stage, project.contract_cents, project.case.kind) == ("building", 188_000_00, "work")
    assert (project.case.clock.unit, project.case.clock.length) == ("day", 60)
    assert project.case.procedure.key == "work.small" and project.number.startswith("GC")

    with on(4):
        services.ask_pay(project, "advance", amount_cents=56_400_00, by=site.accountant)
    with on(5):
        services.note_event(project, "start", on=today(), text="进场", files=[photo(1)], by=site.clerk)
    with on(20):
        services.note_event(project, "stage", on=today(), text="垫层完成", progress=50, by=site.clerk)
        services.ask_pay(project, "progress", amount_cents=37_600_00, by=site.accountant)
    with on(40):
        services.note_event(project, "stage", on=today(), text="路面完成", progress=100, by=site.clerk)
        project = services.finish(project, on=today(), text="完工", by=site.clerk)
    assert project.case.clock.state == "stopped"
    with on(42):
        looked_at(site, project)
        project = services.accept(project, quality="合格", by=site.head)
    with on(45):
        project = services.claim(project, amount_cents=187_000_00, measured={1: 358}, by=site.clerk)
        project = services.settle(project, amount_cents=186_000_00, by=site.township)
    assert project.warranty_until == date(2027, 7, 15) and project.score == 100
    assert money_of(project).left_cents == 186_000_00 - 5_580_00 - 94_000_00
    with on(500):
        project = services.release(project, by=site.head)
        services.ask_pay(project, "retention", amount_cents=5_580_00, by=site.accountant)

    assert (project.stage, project.case.state) == ("closed", "closed")
    assert Entry.objects.filter(subject_id=project.number, verb="works.event").count() == 3
    assert Pay.objects.filter(project=project).count() == 3


def test_a_small_purchase_takes_fewer_steps(site):
    values = {
        "title": "办公桌椅",
        "scope": "桌椅十套",
        "site": "村委会",
        "fund": "村集体资金",
        "estimate_cents": 9_000_00,
    }
    project = services.propose(site.cast.liuhe_committee, sort("purchase"), values, by=site.clerk)
    line = {"trade": "办公", "name": "桌椅", "measure": "套", "quantity": 10, "price_cents": 860_00}
    project = services.set_items(project, [line], by=site.clerk)
    quotes = quoted(site, project, (8_600_00, 8_800_00, 9_000_00))
    project = services.award(quotes[0], mode="quotes", by=site.head)
    project = services.sign(project, terms(), by=site.head)
    assert money_of(project).left_cents == 8_600_00 * 3 // 10
    project = services.finish(project, on=today(), text="送到", by=site.clerk)
    looked_at(site, project)
    project = services.accept(project, quality="齐全", by=site.head)

    assert project.stage == "closed" and project.number.startswith("CG")
    assert services.ask_pay(project, "settlement", amount_cents=8_600_00, by=site.accountant).state == "asked"


def test_minor_work_needs_no_township(site):
    project = budgeted(site, "micro", estimate_cents=12_000_00, decision_no="", lines=[
        {"trade": "水利", "name": "清淤", "measure": "m³", "quantity": 100, "price_cents": 110_00}
    ])  # fmt: skip
    (quote,) = quoted(site, project, (10_800_00,))
    project = services.award(quote, mode="direct", note="工匠在本组", by=site.head)

    assert project.stage == "contracting"


def test_each_line_stands_beside_its_reference_price(site):
    first, second = budgeted(site).items.all()

    assert (first.reference_cents, first.amount_cents) == (450_00, 172_800_00)
    assert second.reference is None


def test_defects_go_back_to_the_builder_and_cost_points(site):
    project = built(site)
    with on(42):
        sheet = services.open_acceptance(project, held_on=today(), by=site.clerk)
        services.sign_acceptance(sheet, agrees=False, opinion="边沟未通", by=site.committee)
        project = services.mend(project, note="边沟未通", mend_by=date(2026, 7, 25), by=site.head)
        assert (project.stage, project.case.clock.length) == ("building", 10)
    with on(48):
        project = services.finish(project, on=today(), text="整改完成", by=site.clerk)
        looked_at(site, project)
        project = services.accept(project, quality="合格", by=site.head)
        project = services.claim(project, amount_cents=188_000_00, by=site.clerk)
        project = services.settle(project, amount_cents=188_000_00, by=site.township)

    assert project.score == 90


def test_an_objection_lets_the_village_choose_again(site):
    project = budgeted(site)
    project = services.award(quoted(site, project)[0], mode="quotes", by=site.head)
    project = services.award_again(project, note="该公司证照过期，异议成立", by=site.head)

    assert project.stage == "awarding" and project.contractor is None
    assert not project.quotes.filter(is_chosen=True).exists()


def test_papers_go_back_and_forth_and_a_work_is_given_up(site):
    project = services.send_budget(services.set_items(proposed(site), [
        {"trade": "道路", "name": "路面", "measure": "m²", "quantity": 10, "price_cents": 4_000_00}
    ], by=site.clerk), by=site.clerk)  # fmt: skip
    project = services.return_budget(project, note="单价偏高", by=site.township)
    assert project.stage == "budget"
    project = services.withdraw(project, note="改报其他项目", by=site.clerk)
    assert (project.stage, project.case.state) == ("withdrawn", "withdrawn")

    done = settled(site)
    assert done.stage == "warranty" and done.claimed_cents == 187_000_00


def test_a_settlement_is_sent_back(site):
    project = built(site)
    with on(42):
        looked_at(site, project)
        project = services.accept(project, quality="合格", by=site.head)
        project = services.claim(project, amount_cents=188_000_00, by=site.clerk)
        project = services.return_claim(project, note="附实测记录", by=site.township)

    assert (project.stage, project.claimed_cents) == ("settling", None)


def test_works_are_seen_by_those_whose_village_it_is(site):
    project = proposed(site)

    for user in (site.clerk, site.head, site.township, site.officer):
        assert list(works_of(user)) == [project]
    assert not works_of(site.cast.sun_yan) and Project.objects.count() == 1
