import gzip
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huilian.engine.mining import reading, xes
from huilian.engine.mining.log import to_date
from huilian.foundation.errors import Invalid

from .logs import HEAD, days, trace
from .logs import xes as written

A = days("A", ("开单", "2026-01-05"), ("寄送", "2026-02-03"))
B = days("B", ("开单", "2026-01-06"))
EVENT = st.tuples(st.text("ab<&\"'>é 案", max_size=4), st.integers(0, 10**9))


def refused(file) -> str:
    with pytest.raises(Invalid) as refusal:
        reading.read(file)
    return str(refusal.value)


def same(one, other) -> bool:
    return (
        (one.cases, one.activities, one.attributes, one.case_attributes)
        == (other.cases, other.activities, other.attributes, other.case_attributes)
        and all(np.array_equal(getattr(one, n), getattr(other, n)) for n in ("starts", "activity", "at", "day"))
    )  # fmt: skip


def test_a_log_is_laid_out_in_columns():
    extra = '<float key="amount" value="35.5"/><int key="points" value="-2"/><boolean key="paid" value="true"/>'

    log = reading.read(written(A, trace("B", ("开单", "2026-01-06T09:30:00.250+08:00"), extra=extra)))

    assert log.cases == ["A", "B"] and log.activities == ("开单", "寄送")
    assert log.starts.tolist() == [0, 2, 3] and log.activity.tolist() == [0, 1, 0]
    assert [str(log.first_day), str(log.last_day)] == ["2026-01-05", "2026-02-03"]
    assert {name: values.to_pylist() for name, values in log.attributes.items()} == {
        "amount": [None, None, 35.5], "points": [None, None, -2], "paid": [None, None, True],
    }  # fmt: skip
    assert log.at[2] == 1_767_663_000_250_000


def test_a_day_is_the_date_the_log_writes_not_that_of_another_zone():
    log = reading.read(written(trace("A", ("x", "2026-03-28T23:30:00-05:00"), ("y", "2026-03-29T05:00:00+01:00"))))

    assert [log.activities[code] for code in log.activity] == ["y", "x"]
    assert [str(to_date(day)) for day in log.day] == ["2026-03-29", "2026-03-28"]


def test_both_ways_of_reading_give_the_same():
    plain = A + B
    unusual = [
        plain.replace('"开单"', "'开单'"),
        plain.replace("开单", "&#x5F00;单"),
        plain.replace("<event>", "<event ><!-- </event></trace> -->", 1),
        plain.replace("<", "<x:").replace("<x:/", "</x:"),
        plain.replace('key="concept:name" value="A"', 'value="A" key="concept:name"'),
    ]

    quick = reading.read(written(plain))

    for text in unusual:
        assert same(reading.read(written(text)), quick)
        assert same(reading.read(written(text, days("C", ("开单", "2026-01-01")))),
                    reading.read(written(plain, days("C", ("开单", "2026-01-01")))))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(EVENT, min_size=1), min_size=1), st.integers(1, 400))
def test_any_log_is_read_alike_in_any_portions(cases, size):
    from xml.sax.saxutils import quoteattr

    def event(name: str, second: int) -> str:
        at = np.datetime64(second, "s").item().isoformat() + "Z"
        named = f'<string key="concept:name" value={quoteattr(name)}/>'
        return f'<event>{named}<date key="time:timestamp" value="{at}"/></event>'

    text = HEAD + "".join(
        f'<trace><string key="concept:name" value="{i}"/>{"".join(event(*e) for e in events)}</trace>\n'
        for i, events in enumerate(cases)
    ) + "</log>"  # fmt: skip
    content = text.encode()
    slowly = xes.Reader()
    slowly.slow = True

    log = xes.Reader().read(content[i : i + size] for i in range(0, len(content), size))

    assert same(log, slowly.read([content]))
    told = [sorted(events, key=lambda e: e[1]) for events in cases]
    assert [
        [log.activities[c] for c in log.activity[a:b]] for a, b in zip(log.starts, log.starts[1:], strict=False)
    ] == [[name for name, _second in events] for events in told]


