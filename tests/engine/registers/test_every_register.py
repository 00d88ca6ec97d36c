"""What holds for every register of the house: one body, run over all that are declared."""

import csv
import io
from contextlib import contextmanager

import openpyxl
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huilian.engine import sheets
from huilian.engine.access.queries import may
from huilian.engine.registers import all_registers
from huilian.engine.registers.columns import columns_of, typed_of
from huilian.engine.registers.importing import sheet_columns
from huilian.engine.registers.lookups import Lookup
from huilian.engine.registers.models import ImportRun
from tests.cast import build
from tests.engine.registers import stock

REGISTERS = all_registers()
ENTERED = [r for r in REGISTERS if r.fields]
QUERIES = 25


def by_key(register) -> str:
    return register.key


def keepers(cast, register) -> list:
    return [user for user in cast.everybody if register.may_see(user)]


def page(register, name="register", *args) -> str:
    return reverse(name, args=[register.key, *args])


@contextmanager
def per_page(register, size: int):
    """As if its list showed `size` rows."""
    register.per_page, kept = size, register.per_page
    try:
        yield
    finally:
        register.per_page = kept


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker):
    """The cast with something in every register, built once: each test undoes only its own doing."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = build()
        stock.fill(people)
        yield people
        transaction.set_rollback(True)


@pytest.fixture
def stocked(county, db):
    return county


@pytest.mark.parametrize("register", REGISTERS, ids=by_key)
def test_somebody_keeps_it_and_a_stranger_gets_403_everywhere(register, stocked, client):
    strangers = [user for user in stocked.everybody if not register.may_see(user)]
    assert keepers(stocked, register) and strangers

    client.force_login(strangers[0])
    addresses = [
        page(register),
        page(register, "register-export", "xlsx"),
        page(register, "register-print"),
        page(register, "register-add"),
        page(register, "register-import"),
        page(register, "register-row", "1"),
        page(register, "register-edit", "1"),
    ]

    assert {client.get(address).status_code for address in addresses} == {403}
    client.logout()
    assert client.get(page(register)).status_code == 302


@pytest.mark.parametrize("register", REGISTERS, ids=by_key)
def test_list_row_export_and_print_open_with_few_queries(register, stocked, client):
    user = keepers(stocked, register)[0]
    client.force_login(user)
    client.get(page(register))

    with CaptureQueriesContext(connection) as seen:
        answer = client.get(page(register))
    assert answer.status_code == 200 and str(register.title) in answer.text
    assert len(seen) <= QUERIES, [q["sql"][:120] for q in seen]
    with per_page(register, 1), CaptureQueriesContext(connection) as seen_of_one:
        client.get(page(register))
    assert len(seen) <= len(seen_of_one) + 2, "a row more costs no query more, or a second one of a many-to-many"

    row = register.visible_to(user).first()
    assert row is not None, f"nothing in {register.key} to look at: add it to stock.py"
    if not register.link(row):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page(register, "register-row", row.pk)).status_code == 200
        assert len(seen) <= QUERIES + 5
    assert client.get(page(register, "register-print")).status_code == 200
    with per_page(register, 1):  # the database sorts them all, the page need not show them
        for name in columns_of(register):
            if name.sort:
                assert client.get(page(register) + f"?sort=-{name.name}").status_code == 200
    assert client.get(page(register) + "?q=%27%22%25&page=999&sort=nothing").status_code == 200


@pytest.mark.parametrize("register", REGISTERS, ids=by_key)
def test_export_holds_no_formula_and_only_masked_personal_data(register, stocked, client):
    user = keepers(stocked, register)[0]
    client.force_login(user)

    xlsx = client.get(page(register, "register-export", "xlsx")).getvalue()
    text = client.get(page(register, "register-export", "csv")).getvalue().decode("utf-8-sig")

    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    cells = [cell for line in book.active.iter_rows() for cell in line if cell.value is not None]
    assert [c for c in cells if c.data_type == "f"] == []
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == [c.title for c in columns_of(register)]
    assert 0 < len(lines) - 1 <= register.visible_to(user).count()  # the trail grows while it is exported
    assert [c for line in lines for c in line if c[:1] in "=+@" and c] == []
    if not register.purpose:
        for row in register.visible_to(user)[:50]:
            for name in register.masked:
                secret = getattr(row, name)
                assert not secret or (secret not in text and secret not in str([c.value for c in cells]))


@pytest.mark.parametrize("register", ENTERED, ids=by_key)
def test_what_was_exported_comes_back_unchanged(register, stocked, client):
    """The template's headings are the export's, and reading them again changes nothing."""
    user = next(u for u in stocked.everybody if register.may_see(u) and register.may_change(u))
    client.force_login(user)
    assert client.get(page(register, "register-template")).status_code == 200
    rows = list(register.match_rows(user)[:20])
    columns = typed_of(register)
    lines = [[_cell(c, row) for c in columns] for row in rows]
    book = sheets.write(sheet_columns(register, user), lines, "x")

    run = _upload(client, register, book)

    assert run.state == "ready", (run.state, run.report)
    assert (run.added, run.changed, run.unchanged) == (0, 0, len(rows))


def _cell(column, row):
    """What stands in a spreadsheet for a field of `row`."""
    if column.field is not None and column.field.is_relation:
        lookup = Lookup(column.field.related_model)
        value = getattr(row, column.name)
        if column.field.many_to_many:
            return "、".join(lookup.words_of(v) for v in value.all())
        return "" if value is None else lookup.words_of(value)
    plain = column.kind in ("date", "datetime", "integer", "number") and not column.label
    return column.value(row) if plain else column.words(row)


def _upload(client, register, content: bytes, name="台账.xlsx"):
    upload = io.BytesIO(content)
    upload.name = name
    answer = client.post(page(register, "register-import"), {"file": upload})
    assert answer.status_code == 302, answer.text
    assert client.get(answer.url).status_code == 200
    return ImportRun.objects.latest("pk")


@pytest.mark.parametrize("register", ENTERED, ids=by_key)
def test_a_bad_row_is_named_and_nothing_is_written(register, stocked, client):
    user = next(u for u in stocked.everybody if register.may_see(u) and register.may_change(u))
    client.force_login(user)
    before = register.model._default_manager.count()
    columns = sheet_columns(register, user)
    required = [c for c in columns if c.required]
    bad = ["" if c is required[0] else "?!" for c in columns]

    run = _upload(client, register, sheets.write(columns, [bad], "x"))

    assert run.state == "faulty" and run.faulty == 1 and run.report["faults"]
    assert register.model._default_manager.count() == before
    faults = client.get(page(register, "register-import-faults", run.pk)).getvalue()
    assert openpyxl.load_workbook(io.BytesIO(faults)).active.max_row >= 3


@pytest.mark.parametrize("register", ENTERED, ids=by_key)
def test_forms_open_and_an_empty_one_is_refused_beside_its_fields(register, stocked, client):
    user = next(u for u in stocked.everybody if register.may_see(u) and register.may_change(u))
    client.force_login(user)
    before = register.model._default_manager.count()
    if register.may_add:
        assert client.get(page(register, "register-add")).status_code == 200
        answer = client.post(page(register, "register-add"), {})
        assert answer.status_code == 200 and "data-errors" in answer.text
    row = register.match_rows(user).first()
    if register.may_edit and row is not None:
        answer = client.get(page(register, "register-edit", row.pk))
        assert answer.status_code == 200
        for name in register.masked:
            assert not getattr(row, name) or getattr(row, name) not in answer.text
    assert register.model._default_manager.count() == before


@pytest.mark.parametrize("register", [r for r in REGISTERS if r.verbs], ids=by_key)
def test_each_verb_has_a_page_and_needs_its_permission(register, stocked, client):
    for verb in register.verbs:
        seers = keepers(stocked, register)
        row = next((r for r in register.visible_to(seers[0])[:200] if verb.when(r)), None)
        if row is None:
            continue
        for user in seers:
            client.force_login(user)
            answer = client.get(page(register, "register-act", row.pk, verb.key))
            if not register.visible_to(user).filter(pk=row.pk).exists():
                assert answer.status_code in (403, 404)  # a row out of reach is not even told of
            else:
                assert answer.status_code == (200 if may(user, verb.action) else 403)


def test_the_shelf_shows_each_person_their_own(stocked, client):
    for user in stocked.everybody:
        client.force_login(user)
        text = client.get(reverse("registers")).text
        for register in REGISTERS:
            assert (f'href="{page(register)}"' in text) == register.may_see(user)
