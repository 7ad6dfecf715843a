"""What every way of running the site shares."""

from pathlib import Path
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from partnership.caches import shared_cache
from partnership.databases import from_url, sqlite
from partnership.env import (
    env_choice,
    env_host,
    env_int,
    env_list,
    env_origin,
    env_path,
    env_port,
    env_sender,
    env_str,
    env_time_zone,
    env_url,
)
from partnership.identity_setting import form_targets, identity_providers
from partnership.language_setting import need_unicode_slugs, partner_languages

ROOT_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = ROOT_DIR / "site"
VAR_DIR = env_path("VAR_DIR", ROOT_DIR / "var")

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "partnership.urls"
WSGI_APPLICATION = "partnership.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The address mails, feeds and calendars give, without a slash at the end.
BASE_URL = env_origin("BASE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = (
    "partnership.cities",
    "partnership.people",
    "partnership.outbox",
    "partnership.pages",
    "partnership.ledger",
    "partnership.interface",
    "partnership.serving",
    "partnership.backups",
    "home",
    "home.archive",
    "home.continuity",
    "home.committees",
    "home.protocols",
    "home.disputes",
    "home.knowledge",
    "home.parity",
    "home.alerts",
    "home.partners",
    "home.partners.voices",
    "home.media_kit",
    "home.news",
    "home.ambassadors",
    "events",
    "events.registrations",
    "events.drills",
    "events.boards",
    "events.reports",
    "events.questions",
    "consultations",
    "consultations.roadmap",
    "consultations.roadmap.promises",
    "consultations.risks",
    "consultations.roadmap.delivery",
    "consultations.reviews",
    "consultations.initiatives",
    "consultations.drafts",
    "consultations.exports",
    "consultations.translations",
    "consultations.analysis",
    "consultations.official",
    "consultations.snapshots",
    "consultations.open_data",
    "consultations.moderation",
    "consultations.reminders",
    "consultations.following",
    "consultations.codes",
    "consultations.maps",
    "modeltranslation",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "partnership.people.staff_app.StaffConfig",  # wagtail.users with our screens
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "partnership.review",  # below wagtail.admin, whose mails it replaces
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
)

MIDDLEWARE = (
    # Outermost: a page nobody changed is answered before anything else is asked.
    "partnership.serving.middleware.AnonymousPageCache",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "partnership.serving.middleware.AdminPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "partnership.pages.middleware.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partnership.people.second_factor.middleware.StaffSecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "partnership.pages.still_used.StillUsed",
    "partnership.pages.choices_once.ChoicesOnce",
    "partnership.pages.unreadable.Unreadable",
)

TEMPLATES = (
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnership.interface.context.site_chrome",
            ],
            # Django's own tags, which mark a sentence that is in another language than the page.
            "libraries": {"i18n": "partnership.interface.marking"},
        },
    },
)
#: "i18n" stands for two libraries on purpose: ours takes the place of Django's.
SILENCED_SYSTEM_CHECKS = ("templates.W003",)

# Database: a checkout runs on SQLite with no set-up; DATABASE_URL moves it to PostgreSQL.
DATABASE_URL = env_str("DATABASE_URL", "")
DATABASES = {
    "default": from_url(DATABASE_URL)
    if DATABASE_URL
    else sqlite(env_path("SQLITE_PATH", VAR_DIR / "db.sqlite3"))
}

# Languages: the partner languages are equal. The first only decides which column a new,
# untranslated field starts in; it is not a "main" language.
LANGUAGES = partner_languages(env_list("PARTNER_LANGUAGES", "en,es"))
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = (ROOT_DIR / "locale",)
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "partnership.interface.formats"
# By this clock the site counts days: what is late, what today is. Instants are stored in UTC, and
# each event carries the time zone of its own city.
TIME_ZONE = env_time_zone("TIME_ZONE", "UTC")
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": MODELTRANSLATION_LANGUAGES}
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField")

# A machine translator for residents' words; without an address there is none.
TRANSLATOR_URL = env_url("TRANSLATOR_URL")
TRANSLATOR_KEY = env_str("TRANSLATOR_KEY", "")