def test_nested_attributes_and_lists_are_read():
    nested = (
        '<string key="place" value="P"><int key="floor" value="3"/></string>'
        '<list key="l"><values><int key="n" value="1"/></values></list>'
    )

    log = reading.read(written(trace("A", ("x", "2026-01-01T00:00:00Z"), extra=nested)))

    assert {k: v.to_pylist() for k, v in log.attributes.items()} == {"place": ["P"], "place/floor": [3], "l/n": [1]}


def test_packed_logs_and_other_encodings_are_read():
    text = written(A, B).getvalue().decode()
    quick = reading.read(written(A, B))

    assert same(reading.read(BytesIO(gzip.compress(text.encode()))), quick)
    for encoding in ("gb18030", "GBK", "UTF-16"):
        assert same(reading.read(BytesIO(text.replace("UTF-8", encoding).encode(encoding))), quick)
    assert same(reading.read(BytesIO(b"\xef\xbb\xbf" + text.encode())), quick)


def test_events_out_of_order_are_put_in_order_of_time_and_counted():
    log = reading.read(written(A, days("B", ("c", "2026-03-01"), ("a", "2026-01-01"), ("b", "2026-01-01"))))

    assert [log.activities[code] for code in log.activity[2:]] == ["a", "b", "c"]
    assert (log.reading.disordered_cases, log.reading.disordered_events) == (1, 1)


def test_a_date_without_an_offset_is_taken_in_the_zone_and_counted():
    log = reading.read(written(trace("A", ("x", "2026-01-01T00:00:00"))))

    assert log.reading.zoneless_events == 1
    assert str(log.first_day) == "2026-01-01" and log.at[0] == 1_767_196_800_000_000


@pytest.mark.parametrize("slow", [False, True])
def test_what_is_missing_is_told_with_its_line_and_nothing_is_read(slow):
    mark = "<!-- -->" if slow else ""
    timeless = B.replace('<date key="time:timestamp" value="2026-01-06T00:00:00+08:00"/>', mark)
    nameless = B.replace('<string key="concept:name" value="B"/>', mark, 1)
    broken = B.replace("2026-01-06", "06.01.2026")

    assert "Line 16" in refused(written(A, timeless)) and "time:timestamp" in refused(written(A, timeless))
    assert "Line 14" in refused(written(A, nameless))
    assert "Line 18" in refused(written(A, broken)) and "06.01.2026" in refused(written(A, broken))


def test_a_case_told_twice_is_refused():
    assert "“A”" in refused(written(A, B, A))


def test_files_that_are_no_log_are_refused_in_one_sentence():
    whole = written(A, B).getvalue()

    assert "ends in the middle" in refused(BytesIO(whole[:-30]))
    assert "cut off" in refused(BytesIO(gzip.compress(whole)[:-12]))
    assert "Line 18 is not XML" in refused(written(A, B.replace('value="2026', "value=2026")))
    assert "“html”" in refused(BytesIO(b"<html><body/></html>"))
    assert "no event" in refused(written())
    assert "stands where XES has none" in refused(written("<event></event>", A))
    assert "which is not known" in refused(written(A, head=HEAD.replace("UTF-8", "klingon")))


def test_entities_of_its_own_are_not_opened():
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<log>\n'

    assert "document type" in refused(written(A, head=bomb))


def test_more_events_than_allowed_are_refused():
    with pytest.raises(Invalid, match="more than 2 events"):
        reading.read(written(A, B), limit=2)


def test_only_the_attributes_asked_for_are_kept():
    extra = '<float key="amount" value="35.5"/><string key="org:resource" value="561"/>'

    log = reading.read(written(trace("A", ("x", "2026-01-01T00:00:00Z"), extra=extra)), keep=("amount",))

    assert list(log.attributes) == ["amount"]
