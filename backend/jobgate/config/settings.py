"""Settings of every process; each comes from the environment (see environment.py)."""

import os
import warnings
from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from jobgate.config import environment as env
from jobgate.config.logs import logging_config

# Lets classes of Django take type arguments at run time.
django_stubs_ext.monkeypatch()

BACKEND = Path(__file__).resolve().parents[2]
env.load_env_file(BACKEND / ".env")

ENVIRONMENT = env.choice("JOBGATE_ENV", ("default", "production", "test"), "default")
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY")
JWT_SIGNING_KEY = env.secret("JWT_SIGNING_KEY", env.derived_key(SECRET_KEY, "jwt"))
LINK_SIGNING_KEY = env.secret("LINK_SIGNING_KEY", env.derived_key(SECRET_KEY, "link"))
UPLOAD_SIGNING_KEY = env.secret("UPLOAD_SIGNING_KEY", env.derived_key(SECRET_KEY, "upload"))
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
DEMO = env.flag("JOBGATE_DEMO")

HOME = Path(env.text("JOBGATE_HOME", str(BACKEND.parent / "var")))
FRONTEND_DIST = Path(env.text("FRONTEND_DIST", str(BACKEND.parent / "frontend" / "dist")))
LOG_DIR = env.text("LOG_DIR", "")

