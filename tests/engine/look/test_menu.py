"""The side menu: what a person may do is shown, in its order, and nothing else."""

import pytest
from django.test import RequestFactory

from huilian.engine.look import menu
from huilian.engine.look.menu import MenuItem


@pytest.fixture
def request_of(monkeypatch):
    def make(path="/look/desk/", signed_in=True):
        request = RequestFactory().get(path)
        request.user = type("U", (), {"is_authenticated": signed_in})()
        return request

    monkeypatch.setattr(menu, "_allowed", [lambda user, action: action == "look.see"])
    items = (
        MenuItem("mine", "所有人", "look-guide", "house", rows=lambda user: [1, 2], hot=True),
        MenuItem("hear", "可见", "look-preferences", "bell", action="look.see"),
        MenuItem("hear", "不可见", "look-preferences", "bell", action="look.hide"),
        MenuItem("hear", "没有装", "no-such-url", "bell"),
    )
    monkeypatch.setattr(menu, "declared", lambda: items)
    monkeypatch.setattr(menu, "counts_up_to", list)  # here a list of rows is its own number
    return make


def test_only_what_the_person_may_do_and_what_is_installed_is_shown(request_of):
    shown = menu.shown(request_of())

    assert [[e.label for e in entries] for _, entries in shown] == [["所有人"], ["可见"]]


def test_the_entry_nearest_to_the_address_is_the_current_one(request_of):
    (_, (entry,)), *_rest = menu.shown(request_of("/look/case/"))

    assert entry.current and entry.hot and entry.count == "3"


def test_a_stranger_sees_no_menu_and_no_bell(request_of):
    stranger = request_of(signed_in=False)

    assert menu.shown(stranger) == [] and menu.bell(stranger) == 0
