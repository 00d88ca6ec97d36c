"""Who may see what: every role of the house × every step of a tip × every way to be concerned. Generated: a new role or
step is in it by itself. The concerned ones even stand in the team and hold grants, so that only recusal keeps them out.
"""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from huilian.areas.hear.tips import services
from huilian.areas.hear.tips.acts import ACTS
from huilian.areas.hear.tips.models import Interest, Member, Message, Tip
from huilian.areas.hear.tips.queries import figures, reach
from huilian.areas.hear.tips.services.opening import content_of
from huilian.engine.access.queries import may
from huilian.engine.accounts.models import User
from huilian.engine.directory import powers
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Kin, Post, Unit
from huilian.engine.directory.roles import catalogue
from huilian.engine.procedures.models import Case, State
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.engine.vault.models import Box, Grant, Look, Opening
from huilian.engine.vault.services.boxes import give
from huilian.engine.vault.services.keys import key_of
from huilian.engine.vault.web import COOKIE
from huilian.foundation.errors import NotAllowed
from huilian.foundation.now import now
from tests.cast import build
from tests.vault import unlock

from .conftest import furnish, take

pytestmark = pytest.mark.django_db
CONCERNED = ("named", "kin", "head", "interest", "ended", "none")
SECRETS = ("柳河村村民委员会", "低保", "李晓")


class World:
    """The desk, a tip at every step, and one officer for every relation; `role(key)` gives all of them that role."""

    def __init__(self):
        self.cast = furnish(build())
        elsewhere = Unit.objects.create(name="试验单位", kind=Unit.Kind.PUBLIC_BODY, place=self.cast.county)
        self.users, self.posts = {}, []
        for n, relation in enumerate((*CONCERNED, "member")):
            name = {"named": "李晓"}.get(relation, "东西南北中上下"[n] + "门" + "某")
            user = User.objects.create(username=f"m_{relation}", name=name, password="!")
            person = directory.add_person(name=name, user=user, by=SYSTEM)
            post = Post.objects.create(unit=elsewhere, name=relation, roles=[])
            directory.appoint(person, post, starts_on=date(2026, 1, 1), by=SYSTEM)
            self.users[relation], _ = user, self.posts.append(post)
            unlock(user)
        kin = {"person": self.users["kin"].person, "relation": "兄弟", "name": "李晓", "declared_on": date(2026, 1, 1)}
        Kin.sealed.create(**kin)
        head = Post.objects.create(unit=self.cast.liuhe_committee, name="主持", roles=[], is_head=True)
        directory.appoint(self.users["head"].person, head, starts_on=date(2026, 1, 1), by=SYSTEM)
        self.tips = {step.key: self._tip(step) for step in take(self.cast).tip.case.definition.steps}
        self.clients = {relation: self._client(user) for relation, user in self.users.items()}

    def _tip(self, step) -> Tip:
        tip = take(self.cast).tip
        ended = {"state": State.CLOSED, "closed_at": now()} if step.kind == "end" else {}
        Case.every.filter(pk=tip.case_id).update(step=step.key, **ended)
        for relation, user in self.users.items():
            if relation == "none":
                continue
            over = now() - timedelta(hours=1) if relation == "ended" else None
            Member.objects.create(
                tip=tip, user=user, purpose="核查", given_at=now(), until=now() + timedelta(days=9), ended_at=over
            )
            box = Box.objects.get(subject=tip.subject, part="content")
            give(box, [key_of(user)], Grant.Half.WHOLE, b"k" * 32)
        Interest.objects.create(tip=tip, user=self.users["interest"], declared_at=now())
        return Tip.objects.select_related("case").get(pk=tip.pk)

    def _client(self, user) -> Client:
        client = Client()
        client.force_login(user)
        client.cookies[COOKIE], client.cookies["face"] = unlock(user), "lang=en"
        return client

    def role(self, key: str) -> None:
        Post.objects.filter(pk__in=[p.pk for p in self.posts]).update(roles=[key])
        powers.changed()
        self.users = {relation: User.objects.get(pk=user.pk) for relation, user in self.users.items()}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        yield World()
        transaction.set_rollback(True)
    powers.changed()


def state() -> list:
    """Everything a refusal must leave as it is."""
    tables = (Tip, Member, Interest, Message, Box, Grant, Opening, Look)
    counted = [model.objects.count() for model in tables]
    return [*counted, *Case.every.order_by("pk").values_list("pk", "step", "revision", "unit")]


def addresses(tip: Tip) -> list[tuple[str, str, dict]]:
    """Every address of the area that takes a tip, as it is called."""
    n, why = tip.number, {"purpose": "看看", "note": "看看"}
    parts = [("post", reverse("tip-read", args=[n, part]), why) for part in ("content", "talk-1", "file-1", "summary")]
    acts = [(method, reverse("tip-act", args=[n, key]), why) for key in ACTS for method in ("get", "post")]
    return [("get", reverse("tip", args=[n]), {}), *parts, *acts,
            *(("post", reverse(f"tip-{name}", args=[n]), why) for name in ("identity", "rewrite"))]  # fmt: skip


