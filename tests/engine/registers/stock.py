"""Something in every register, so that the walker has rows to look at."""

from datetime import date

from huilian.engine.trail.actors import SYSTEM


def fill(cast) -> None:
    """Rows by the services of the parts, one function for each."""
    _directory(cast)
    _calendar(cast)
    _machinery(cast)
    _hotline(cast)
    _alerts(cast)
    _collective_money(cast)
    _collective_things(cast)
    _disclosure(cast)
    _powers(cast)
    _power_chain(cast)
    _services(cast)
    _works(cast)
    _decisions(cast)
    _exchange(cast)
    _petitions(cast)
    _leads(cast)
    _tips(cast)
    _watchers(cast)
    _inspections(cast)
    _audits(cast)
    _campaigns(cast)
    _office(cast)


def _directory(cast) -> None:
    from huilian.engine.directory import services

    services.change_person(cast.person("li_xiao"), phone="13812345726", by=SYSTEM)
    firm = services.add_organisation(name="=HYPERLINK(1)砂石有限公司", by=SYSTEM)
    services.change_organisation(firm, phone="13700001111", place=cast.qingshi, address="@青石镇", by=SYSTEM)
    group = services.set_up_group(
        name="乡村振兴领导小组",
        kind="leading",
        unit=cast.county_government,
        set_up_on=date(2024, 3, 1),
        covers=[cast.qingshi, cast.baisha],
        by=SYSTEM,
    )
    services.add_member(group, person=cast.person("zhao_jianguo"), duty="head", starts_on=date(2024, 3, 1), by=SYSTEM)


def _calendar(cast) -> None:
    from huilian.engine.calendar import services

    services.seed()
    services.add_exception(
        date(2026, 11, 25), works=False, reason="防汛停工", document="安府办〔2026〕9号", place=cast.baisha, by=SYSTEM
    )
    services.set_opening([("08:30", "12:00"), ("14:00", "17:30")], valid_from=date(2026, 1, 1), by=SYSTEM)


def _machinery(cast) -> None:
    from huilian.engine.jobs import enqueue
    from huilian.engine.jobs.models import Worker
    from huilian.engine.jobs.timetable import prepare
    from huilian.engine.registers.services import check
    from huilian.engine.trail.services import sign_head
    from huilian.foundation.now import now

    prepare()
    Worker.objects.create(id="w1", host="county-1", pid=4711, started_at=now(), seen_at=now())
    enqueue(check, run=0, language="zh-hans")
    sign_head(date(2026, 11, 1))


def _hotline(cast) -> None:
    import yaml

    from huilian.areas.hear.hotline import services
    from huilian.areas.hear.hotline.models import Channel, MediaItem, Programme, Promise
    from huilian.engine.clocks.services import start
    from huilian.engine.procedures.services import publish
    from huilian.foundation.now import now
    from huilian.project.discover import SOURCE

    publish(yaml.safe_load((SOURCE / "areas/hear/hotline/procedures/hotline.yaml").read_text()), by=SYSTEM)
    services.seed(by=SYSTEM)
    order = services.take(
        by=cast.zhou_hui,
        channel=Channel.objects.get(key="web") if Channel.objects.filter(key="web") else Channel.objects.first(),
        title="路灯不亮",
        text="村口三盏路灯一个多月不亮，晚上出门不方便。",
        place=cast.liuhe,
        caller_name="张小明",
        caller_phone="13812345726",
    )
    radio = Channel.objects.filter(is_media=True).first() or order.channel
    programme = Programme.objects.create(
        channel=radio, title="政风行风热线第12期", airs_at=now(), unit=cast.housing, guest="徐芳"
    )
    clock = start("hotline.promise:1", length=7, kind="promise", by=SYSTEM)
    Promise.objects.create(programme=programme, unit=cast.housing, text="七个工作日内修好路灯", clock=clock)
    MediaItem.objects.create(
        number="MT20261122-0001",
        channel=radio,
        title="柳河村路灯长期不亮",
        unit=cast.housing,
        found="记者实地查看，三盏路灯不亮。",
        found_at=now(),
    )


