"""Pages, forms, the workbook, the public side, the rules' rows."""

import pytest
from django.urls import reverse

from huilian.areas.answer.audits import services
from huilian.areas.answer.audits.models import Audit, Finding, Proposal
from huilian.engine.alerts.models import Alert
from huilian.engine.documents.queries import attachments_of
from huilian.engine.documents.services import read
from huilian.engine.screening.services import screen
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.errors import NotAllowed
from huilian.foundation.now import today

from .conftest import begun, consulted, found, on, planned, repaired, reported

QUERIES = 50  # the desk's own frame asks for about twenty of them


@pytest.fixture
def entered(client, site):
    def at(user, name, *args, data=None, method="get", **more):
        client.force_login(user)
        return getattr(client, method)(reverse(name, args=args), data, **more)

    return at


def test_pages_open_within_their_queries_for_those_concerned(site, entered, django_assert_max_num_queries):
    audit, _finding = reported(site)
    services.propose(by=SYSTEM)
    for user, name, args in (
        (site.officer, "audits-home", []),
        (site.officer, "audits-due", []),
        (site.officer, "audits-plan", []),
        (site.lead, "audits-home", []),
        (site.head, "audits-audit", [audit.number]),
        (site.officer, "audits-audit", [audit.number]),
        (site.officer, "audits-books", [audit.number]),
        (site.officer, "desk-case", [audit.number]),
    ):
        with django_assert_max_num_queries(QUERIES):
            assert entered(user, name, *args).status_code == 200, name
    assert entered(site.officer, "audits-home", data={"phase": "during"}).content.count(audit.number.encode()) == 0
    for state in ("open", "late", "closed"):
        shown = audit.number in entered(site.officer, "audits-home", data={"state": state}).content.decode()
        assert shown is (state == "open")
    assert audit.number in entered(site.officer, "audits-home", data={"words": "柳河"}).content.decode()
    book = entered(site.officer, "audits-workbook", audit.number, data={"at": "report"})
    assert book.status_code == 200 and book.content[:2] == b"PK"


def test_doors_are_closed_to_others(site, entered):
    audit = planned(site)
    for user in (site.head, site.village, site.outsider):
        assert entered(user, "audits-audit", audit.number).status_code == 404
    assert entered(site.cast.shi_lei, "audits-home").status_code == 403
    assert entered(site.lead, "audits-plan").status_code == 403
    services.notify_head(audit, by=site.officer)
    assert entered(site.head, "audits-books", audit.number).status_code == 404
    assert entered(site.head, "audits-paper", audit.number, "notice", "docx").status_code == 200
    assert entered(site.head, "audits-paper", audit.number, "evidence", "docx").status_code == 404
    assert entered(site.head, "audits-act", "audit", audit.number, "begin", data={"agreed": "on"},
                   method="post").status_code == 403  # fmt: skip


def test_files_are_read_by_those_who_may(site):
    audit = begun(site)
    finding = found(site, audit)
    (file,) = attachments_of(finding.evidence.get())
    assert read(file, by=site.lead).read()[:4] == b"%PDF"
    with pytest.raises(NotAllowed):
        read(file, by=site.head)


def test_from_the_click_to_the_report_by_the_pages(site, entered):
    services.propose(by=SYSTEM)
    proposal = Proposal.objects.filter(place=site.cast.liuhe, phase="leaving").first()
    made = entered(site.officer, "audits-plan-from", proposal.pk, method="post")
    audit = Audit.objects.get()
    assert made.url == reverse("audits-audit", args=[audit.number])
    assert "已经" in entered(site.officer, "audits-plan-from", proposal.pk, method="post", follow=True).content.decode()
    lead, other = site.lead.person.pk, site.other.person.pk

    def act(user, kind, key, verb, status=302, **data):
        answer = entered(user, "audits-act", kind, key, verb, data=data, method="post")
        assert answer.status_code == status, (verb, answer.content.decode())

    number = audit.number
    act(site.officer, "audit", number, "member", person=lead, duty="head")
    act(site.officer, "audit", number, "member", status=422, person=lead, duty="member")
    act(site.officer, "audit", number, "member", person=other, duty="member")
    act(site.officer, "audit", number, "notify")
    act(site.lead, "audit", number, "begin", agreed="on")
    act(site.lead, "audit", number, "evidence", matter="debts", fact="借款5,000元没有决议", source="记-202501-3")
    row = audit.evidence.get()
    act(site.lead, "audit", number, "finding", matter="debts", fact="借款未经决议", amount_cents="5,000",
        responsibility="leading", basis="制度", evidence=[row.pk])  # fmt: skip
    finding = Finding.objects.get()
    assert finding.amount_cents == 500_000
    act(site.lead, "finding", finding.number, "change", matter="debts", fact="借款5,000元未经决议",
        amount_cents="5,000", responsibility="leading", basis="制度", evidence=[row.pk])  # fmt: skip
    act(site.lead, "audit", number, "draft", draft="基本真实")
    act(site.lead, "audit", number, "consult")
    act(site.head, "finding", finding.number, "answer", text="会上说过，没有记录")
    act(site.lead, "finding", finding.number, "weigh", upheld="1", opinion="没有记录，维持")
    act(site.lead, "audit", number, "conclude")
    act(site.officer, "audit", number, "issue", conclusion="基本真实，一项问题")
    act(site.village, "finding", finding.number, "promise", measures="补决议", responsible="刘长贵",
        by_day=today().isoformat())  # fmt: skip
    page = entered(site.village, "audits-audit", number).content.decode()
    assert "会上说过" in page and "记-202501-3" not in page


def test_everybody_reads_the_published_result_by_office(site, client):
    audit, finding = reported(site)
    page = reverse("portal-village-audits", args=[site.cast.liuhe.code])
    assert audit.number not in client.get(page).content.decode()
    repaired(site, audit, finding)
    services.publish(audit, text="一项支出没有名单，2,400元已退回。", by=site.officer)
    shown = client.get(page).content.decode()
    assert "2,400元已退回" in shown and "刘长贵" not in shown and "2,400.00" in shown
    assert page in client.get(reverse("portal-village", args=[site.cast.liuhe.code])).content.decode()
    assert client.get(reverse("portal-village-audits", args=["000000000000"])).status_code == 404


def test_a_repair_that_is_late_is_seen_and_the_audited_person_is_named_in_no_alert(site):
    _audit, _finding = reported(site)
    with on(95):
        screen(villages=[int(site.cast.liuhe.code)], rules=["SJ01", "SJ02", "GB05"], by=SYSTEM)
    rows = Alert.objects.filter(group="SJ")
    assert {a.rule: a.level for a in rows} == {"SJ01": 2, "SJ02": 2}
    assert not [a for a in rows if "刘长贵" in str(a.reason) + a.about]


def test_what_waits_for_an_answer_is_at_the_audited_persons_page(site, entered):
    audit, finding = consulted(site)
    page = entered(site.head, "audits-audit", audit.number).content.decode()
    assert reverse("audits-act", args=["finding", finding.number, "answer"]) in page
    assert reverse("audits-act", args=["finding", finding.number, "weigh"]) not in page