def test_no_query_gives_a_tip_to_anybody_concerned_whatever_their_role(world, db):
    for role in catalogue():
        world.role(role)
        for relation, user in world.users.items():
            seen = set(reach.visible_to(user).values_list("pk", flat=True))
            expected = {t.pk for t in world.tips.values()} if relation == "member" and may(user, "tips.see") else set()
            assert seen == expected, (role, relation)


def test_whoever_is_concerned_decides_on_nothing_and_has_no_number(world, db):
    world.role("tip_head")
    for relation in ("named", "kin", "head", "interest"):
        user = world.users[relation]
        petitions, copies = figures.waiting_for_approval(user)
        assert not petitions.exists() and not copies.exists() and not figures.sent_to_case_managers(user).exists()
        assert all(reach.must_step_back(user, tip) for tip in world.tips.values())
    assert figures.waiting_for_approval(world.users["none"])[0].get() == world.tips["petition"]


def test_at_no_step_is_the_page_there_for_anybody_concerned(world, db):
    """404 and recorded where a role reads tips, 403 where it does not; the same words as for a tip that never was."""
    for role in sorted(key for key, r in catalogue().items() if any(a.startswith("tips.") for a in r.may)):
        world.role(role)
        for relation, client in world.clients.items():
            reads = may(world.users[relation], "tips.see")
            for step, tip in world.tips.items():
                before = Event.objects.filter(verb="tips.refuse_look").count()
                answer = client.get(reverse("tip", args=[tip.number]))
                told = answer.content.decode()
                if relation == "member" and reads:
                    assert answer.status_code == 200, (role, step)
                else:
                    assert answer.status_code == (404 if reads else 403), (role, relation, step)
                    assert not any(word in told for word in SECRETS)
                    assert Event.objects.filter(verb="tips.refuse_look").count() == before + (1 if reads else 0)
            listed = client.get(reverse("tips-home"))
            assert (tip.number in listed.content.decode()) == (relation == "member" and reads)


@pytest.mark.parametrize("role", ["tip_head", "county_leader"])
def test_no_address_answers_anybody_concerned_and_refusals_change_nothing(world, db, role):
    world.role(role)
    tip, reads = world.tips["sorting"], role != "county_leader"
    was = state()
    for relation in CONCERNED:
        client = world.clients[relation]
        for method, address, given in addresses(tip):
            answer = getattr(client, method)(address, given)
            assert answer.status_code == (404 if reads else 403), (relation, address)
    assert state() == was
    named = world.users["named"]
    refused = Event.objects.filter(actor_id=str(named.pk), verb="tips.refuse_look" if reads else "access.refuse")
    assert refused.count() >= len(addresses(tip))


def test_no_verb_serves_anybody_concerned(world, db):
    world.role("tip_head")
    tip, was = world.tips["sorting"], state()
    other, unit, until = world.cast.guo_jing, world.cast.commission, now() + timedelta(days=1)
    for relation in CONCERNED:
        user, token = world.users[relation], world.clients[relation].cookies[COOKIE].value
        for verb in (
            lambda u, t: content_of(tip, purpose="看看", token=t, by=u),
            lambda u, t: services.accept(tip, unit=unit, handlers=[other], until=until, token=t, by=u),
            lambda u, t: services.assign(tip, other, purpose="看看", until=until, token=t, by=u),
            lambda u, t: services.end_access(tip, other, by=u),
            lambda u, t: services.keep_repeat(tip, of="JB1", by=u),
            lambda u, t: services.transfer(tip, unit=world.cast.baisha_government, by=u),
            lambda u, t: services.send_up(tip, level="higher", by=u),
            lambda u, t: services.hand_over(tip, receipt="收据", by=u),
            lambda u, t: services.ask_petition(tip, note="看看", by=u),
            lambda u, t: services.tell_acceptance(tip, by=u),
            lambda u, t: services.feed_back(tip, by=u),
            lambda u, t: services.to_lead(tip, lead="XS1", by=u),
            lambda u, t: services.conclude(tip, by=u),
            lambda u, t: services.tell_result(tip, by=u),
            lambda u, t: services.urge(tip, by=u),
            lambda u, t: services.answer_below(tip, "查无实据", by=u),
            lambda u, t: services.call_back(tip, note="看看", by=u),
            lambda u, t: services.put_in_charge(tip, other, marks={}, reason="", due_on=until.date(), token=t, by=u),
            lambda u, t: services.note_charge(tip, kind="visit", text="走访群众", by=u),
            lambda u, t: services.propose_end(tip, result="办完了的", by=u),
            lambda u, t: services.sign_end(tip, by=u),
            lambda u, t: services.say(tip, "你好", by=u),
            lambda u, t: services.rewrite(tip, "一段摘要", by=u),
            lambda u, t: services.ask_copy(tip, purpose="看看", by=u),
            lambda u, t: services.declare_interest(tip, by=u),
        ):  # fmt: skip
            with pytest.raises(NotAllowed), transaction.atomic():
                verb(user, token)

    assert state() == was


def test_nobody_concerned_is_ever_chosen_as_a_reader(world, db):
    for role in ("tip_intake", "tip_handler", "tip_head", "identity_agreer"):
        world.role(role)
        marks = world.tips["sorting"].marks.exclude(kind="reporter").values_list("digest", flat=True)
        chosen = {user.username for user in reach.officers(role, marks)}
        assert not chosen & {"m_named", "m_kin", "m_head"} and "m_none" in chosen