def _alerts(cast) -> None:
    import yaml

    from huilian.engine.alerts import seeding, services
    from huilian.engine.procedures.services import publish
    from huilian.project.discover import SOURCE

    publish(yaml.safe_load((SOURCE / "engine/alerts/procedures/alert.yaml").read_text()), by=SYSTEM)
    seeding.seed()
    alert = services.raise_alert(
        rule="ZJ01", names={"zh": "大额现金支付", "en": "Cash payment"}, level=2, subject="voucher:1",
        reason={"zh": "付款超过现金限额。", "en": "The payment is above the limit for cash."}, about="=柳河村记12号",
        unit=cast.liuhe_committee, place=cast.liuhe, amount_cents=150_000,
        basis=[{"law": "现金管理暂行条例", "version": "2011", "article": "第五条"}],
    )  # fmt: skip
    services.sign(alert, by=SYSTEM)
    services.explain(alert, "急用现金", by=SYSTEM)
    services.check(alert, verdict="true", note="属实", by=SYSTEM)
    services.rectify(alert, "改为转账", recovered_cents=150_000, by=SYSTEM)


def _collective_money(cast) -> None:
    from datetime import datetime

    import yaml

    from huilian.areas.watch.collective.models import Account, AccountSet
    from huilian.areas.watch.collective.seeding import seed
    from huilian.areas.watch.collective.services import bank, budget, payments, sets
    from huilian.engine.procedures.services import publish
    from huilian.foundation.now import CHINA, frozen
    from huilian.project.discover import SOURCE

    publish(yaml.safe_load((SOURCE / "areas/watch/collective/procedures/payment.yaml").read_text()), by=SYSTEM)
    seed()
    with frozen(datetime(2026, 6, 18, 10, tzinfo=CHINA)):
        books = AccountSet.objects.filter(unit=cast.liuhe_cooperative).first() or sets.open_books(
            cast.liuhe_cooperative, starts_on=date(2026, 1, 1), agency=cast.qingshi_agency, by=SYSTEM
        )
        values = {
            "set": books, "number": "6217000011112222", "bank": "=安澜农商银行", "holder": books.name, "kind": "basic",
            "account": Account.objects.get(set=None, code="102"),
        }  # fmt: skip
        bank.save_bank_account(None, values, by=cast.ma_jun)
        decided = {"decision_no": "柳决〔2026〕1号", "decided_on": date(2026, 1, 10)}
        budget.save_budget(books, 2026, [("513", 300_000, "")], by=cast.ma_jun, **decided)
        wanted = {
            "purpose": "@六月保洁费", "amount_cents": 80_000, "account": "514-01", "payee": "安澜保洁部",
            "payee_kind": "firm", "handler": "李晓",
        }  # fmt: skip
        payments.request(books, wanted, by=cast.li_xiao)


def _collective_things(cast) -> None:
    """Assets, contracts, debts, members and a distribution in the books of 柳河村."""
    from decimal import Decimal

    from huilian.areas.watch.collective.models import AccountSet, Distribution, DistributionRow
    from huilian.areas.watch.collective.seeding import seed
    from huilian.areas.watch.collective.services import assets, contracts, debts, members, sets

    seed()
    books = AccountSet.objects.filter(unit=cast.liuhe_cooperative).first() or sets.open_books(
        cast.liuhe_cooperative, starts_on=date(2026, 1, 1), agency=cast.qingshi_agency, by=SYSTEM
    )
    asset = assets.register_asset(set=books, name="=老粮库", class_key="building", original_cents=1_000_000, by=SYSTEM)
    assets.register_asset(set=books, name="东坡四荒地", class_key="land", land_kind="四荒地", by=SYSTEM)
    contract = contracts.draft_contract(
        set=books,
        title="老粮库租赁",
        direction="income",
        kind="lease",
        asset=asset,
        party="@柳河食品厂",
        party_phone="13700002222",
        signed_on=date(2026, 1, 1),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        yearly_cents=1_200_000,
        mode="open",
        by=SYSTEM,
    )
    contracts.activate(contract, by=SYSTEM)
    debts.enter_debt(
        set=books,
        direction="lent",
        counterpart="王五",
        counterpart_kind="person",
        principal_cents=100_000,
        rate_bp=300,
        began_on=date(2026, 1, 1),
        by=SYSTEM,
    )
    members.join(
        set=books, household="H1", name="张小明", is_head=True, joined_on=date(2020, 1, 1), decision_no="1", by=SYSTEM
    )
    members.set_up_share(set=books, household="H1", holder="张小明", shares=Decimal(2), decision_no="1", by=SYSTEM)
    plan = Distribution.objects.create(set=books, year=2025, available_cents=10, reserve_cents=3, members_cents=7)
    DistributionRow.objects.create(distribution=plan, household="H1", holder="张小明", shares=2, amount_cents=7)


