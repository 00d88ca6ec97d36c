"""An audit from the notice to its end: books frozen, evidence, each finding answered, report, money back, published."""

from datetime import timedelta

import pytest

from huilian.areas.answer.audits import hooks, papers, services
from huilian.areas.answer.audits.models import Finding, Taking
from huilian.areas.answer.audits.queries import reach
from huilian.areas.answer.audits.queries.public import results_in
from huilian.engine.documents.services import bytes_of
from huilian.engine.inbox.models import Notice
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import begun, consulted, found, on, planned, repaired, reported, scan


def verbs(audit) -> set[str]:
    return set(history_of(audit.case).values_list("verb", flat=True))


def books(cents):
    row = {"key": "101", "label": "101 库存现金", "cents": cents, "was": 0, "day": None, "ref": "", "href": ""}
    section = {"key": "standing", "title": {"zh": "余额", "en": "Accounts"}, "was": {}, "count": 1, "cents": None}
    return [lambda place, first, last: [{**section, "rows": [row]}]]


def test_evidence_is_taken_from_the_third_day_on_or_as_agreed(site):
    audit = services.notify_head(planned(site), by=site.officer)
    with pytest.raises(Invalid):
        services.begin(audit, by=site.lead)
    with pytest.raises(NotAllowed):
        services.begin(audit, agreed=True, by=site.outsider)
    assert not Taking.objects.exists()
    with on(2), pytest.raises(Invalid):
        services.begin(audit, by=site.lead)
    with on(5):  # the third day is a Saturday
        audit = services.begin(audit, by=site.lead)
    assert audit.case.step == "evidence" and "audit.begin" in verbs(audit)


def test_the_books_are_frozen_at_the_beginning_and_again_at_the_report(site, monkeypatch):
    monkeypatch.setattr(hooks, "books", books(50_000))
    audit, _finding = consulted(site)
    monkeypatch.setattr(hooks, "books", books(60_000))
    services.answer(audit.findings.get(), text="属实", by=site.head)
    services.weigh(audit.findings.get(), upheld=True, opinion="维持", by=site.lead)
    services.conclude_answers(audit, by=site.lead)
    services.begin_repairs(audit, conclusion="基本真实", by=site.officer)

    begin, report = audit.takings.order_by("pk")
    assert [t.body[0]["rows"][0]["cents"] for t in (begin, report)] == [50_000, 60_000]
    assert begin.digest != report.digest and len(begin.digest) == 64


def test_a_finding_rests_on_evidence_of_this_audit(site):
    audit = begun(site)
    finding = found(site, audit)
    row = finding.evidence.get()
    same = {"matter": "accounts", "fact": "少报收入", "responsibility": "main", "basis": "制度", "evidence": [row]}

    for wrong in ({"evidence": []}, {"back_cents": 1}, {"matter": "asked"}, {"basis": " "}):
        with pytest.raises(Invalid):
            services.save_finding(audit, **{**same, **wrong}, by=site.lead)
    with pytest.raises(NotAllowed):
        services.save_finding(audit, **same, by=site.outsider)
    with pytest.raises(NotAllowed):
        services.add_evidence(audit, matter="accounts", fact="x", source="y", by=site.head)
    assert Finding.objects.count() == 1
    services.save_finding(audit, finding, **same, by=site.other)
    finding.refresh_from_db()
    assert finding.fact == "少报收入" and {"audits.add_evidence", "audits.save_finding"} <= verbs(audit)


def test_the_audited_person_sees_the_draft_and_answers_before_the_report_counts(site):
    audit = begun(site)
    finding = found(site, audit)
    assert not reach.visible_findings(site.head).exists() and not reach.audits_worked_on(site.head).exists()
    services.write_draft(audit, draft="一项问题。", by=site.lead)
    services.look_again(audit, note="补一份合同", by=site.lead)
    services.write_draft(audit, draft="一项问题。", by=site.lead)
    audit = services.consult(audit, by=site.lead)
    assert reach.visible_findings(site.head).get() == finding
    assert Notice.objects.filter(template="audits.consulted", user=site.head).exists()

    with pytest.raises(Conflict):  # no answer, and the days are not over
        services.weigh(finding, upheld=True, opinion="维持", by=site.lead)
    with pytest.raises(Conflict):
        services.conclude_answers(audit, by=site.lead)
    with pytest.raises(Invalid):  # for somebody else only with the signed paper
        services.answer(finding, text="无意见", by=site.lead)
    with pytest.raises(NotAllowed):
        services.answer(finding, text="无意见", by=site.village)
    finding = services.answer(finding, text="有名单，见附件", files=[scan("名单")], by=site.head)
    with pytest.raises(NotAllowed):
        services.weigh(finding, upheld=False, opinion="不", by=site.head)
    finding = services.weigh(finding, upheld=False, opinion="名单核对属实，撤销。", by=site.lead)
    assert (finding.state, finding.answered_how, finding.answer) == ("dropped", "self", "有名单，见附件")
    audit = services.conclude_answers(audit, by=site.lead)
    with pytest.raises(NotAllowed):
        services.begin_repairs(audit, conclusion="没有问题", by=site.lead)
    services.begin_repairs(audit, conclusion="没有问题", by=site.officer)
    assert {"audits.answer", "audits.weigh", "audit.draft", "audit.look_again", "audit.consult", "audit.weigh",
            "audit.issue"} <= verbs(audit)  # fmt: skip


