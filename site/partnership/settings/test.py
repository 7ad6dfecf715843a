"""For the tests: a database in a file, plain static files, quick password hashes."""

from partnership.settings.base import *  # noqa: F403 - settings modules build on each other
from partnership.settings.base import DATABASES, INSTALLED_APPS, PASSWORD_HASHERS, VAR_DIR

SECRET_KEY = "only-for-tests"  # noqa: S105 - guards nothing
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
INSTALLED_APPS = (*INSTALLED_APPS, "partnership.demo")
STORAGES = {
    "default": {"BACKEND": "partnership.serving.uploads.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: threads of a race must meet in the same database.
    (VAR_DIR / "test").mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test" / "db.sqlite3")}
# The demo that is taken over from the journeys has its own, slow ones.
PASSWORD_HASHERS = ("django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Nothing commits inside a test, so kept pages would never be renewed; tests/serving has
    # a cache of its own.
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
MEDIA_ROOT = VAR_DIR / "test" / "media"
DEMO_MAIL_DIR = VAR_DIR / "test" / "mail"
FORM_PATIENCE = 0  # tests fill in a form in no time; those of the form itself wait
WAKING_HOURS = (0, 24)  # no test waits for the morning