def _disclosure(cast) -> None:
    from huilian.areas.serve.disclosure import services
    from huilian.areas.serve.disclosure.models import Kind
    from huilian.areas.serve.disclosure.queries import open_obligation
    from huilian.engine.directory import services as directory

    services.seed()
    officer = cast.posts["jiang_hong"]
    directory.change_post(officer, roles=[*officer.roles, "disclosure_officer"], by=SYSTEM)
    values = {"name": "文化广场电子屏", "type": "screen", "place": cast.liuhe}
    services.save_carrier(None, values, by=SYSTEM)
    services.open_feature(
        title="秸秆还田补贴怎么发", about="集中答疑", unit=cast.agriculture, held_on=date(2026, 11, 8), by=SYSTEM
    )
    services.open_obligations(since=date(2026, 11, 1), upto=date(2026, 11, 3), places=[cast.liuhe])
    services.draft(open_obligation(cast.liuhe, Kind.objects.get(key="service.duty").key, "always"), by=SYSTEM)


def _powers(cast) -> None:
    from huilian.areas.power.powers import seeding, services

    seeding.seed()
    services.begin("V", "power", township=cast.qingshi, by=cast.hao_jing)
    services.start(cast.liuhe_committee, "V-P-22", title="发包东塘", by=cast.liu_changgui)


def _power_chain(cast) -> None:
    """What the stories of seals, monitoring and risks tell, with a loan, a camera and a check beside it."""
    from datetime import timedelta

    from huilian.areas.power.monitoring import services as monitoring
    from huilian.areas.power.seals import services as seals
    from huilian.areas.power.seals.models import Seal
    from huilian.engine.accounts.models import User
    from huilian.engine.procedures.services import publish_all
    from huilian.foundation.now import now, today
    from huilian.project import discover
    from tests.browser import story_monitoring, story_risks, story_seals

    wanted = ("seal", "penalty", "act_complaint", "service")
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem in wanted])
    story_seals.tell(cast)
    story_monitoring.tell(cast)
    story_risks.tell(cast)
    cast.everybody += User.objects.filter(username__in=["cheng_ying", "lu_ning"])
    seal, by = Seal.objects.get(), cast.ding_ke
    trip = {"reason": "签合同", "destination": "县城", "companion": cast.person("liu_changgui")}
    seals.ask_loan(seal, **trip, due_at=now() + timedelta(hours=3), by=cast.zhu_min)
    monitoring.save_point(None, {"unit": cast.approval, "name": "=大厅", "link": "https://video.example/1"}, by=by)
    found = {"unit": cast.housing, "on": today(), "control": "一次性告知", "finding": "两件未告知"}
    monitoring.enter_check(None, found, by=by)


def _services(cast) -> None:
    """What the story of services tells, with a window, a course, somebody for it and a volunteer."""
    from huilian.areas.serve.services.models import Point
    from huilian.areas.serve.services.services import catalogue, points
    from huilian.foundation.now import today
    from tests.browser import story_services

    story_services.tell(cast)
    room = Point.objects.get(unit=cast.liuhe_committee)
    catalogue.save_window(None, {"point": room, "number": 1, "name": "=综合窗口"}, by=cast.yu_fei)
    course = {"point": room, "kind": "training", "title": "=大棚种植班", "text": "三天", "opens_on": today()}
    posting = points.save_posting(None, course, by=cast.bai_lu)
    points.sign_up(posting, name="张大山", phone="13900001111")
    helper = {"point": room, "name": "李小花", "phone": "13900002222", "helps_with": "陪办", "starts_on": today()}
    points.save_volunteer(None, helper, by=cast.bai_lu)


