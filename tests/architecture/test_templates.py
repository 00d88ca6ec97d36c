"""Templates, styles and scripts of the house: strict content policy, old browsers, both languages."""

import hashlib
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings

from huilian.engine.look import icons, menu
from huilian.project.discover import SOURCE

TEMPLATES = [p for p in SOURCE.rglob("templates/**/*") if p.suffix in {".html", ".svg"}]
STYLES = list(SOURCE.rglob("static/**/*.css"))
SCRIPTS = list(SOURCE.rglob("static/**/*.js"))
INLINE = re.compile(
    r"""\sstyle=|<style|\son\w+=["']|<script(?![^>]*\ssrc=)(?![^>]*type="application/json)|hx-on|hx-vals=["']js:"""
)
TOO_NEW = re.compile(
    r"color-mix\(|oklch\(|oklab\(|light-dark\(|:popover-open|@starting-style|subgrid|@scope|anchor-name|text-wrap:"
    r"|^\s*&|@view-transition",
    re.M,
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HASHES = {  # of the upstream releases: echarts 6.1.0, htmx 2.0.10
    (
        "instaui_echarts",
        "static/echarts.esm.min.js",
    ): "28515f26aa57f87eb1e4ed4eb446927eaf329b5f5e02b4bfd4b0264fea40d1da",
    (
        "django_htmx",
        "static/django_htmx/htmx-2.min.js",
    ): "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de",
}


def name(path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_no_inline_style_or_script(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", [p for p in TEMPLATES if "guide" not in p.parts], ids=name)
def test_a_template_has_its_chinese_in_the_catalogue(path):
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(), flags=re.S)

    assert [line for line in text.splitlines() if CHINESE.search(line) and "中文" not in line] == []


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_a_style_sheet_stays_on_chromium_109(path):
    """The last Chromium for Windows 7, which stands in many township offices."""
    assert TOO_NEW.findall(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_holds_no_text_for_people(path):
    assert not CHINESE.search(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_icon_is_in_the_sprite(path):
    used = set(re.findall(r"""\{% icon ["']([\w-]+)["']""", path.read_text()))

    assert used - set(icons.NAMES) == set()


def test_the_menu_names_only_icons_and_groups_that_exist():
    for item in menu.declared():
        assert item.icon in icons.NAMES and item.group in menu.GROUPS, item


def test_the_sprites_have_every_name_once():
    symbols = sum(sprite.body.count("<symbol") for sprite in icons.sprites())

    assert symbols == len(icons.NAMES) == len(set(icons.NAMES))


@pytest.mark.parametrize(("place", "digest"), HASHES.items(), ids=lambda v: v[0] if isinstance(v, tuple) else "")
def test_files_out_of_wheels_are_the_upstream_ones(place, digest):
    package, inner = place
    file = Path(find_spec(package).origin).parent / inner

    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest


def test_every_wheel_file_is_there():
    for package, inner in settings.WHEEL_FILES.values():
        assert (Path(find_spec(package).origin).parent / inner).exists()