# One cache for all workers: files under var/, or Redis. Pages have a store of their own, so
# that they can never push the limits of sign-in attempts out of it.
CACHE_URL = env_str("CACHE_URL", "")
CACHES = {
    name: shared_cache(CACHE_URL, name, folder=VAR_DIR / "cache") for name in ("default", "pages")
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = (SITE_DIR / "static",)
MEDIA_URL = "/media/"
# Exports made in the background, for the minutes until they are fetched; never served by address.
EXPORT_ROOT = VAR_DIR / "exports"
# Open data, as long as it is true; served by its pages only.
OPEN_DATA_ROOT = VAR_DIR / "open-data"
# More rows than this would keep somebody waiting before an empty page.
LARGE_EXPORT = 10_000
MEDIA_ROOT = env_path("MEDIA_ROOT", VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "partnership.serving.uploads.WholeFiles"},
    "staticfiles": {"BACKEND": "partnership.interface.storage.PastedStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# People and their accounts.
AUTH_USER_MODEL = "people.Resident"
AUTHENTICATION_BACKENDS = ("allauth.account.auth_backends.AuthenticationBackend",)
PASSWORD_HASHERS = (
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
)
AUTH_PASSWORD_VALIDATORS = (
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_participation"
ACCOUNT_ADAPTER = "partnership.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "partnership.people.account_forms.SignInForm",
    "signup": "partnership.people.account_forms.JoinForm",
    "add_email": "partnership.people.account_forms.NewAddressForm",
    "change_password": "partnership.people.account_forms.ChangePasswordForm",
    "set_password": "partnership.people.account_forms.FirstPasswordForm",
    "reset_password": "partnership.people.account_forms.ForgottenPasswordForm",
    "reset_password_from_key": "partnership.people.account_forms.NewPasswordForm",
    "request_login_code": "partnership.people.account_forms.AskForCodeForm",
    "confirm_reauthentication_code": "partnership.people.account_forms.ConfirmCodeForm",
    "confirm_login_code": "partnership.people.account_forms.SignInCodeForm",
    "confirm_password_reset_code": "partnership.people.account_forms.ResetCodeForm",
    "confirm_email_verification_code": "partnership.people.account_forms.AddressCodeForm",
    "reauthenticate": "partnership.people.account_forms.ConfirmPasswordForm",
}
ACCOUNT_SIGNUP_FORM_CLASS = "partnership.people.details.DetailsFields"
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "leave_this_empty"  # a name no browser fills in by itself
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # no star: without one, sign in by code
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # a session left open changes no address
ACCOUNT_CHANGE_EMAIL = True  # one address per account; the new one counts once confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# A second mail within seconds is a double click on the form, not an attack.
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "3/m/key,12/h/key",
    "request_login_code": "20/m/ip,3/m/key,12/h/key",
    "reset_password": "20/m/ip,3/m/key,12/h/key",
    "guest_code": "20/m/ip,3/m/key,12/h/key",
    "own_copy": "10/h/user",
    "guardian_asked": "60/h/ip,5/d/key",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# The second step: a code of an app, or a recovery code.
STAFF_SECOND_FACTOR = env_choice("STAFF_SECOND_FACTOR", "offered", "required")
MFA_ADAPTER = "partnership.people.second_factor.adapter.SecondFactorAdapter"
MFA_FORMS = {"activate_totp": "partnership.people.second_factor.forms.SetUpForm"}
MFA_TOTP_TOLERANCE = 1  # half a minute for clocks that differ and people who type slowly
# After how long an account that nobody uses is erased; 0 keeps it for ever.
UNUSED_ACCOUNT_MONTHS = env_int("UNUSED_ACCOUNT_MONTHS", 36, most=240)
# Identity providers of the cities; none, unless the environment tells of one.
IDENTITY_PROVIDERS = identity_providers(MODELTRANSLATION_LANGUAGES)
SOCIALACCOUNT_ADAPTER = "partnership.people.identity.adapter.IdentityAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # a newcomer is asked for city and language
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True

# Seconds nobody needs less than to fill in a form that others will read.
FORM_PATIENCE = 2

# Mail leaves through the outbox (partnership.outbox), which uses this connection.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env_host("EMAIL_HOST", "localhost")
EMAIL_PORT = env_port("EMAIL_PORT", 25)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_str("EMAIL_HOST_PASSWORD", "")
# From which hour until which mails leave that can wait, on the clock of the reader's city.
WAKING_HOURS = (8, 20)
EMAIL_TIMEOUT = 5  # seconds; a hanging server must not hold up a resident
DEFAULT_FROM_EMAIL = env_sender("DEFAULT_FROM_EMAIL", "partnership@localhost")

# Wagtail: one tree in all languages, our own base page, no calls to other hosts.
WAGTAIL_PAGE_MODEL = "pages.BasePage"
WAGTAIL_SITE_NAME = _("Sister cities")
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = need_unicode_slugs(LANGUAGES)
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES[:1]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Some systems list names that mean nothing to a browser: its script stops at them.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"Factory", "localtime"})
WAGTAILREDIRECTS_AUTO_CREATE = False  # ours writes one per language
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "partnership.pages.rich_text.NamedRichTextArea"}
}
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "partnership.review.finishing.publish_signed"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # an address is confirmed on the account pages
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAILADMIN_LOGIN_URL = "admin_sign_in"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
# A password that is passed around is nobody's, and could be tried without end.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILIMAGES_IMAGE_MODEL = "pages.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "partnership.pages.photo_upload.PhotoForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAIL_REDIRECTS_FILE_STORAGE = "cache"  # what nobody confirms is gone by itself
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx", "odt", "ods", "txt", "zip"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "partnership.pages.document_upload.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "SEARCH_CONFIG": "sister_cities",  # PostgreSQL only: ignores accents (pages 0006)
    }
}

# Doors.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ("'none'",),
        "script-src": ("'self'",),
        "style-src": ("'self'",),
        "font-src": ("'self'",),
        "img-src": ("'self'", "data:"),
        "connect-src": ("'self'",),
        "manifest-src": ("'self'",),
        # Browsers hold a button to this on the way that it leads over, too.
        "form-action": ("'self'", *form_targets(IDENTITY_PROVIDERS)),
        "frame-ancestors": ("'none'",),
        "base-uri": ("'none'",),
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
MESSAGE_STORAGE = "partnership.interface.told.MessageStorage"
SESSION_ENGINE = "partnership.session_store"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "partnership.serving.views.form_is_too_old"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Django alone would mail errors to ADMINS and say nothing; here whoever runs the server reads them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_keys": {"()": "partnership.serving.logs.WithoutKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_keys"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # a page not found is no news
    },
}
