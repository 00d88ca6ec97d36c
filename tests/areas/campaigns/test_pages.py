"""Pages, papers, forms, the public side, and the flow that proposes."""

import io

import pytest
from django.urls import reverse

from huilian.areas.answer.campaigns import services
from huilian.areas.answer.campaigns.models import Campaign, CampaignKind, Problem
from huilian.areas.answer.campaigns.seeding import seed
from huilian.engine.procedures.actions import actions_for
from huilian.foundation.now import today

from .conftest import begun, noted, planned, repaired
from .test_comparing import A, table

QUERIES = 45  # the desk's own frame asks for about twenty of them


@pytest.fixture
def entered(client, site):
    def at(user, name, *args, data=None, method="get", **more):
        client.force_login(user)
        return getattr(client, method)(reverse(name, args=args), data, **more)

    return at


@pytest.fixture
def acted(entered, site):
    """An act on its page, by the officer."""

    def act(kind, key, verb, **data):
        return entered(site.officer, "campaigns-act", kind, key, verb, data=data, method="post")

    return act


def test_pages_open_within_their_queries(site, entered, django_assert_max_num_queries):
    campaign = begun(site)
    problem = noted(site, campaign)
    for user, name, args in (
        (site.officer, "campaigns-home", []),
        (site.officer, "campaigns-campaign", [campaign.number]),
        (site.officer, "campaigns-plan", []),
        (site.village, "campaigns-home", []),
        (site.village, "campaigns-campaign", [campaign.number]),
        (site.village, "desk-case", [problem.case.number]),
    ):
        entered(user, name, *args)
        with django_assert_max_num_queries(QUERIES):
            assert entered(user, name, *args).status_code == 200, name
    assert problem.number in entered(site.officer, "campaigns-campaign", campaign.number,
                                     data={"state": "open"}).content.decode()  # fmt: skip
    hidden = entered(site.unit, "campaigns-campaign", campaign.number).content.decode()
    assert problem.number not in hidden  # a unit sees its own problems


def test_doors_are_closed_to_others(site, entered):
    campaign = planned(site)

    assert entered(site.outsider, "campaigns-home").status_code == 403
    assert entered(site.village, "campaigns-campaign", campaign.number).status_code == 404  # not begun
    assert entered(site.village, "campaigns-plan").status_code == 403
    assert entered(site.village, "campaigns-act", "campaign", campaign.number, "begin").status_code == 404
    assert entered(site.officer, "campaigns-act", "campaign", campaign.number, "nothing").status_code == 404
    assert entered(site.village, "campaigns-paper", "ledger", campaign.number, "docx").status_code == 404


def test_a_campaign_from_the_form_to_its_end(site, entered, acted):
    kind = CampaignKind.objects.get(key="livelihood")
    given = {"title": "民生领域整治", "kind": kind.pk, "unit": site.cast.commission.pk, "starts_on": "2026-05-01",
             "ends_on": "2026-12-31", "field": "subsidy"}  # fmt: skip
    assert entered(site.officer, "campaigns-plan", data={**given, "title": ""}, method="post").status_code == 422
    made = entered(site.officer, "campaigns-plan", data=given, method="post")
    campaign = Campaign.objects.get()
    assert made.url.endswith(f"{campaign.number}/")
    village, paper = site.cast.liuhe_committee.pk, "安农发〔2026〕1号"
    number, measure = campaign.number, campaign.measures.first().pk
    for kind_, key, verb, data in (
        ("campaign", number, "begin", {}),
        ("campaign", number, "joint", {"units": [site.cast.housing.pk]}),
        ("campaign", number, "measure", {"name": "约谈", "word": "人次"}),
        ("measure", measure, "enter", {"amount": "5", "day": "2026-06-01", "unit": village, "paper": paper}),
        ("measure", measure, "rename", {"name": "检查门店", "word": "家次"}),
        ("campaign", number, "fund", {"name": "补贴", "unit": village, "year": "2026", "given_cents": "10000",
                                      "paper": paper}),
        ("campaign", number, "problem", {"unit": village, "fact": "补贴迟发", "reason": "走访"}),
        ("campaign", number, "draw", {"source": "overdue"}),
        ("campaign", number, "comparison", {"title": "比对", "left": "甲", "right": "乙", "wrong": "both",
                                            "due_on": "2026-07-01"}),
        ("campaign", number, "publish", {}),
    ):  # fmt: skip
        answer = acted(kind_, key, verb, **data)
        assert answer.status_code == 302, (verb, answer.content.decode())
    task = campaign.comparisons.get()
    lists = {"left": named(table(A)), "right": named(table(A))}
    assert acted("comparison", task.number, "lists", **lists).status_code == 302
    rows = [task.differences.get().pk]
    assert acted("comparison", task.number, "take", unit=village, fact="重复", differences=rows).status_code == 302
    entry, fund = campaign.measures.first().entries.get(), campaign.funds.get()
    assert acted("entry", entry.pk, "strike", reason="重复").status_code == 302
    assert acted("fund", fund.pk, "change", name="补贴", unit=village, year="2026", given_cents="10000",
                 paid_cents="9000", paper=paper).status_code == 302  # fmt: skip
    assert acted("campaign", number, "close").status_code == 422  # problems are being put right

    fund.refresh_from_db()
    assert (fund.paid_cents, Problem.objects.count()) == (9000_00, 2)
    assert entered(site.officer, "campaigns-comparison", task.number).status_code == 200


def named(file: io.BytesIO) -> io.BytesIO:
    file.name = "名册.csv"
    return file


def test_every_act_of_the_case_opens(site, entered):
    problem = repaired(site, noted(site))

    assert {a.key for a in actions_for(problem.case, site.officer)} >= {"close", "send_back"}
    for verb in ("close", "send_back", "withdraw"):
        assert entered(site.officer, "desk-act", problem.case.number, verb).status_code == 200
    page = entered(site.village, "desk-case", problem.case.number).content.decode()
    assert "现场.jpg" in page and problem.number in page


def test_papers_and_what_everybody_reads(site, entered, client):
    campaign = begun(site, objectives="群众满意")
    problem = repaired(site, noted(site, campaign))
    services.sign_off(problem, verified="看过", by=site.officer)
    for n in range(5):
        given = {"day": today(), "unit": site.cast.housing, "paper": "文"}
        services.enter(campaign.measures.first(), amount=n + 1, **given, by=site.officer)
    for kind, key in (("ledger", campaign.number), ("report", campaign.number), ("sign-off", problem.number)):
        assert entered(site.officer, "campaigns-paper", kind, key, "docx").content[:2] == b"PK", kind
    assert entered(site.officer, "campaigns-paper", "x", "1", "docx").status_code == 404
    client.logout()
    assert campaign.title not in client.get(reverse("portal-campaigns")).content.decode()

    services.publish(campaign, by=site.officer)

    shown = client.get(reverse("portal-campaigns")).content.decode()
    assert campaign.title in shown and "15 家次" in shown
    assert problem.number not in shown and "数量少，不显示" in shown


def test_defaults_are_entered_once_and_never_over_the_countys_own(site):
    services.save_kind(CampaignKind.objects.get(key="trade"), {"name": "本县行业行动"}, by=site.officer)

    assert not any(seed().values())
    assert CampaignKind.objects.get(key="trade").name == "本县行业行动"