INSTALLED_APPS = [
    # First: its `runserver` and `test` go before those of others.
    "jobgate.core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
    "axes",
    "procrastinate.contrib.django",
    "jobgate.accounts",
    "jobgate.operations",
    "jobgate.notifications",
    "jobgate.media",
    "jobgate.interviews",
]
MIDDLEWARE = [
    "jobgate.core.middleware.RequestIdMiddleware",
    "jobgate.core.middleware.TenantScopeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "jobgate.core.middleware.WholeBodyGZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "jobgate.config.urls"
WSGI_APPLICATION = "jobgate.config.wsgi.application"
ASGI_APPLICATION = "jobgate.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Database: the app's role cannot change tables; migrations run as their owner.
OWNS_TABLES = env.choice("JOBGATE_DB_ROLE", ("app", "owner"), "app") == "owner"
DB_APP_USER = env.text("DB_USER", "jobgate_app")
DB_OWNER_USER = env.text("DB_OWNER_USER", DB_APP_USER)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": env.text("DB_NAME", "jobgate"),
        "USER": DB_OWNER_USER if OWNS_TABLES else DB_APP_USER,
        "PASSWORD": (
            env.secret("DB_OWNER_PASSWORD", env.secret("DB_PASSWORD", ""))
            if OWNS_TABLES
            else env.secret("DB_PASSWORD", "")
        ),
        "HOST": env.text("DB_HOST", "127.0.0.1"),
        "PORT": env.text("DB_PORT", "5432"),
        # A persistent connection per thread runs out under ASGI: a pool serves all of them.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": env.integer("DB_POOL_SIZE", 10)}},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Guessing is slowed per address and account together, so that nobody can lock another out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "jobgate.accounts.lockout.account"
AXES_CLIENT_IP_CALLABLE = "jobgate.accounts.lockout.address"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "jobgate.accounts.lockout.answer"

ACCESS_TOKEN_LIFETIME = timedelta(minutes=10)
REFRESH_TOKEN_LIFETIME = timedelta(days=14)
SIMPLE_JWT = {
    "ALGORITHM": "HS256",
    "SIGNING_KEY": JWT_SIGNING_KEY,
    "ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME,
    "REFRESH_TOKEN_LIFETIME": REFRESH_TOKEN_LIFETIME,
    "USER_AUTHENTICATION_RULE": "jobgate.accounts.access.may_sign_in",
}
# Limits of requests are kept here, by caller; the default of 300 entries would forget them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["jobgate.accounts.api.authentication.MemberAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": [
        "jobgate.core.api.renderers.OrjsonRenderer",
        "rest_framework.renderers.BrowsableAPIRenderer",
    ],
    "DEFAULT_PAGINATION_CLASS": "jobgate.core.api.pagination.CursorPages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "jobgate.core.api.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.ScopedRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "sign_in": "30/min",
        # Asked by every page that opens; a whole office may stand behind one address.
        "refresh": "600/min",
        "link": "60/min",
        "candidate": "600/min",
    },
    "EXCEPTION_HANDLER": "jobgate.core.api.errors.handle",
    "NUM_PROXIES": env.integer("TRUSTED_PROXIES", 0),
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "DEFAULT_GENERATOR_CLASS": "jobgate.core.api.schema.Generator",
    "TITLE": "JOBGATE",
    "VERSION": "1",
    "DESCRIPTION": "Asynchronous video interviews. Errors have the shape {code, detail, fields}.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": True,
    # Their labels are translated: the committed schema would depend on the language.
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "CampaignStatus": "jobgate.interviews.models.VideoCampaign.Status",
        "SessionStatus": "jobgate.interviews.models.InterviewSession.Status",
        "RecordingState": "jobgate.media.models.Recording.State",
        "QuestionState": ["pending", "open", "answered", "skipped"],
        "LogSource": "jobgate.interviews.models.SessionLog.Source",
        "AnswerKind": ["video", "audio", "text", "choice", "file", "skipped"],
        "AnswerBy": "jobgate.interviews.models.VersionQuestion.AnswerBy",
        "QuestionRole": "jobgate.interviews.models.VersionQuestion.Role",
        "Role": "jobgate.accounts.models.Role",
        "Language": "jobgate.core.languages.Language",
    },
}
CORS_ALLOWED_ORIGINS = env.words("CORS_ALLOWED_ORIGINS")
CORS_ALLOW_CREDENTIALS = True
CORS_EXPOSE_HEADERS = [
    "X-Request-ID",
    "Retry-After",
    "Location",
    "Upload-Offset",
    "Upload-Length",
    "Upload-Expires",
    "Tus-Resumable",
]
CORS_ALLOW_HEADERS = [
    "accept",
    "accept-language",
    "authorization",
    "content-type",
    "x-organization",
    "x-token-transport",
    "x-request-id",
    "tus-resumable",
    "upload-length",
    "upload-offset",
    "upload-defer-length",
    "upload-metadata",
    "upload-checksum",
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# With a bucket's name recordings are kept there, else under MEDIA_ROOT.
AWS_STORAGE_BUCKET_NAME = env.text("AWS_STORAGE_BUCKET_NAME", env.text("AWS_S3_BUCKET", ""))
AWS_ACCESS_KEY_ID = env.secret("AWS_ACCESS_KEY_ID", "")
AWS_SECRET_ACCESS_KEY = env.secret("AWS_SECRET_ACCESS_KEY", "")
AWS_S3_REGION_NAME = env.text("AWS_S3_REGION_NAME", "us-east-1")
AWS_S3_ENDPOINT_URL = env.text(
    "AWS_S3_ENDPOINT_URL", f"https://s3.{AWS_S3_REGION_NAME}.amazonaws.com"
)
# The bucket's name in the path of an address, or in its host.
AWS_S3_ADDRESSING_STYLE = env.choice("AWS_S3_ADDRESSING_STYLE", ("path", "virtual"), "path")
# Where browsers reach the bucket, if not at the endpoint.
AWS_S3_PUBLIC_URL = env.text("AWS_S3_PUBLIC_URL", AWS_S3_ENDPOINT_URL)
# Players follow a redirect to the bucket, which the pages' policy must allow.
BUCKET_ORIGINS = (
    [env.bucket_origin(AWS_STORAGE_BUCKET_NAME, AWS_S3_PUBLIC_URL, AWS_S3_ADDRESSING_STYLE)]
    if AWS_STORAGE_BUCKET_NAME
    else []
)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *BUCKET_ORIGINS],
        "media-src": [SELF, "blob:", *BUCKET_ORIGINS],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT == "production":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.integer("SECURE_HSTS_SECONDS", 31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", default=True)
elif HTTPS:
    # TLS of our own, on a host of the person's: it alone, and not for ever.
    SECURE_HSTS_SECONDS = env.integer("SECURE_HSTS_SECONDS", 30 * 24 * 3600)

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English")), ("ar", _("Arabic"))]
LANGUAGE_COOKIE_NAME = "jobgate-language"
LOCALE_PATHS = [BACKEND / "jobgate" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
# Vite's files carry a hash in their names and are compressed already.
WHITENOISE_ROOT = FRONTEND_DIST if FRONTEND_DIST.is_dir() else None
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+-[A-Za-z0-9_-]{8}\.\w+$"
# Without `collectstatic` the apps' own files are found where they are.
WHITENOISE_USE_FINDERS = True
warnings.filterwarnings("ignore", message="No directory at: ")
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_URL = env.text("MEDIA_URL", "/media/")
MEDIA_ROOT = env.text("MEDIA_ROOT", str(HOME / "media"))
# With a bucket: what a worker has on its way from or to it.
SCRATCH_ROOT = env.text("SCRATCH_ROOT", str(HOME / "scratch"))
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Uploads are refused (507) while less than this is free: what was accepted must find room.
UPLOAD_MIN_FREE_BYTES = env.integer("UPLOAD_MIN_FREE_BYTES", 200 * 1024 * 1024)
# A minute, in each process; 0 for none. Many candidates may sit behind one address.
UPLOAD_STARTS_PER_TOKEN = env.integer("UPLOAD_STARTS_PER_TOKEN", 30)
RAW_STARTS_PER_ADDRESS = env.integer("RAW_STARTS_PER_ADDRESS", 3000)
# With a bucket: how long what arrived may wait in memory for more, before it becomes an object.
UPLOAD_PIECE_SECONDS = env.integer("UPLOAD_PIECE_SECONDS", 4)
X_ACCEL_REDIRECT = env.text("X_ACCEL_REDIRECT", "")

NOTIFICATION_EMAIL_ENABLED = env.flag("NOTIFICATION_EMAIL_ENABLED")
EMAIL_FILE_PATH = env.text("EMAIL_FILE_PATH", str(HOME / "mail"))
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if NOTIFICATION_EMAIL_ENABLED
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "JOBGATE <no-reply@jobgate.invalid>")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

LOGGING = logging_config(
    level=env.text("LOG_LEVEL", "INFO"),
    folder=LOG_DIR,
    process=os.environ.get("JOBGATE_PROCESS", "app"),
)
# E-mail addresses are unique by a constraint on Lower("email"), which this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
