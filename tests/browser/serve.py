"""Serves the product for the browser suite, in a process and with a database of its own.

A process of its own, because what the pages show must be committed, and committed rows would disturb other tests.
Prints one line of JSON when ready: address, facts of the story, and a session for every user of the cast.
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def _sessions() -> dict[str, str]:
    """A signed-in session for each user, as the sign-in page would make it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    keys = {}
    for user in get_user_model().objects.filter(is_active=True):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        keys[user.username] = session.session_key
    return keys


def _of_story(facts: dict[str, str]) -> dict[str, str]:
    """Sessions of people without an account, which the story gives as facts `session:<name>`."""
    return {name.removeprefix("session:"): key for name, key in facts.items() if name.startswith("session:")}


def main() -> None:
    home = Path(os.environ["HUILIAN_HOME"])
    os.environ["DJANGO_SETTINGS_MODULE"] = "huilian.project.settings"
    import pytest  # noqa: F401  (settings take its presence for a test run)

    from huilian.project import texts

    texts.compile_stale()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from waitress import create_server

    from tests import schema
    from tests.browser import story

    schema.sqlite(Path(settings.DATABASES["default"]["NAME"]))
    facts = story.tell()
    settings.STATIC_ROOT = home / "static"
    settings.STORAGES["staticfiles"]["BACKEND"] = settings.STATIC_STORAGE  # hashed, gathered and compressed
    call_command("collectstatic", interactive=False, verbosity=0)
    from huilian.project.wsgi import application

    server = create_server(application, host="127.0.0.1", port=int(os.environ.get("PORT", 0)), threads=8)
    ready = {
        "url": f"http://127.0.0.1:{server.effective_port}",
        "facts": facts,
        "sessions": _sessions() | _of_story(facts),
    }
    print(json.dumps(ready), flush=True)
    server.run()


if __name__ == "__main__":
    main()
