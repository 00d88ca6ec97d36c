"""Event logs from outside: handed in, judged, shown; refused with nothing kept; never a person's name."""

import gzip
from io import BytesIO

import pytest
import yaml
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation

from huilian.areas.power.monitoring.models import OutsideLog
from huilian.areas.power.monitoring.services import logs as services
from huilian.areas.power.monitoring.services.logs import judge_outside_log
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from tests.engine.mining.logs import days, trace
from tests.engine.mining.logs import xes as written
from tests.engine.mining.test_judging import PROCEDURE

BODY = yaml.safe_load(PROCEDURE)
NAMED = '<string key="org:resource" value="张三"/>'
CASES = (
    days("A-1", ("create", "2026-01-01"), ("send", "2026-02-01"), ("tell", "2026-02-02")),
    days("B-2", ("create", "2026-01-01"), ("send", "2026-04-02"), ("tell", "2026-04-03")),
    days("C-3", ("create", "2026-01-01"), ("tell", "2026-01-05")),
    trace("D-4", ("create", "2026-01-01T09:00:00+08:00"), ("看一看", "2026-01-02T09:00:00+08:00"), extra=NAMED),
)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.ding_ke)
    client.cookies["face"] = "lang=en"
    return client


def handed_in(cast, *traces, **more) -> OutsideLog:
    given = {"title": "城管罚单", "procedure": BODY, "by": cast.ding_ke, "unit": cast.housing} | more
    return services.hand_in_log(written(*(traces or CASES)), "fines.xes", **given)


