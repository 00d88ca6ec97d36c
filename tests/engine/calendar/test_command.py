"""`huilian calendar`."""

import json

import pytest
from click.testing import CliRunner

from huilian.engine.calendar.models import CalendarYear
from huilian.project.cli import main

from .test_calendar import NOTICE_2027

pytestmark = pytest.mark.django_db


def test_a_new_year_is_loaded_from_a_file(tmp_path):
    file = tmp_path / "2027.yaml"
    file.write_text(NOTICE_2027, "utf-8")

    got = CliRunner().invoke(main, ["calendar", "load", str(file), "--json"])

    assert got.exit_code == 0 and json.loads(got.stdout) == {"year": 2027, "moved": []}
    assert "2027" in CliRunner().invoke(main, ["calendar", "years"]).stdout


def test_a_faulty_file_changes_nothing(tmp_path):
    file = tmp_path / "2027.yaml"
    file.write_text(NOTICE_2027.replace("[06-09]", "[06-31]"), "utf-8")

    got = CliRunner().invoke(main, ["calendar", "load", str(file)])

    assert got.exit_code == 2 and "06-31" in got.stderr
    assert not CalendarYear.objects.exists()
