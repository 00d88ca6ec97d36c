"""Boxes: sealed to some, opened by them alone, each look written down, access for a time."""

import io
from datetime import timedelta

import pytest
from django.db import connection

from huilian.engine.trail.models import Event
from huilian.engine.vault import services as vault
from huilian.engine.vault.models import Box, Grant, Look
from huilian.engine.vault.queries import boxes_of, looks_into, opened_by
from huilian.engine.vault.services.boxes import note_look
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, now
from huilian.foundation.sealing import Unopened

pytestmark = pytest.mark.django_db
SECRET = "东湾村会计把低保金打进了自己侄子的卡里".encode()


@pytest.fixture
def box(cast, unlocked):
    unlocked("shen_yu")
    return vault.seal("tip:XF20261122-0001", "content", SECRET, readers=[cast.shen_yu], by=cast.bai_lu)


def test_nothing_is_sealed_without_recovery(cast):
    vault.make_key("清风徐来水波不兴月出东山", by=cast.shen_yu)

    with pytest.raises(Conflict, match="Recovery"):
        vault.seal("tip:1", "content", SECRET, readers=[cast.shen_yu], by=cast.bai_lu)

    assert not Box.objects.exists()


def test_nobody_or_somebody_without_a_key_is_no_reader(cast, sheets):
    for readers, error in (([], Invalid), ([cast.jiang_hong], Conflict)):
        with pytest.raises(error):
            vault.seal("tip:1", "content", SECRET, readers=readers, by=cast.bai_lu)

    assert not Box.objects.exists() and not Event.objects.filter(verb="vault.seal").exists()


def test_a_reader_opens_it_and_the_look_is_there_for_its_author(cast, box, unlocked):
    token = unlocked("shen_yu")

    assert vault.open_box(box, token=token, purpose="初步核实", by=cast.shen_yu) == SECRET

    look = looks_into("tip:XF20261122-0001").get()
    assert (look.user, look.purpose) == (cast.shen_yu, "初步核实")
    event = Event.objects.get(verb="vault.open")
    assert event.data == {"purpose": "初步核实"} and list(boxes_of("tip:XF20261122-0001")) == [box]


def test_nobody_else_opens_it_and_no_look_is_without_a_purpose(cast, box, unlocked):
    other, token = unlocked("jiang_hong"), unlocked("shen_yu")

    with pytest.raises(NotAllowed):
        vault.open_box(box, token=other, purpose="想看看", by=cast.jiang_hong)
    with pytest.raises(NotAllowed):
        vault.open_box(box, token=token, purpose="想看看", by=cast.jiang_hong)
    for look in (lambda: vault.open_box(box, token=token, purpose=" ", by=cast.shen_yu),
                 lambda: note_look(box, "", by=cast.shen_yu)):  # fmt: skip
        with pytest.raises(Invalid):
            look()

    assert not Look.objects.exists() and not Event.objects.filter(verb="vault.open").exists()


def test_a_changed_or_exchanged_box_does_not_open(cast, box, unlocked):
    other = vault.seal("tip:XF20261122-0002", "content", b"other", readers=[cast.shen_yu], by=cast.bai_lu)
    token = unlocked("shen_yu")

    Box.objects.filter(pk=box.pk).update(cipher=other.cipher)
    box.refresh_from_db()
    with pytest.raises(Unopened):
        vault.open_box(box, token=token, purpose="核查", by=cast.shen_yu)
    grant = Grant.objects.get(box=other, key__user=cast.shen_yu)
    Grant.objects.filter(box=box, key__user=cast.shen_yu).update(wrapped=grant.wrapped)
    with pytest.raises(Unopened):
        vault.open_box(box, token=token, purpose="核查", by=cast.shen_yu)
    assert not Look.objects.exists()


def test_access_is_given_for_a_purpose_and_ends_by_itself(cast, box, unlocked):
    token, theirs = unlocked("shen_yu"), unlocked("jiang_hong")
    tomorrow = now() + timedelta(days=1)

    for until, purpose in ((tomorrow, ""), (now() - timedelta(hours=1), "协助核查")):
        with pytest.raises(Invalid):
            vault.grant(box, cast.jiang_hong, until=until, purpose=purpose, token=token, by=cast.shen_yu)
    with pytest.raises(NotAllowed):
        vault.grant(box, cast.jiang_hong, until=None, purpose="自取", token=theirs, by=cast.jiang_hong)
    vault.grant(box, cast.jiang_hong, until=tomorrow, purpose="协助核查", token=token, by=cast.shen_yu)

    assert vault.open_box(box, token=theirs, purpose="协助核查", by=cast.jiang_hong) == SECRET
    assert Event.objects.get(verb="vault.grant").data["purpose"] == "协助核查"
    with frozen(tomorrow + timedelta(minutes=1)):
        assert not opened_by(cast.jiang_hong).exists()
        assert vault.lapse() == 1
        assert Grant.objects.filter(box=box, key__is_recovery=False).count() == 1


def test_access_is_taken_back_but_never_the_last(cast, box, keeper, unlocked):
    token = unlocked("shen_yu")
    unlocked("jiang_hong")
    vault.grant(box, cast.jiang_hong, until=None, purpose="协助核查", token=token, by=cast.shen_yu)

    with pytest.raises(NotAllowed):
        vault.withdraw(box, cast.jiang_hong, by=cast.bai_lu)
    vault.withdraw(box, cast.jiang_hong, by=keeper)
    with pytest.raises(Conflict):
        vault.withdraw(box, cast.shen_yu, by=cast.shen_yu)

    assert list(opened_by(cast.shen_yu)) == [box] and not opened_by(cast.jiang_hong).exists()
    assert Event.objects.filter(verb="vault.withdraw").count() == 1


def test_a_file_of_any_length_is_never_in_clear_on_disk(cast, unlocked, settings):
    plain = SECRET + bytes(range(256)) * 10_000
    token = unlocked("shen_yu")
    box = vault.seal_file("tip:1", "video", io.BytesIO(plain), readers=[cast.shen_yu], by=cast.bai_lu)

    assert b"".join(vault.open_file(box, token=token, purpose="核查", by=cast.shen_yu)) == plain
    with box.file.open("rb") as sealed:
        assert SECRET not in sealed.read()
    assert looks_into("tip:1").count() == 1


def test_a_file_nobody_can_read_is_not_left_behind(cast, sheets, settings):
    before = set(settings.MEDIA_ROOT.glob("sealed/**/*.box"))

    with pytest.raises(Conflict):
        vault.seal_file("tip:1", "video", io.BytesIO(SECRET), readers=[cast.jiang_hong], by=cast.bai_lu)

    assert set(settings.MEDIA_ROOT.glob("sealed/**/*.box")) == before


def test_every_table_holds_nothing_of_what_was_sealed(cast, box, unlocked):
    vault.open_box(box, token=unlocked("shen_yu"), purpose="核查", by=cast.shen_yu)
    found, words = [], [SECRET, "低保金".encode(), "侄子".encode()]

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    text = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    found += [(table, word) for word in words if word in text]

    assert found == []