def test_hand_in_log_judges_a_small_log_at_once_and_lets_go_of_its_file(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        log = handed_in(cast)

    log = OutsideLog.objects.get(pk=log.pk)
    assert (log.state, log.cases, log.events, log.found) == ("done", 4, 10, 6)
    assert not log.file and not default_storage.exists(f"logs/{log.number}.bin")
    assert "张三" not in str(log.result)
    assert [e.verb for e in Event.objects.filter(verb__startswith="monitoring").order_by("pk")] == [
        "monitoring.log_received", "monitoring.log_judged",
    ]  # fmt: skip


def test_hand_in_log_is_for_the_monitoring_centre_and_nothing_is_kept_otherwise(cast):
    with pytest.raises(NotAllowed):
        handed_in(cast, by=cast.he_wei)

    assert not OutsideLog.objects.exists() and not Event.objects.filter(verb__startswith="monitoring").exists()


def test_a_log_is_taken_once_for_a_procedure(cast):
    first = handed_in(cast)

    with pytest.raises(Conflict, match=first.number):
        handed_in(cast, title="又一次")
    assert OutsideLog.objects.count() == 1


def test_too_large_untitled_or_a_wrong_procedure_is_refused_with_nothing_kept(cast, monkeypatch):
    for more in ({"title": " "}, {"procedure": BODY | {"log": {"activities": {"x": "nowhere"}}}}):
        with pytest.raises(Invalid):
            handed_in(cast, **more)
    monkeypatch.setattr(services, "MEGABYTES", 0)
    with pytest.raises(Invalid, match="at most 0 MB"):
        handed_in(cast)

    assert not OutsideLog.objects.exists()


def test_a_log_that_cannot_be_read_says_where_and_can_be_handed_in_again(cast):
    broken = CASES[0].replace("2026-02-02T", "gestern")

    log = handed_in(cast, broken)

    assert (
        (log.state, log.found, log.result) == ("refused", 0, {}) and "Line" in log.refusal and "gestern" in log.refusal
    )
    assert Event.objects.filter(verb="monitoring.log_refused").exists()
    assert handed_in(cast, broken).pk != log.pk


def test_a_large_log_is_judged_by_the_worker_and_a_fault_of_ours_is_told(cast, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 1)
    waiting = []
    monkeypatch.setattr(services, "enqueue", lambda job, **given: waiting.append(given["log"]))

    log = handed_in(cast)

    assert log.state == "waiting" and waiting == [log.pk]
    judge_outside_log.func(log=log.pk, language="en")
    log.refresh_from_db()
    assert log.state == "done"
    other = handed_in(cast, CASES[0])
    monkeypatch.setattr(services, "judge", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        judge_outside_log.func(log=other.pk, language="en")
    other.refresh_from_db()
    assert other.state == "refused" and "fault in the system" in other.refusal


def test_pages_show_what_was_found_and_never_a_person(desk, cast, django_assert_max_num_queries):
    log = handed_in(cast)
    pages = {}

    for name in ("monitoring-log", "monitoring-log-map", "monitoring-log-findings"):
        with django_assert_max_num_queries(15):
            response = desk.get(reverse(name, args=[log.number]))
        pages[name] = response.content.decode()
        assert response.status_code == 200 and len(response.content) < 45 * 1024
        assert "张三" not in pages[name]
    assert "B-2" in pages["monitoring-log-findings"] and "1 days late" in pages["monitoring-log-findings"]
    assert pages["monitoring-log-map"].count('<svg class="flow procmap"') == 2
    assert "off the procedure" in pages["monitoring-log-map"] and "看一看" in pages["monitoring-log-map"]
    assert "城管罚单" in desk.get(reverse("monitoring-logs"), {"q": log.number}).content.decode()


def test_findings_are_filtered_and_exported_and_the_export_is_recorded(desk, cast):
    log = handed_in(cast)

    shown = desk.get(
        reverse("monitoring-log-findings", args=[log.number]), {"kind": "late", "q": "b-"}
    ).content.decode()
    none = desk.get(reverse("monitoring-log-findings", args=[log.number]), {"q": "A-1"}).content.decode()
    file = desk.get(reverse("monitoring-log-export", args=[log.number]), {"kind": "skipped"})

    assert "B-2" in shown and "C-3" not in shown
    assert "Nothing like that" in none
    assert file.content.decode().splitlines()[1].startswith("C-3,") and len(file.content.decode().splitlines()) == 2
    assert Event.objects.get(verb="monitoring.log_exported").data["rows"] == 1


def test_record_export_is_for_the_monitoring_centre(cast):
    log = handed_in(cast)

    with pytest.raises(NotAllowed):
        services.record_export(log, rows=1, by=cast.he_wei)


def test_a_log_and_its_procedure_are_handed_in_by_a_form(desk, cast):
    content = gzip.compress(written(*CASES).getvalue())

    def posted(**more):
        file, procedure = BytesIO(content), BytesIO(PROCEDURE.encode())
        file.name, procedure.name = "fines.xes.gz", "fine.yaml"
        given = {"title": "罚单", "file": file, "procedure_file": procedure}
        return desk.post(reverse("monitoring-log-new"), given | more)

    bad = BytesIO(b"- 1")
    bad.name = "bad.yaml"
    assert "not a readable procedure file" in posted(procedure_file=bad).content.decode()
    assert posted(procedure_file="").status_code == 422 and not OutsideLog.objects.exists()
    response = posted()
    log = OutsideLog.objects.get()
    assert response.status_code == 302 and response.url == reverse("monitoring-log", args=[log.number])
    assert log.state == "done" and log.cases == 4
    again = posted()
    assert again.status_code == 422 and log.number in again.content.decode()


def test_a_table_with_its_headings_named_is_judged(cast):
    table = "案号,做了什么,何时\nA,create,2026-01-01\nA,send,2026-01-02\nA,tell,2026-01-03\n"

    given = {"title": "罚单", "procedure": BODY, "columns": {"activity": "做了什么", "time": "何时"}}
    log = services.hand_in_log(BytesIO(table.encode("gb18030")), "罚单.csv", by=cast.ding_ke, **given)

    assert (log.state, log.cases, log.found) == ("done", 1, 0)


@pytest.mark.parametrize("name", ["monitoring-logs", "monitoring-log-new"])
def test_strangers_see_no_log(client, cast, name):
    client.force_login(cast.he_wei)

    assert client.get(reverse(name)).status_code == 403
