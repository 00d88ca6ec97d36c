"""From sheet to sign-off: merged entries, blind until told, promise, proof, people's word, raised, split, spread."""

from datetime import date, timedelta

import pytest

from huilian.areas.answer.inspections import services
from huilian.areas.answer.inspections.models import Entry, Finding, Voice
from huilian.areas.answer.inspections.queries import reach
from huilian.engine.procedures.models import Case
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import begun, change, item, on, picture, repaired, told


def verbs(*rows) -> set[str]:
    ids = [str(getattr(row, "number", row.pk)) for row in rows]
    return set(Event.objects.filter(subject_id__in=ids).values_list("verb", flat=True))


def state(sheet) -> dict[str, str]:
    return dict(sheet.entries.values_list("uid", "state"))


def test_two_devices_write_on_one_sheet_and_a_person_decides_where_they_differ(site):
    round_ = begun(site)
    sheet = round_.targets.get().sheet
    services.sync(sheet, [change(round_, 26, "a"), change(round_, 27, "a2", mark="ok", text="")], by=site.member)

    services.sync(sheet, [change(round_, 26, "b", mark="ok", text="未见"), change(round_, 28, "b2")], by=site.other)
    services.sync(sheet, [change(round_, 26, "b", mark="ok", text="未见")], by=site.other)  # the line had broken

    assert state(sheet) == {
        "-------a": "current", "------a2": "current", "-------b": "contested", "------b2": "current",
    }  # fmt: skip
    with pytest.raises(Conflict):
        services.hand_in(sheet, by=site.member)
    with pytest.raises(NotAllowed):
        services.decide(sheet, sheet.entries.get(uid="-------b"), by=site.outsider)
    services.decide(sheet, sheet.entries.get(uid="-------b"), by=site.member)
    assert state(sheet)["-------a"] == "dropped" and state(sheet)["-------b"] == "current"
    (finding,) = services.hand_in(sheet, by=site.member)
    assert finding.item == item(round_, 28)
    assert {"inspections.sync", "inspections.decide", "inspections.hand_in"} <= verbs(sheet)


def test_what_does_not_belong_to_the_sheet_is_refused_and_all_of_it_stays_on_the_device(site):
    round_ = begun(site)
    sheet = round_.targets.get().sheet
    good = change(round_, 1, "a")

    for bad in (
        {**good, "item": 0},
        {**good, "mark": "x"},
        {**good, "uid": "x"},
        {"uid": 1},
        {**good, "text": "长" * 5000},
    ):
        with pytest.raises(Invalid):
            services.sync(sheet, [change(round_, 2, "c"), bad], by=site.member)
    with pytest.raises(NotAllowed):
        services.sync(sheet, [good], by=site.outsider)

    assert not Entry.objects.exists()


def test_a_photograph_is_kept_once_and_evidence_of_its_finding(site):
    round_ = begun(site)
    sheet = round_.targets.get().sheet
    for _n in range(2):
        file, name = picture()
        services.keep_photo(sheet, item(round_, 26), uid="photo-01", file=file, name=name, by=site.member)
    with pytest.raises(NotAllowed):
        services.keep_photo(sheet, item(round_, 26), uid="photo-02", file=picture()[0], name="a.jpg", by=site.outsider)

    assert sheet.photos.count() == 1
    assert {"documents.attach"} <= verbs(sheet)


def test_a_problem_without_words_is_not_handed_in(site):
    round_ = begun(site)
    sheet = round_.targets.get().sheet

    with pytest.raises(Invalid):
        services.hand_in(sheet, by=site.member)
    services.sync(sheet, [change(round_, 26, "a", text=" ")], by=site.member)
    with pytest.raises(Invalid, match="26"):
        services.hand_in(sheet, by=site.member)

    assert not Finding.objects.exists()


def test_the_unit_sees_nothing_before_it_is_told(site):
    round_ = begun(site, kind="unannounced")
    target = round_.targets.get()
    services.sync(target.sheet, [change(round_, 26, "a")], by=site.member)
    services.hand_in(target.sheet, by=site.member)

    assert not reach.visible_findings(site.village).exists() and not reach.visible_rounds(site.village).exists()
    assert not Case.objects.exists()
    with pytest.raises(NotAllowed):
        services.feed_back(target, on=today(), told_to="班子", by=site.village)
    services.feed_back(target, on=today(), told_to="班子", by=site.officer)

    (finding,) = reach.visible_findings(site.village)
    assert finding.case.step == "told" and finding.case.clock.due_on == date(2026, 8, 3)  # the sixtieth day is a Sunday
    assert list(reach.visible_findings(site.town)) == [finding]
    assert "inspections.feed_back" in verbs(round_)


