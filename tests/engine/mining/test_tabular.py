from io import BytesIO

import pytest

from huilian.engine.mining import reading
from huilian.foundation.errors import Invalid

TABLE = "案号,环节,办理时间,经办窗口\nA,受理,2026-01-05 09:00,1\nB,受理,2026/1/6,2\nA,办结,2026-01-07 10:00:30,1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_a_log_in_any_usual_encoding(encoding):
    log = reading.read(BytesIO(TABLE.encode(encoding)))

    assert log.cases == ["A", "B"] and log.starts.tolist() == [0, 2, 3]
    assert [log.activities[code] for code in log.activity] == ["受理", "办结", "受理"]
    assert log.attributes["经办窗口"].to_pylist() == ["1", "1", "2"]
    assert log.reading.zoneless_events == 3 and str(log.last_day) == "2026-01-07"


def test_headings_may_be_named():
    text = TABLE.replace("案号", "业务").replace("环节", "动作")

    log = reading.read(BytesIO(text.encode()), columns={"case": "业务", "activity": "动作", "window": "经办窗口"})

    assert log.activities == ("受理", "办结") and list(log.attributes) == ["window"]


def test_a_row_without_its_parts_is_told_with_its_line():
    for broken, part in (
        ("\n,受理,2026-01-08,1\n", "case"),
        ("\nC,,2026-01-08,1\n", "activity"),
        ("\nC,受理,,1\n", "moment"),
    ):
        with pytest.raises(Invalid, match=f"Line 5 has no {part}"):
            reading.read(BytesIO((TABLE.rstrip() + broken).encode()))
    with pytest.raises(Invalid, match="Line 5: “昨天” is no moment"):
        reading.read(BytesIO((TABLE + "C,受理,昨天,1\n").encode()))


def test_a_table_without_a_needed_column_names_what_it_found():
    with pytest.raises(Invalid, match="经办窗口"):
        reading.read(BytesIO(TABLE.replace("办理时间", "何日").encode()))
