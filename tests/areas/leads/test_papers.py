"""Seventy-one templates and twelve charts; a paper is filled from the opened lead, numbered, sealed, in versions."""

import io

import pytest
from docx import Document

from huilian.areas.answer.leads import papers, services
from huilian.areas.answer.leads.models import Paper
from huilian.engine.documents.services import bytes_of
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import SECRET


def test_six_aspects_hold_seventy_one_templates_and_twelve_charts():
    found = papers.aspects().values()

    assert [len(a.papers) for a in found] == [10, 11, 18, 12, 14, 6] and len(papers.templates()) == 71
    charts = [chart for a in found for chart in papers.charts_of(a)]
    assert len(charts) == 12 and all(chart.nodes and chart.edges for chart in charts)
    for template in papers.templates().values():
        made = papers.compose(template, {}, sender="安澜县纪律检查委员会", serial=0, day=today())
        assert made.title == template.name["zh"] and template.name["en"]


@pytest.mark.parametrize("key", ["register", "inquiry"])
def test_a_template_is_written_as_word(key):
    made = papers.compose(papers.templates()[key], {"summary": SECRET}, sender="纪委", serial=3, day=today())
    written = Document(io.BytesIO(bytes_of(made, "docx")))

    text = "\n".join([p.text for p in written.paragraphs] + [c.text for t in written.tables for c in t._cells])
    assert SECRET in text and f"〔{today().year}〕3号" in text


def test_a_paper_is_filled_sealed_numbered_and_corrected(desk):
    lead = desk.assigned()
    token = desk.token(desk.handler)
    values = services.suggested(lead, template="approval", purpose="制作文书", token=token, by=desk.handler)
    assert values["persons"] == "刘长贵" and values["summary"] == SECRET
    first = services.make_paper(lead, template="approval", values={**values, "opinion": "建议核实"}, by=desk.handler)
    again = services.make_paper(
        lead, template="approval", values={**values, "opinion": "改为函询"}, again=first.number, by=desk.handler
    )

    assert first.number == "纪线呈〔2026〕1号" == again.number and (first.version, again.version) == (1, 2)
    made = services.open_paper(again, purpose="查阅", token=token, by=desk.handler)
    assert "改为函询" in made.matter and ("被反映人", "刘长贵") in made.facts
    events = Event.objects.filter(verb="leads.paper")
    assert events.count() == 2 and "刘长贵" not in str(list(events.values_list("data", flat=True)))


def test_a_paper_that_is_none_is_refused_and_others_open_none(desk):
    lead = desk.assigned()
    for wrong in ({"template": "nothing"}, {"again": "纪线呈〔2026〕9号"}, {"values": {"weather": "晴"}}):
        with pytest.raises(Invalid):
            services.make_paper(lead, **{"template": "approval", "values": {}, **wrong}, by=desk.handler)
    assert not Paper.objects.exists()
    made = services.make_paper(lead, template="plan", values={"text": "查账"}, by=desk.handler)
    with pytest.raises(NotAllowed):
        services.open_paper(made, purpose="看看", token=desk.token(desk.second), by=desk.second)