def test_promise_proof_hand_in_back_again_and_signed_off(site):
    finding = told(site)
    with pytest.raises(Invalid):
        services.promise(finding, measures="补票", responsible="刘长贵", by_day=date(2026, 8, 4), by=site.village)
    with pytest.raises(NotAllowed):
        services.promise(finding, measures="补票", responsible="刘长贵", by_day=today(), by=site.officer)
    services.promise(finding, measures="补票", responsible="刘长贵", by_day=today(), by=site.village)
    services.add_proof(finding, [picture()], by=site.village)
    with pytest.raises(NotAllowed):
        services.add_proof(finding, [picture()], by=site.member)
    with pytest.raises(NotAllowed):
        services.hand_in_repair(finding, result="已补", by=site.member)
    services.hand_in_repair(finding, result="已补齐票据", files=[picture(20)], by=site.village)
    with pytest.raises(NotAllowed):
        services.send_back(finding, note="还差一张", by=site.village)
    services.send_back(finding, note="还差一张", by=site.officer)
    services.hand_in_repair(finding, result="全部补齐", by=site.village)
    with pytest.raises(NotAllowed):
        services.sign_off(finding, by=site.village)
    services.sign_off(finding, by=site.officer)

    finding.refresh_from_db()
    assert (finding.case.step, finding.proofs.count()) == ("closed", 2)
    assert {"finding.promise", "finding.add_proof", "finding.hand_in", "finding.send_back", "finding.close"} <= verbs(
        finding.case
    )


def test_without_proof_it_is_signed_off_only_with_a_reason(site):
    finding = told(site)
    services.promise(finding, measures="公示", responsible="刘长贵", by_day=today(), by=site.village)
    services.hand_in_repair(finding, result="已公示", by=site.village)

    with pytest.raises(Invalid):
        services.sign_off(finding, by=site.officer)
    services.sign_off(finding, note="到村看过公开栏", by=site.officer)


def test_at_once_means_five_working_days_before_any_meeting(site):
    round_ = begun(site)
    target = round_.targets.get()
    finding = services.note_finding(
        unit=target.unit,
        target=target,
        item=item(round_, 28),
        fact="公款报销个人话费",
        files=[picture()],
        by=site.member,
    )
    with pytest.raises(NotAllowed):
        services.note_finding(unit=target.unit, target=target, fact="x", by=site.outsider)
    with pytest.raises(NotAllowed):
        services.tell_now(finding, by=site.member)

    finding = services.tell_now(finding, by=site.officer)

    assert (finding.case.class_key, finding.case.clock.due_on) == ("immediate", today() + timedelta(days=7))
    assert "inspections.note" in verbs(finding) and "finding.tell" in verbs(finding.case)
    with pytest.raises(Conflict):
        services.tell_now(finding, by=site.officer)


def test_raised_one_level_the_township_answers(site):
    finding = told(site)
    with pytest.raises(NotAllowed):
        services.raise_level(finding, site.cast.qingshi_government, note="村里无力解决", by=site.town)
    with pytest.raises(Invalid):
        services.raise_level(finding, site.cast.baisha_government, note="x", by=site.officer)

    services.raise_level(finding, site.cast.qingshi_government, note="村里无力解决", by=site.officer)
    finding.refresh_from_db()

    assert finding.owner == site.cast.qingshi_government and finding.unit == site.cast.liuhe_committee
    with pytest.raises(NotAllowed):
        services.promise(finding, measures="x", responsible="x", by_day=today(), by=site.village)
    services.promise(finding, measures="镇统一清理", responsible="罗成", by_day=today(), by=site.town)
    assert "finding.raise" in verbs(finding.case)


def test_divided_among_township_and_village_the_whole_comes_last(site):
    finding = told(site)
    with pytest.raises(NotAllowed):
        services.split(finding, [(site.cast.qingshi_government, "镇里")], by=site.village)
    parts = services.split(
        finding,
        [(site.cast.qingshi_government, "清理全镇白条"), (site.cast.liuhe_committee, "本村补票")],
        by=site.officer,
    )
    services.promise(finding, measures="统一整改", responsible="刘长贵", by_day=today(), by=site.village)

    with pytest.raises(Conflict):
        services.hand_in_repair(finding, result="已改", by=site.village)
    assert [p.owner for p in parts] == [site.cast.qingshi_government, site.cast.liuhe_committee]


