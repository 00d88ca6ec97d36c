"""Django's settings. What an office may change (periods, thresholds, holidays) is dated data in tables, not here."""

import sys
from pathlib import Path
from tempfile import mkdtemp

from django.utils.translation import gettext

from huilian.foundation.wording import speak_with

from . import discover, environment

TESTING = "pytest" in sys.modules
# Database, media, keys: never in the source tree.
HOME = Path(environment.text("HUILIAN_HOME") or (mkdtemp(prefix="huilian-test-") if TESTING else "var")).resolve()
DEBUG = environment.flag("HUILIAN_DEBUG")
PRODUCTION = environment.flag("HUILIAN_PRODUCTION")


def _secret() -> str:
    given = environment.text("HUILIAN_SECRET")
    if given:
        return given
    kept = HOME / "secret.key"
    if not kept.exists():
        from django.core.management.utils import get_random_secret_key

        HOME.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(get_random_secret_key())
    return kept.read_text()


SECRET_KEY = _secret()
ALLOWED_HOSTS = environment.words("HUILIAN_HOSTS", "127.0.0.1 localhost [::1] testserver")
CSRF_TRUSTED_ORIGINS = environment.words("HUILIAN_ORIGINS")

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    *discover.apps(),
]
MIDDLEWARE = [
    "huilian.engine.look.middleware.ServerTiming",
    "huilian.engine.auctions.live.Feed",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huilian.engine.look.middleware.Preferences",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "huilian.engine.look.middleware.SwappedMessages",
    "huilian.engine.look.middleware.Refusals",
    "huilian.engine.accounts.middleware.Sessions",
    "huilian.engine.access.middleware.Guard",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "huilian.project.urls"
WSGI_APPLICATION = "huilian.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "huilian.engine.look.context.look",
            ],
        },
    }
]
DATABASES = {"default": environment.database(environment.text("DATABASE_URL", f"sqlite:///{HOME / 'huilian.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["username", "name"]}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
# Off only for the demonstration (accounts.E001) and for tests, which sign in by force_login.
SECOND_FACTOR = environment.flag("HUILIAN_SECOND_FACTOR", not TESTING)
OTP_TOTP_ISSUER = "惠廉 Huilian"
# By name, not address: a county office shares one address, and one careless colleague would lock out the house.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # wants the address as well; rotating browsers does not help against a name
AXES_FAILURE_LIMIT = "huilian.engine.accounts.queries.failure_limit"
AXES_COOLOFF_TIME = "huilian.engine.accounts.queries.cool_off"
AXES_LOCKOUT_CALLABLE = "huilian.engine.accounts.lockout.answer"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # our own trail keeps sign-ins, and cannot be edited
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = discover.locales()
speak_with(gettext)  # the foundation marks its sentences; this is how they find their language

FORM_RENDERER = "huilian.engine.look.forms.HouseRenderer"
CSRF_FAILURE_VIEW = "huilian.engine.look.views.csrf_failure"
SITE = {  # whose site it is; what is empty is left out of the pages
    "place": environment.text("HUILIAN_PLACE", ""),
    "owner": environment.text("HUILIAN_OWNER", ""),
    "phone": environment.text("HUILIAN_PHONE", ""),
    "address": environment.text("HUILIAN_ADDRESS", ""),
    "record": environment.text("HUILIAN_RECORD", ""),
    "code": environment.text("HUILIAN_SITE_CODE", ""),
}

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "huilian.engine.look.finders.WheelFiles",
]
WHEEL_FILES = {  # public path: (package, file inside it); a test pins the SHA-256 of each
    "vendor/echarts/echarts.esm.min.js": ("instaui_echarts", "static/echarts.esm.min.js"),
    "vendor/barlow/BarlowCondensed-SemiBold.ttf": ("fontpkg_barlow_condensed", "files/BarlowCondensed-SemiBold.ttf"),
}
MEDIA_ROOT = HOME / "media"
STATIC_STORAGE = "huilian.engine.look.storage.Gathered"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing is gathered for tests
        if TESTING
        else STATIC_STORAGE
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The public log (/log/…): its name in signed notes, and the digest of events (sha256, or sm3 of GB/T 32905).
TRAIL_ORIGIN = environment.text("HUILIAN_LOG_ORIGIN", "huilian.invalid/log")
TRAIL_DIGEST = environment.text("HUILIAN_DIGEST", "sha256")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # a working day at the longest; the idle time-out is the office's (SignInRules)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_NONE, _SELF = "'none'", "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_NONE],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF, "data:"],
        "font-src": [_SELF],
        "connect-src": [_SELF],
        "form-action": [_SELF],
        "frame-ancestors": [_NONE],
        "base-uri": [_NONE],
        "manifest-src": [_SELF],
    }
}
# How notices leave the house (engine.inbox.adapters): console, mail (by SMTP), program, or off.
INBOX = {
    channel: None if way == "off" else {"send": f"huilian.engine.inbox.adapters.{way}"}
    for channel, way in (
        ("email", environment.text("HUILIAN_EMAIL", "console")),
        ("sms", environment.text("HUILIAN_SMS", "console")),
    )
}
SMS_INBOUND = environment.text("HUILIAN_SMS_INBOUND")  # what the gateway shows to hand messages in; empty: none come
INBOX_PROGRAM = environment.text("HUILIAN_INBOX_PROGRAM")
EMAIL_HOST = environment.text("HUILIAN_SMTP_HOST", "localhost")
EMAIL_PORT = int(environment.text("HUILIAN_SMTP_PORT", "25"))
EMAIL_HOST_USER = environment.text("HUILIAN_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("HUILIAN_SMTP_PASSWORD")
EMAIL_USE_SSL = environment.flag("HUILIAN_SMTP_SSL")
DEFAULT_FROM_EMAIL = environment.text("HUILIAN_SMTP_FROM", "huilian@localhost")
