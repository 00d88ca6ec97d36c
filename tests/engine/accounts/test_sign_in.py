"""Signing in: right, wrong, locked, idle, with a code, with a first password."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from huilian.engine.access import services as access
from huilian.engine.accounts import services
from huilian.engine.accounts.models import User
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid
from huilian.foundation.now import CHINA, frozen
from tests.cast import PASSWORD

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)


@pytest.fixture
def wang_min(cast) -> User:
    cast.wang_min.set_password(PASSWORD)
    cast.wang_min.save()
    return cast.wang_min


def verbs() -> list[str]:
    return list(Event.objects.filter(verb__startswith="accounts.").order_by("id").values_list("verb", flat=True))


def sign_in(client, password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": "wang_min", "password": password, **more})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def code_of(device: TOTPDevice, step: int = 0) -> str:
    """The code of the device; `step` counts half minutes from now, since one code is taken only once."""
    import time

    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + 30 * step
    return f"{totp.token():06d}"


def test_the_right_password_opens_and_is_recorded(client, wang_min):
    before = client.get("/sign-in/")
    reply = sign_in(client, next="/desk/")

    assert before.status_code == 200 and "工作人员登录" in before.content.decode()
    assert reply.status_code == 302 and reply["Location"] == "/desk/"
    assert signed_in(client) and verbs() == ["accounts.sign_in"]
    assert User.objects.get(pk=wang_min.pk).password.startswith("argon2")


def test_a_session_key_planted_before_is_worthless_after(client, wang_min):
    client.get("/sign-in/")
    client.session["planted"] = 1
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted

    sign_in(client)

    assert client.cookies["sessionid"].value != planted


def test_a_wrong_password_is_refused_and_nothing_changes(client, wang_min):
    reply = sign_in(client, "wrong-password")

    assert reply.status_code == 422 and "用户名或密码不对" in reply.content.decode()
    assert not signed_in(client) and verbs() == ["accounts.refuse_sign_in"]


def test_an_unknown_name_reads_the_same_and_is_not_kept(client, wang_min):
    wrong = sign_in(client, "wrong-password")
    unknown = client.post("/sign-in/", {"username": "my-own-Password-1", "password": "x"})

    assert unknown.status_code == wrong.status_code
    assert "用户名或密码不对" in unknown.content.decode()
    last = Event.objects.filter(verb="accounts.refuse_sign_in").latest("id")
    assert last.subject_id == "unknown" and "my-own" not in str(last.data) + last.actor_label


def test_nobody_is_sent_to_another_site(client, wang_min):
    assert sign_in(client, next="https://evil.example/")["Location"] == "/desk/"


def test_five_wrong_passwords_lock_the_account_with_a_clear_sentence(client, wang_min):
    for _ in range(5):
        reply = sign_in(client, "wrong-password")
    right = sign_in(Client())

    assert reply.status_code == right.status_code == 429
    assert "已锁定 15 分钟" in right.content.decode()
    assert verbs().count("accounts.lock") == 1 and "accounts.sign_in" not in verbs()


def test_the_system_administrator_unlocks(client, wang_min, cast):
    for _ in range(5):
        sign_in(client, "wrong-password")

    access.unlock_account(wang_min, by=cast.system_admin)

    assert sign_in(client).status_code == 302


def test_the_lock_follows_the_rules_of_the_office(client, wang_min, cast):
    access.set_sign_in_rules(failures=3, lock_minutes=60, by=cast.security_admin)
    for _ in range(3):
        reply = sign_in(client, "wrong-password")

    assert reply.status_code == 429 and "60" in reply.content.decode()


def test_an_account_switched_off_is_out_at_once(client, wang_min, cast):
    sign_in(client)
    access.switch_account(wang_min, on=False, reason="调离", by=cast.security_admin)

    assert client.get("/account/password/").status_code == 302
    assert sign_in(Client()).status_code == 422


def test_half_an_hour_without_activity_ends_the_session(client, wang_min):
    with frozen(MORNING):
        sign_in(client)
    with frozen(MORNING + timedelta(minutes=29)):
        assert client.get("/account/password/").status_code == 200
    with frozen(MORNING + timedelta(minutes=58)):
        assert client.get("/account/password/", headers={"X-Background": "1"}).status_code == 200
    with frozen(MORNING + timedelta(minutes=60)):  # 31 since the person, not the page, was last active
        assert client.get("/account/password/").status_code == 302

    assert not signed_in(client) and verbs()[-1] == "accounts.idle_out"


def test_the_idle_time_is_the_offices(client, wang_min, cast):
    with frozen(MORNING):
        access.set_sign_in_rules(idle_minutes=10, by=cast.security_admin)
        sign_in(client)
    with frozen(MORNING + timedelta(minutes=11)):
        assert client.get("/account/password/").status_code == 302


def test_signing_out_takes_a_post(client, wang_min):
    sign_in(client)

    assert client.get("/sign-out/").status_code == 405 and signed_in(client)
    client.post("/sign-out/")
    assert not signed_in(client) and verbs() == ["accounts.sign_in", "accounts.sign_out"]


def test_a_first_password_must_be_changed_before_anything_else(client, wang_min, cast):
    first = access.reset_password(wang_min, by=cast.system_admin)
    sign_in(client, first)

    reply = client.get("/look/desk/")
    assert reply.status_code == 302 and reply["Location"] == "/account/password/"
    done = client.post("/account/password/", {"old": first, "new": PASSWORD, "again": PASSWORD})
    assert done.status_code == 302 and signed_in(client)
    assert client.get("/look/desk/").status_code == 200
    assert verbs()[-1] == "accounts.change_password"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("short-1", "10"),
        ("password1234", "常见"),
        ("1234509876", "数字"),
        ("wang_min_wang", "相似"),
        (PASSWORD, "旧密码"),
    ],
)
def test_weak_passwords_are_refused_in_chinese(wang_min, new, said):
    from django.utils import translation

    with translation.override("zh-hans"), pytest.raises(Invalid) as refused:
        services.change_password(wang_min, old=PASSWORD, new=new, by=wang_min)

    assert said in str(refused.value)
    assert User.objects.get(pk=wang_min.pk).check_password(PASSWORD)
    assert not verbs()


def test_nobody_changes_the_password_of_another(wang_min, cast):
    with pytest.raises(Invalid):
        services.change_password(wang_min, old=PASSWORD, new="Another-Good-1", by=cast.sun_yan)


def test_changing_the_password_ends_the_other_sessions(client, wang_min):
    other = Client()
    sign_in(client), sign_in(other)

    client.post("/account/password/", {"old": PASSWORD, "new": "Another-Good-1", "again": "Another-Good-1"})

    assert client.get("/account/password/").status_code == 200
    assert other.get("/account/password/").status_code == 302


def enrol(user) -> TOTPDevice:
    device = services.begin_second_factor(user)
    return services.confirm_second_factor(user, code_of(device), by=user)


def test_with_a_device_the_password_alone_opens_nothing(client, wang_min):
    device = enrol(wang_min)

    reply = sign_in(client)
    assert reply["Location"] == "/sign-in/code/" and not signed_in(client)
    assert client.get("/account/password/").status_code == 302
    wrong = client.post("/sign-in/code/", {"code": "000000"})
    assert wrong.status_code == 422 and not signed_in(client)

    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post("/sign-in/code/", {"code": code_of(device, 1)}).status_code == 302
    assert signed_in(client)
    assert verbs() == ["accounts.confirm_second_factor", "accounts.refuse_code", "accounts.sign_in"]


def test_a_code_is_taken_once(client, wang_min):
    device = enrol(wang_min)
    code = code_of(device, 1)
    sign_in(client)
    client.post("/sign-in/code/", {"code": code})
    other = Client()
    sign_in(other)

    assert other.post("/sign-in/code/", {"code": code}).status_code == 422 and not signed_in(other)


def test_the_code_must_follow_within_five_minutes(client, wang_min):
    device = enrol(wang_min)
    with frozen(MORNING):
        sign_in(client)
    with frozen(MORNING + timedelta(minutes=6)):
        reply = client.post("/sign-in/code/", {"code": code_of(device, 1)})

    assert reply["Location"] == "/sign-in/" and not signed_in(client)


def test_a_post_of_an_officer_leads_to_setting_up_the_second_factor(client, cast, settings):
    settings.SECOND_FACTOR = True
    client.force_login(cast.lin_zheng)

    reply = client.get("/look/desk/")
    assert reply.status_code == 302 and reply["Location"].startswith("/account/second-factor/?next=")
    page = client.get("/account/second-factor/").content.decode()
    assert "data:image/svg+xml" in page
    device = TOTPDevice.objects.get(user=cast.lin_zheng)
    client.post("/account/second-factor/", {"code": code_of(device)})
    assert client.get("/look/desk/").status_code == 200
    client.force_login(cast.wang_min)  # a township clerk needs none
    assert client.get("/look/desk/").status_code == 200


def test_a_lost_phone_is_removed_by_the_security_administrator(wang_min, cast):
    from huilian.foundation.errors import NotAllowed

    enrol(wang_min)
    with pytest.raises(NotAllowed):
        access.remove_second_factor(wang_min, by=cast.system_admin)
    access.remove_second_factor(wang_min, by=cast.security_admin)

    assert not TOTPDevice.objects.filter(user=wang_min).exists()


def test_production_refuses_to_go_without_the_second_factor(settings):
    from huilian.engine.accounts.checks import second_factor_in_production

    settings.PRODUCTION, settings.SECOND_FACTOR = True, False
    assert [fault.id for fault in second_factor_in_production(None)] == ["accounts.E001"]
    settings.SECOND_FACTOR = True
    assert second_factor_in_production(None) == []


@pytest.mark.parametrize("page", ["/sign-in/", "/account/password/", "/account/second-factor/"])
def test_the_pages_speak_english_too(client, wang_min, page):
    client.force_login(wang_min)
    client.post("/preferences/", {"lang": "en", "next": "/"})
    if page == "/sign-in/":
        client.logout()
        client.post("/preferences/", {"lang": "en", "next": "/"})

    assert client.get(page).status_code == 200
