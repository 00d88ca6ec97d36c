"""How the catalogues are kept: `huilian messages`."""

from huilian.project.texts import Home, check, collect, compile_one, load, update

TEMPLATE = """{% load i18n %}
  <p class="it's">{% translate "Sign in" %} {{ title|default:_("Untitled") }}</p>
{% blocktranslate count n=rows|length trimmed %}
    {{ n }} row
  {% plural %}
    {{ n }} rows
{% endblocktranslate %} {% translate "May" context "month" %}
  {# nothing #} <a href="{% url 'x' %}">{% blocktranslate %}100% of {{ name }}{% endblocktranslate %}</a>
"""
CODE = """
from django.utils.translation import gettext as _, ngettext
def f(n):
    return _("Hello, %(who)s") % {"who": 1}, ngettext("%(n)s day", "%(n)s days", n), _("Sign in")
"""


def home(tmp_path) -> Home:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(TEMPLATE)
    (tmp_path / "views.py").write_text(CODE)
    return Home("engine.sample", tmp_path)


def test_texts_of_templates_and_code_are_found_in_source_order(tmp_path):
    ids = [m.id for m in collect(home(tmp_path)) if m.id]

    assert ids == [
        "Sign in",
        "Untitled",
        ("%(n)s row", "%(n)s rows"),
        "May",
        "100%% of %(name)s",
        "Hello, %(who)s",
        ("%(n)s day", "%(n)s days"),
    ]


def test_update_keeps_what_is_translated_and_tells_what_it_drops(tmp_path):
    place = home(tmp_path)
    update(place)
    place.po.write_text(place.po.read_text().replace('msgid "Sign in"\nmsgstr ""', 'msgid "Sign in"\nmsgstr "登录"'))
    (tmp_path / "views.py").write_text(CODE.replace("Hello, %(who)s", "Welcome, %(who)s"))

    added, dropped = update(place)

    assert (added, dropped) == (1, [("Hello, %(who)s", "")])
    assert load(place.po).get("Sign in").string == "登录"


def test_check_names_missing_unused_and_broken_texts(tmp_path):
    place = home(tmp_path)
    update(place)
    text = place.po.read_text()
    text = text.replace('msgid "Hello, %(who)s"\nmsgstr ""', 'msgid "Hello, %(who)s"\nmsgstr "您好"')
    place.po.write_text(text + '\nmsgid "Gone"\nmsgstr "没了"\n')

    faults = check(place)

    assert "Sign in" in faults.missing and "month|May" in faults.missing
    assert faults.unused == ["Gone"]
    assert faults.broken == ["Hello, %(who)s: lost who"]


def test_update_twice_changes_nothing(tmp_path):
    place = home(tmp_path)
    update(place)
    before = place.po.read_text()

    update(place)

    assert place.po.read_text() == before and compile_one(place) and not compile_one(place, only_stale=True)