def _decisions(cast) -> None:
    """What the story of decisions tells, with an earlier decision and the day since which the village decides here."""
    from huilian.areas.power.decisions import services
    from huilian.engine.procedures.services import publish_all
    from huilian.foundation.now import today
    from huilian.project import discover
    from tests.browser import story_decisions

    publish_all([path for path in discover.files("procedures/*.yaml") if path.parent.parent.name == "decisions"])
    story_decisions.tell(cast)
    services.keep_here(None, {"place": cast.liuhe, "since": today()}, by=cast.hao_jing)
    old = {"place": cast.liuhe, "number": "柳村决〔2024〕3号", "title": "=出租门面", "decided_on": date(2024, 5, 6)}
    services.save_earlier(None, old, by=cast.yao_jing)


def _works(cast) -> None:
    from tests.browser import story_works

    story_works.tell(cast)


def _exchange(cast) -> None:
    """What the story of the exchange tells."""
    from huilian.engine.procedures.services import publish_all
    from huilian.project import discover
    from tests.browser import story_exchange

    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "lot"])
    story_exchange.tell(cast)


def _petitions(cast) -> None:
    from tests.browser import story_petitions

    story_petitions.tell(cast)


def _leads(cast) -> None:
    """What the story of leads tells, with a member of the joint conference."""
    from huilian.areas.answer.leads import services
    from tests.browser import story_leads, story_vault

    story_vault.tell(cast)
    story_leads.tell(cast)
    ally = {"unit": cast.housing, "duty": "=工程鉴定", "contact": "徐芳", "since": date(2026, 1, 1)}
    services.save_ally(None, ally, by=cast.lin_zheng)


def _tips(cast) -> None:
    """What the story of tips tells, one of them accepted, and somebody in case management."""
    from datetime import timedelta

    import yaml

    from huilian.areas.hear.tips import services
    from huilian.areas.hear.tips.models import Tip
    from huilian.engine.directory.powers import changed
    from huilian.engine.procedures.services import publish
    from huilian.foundation.now import now
    from huilian.project.discover import SOURCE
    from tests.browser import story_tips
    from tests.vault import unlock

    publish(yaml.safe_load((SOURCE / "areas/hear/tips/procedures/tip.yaml").read_text()), by=SYSTEM)
    told = story_tips.tell(cast)
    for name, role in (("shen_yu", "tip_handler"), ("meng_ting", "case_manager")):
        cast.posts[name].refresh_from_db()
        cast.posts[name].roles.append(role)
        cast.posts[name].save()
    changed()
    services.accept(
        Tip.objects.get(number=told["tip"]), unit=cast.commission, handlers=[cast.shen_yu],
        until=now() + timedelta(days=90), token=unlock(cast.lin_zheng), by=cast.lin_zheng,
    )  # fmt: skip


def _watchers(cast) -> None:
    from huilian.areas.hear.watchers.seeding import seed
    from huilian.foundation.now import today
    from tests.areas.watchers.conftest import committee_of, people, told

    seed()
    who = people(cast)
    who.committee = committee_of(cast, who)
    told(cast, who, today())
    cast.everybody += [who.county]


def _inspections(cast) -> None:
    from tests.browser import story_inspections

    story_inspections.tell(cast)


def _audits(cast) -> None:
    from tests.browser import story_audits

    story_audits.tell(cast)


def _campaigns(cast) -> None:
    from tests.browser import story_campaigns

    story_campaigns.tell(cast)


def _office(cast) -> None:
    """What the story of offices tells, with equipment and an incident; after the story of leads."""
    from huilian.areas.answer.office import services
    from huilian.areas.answer.office.models import Room, Talk
    from huilian.foundation.now import now
    from tests.browser import story_office

    story_office.tell(cast)
    kit = {"room": Room.objects.get(), "name": "=一键报警", "count": 1, "state": "works"}
    services.save_equipment(None, kit, by=cast.lin_zheng)
    services.report_incident(Talk.objects.get(), kind="equipment", happened_at=now(), text="断电", by=cast.hao_jing)
