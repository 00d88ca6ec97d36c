"""The WSGI application served by gunicorn or waitress."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huilian.project.settings")
application = get_wsgi_application()
