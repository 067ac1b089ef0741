"""Settings, all of them from the environment, with safe answers where it is silent.

Two database roles: requests, jobs and tests use `DATABASE_URL`, a role that owns nothing, so that row-level
security and revoked rights bind it; migrations use `DATABASE_OWNER_URL`, chosen by `RIGHTHELP_AS=owner`.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def _yes(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "yes", "true"}


# The demonstration county: everybody in it is invented, and anybody may sign in as anybody.
DEMONSTRATION = _yes("RIGHTHELP_DEMONSTRATION")
DEBUG = False
SECRET_KEY = os.environ.get("RIGHTHELP_SECRET_KEY", "")
if not SECRET_KEY:
    if not DEMONSTRATION and not _yes("RIGHTHELP_BUILDING"):
        raise ImproperlyConfigured("Set RIGHTHELP_SECRET_KEY to a long random text that nobody else knows.")
    SECRET_KEY = "only for the demonstration county and for building; never for real people"  # noqa: S105
ALLOWED_HOSTS = os.environ.get("RIGHTHELP_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("RIGHTHELP_ORIGINS", "").split(",") if origin]

# --- Rooms -----------------------------------------------------------------------------------------------
PROCESSES = sorted(
    f"righthelp.processes.{folder.name}"
    for folder in (BASE_DIR / "righthelp" / "processes").iterdir()
    if (folder / "models.py").exists()
)
INSTALLED_APPS = [
    "righthelp.web",
    "righthelp.demo",
    "righthelp.returns",
    "righthelp.returns.daily",
    "righthelp.api",
    *PROCESSES,
    "righthelp.engine",
    "righthelp.record",
    "righthelp.people",
    "righthelp.guard",
    "righthelp.measures",  # after the guard: its views ask the guard's functions who is looking
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "django_cotton",
    "pgtrigger",
    "pghistory",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "righthelp.web.middleware.RequestId",
    "righthelp.web.middleware.RefusedInWords",
    "righthelp.api.middleware.WithoutCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "righthelp.web.sessions.KeepSessionWithItsOwner",
    "righthelp.web.sessions.RequireSecondFactor",
    "righthelp.web.middleware.LookAsSignedIn",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "righthelp.web.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "righthelp.engine.rendering.GovukRenderer"

# --- Database --------------------------------------------------------------------------------------------
_role = "DATABASE_OWNER_URL" if os.environ.get("RIGHTHELP_AS") == "owner" else "DATABASE_URL"
DATABASES = {
    "default": {
        **dj_database_url.parse(os.environ.get(_role, "postgres://righthelp@/righthelp")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # A lost connection must never look like an empty answer, nor a slow one hold a worker for ever. A page asks
            # many short questions: compiling one costs more than answering it.
            "options": "-c statement_timeout=30000 -c lock_timeout=10000 -c jit=off",
            # Each policy is planned with each query: the server keeps the plans of those that come again.
            "server_side_binding": True,
            "prepare_threshold": 5,
        }
        if _role == "DATABASE_URL"
        else {},
    }
}
# The role that requests use: it is given its rights, table by table, after each migration.
REQUEST_ROLE = dj_database_url.parse(os.environ.get("DATABASE_URL", "postgres://righthelp@/righthelp"))["USER"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Figures that were counted a moment ago, in the memory of one server: never a name, and never another's sight.
    "figures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "figures",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

# --- Audit of writes -------------------------------------------------------------------------------------
PGHISTORY_APPEND_ONLY = True
PGTRIGGER_MIGRATIONS = True

# --- Signing in ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "guard.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in_demonstration" if DEMONSTRATION else "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "righthelp.web.accounts.ClosedSignUp"
SOCIALACCOUNT_ADAPTER = "righthelp.web.accounts.KnownWorkersOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "login": "30/m/ip",
    # Of one listing from everybody together, too: whoever keeps it must be able to read them all.
    "say_wrong": "5/h/ip,20/d/key",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "righthelp"
# An identity provider (OpenID Connect): all four given, or none.
_oidc = {key: os.environ.get(f"RIGHTHELP_OIDC_{key}", "") for key in ("NAME", "CLIENT_ID", "SECRET", "SERVER_URL")}
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "county",
                    "name": _oidc["NAME"],
                    "client_id": _oidc["CLIENT_ID"],
                    "secret": _oidc["SECRET"],
                    "settings": {"server_url": _oidc["SERVER_URL"]},
                }
            ],
        }
    }
    if all(_oidc.values())
    else {}
)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False

SESSION_COOKIE_NAME = "righthelp_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# The demonstration is served on this machine without a certificate; anything else must be behind one.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMONSTRATION
SECURE_HSTS_SECONDS = 0 if DEMONSTRATION else 365 * 24 * 60 * 60
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _yes("RIGHTHELP_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# How often in a minute a partner's system may ask, by its key; and how often an address may come with no good key.
API_A_MINUTE = 120
API_WRONG_KEYS_A_MINUTE = 30

# --- Place, words, files ---------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("RIGHTHELP_STATE", BASE_DIR / ".state")) / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Telling people that something waits -----------------------------------------------------------------
# Where this service is reached, as a message says it.
ADDRESS = os.environ.get("RIGHTHELP_ADDRESS", (CSRF_TRUSTED_ORIGINS or ["http://localhost:8000"])[0]).rstrip("/")
EMAIL_HOST = os.environ.get("RIGHTHELP_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("RIGHTHELP_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("RIGHTHELP_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("RIGHTHELP_MAIL_PASSWORD", "")
_mail_tls = os.environ.get("RIGHTHELP_MAIL_TLS", "starttls")
if _mail_tls not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured("RIGHTHELP_MAIL_TLS is starttls, tls or none.")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail_tls == "starttls", _mail_tls == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("RIGHTHELP_MAIL_FROM", "righthelp@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
# A text service of the shape of GOV.UK Notify: its key, and a template whose text is ((message)) alone.
TEXT_KEY = os.environ.get("RIGHTHELP_TEXT_KEY", "")
TEXT_TEMPLATE = os.environ.get("RIGHTHELP_TEXT_TEMPLATE", "")
TEXT_SERVER = os.environ.get("RIGHTHELP_TEXT_SERVER", "https://api.notifications.service.gov.uk")
# The Department's data API of children's social care: all of them, or nothing is sent.
DAILY_SERVER = os.environ.get("RIGHTHELP_DAILY_SERVER", "")
DAILY_TOKEN_SERVER = os.environ.get("RIGHTHELP_DAILY_TOKEN_SERVER", "")
DAILY_CLIENT_ID = os.environ.get("RIGHTHELP_DAILY_CLIENT_ID", "")
DAILY_SECRET = os.environ.get("RIGHTHELP_DAILY_SECRET", "")
DAILY_SCOPE = os.environ.get("RIGHTHELP_DAILY_SCOPE", "")
DAILY_SUPPLIER_KEY = os.environ.get("RIGHTHELP_DAILY_SUPPLIER_KEY", "")

# What a log line may hold is the request's number and its kind of failure: never a name, never an address's query.
# Loggers that bring handlers of their own (one of them mails what was typed) lose them: there is one way out.
_one_way_out = {"handlers": [], "propagate": True}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "righthelp.web.loglines.WithoutWords",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": dict.fromkeys(("django", "django.server", "gunicorn.error", "gunicorn.access"), _one_way_out),
    "root": {"handlers": ["console"], "level": os.environ.get("RIGHTHELP_LOG", "WARNING")},
}