def test_who_does_not_answer_by_the_day_is_recorded_so(site):
    _audit, finding = consulted(site)
    with on(13):  # ten days, and the last of them no Saturday or Sunday
        finding = services.weigh(finding, upheld=True, opinion="期限内没有答复", by=site.lead)
    assert (finding.answered_how, finding.answer) == ("none", "")


def test_a_repair_is_promised_proven_paid_and_verified_by_somebody_else(site):
    audit, finding = reported(site)
    assert finding.due_on == today() + timedelta(days=60)
    with pytest.raises(Conflict):
        services.hand_in(finding, result="退了", files=[scan()], by=site.head)
    with pytest.raises(Invalid):
        services.promise(finding, measures="退", responsible="刘长贵", by_day=finding.due_on + timedelta(days=1),
                         by=site.head)  # fmt: skip
    with pytest.raises(NotAllowed):
        services.promise(finding, measures="退", responsible="刘长贵", by_day=today(), by=site.lead)
    services.promise(finding, measures="退", responsible="刘长贵", by_day=today(), by=site.village)
    for wrong in ({"files": []}, {"paid_back_cents": 240_001}, {"paid_back_cents": 100},
                  {"paid_back_cents": 100, "paid_back_on": today() + timedelta(days=1)}):  # fmt: skip
        with pytest.raises(Invalid):
            services.hand_in(finding, **{"result": "退了", "files": [scan()], "by": site.village, **wrong})
    services.hand_in(finding, result="退了一部分", paid_back_cents=100_000, paid_back_on=today(), files=[scan()],
                     by=site.village)  # fmt: skip
    with pytest.raises(Conflict):
        services.verify(finding, how="回单", by=site.officer)
    with pytest.raises(NotAllowed):
        services.verify(finding, how="回单", by=site.village)
    services.send_back(finding, note="还差1,400元", by=site.officer)
    with pytest.raises(Conflict):
        services.close(audit, by=site.officer)
    finding = repaired(site, audit, finding)
    assert finding.state == "done" and finding.verified_by == site.officer.person
    assert {"audits.promise", "audits.hand_in", "audits.send_back", "audits.verify"} <= verbs(audit)


def test_the_result_is_published_by_office_before_the_audit_is_closed(site):
    audit, finding = reported(site)
    repaired(site, audit, finding)
    with pytest.raises(Conflict):
        services.close(audit, by=site.officer)
    with pytest.raises(Invalid):
        services.publish(audit, text="刘长贵任期审计已完成", by=site.officer)
    with pytest.raises(NotAllowed):
        services.publish(audit, text="已完成", by=site.village)
    services.publish(audit, text="柳河村主任离任审计：一项问题，已整改。", by=site.officer)
    row = results_in(site.cast.liuhe).get()
    assert (row.n_found, row.n_done, row.back_cents, row.paid_back_cents) == (1, 1, 240_000, 240_000)
    assert services.close(audit, by=site.officer).case.state == "closed"
    assert {"audits.publish", "audit.close"} <= verbs(audit)


def test_the_result_goes_to_the_unit_that_appoints_and_only_then_is_seen_there(site):
    audit, _finding = reported(site)
    assert not reach.visible_audits(site.reader).exists()
    with pytest.raises(Invalid):
        services.advise(audit, unit=site.cast.liuhe_committee, advice="可任用", by=site.officer)
    with pytest.raises(NotAllowed):
        services.advise(audit, unit=site.cast.qingshi_government, advice="可任用", by=site.head)
    services.advise(audit, unit=site.cast.qingshi_government, advice="整改到位后再考虑提名。", by=site.officer)
    assert reach.visible_audits(site.reader).get() == audit and "audits.advise" in verbs(audit)
    assert not reach.audits_worked_on(site.reader).exists()


def test_who_sees_what_on_the_way(site):
    audit = planned(site)
    seen = {name: reach.visible_audits(getattr(site, name)).exists() for name in ("officer", "town", "lead", "head",
            "village", "outsider")}  # fmt: skip
    assert seen == {"officer": True, "town": True, "lead": True, "head": False, "village": False, "outsider": False}
    audit = services.notify_head(audit, by=site.officer)
    assert reach.visible_audits(site.head).get() == audit and not reach.visible_audits(site.village).exists()
    with pytest.raises(Conflict):
        services.consult(audit, by=site.lead)
    services.cancel(audit, note="不审了", by=site.officer)
    assert "audit.cancel" in verbs(audit)


def test_every_paper_is_written_and_a_person_is_given_no_mark(site, monkeypatch):
    monkeypatch.setattr(hooks, "books", books(50_000))
    audit, finding = reported(site)
    audit = services.advise(audit, unit=site.cast.qingshi_government, advice="供考察参考。", by=site.officer)
    repaired(site, audit, finding)
    assert [key for key, _title in papers.of(audit, inside=True)] == list(papers.PAPERS)
    assert [key for key, _title in papers.of(audit, inside=False)] == ["notice", "report", "order", "advice"]
    for paper in papers.PAPERS.values():
        assert bytes_of(paper.write(audit), "docx")[:2] == b"PK"
    report = papers.report_of(audit)
    assert report.tables[1].rows[0][1] == "名单遗失，愿意退回。" and "2,400.00" in "".join(report.paragraphs)
    assert papers.workbook(audit.takings.last())[:2] == b"PK"
