"""Packages for other systems: nothing sealed in them, changed ones refused, rows said one by one, twice is once."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest

from huilian.areas.answer.office import hooks, services
from huilian.areas.answer.office.models import Answer, Code, Fault, Heading, Package, Profile
from huilian.areas.answer.office.services.exchange import pack
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today
from tests.areas.leads.conftest import SECRET
from tests.areas.office.conftest import cast, cheap, office, stage, told  # noqa: F401
from tests.cast import SINCE

HEAD = ("线索编号", "对方编号", "办理状态", "状态日期")


@pytest.fixture
def clerk(office):  # noqa: F811
    post = Post.objects.create(unit=office.cast.commission, name="数据交换", roles=["office_exchanger"])
    directory.appoint(office.cast.person("kong_li"), post, starts_on=SINCE, by=SYSTEM)
    office.clerk = office.cast.kong_li
    return office


def cases() -> Profile:
    return Profile.objects.get(key="case-system")


def sent(clerk, profile=None):
    return services.send_out(profile or cases(), since=today() - timedelta(9), until=today(), by=clerk.clerk)


def table(*rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode()


def came(clerk, *rows, profile="case-system", count=None):
    content = table(*rows)
    return services.take_in(cases(), io.BytesIO(pack(profile, "t.csv", content, len(rows) if count is None else count)),
                            by=clerk.clerk)  # fmt: skip


def test_a_package_holds_numbers_days_and_codes_with_its_digest(clerk):
    Code.objects.filter(profile=cases(), field="source", ours="supervision").update(theirs="=03")
    made, content = sent(clerk)
    box = zipfile.ZipFile(io.BytesIO(content))
    manifest = json.loads(box.read("manifest.json"))
    body = box.read(manifest["file"]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert rows[0] == ["线索编号", "收到日期", "线索来源", "涉及领域", "办理状态", "办结日期"]
    assert rows[1] == [clerk.number, "2026-06-03", "'=03", "works", "verify", ""]
    assert (manifest["rows"], manifest["sha256"]) == (1, made.sha256)
    assert SECRET not in body and "刘长贵" not in body
    _made, workbook = sent(clerk, Profile.objects.get(key="petition-system"))
    assert any(name.endswith(".xlsx") for name in zipfile.ZipFile(io.BytesIO(workbook)).namelist())
    assert Event.objects.filter(verb="office.send_out").count() == 2


def test_what_the_other_system_could_not_read_is_not_sent(clerk):
    Code.objects.filter(profile=cases(), field="field", ours="works").delete()
    with pytest.raises(Invalid, match="has no code"):
        sent(clerk)
    with pytest.raises(Invalid):
        services.send_out(cases(), since=today(), until=today() - timedelta(1), by=clerk.clerk)
    with pytest.raises(NotAllowed):
        services.send_out(cases(), since=today(), until=today(), by=clerk.talker)
    assert not Package.objects.exists()


def test_rows_are_taken_one_by_one_and_the_queue_empties_itself(clerk):
    day = today().isoformat()
    package = came(clerk, (clerk.number, "AJ-1", "办理中", day), ("XS20200101-0001", "AJ-2", "办理中", day),
                   (clerk.number, "", "办理中", day), (clerk.number, "AJ-1", "丢了", day),
                   (clerk.number, "AJ-1", "已办结", "明天"), (clerk.number, "AJ-1", "已办结", "2030-01-01"),
                   (clerk.number, "AJ-1", "已接收", "2026-05-01"))  # fmt: skip
    answer = Answer.objects.get()
    assert (answer.theirs, answer.state, answer.since) == ("AJ-1", "handling", today())
    assert (package.rows, package.faults) == (7, 6) and [f.row for f in Fault.objects.all()] == [3, 4, 5, 6, 7, 8]
    assert "XS20200101-0001" in Fault.objects.first().text
    assert came(clerk, (clerk.number, "AJ-1", "已办结", day)).faults == 0
    assert list(Fault.objects.filter(settled_at=None).values_list("number", flat=True)) == ["XS20200101-0001"]
    fault = Fault.objects.get(settled_at=None)
    with pytest.raises(NotAllowed):
        services.settle(fault, note="对方录错", by=clerk.talker)
    with pytest.raises(Invalid):
        services.settle(fault, note=" ", by=clerk.clerk)
    services.settle(fault, note="对方录错", by=clerk.clerk)
    with pytest.raises(Conflict):
        services.settle(fault, note="又", by=clerk.clerk)
    assert Event.objects.filter(verb="office.take_in").count() == 2
    assert Event.objects.filter(verb="office.settle").count() == 1


def test_a_changed_package_is_refused_and_the_same_one_is_taken_once(clerk):
    row = (clerk.number, "AJ-1", "办理中", today().isoformat())
    content = pack("case-system", "t.csv", table(row), 1)
    box = zipfile.ZipFile(io.BytesIO(content))
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as other:
        other.writestr("t.csv", table((clerk.number, "AJ-9", "已办结", today().isoformat())))
        other.writestr("manifest.json", box.read("manifest.json"))
    for bad in (changed, io.BytesIO(b"PK"), io.BytesIO(pack("petition-system", "t", table(row), 1)),
                io.BytesIO(pack("case-system", "t.csv", b"a,b\n1,2\n", 1))):  # fmt: skip
        with pytest.raises(Invalid):
            services.take_in(cases(), bad, by=clerk.clerk)
    with pytest.raises(Invalid, match="counts other rows"):
        came(clerk, row, count=2)
    with pytest.raises(NotAllowed):
        services.take_in(cases(), io.BytesIO(content), by=clerk.talker)
    assert not Package.objects.exists() and not Answer.objects.exists()
    first = services.take_in(cases(), io.BytesIO(content), by=clerk.clerk)
    assert services.take_in(cases(), io.BytesIO(content), by=clerk.clerk) == first
    assert Package.objects.count() == Answer.objects.count() == Event.objects.filter(verb="office.take_in").count() == 1


def test_headings_codes_and_profiles_are_the_countys_to_change(clerk):
    profile = cases()
    services.save_profile(profile, {"form": "xlsx"}, by=clerk.clerk)
    heading = services.save_heading(profile.headings.first(), {"heading": "XSBH"}, by=clerk.clerk)
    code = services.save_code(profile.codes.first(), {"theirs": "01"}, by=clerk.clerk)
    assert (cases().form, cases().origin, heading.heading, code.theirs) == ("xlsx", "county", "XSBH", "01")
    with pytest.raises(Invalid):
        services.save_profile(None, {"key": "x", "name": "x", "source": "none"}, by=clerk.clerk)
    for save, row in ((services.save_profile, profile), (services.save_heading, heading), (services.save_code, code)):
        with pytest.raises(NotAllowed):
            save(row, {}, by=clerk.talker)
    assert Heading.objects.filter(heading="XSBH").count() == 1 and set(hooks.sources) >= {"petitions", "leads"}


def test_packages_go_out_and_come_in_on_the_page(clerk, client):
    client.force_login(clerk.clerk)
    url = "/desk/office/exchange/case-system/"
    assert client.get("/desk/office/exchange/").status_code == client.get(url).status_code == 200
    out = client.post(url, {"send": "1", "since": "2026-06-01", "until": "2026-06-03"})
    assert out.content[:2] == b"PK" and client.post(url, {"send": "1", "since": "2026-06-09", "until": "2026-06-03"})
    content = pack("case-system", "t.csv", table(("XS1", "AJ", "办理中", "2026-06-03")), 1)
    named = io.BytesIO(content)
    named.name = "回传.zip"
    assert client.post(url, {"take": "1", "file": named}).status_code == 302
    assert client.post(url, {"take": "1"}).status_code == 422
    fault = Fault.objects.get()
    assert fault.text in client.get(url).content.decode()
    assert client.post(f"/desk/office/act/fault/{fault.pk}/settle/", {"note": "对方录错"}).status_code == 302
