"""Every setting of Kring, read from the environment (docs/how-to/administrator.md lists them)."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import environment, logs
from kring.ui import stylesheets

ROOT = Path(__file__).resolve().parent.parent
MODE = environment.choice("KRING_MODE", environment.MODES, "production")
PRODUCTION = MODE == "production"
_PLACEHOLDER = None if PRODUCTION else f"{MODE}-only-" + "0" * 60

DEBUG = False
SECRET_KEY = environment.text("KRING_SECRET_KEY", _PLACEHOLDER)
# Two keys outside the database: a stolen dump shows no address and can't be searched for a BSN.
FIELD_KEY = environment.text("KRING_FIELD_KEY", _PLACEHOLDER)
LOOKUP_KEY = environment.text("KRING_LOOKUP_KEY", _PLACEHOLDER)
if PRODUCTION and min(len(SECRET_KEY), len(FIELD_KEY), len(LOOKUP_KEY)) < 50:
    raise ImproperlyConfigured(
        "KRING_SECRET_KEY, KRING_FIELD_KEY and KRING_LOOKUP_KEY need 50 characters or more each."
    )
if PRODUCTION and len({SECRET_KEY, FIELD_KEY, LOOKUP_KEY}) < 3:
    raise ImproperlyConfigured(
        "KRING_SECRET_KEY, KRING_FIELD_KEY and KRING_LOOKUP_KEY must be three different secrets."
    )

DEMO_SIGN_IN = environment.yes("KRING_DEMO_SIGN_IN", default=MODE != "production")
if PRODUCTION and DEMO_SIGN_IN:
    raise ImproperlyConfigured("KRING_DEMO_SIGN_IN lets anybody be anybody: production does not start with it.")
# TLS ends at a proxy that sets X-Forwarded-Proto itself; in production there is no other way in.
BEHIND_TLS = environment.yes("KRING_BEHIND_TLS")
if PRODUCTION and not BEHIND_TLS:
    raise ImproperlyConfigured(
        "Set KRING_BEHIND_TLS=yes once a proxy with TLS stands in front: production serves nothing without."
    )

ALLOWED_HOSTS = environment.words("KRING_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set KRING_HOSTS to the names this server answers to, separated by commas.")

# --- rooms: the order of architecture's layers, lowest first --------------------------------------------------------
ROOMS = [
    room
    for room in [
        "locks",
        "ui",
        "lifecycle",
        "accounts",
        "accountability",
        "circle",
        "families",
        "timeline",
        "notices",
        "duty",
        "intake",
        "plans",
        "consult",
        "rights",
        "protection_table",
        "court",
        "portal",
        "desk",
        "exchange",
        "indicators",
        "simulation",
        "demo",
    ]
    if (ROOT / "kring" / room / "apps.py").exists()
]
INSTALLED_APPS = [
    *[f"kring.{room}" for room in ROOMS],
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kring.locks.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kring.circle.middleware.ActAsSubject",  # innermost: opens the transaction as the subject, covers rendering
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kring.ui.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "kring.ui.templatetags.kring_ui"],
        },
    }
]

# --- database: one engine, four doors (docs/decisions/0007) ---------------------------------------------------------
# The worker is the same code under another role, the only one with system subjects; the owner changes tables.
ROLE = environment.choice("KRING_ROLE", ("app", "jobs", "owner"), "app")
_DOORS = {"app": ("app", "login"), "jobs": ("jobs",), "owner": ("owner",)}
_NOWHERE = "postgresql://nobody@/nowhere?host=/nonexistent"
# A process knows the doors that it needs; in production a missing one stops the start.
DATABASE_ROLES = {
    door: environment.database(f"KRING_{door.upper()}_URL", None if PRODUCTION and door in _DOORS[ROLE] else _NOWHERE)
    for door in ("app", "owner", "login", "jobs")
}
_common = {
    "ENGINE": "kring.locks.postgres",
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
    "OPTIONS": {"connect_timeout": 5},
}
DATABASES = {
    "default": {**_common, **DATABASE_ROLES[ROLE]},
    "login": {**_common, **DATABASE_ROLES["login"]},
}
DATABASE_ROUTERS = ["kring.locks.router.LoginDoor"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "login_cache"},
}

# --- who signs in ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "kring.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "kring.accounts.adapter.OrganisationSignIn"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, never by signing up
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SIGN_IN_URL = "demo:who" if DEMO_SIGN_IN else LOGIN_URL
SESSION_IDLE_MINUTES = environment.number("KRING_SESSION_IDLE_MINUTES", 30, 5, 120)
SESSION_HOURS = environment.number("KRING_SESSION_HOURS", 12, 1, 24)

# --- the browser -----------------------------------------------------------------------------------------------------
_secure = BEHIND_TLS
SUBJECT_COOKIE = "__Host-kring" if _secure else "kring"
SESSION_COOKIE_NAME = "__Host-session" if _secure else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _secure else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
if _secure:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer makes browsers send "Origin: null", and every POST fails on CSRF
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kring.circle.errors.csrf_failure"
_SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": ["'self'", "data:"],
        "font-src": _SELF,
        "connect-src": _SELF,
        "form-action": _SELF,
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # a message names an act, never a family

# --- language, time, files -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
# English is offered once it is complete: half a translation is worse than none.
LANGUAGES = [("nl", "Nederlands"), *([("en", "English")] if (ROOT / "locale/en").exists() else [])]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("KRING_STATIC_ROOT", str(ROOT / "static")))
if PRODUCTION:  # names carry a hash of what is inside, so that a browser may keep them
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
STATICFILES_DIRS = stylesheets.staticfiles_dirs(ROOT)
FORM_RENDERER = "kring.ui.form_rendering.KringRenderer"
DATA_ROOT = Path(environment.text("KRING_DATA", str(ROOT / ".kring")))
# The trail is signed outside the database: this folder belongs to the worker alone, and is no part of a database backup.
TRAIL_FOLDER = Path(environment.text("KRING_TRAIL_FOLDER", str(DATA_ROOT / "trail")))
TRAIL_ORIGIN = environment.text("KRING_TRAIL_ORIGIN", "kring.invalid/trail")
TRAIL_WITNESSES = environment.words("KRING_TRAIL_WITNESSES")

# --- the outside world -----------------------------------------------------------------------------------------------
EMAIL_BACKEND = environment.text(
    "KRING_EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend" if PRODUCTION else "django.core.mail.backends.locmem.EmailBackend",
)
EMAIL_HOST = environment.text("KRING_EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("KRING_EMAIL_PORT", 25, 1, 65535)
DEFAULT_FROM_EMAIL = environment.text("KRING_EMAIL_FROM", "bericht@kring.invalid")
EMAIL_TIMEOUT = 10
# disabled, console (the log says that a sign would have gone), or the path of a class as in kring/notices/channels.py
SMS_ADAPTER = environment.text("KRING_SMS", "disabled")
PUSH_ADAPTER = environment.text("KRING_PUSH", "disabled")
# Messages from other systems: who may say which OIN a certificate held, and how large a message may be.
EXCHANGE_PROXIES = environment.networks("KRING_EXCHANGE_PROXIES")
EXCHANGE_HEADER = environment.text("KRING_EXCHANGE_HEADER", "X-Client-OIN")
STUF_SCHEMAS = environment.folder("KRING_STUF_SCHEMAS")
# What goes out to other systems: our own certificate (PEM), and who signed theirs when that isn't a public authority.
EXCHANGE_CERTIFICATE = environment.text("KRING_EXCHANGE_CERTIFICATE", "")
EXCHANGE_CERTIFICATE_KEY = environment.text("KRING_EXCHANGE_CERTIFICATE_KEY", "")
EXCHANGE_AUTHORITY = environment.text("KRING_EXCHANGE_AUTHORITY", "")
STUF_MAX_BYTES = environment.number("KRING_STUF_MAX_MB", 20, 1, 100) * 1024 * 1024
PROCRASTINATE_ON_APP_READY = "kring.lifecycle.jobs.ready" if "lifecycle" in ROOMS else None

LOGGING = logs.configuration(level=environment.choice("KRING_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"))
LOGGING_CONFIG = "logging.config.dictConfig"
