"""A sealed kind of case is in no common list, whoever asks; its area finds it and moves it."""

import pytest

from huilian.engine.directory.identity import keyed
from huilian.engine.procedures import sealed, services
from huilian.engine.procedures.models import Case
from huilian.engine.procedures.queries import cases_visible_to, tasks_of, visible_parts

from .conftest import BODY

pytestmark = pytest.mark.django_db


def test_nobody_lists_a_case_of_a_sealed_kind_and_its_area_moves_it(cast, client, monkeypatch):
    services.publish(BODY, by=cast.system_admin)
    case = services.open_case("permit", title="一件事", unit=cast.housing, by=cast.zhou_hui)
    monkeypatch.setattr(sealed, "KINDS", {"permit"})

    services.move(case, "open", unit=cast.housing, class_key="plain", by=cast.zhou_hui)
    client.force_login(cast.zhao_jianguo)

    for user in (cast.zhao_jianguo, cast.he_wei, cast.zhou_hui):
        assert not cases_visible_to(user).exists() and not tasks_of(user).exists()
        assert not any(part.exists() for part in visible_parts(user))
    assert client.get(f"/desk/cases/{case.number}/").status_code == 404
    assert case.number not in client.get("/desk/cases/").content.decode()
    assert Case.every.get().step == "working" and not Case.objects.exists()
    assert sealed.sql_kinds("alert") == "('alert', 'permit')"


def test_a_keyed_digest_matches_a_name_however_it_is_written_and_only_as_that():
    assert keyed("name", "王 小明") == keyed("name", "王小明") != keyed("phone", "王小明")
