"""Who may see what: every role × every state × every reason to keep away. Nobody but the team, and not even they."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from huilian.areas.answer.leads import services
from huilian.areas.answer.leads.acts import LEAD
from huilian.areas.answer.leads.models import Lead, Member, Note
from huilian.areas.answer.leads.queries import links, reach
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.vault.models import Box
from huilian.foundation.errors import Refused
from huilian.foundation.now import now

ROLES = ("manager", "handler", "deputy", "director", "secretary", "trial")


def _kin(desk, user):
    directory.declare_kin(
        user.person, relation="妻弟", name="刘长贵", relative=desk.cast.person("liu_changgui"),
        by=user,
    )  # fmt: skip


def _head(desk, user):
    post = Post.objects.create(unit=desk.cast.liuhe_committee, name="兼任书记", is_head=True)
    directory.appoint(user.person, post, starts_on=date(2026, 1, 1), by=SYSTEM)


def _named(desk, user):
    from huilian.areas.answer.leads.models import Concern
    from huilian.areas.answer.leads.queries.marks import marks_of

    for digest in marks_of(user.person):
        Concern.objects.create(lead=Lead.objects.get(), no=2, digest=digest)


def _recused(desk, user):
    Member.objects.filter(user=user).update(duty=Member.Duty.RECUSED)


def _ended(desk, user):
    Member.objects.filter(user=user).update(until=now() - timedelta(1))


def _outside(desk, user):
    Member.objects.filter(user=user).delete()


KEPT_AWAY = (_kin, _head, _named, _recused, _ended, _outside)


@pytest.fixture
def team(desk):
    """A lead with everybody in its team."""
    lead = desk.assigned()
    for name in ROLES:
        Member.objects.get_or_create(
            lead=lead, user=getattr(desk, name), defaults={"duty": "member", "since": now(), "stated_at": now()}
        )
    return lead


def test_the_team_sees_it_in_every_state_and_nobody_else_does(desk, team):
    insiders = {getattr(desk, name) for name in ROLES} | {desk.other}
    for state in Lead.State.values:
        Lead.objects.update(state=state)
        for user in desk.cast.everybody:
            seen = reach.visible_to(user).filter(pk=team.pk).exists()
            assert seen == (user in insiders), (state, user)


@pytest.mark.parametrize("away", KEPT_AWAY, ids=lambda f: f.__name__.strip("_"))
def test_whoever_must_keep_away_sees_nothing_and_every_act_is_refused(desk, team, away):
    for role in ROLES:
        user = getattr(desk, role)
        point = transaction.savepoint()
        away(desk, user)
        user = type(user).objects.get(pk=user.pk)
        before = (Lead.objects.values().get(), Note.objects.count(), Box.objects.count())
        for state in Lead.State.values:
            Lead.objects.update(state=state)
            assert not reach.visible_to(user).exists(), (role, state)
        Lead.objects.update(state=before[0]["state"])
        for act in _acts(team, user):
            with pytest.raises(Refused), transaction.atomic():
                act()
        assert (Lead.objects.values().get(), Note.objects.count(), Box.objects.count()) == before, role
        transaction.savepoint_rollback(point)
        if hasattr(user, "_holdings"):
            del user._holdings


def _acts(lead, user):
    """The services that any of the roles could call, with values that would do otherwise."""
    words = {"text": "内容", "by": user}
    yield lambda: services.open_lead(lead, purpose="看看", token="", by=user)
    yield lambda: services.write(lead, kind="fact", **words)
    yield lambda: services.write(lead, kind="instruction", **words)
    yield lambda: services.weigh(lead, {}, cause="first", by=user)
    yield lambda: services.state_clear(lead, by=user)
    yield lambda: services.step_back(lead, by=user)
    yield lambda: services.take_over(lead, by=user)
    yield lambda: services.propose(lead, way="hold", token="", **words)
    yield lambda: services.accept_trial(lead, by=user)
    yield lambda: services.archive(lead, archive_no="1", by=user)
    yield lambda: services.join_repeat(lead, lead, by=user)
    yield lambda: services.send_letter(lead, kind="assist", to_name="某局", **words)
    yield lambda: services.make_paper(lead, template="register", values={}, by=user)


def test_who_steps_back_is_out_at_once_and_a_handlers_lead_is_free_again(desk):
    lead = desk.assigned()
    services.step_back(lead, by=desk.handler)

    lead.refresh_from_db()
    assert (lead.handler, lead.state) == (None, "registered") and not reach.visible_to(desk.handler).exists()
    with pytest.raises(Refused):
        services.hand_over(lead, desk.handler, token=desk.token(desk.manager), by=desk.manager)


def test_a_manager_named_in_it_is_passed_over(desk):
    lead = desk.lead(persons=[desk.manager.person], by=desk.other)

    assert not reach.visible_to(desk.manager).exists() and reach.visible_to(desk.other).get() == lead
    nobody = [desk.manager.person, desk.other.person]
    with pytest.raises(Refused):
        desk.lead(persons=nobody)


def test_links_name_only_leads_one_may_see(desk):
    first = desk.assigned()
    other = desk.lead(field="land")
    desk.lead(field="land", persons=[desk.cast.person("li_xiao")])

    assert links.links_of(first, desk.manager) == [(1, other)]
    assert links.links_of(first, desk.handler) == [(1, None)]
    again = desk.lead()
    assert links.likely_repeats(again, desk.manager) == [first]


def test_every_act_has_a_button_and_a_post(desk):
    assert all(act.actions and str(act.title) for act in LEAD.values())