def test_similar_villages_are_asked_once(site):
    finding = told(site)

    with pytest.raises(NotAllowed):
        services.spread(finding, [site.cast.dongwan], by=site.member)
    (asked,) = services.spread(finding, [site.cast.dongwan, site.cast.liuhe], by=site.officer)

    assert (asked.unit, asked.case.class_key, asked.parent) == (site.cast.dongwan_committee, "spread", finding)
    with pytest.raises(Invalid):
        services.spread(finding, [site.cast.dongwan], by=site.officer)


def test_the_same_item_within_a_year_is_the_old_problem_come_back(site):
    old = repaired(site, told(site))
    services.sign_off(old, by=site.officer)

    with on(240):
        again = told(site, kind="focused")
    with on(660):
        late = told(site, kind="inspection")

    assert again.repeat_of == old and late.repeat_of is None


def test_people_say_by_a_code_once_and_at_visits(site):
    finding = repaired(site, told(site))
    services.sign_off(finding, by=site.officer)
    with pytest.raises(Conflict):
        services.issue_codes(finding, count=2, by=site.officer)
    services.publish_finding(finding, text="白条入账已补票。", by=site.officer)
    codes = services.issue_codes(finding, count=2, by=site.officer)
    for refused in (
        lambda: services.publish_finding(finding, text="x", by=site.village),
        lambda: services.issue_codes(finding, count=1, by=site.village),
        lambda: services.note_visit(finding, verdict="yes", by=site.village),
    ):
        with pytest.raises(NotAllowed):
            refused()

    services.say(codes[0].lower(), verdict="no", text="还是白条")
    with pytest.raises(Invalid):
        services.say(codes[0], verdict="yes")
    services.note_visit(finding, verdict="yes", by=site.officer)

    assert sorted(finding.voices.exclude(verdict="").values_list("way", "verdict")) == [
        ("code", "no"),
        ("visit", "yes"),
    ]
    assert not Voice.objects.filter(digest__in=codes).exists()  # only digests are kept
    assert {"inspections.publish", "inspections.issue_codes", "inspections.say", "inspections.note_visit"} <= verbs(
        finding.case
    )
    with pytest.raises(NotAllowed):
        services.reopen(finding, note="x", by=site.village)
    finding = services.reopen(finding, note="群众反映未改", by=site.officer)
    assert finding.case.step == "mending" and "finding.reopen" in verbs(finding.case)


def test_a_wrong_finding_is_withdrawn(site):
    finding = told(site)

    with pytest.raises(NotAllowed):
        services.withdraw_finding(finding, note="x", by=site.village)
    services.withdraw_finding(finding, note="核实不属实", by=site.officer)

    assert finding.case.state == "withdrawn" and "finding.withdraw" in verbs(finding.case)


def test_letters_are_answered_by_a_day(site):
    unit, sender = site.cast.liuhe_committee, site.cast.commission
    given = {"facts": "多次催办未改", "advice": "十五日内书面回复", "due_on": today() + timedelta(days=15)}
    with pytest.raises(NotAllowed):
        services.send_letter("advice", unit, sender, **given, by=site.village)
    with pytest.raises(Invalid):
        services.send_letter("advice", unit, sender, **{**given, "due_on": today()}, by=site.officer)
    letter = services.send_letter("advice", unit, sender, **given, by=site.officer)

    with pytest.raises(NotAllowed):
        services.remind(letter, by=site.village)
    services.remind(letter, by=site.officer)
    with pytest.raises(NotAllowed):
        services.answer_letter(letter, answer="已整改", by=site.member)
    services.answer_letter(letter, answer="已整改", by=site.village)
    with pytest.raises(Conflict):
        services.remind(letter, by=site.officer)

    assert list(reach.visible_letters(site.village)) == [letter]
    assert {"inspections.send_letter", "inspections.remind", "inspections.answer_letter"} <= verbs(letter)


def test_the_county_keeps_its_sheets(site):
    form = services.save_form(None, {"key": "own", "name": "本县专项表"}, by=site.officer)
    row = services.save_item(None, {"form": form, "number": 1, "text": "看制度"}, by=site.officer)
    with pytest.raises(NotAllowed):
        services.save_form(form, {"name": "x"}, by=site.member)
    with pytest.raises(NotAllowed):
        services.save_item(row, {"text": "x"}, by=site.member)

    assert (form.origin, row.origin) == ("county", "county") and "inspections.catalogue" in verbs(form)
