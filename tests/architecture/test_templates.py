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


def found(paths, pattern: re.Pattern, without: str = "$^") -> list[tuple[str, str]]:
    """(file, what was found in it) for each find, after what matches `without` was taken out."""
    texts = ((path, re.sub(without, "", path.read_text(encoding="utf-8"), flags=re.S)) for path in paths)
    return [(str(path.relative_to(SOURCE)), match[0]) for path, text in texts for match in pattern.finditer(text)]


def test_a_template_has_no_inline_style_or_script():
    assert found(TEMPLATES, INLINE) == []


def test_a_template_has_its_chinese_in_the_catalogue():
    lines = found(
        [path for path in TEMPLATES if "guide" not in path.parts],
        re.compile(rf"^.*{CHINESE.pattern}.*$", re.M),
        without=r"\{#.*?#\}|\{% comment.*?endcomment %\}",
    )

    assert [(path, line) for path, line in lines if "中文" not in line] == []


def test_a_style_sheet_stays_on_chromium_109():
    """The last Chromium for Windows 7, which stands in many township offices."""
    assert found(STYLES, TOO_NEW, without=r"/\*.*?\*/") == []


def test_a_script_holds_no_text_for_people():
    assert found(SCRIPTS, CHINESE) == []


def test_every_icon_is_in_the_sprite():
    used = found(TEMPLATES, re.compile(r"""(?<=\{% icon ["'])[\w-]+(?=["'])"""))

    assert [(path, icon) for path, icon in used if icon not in icons.NAMES] == []


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
