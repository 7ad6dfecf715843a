"""On a developer's machine: errors in full, plain static files, mail into var/mail."""

from partnership.settings.base import *  # noqa: F403 - settings modules build on each other
from partnership.settings.base import INSTALLED_APPS, VAR_DIR

DEBUG = True
SECRET_KEY = "only-for-development"  # noqa: S105 - never leaves a developer's machine
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = (*INSTALLED_APPS, "partnership.demo")
STORAGES = {
    "default": {"BACKEND": "partnership.serving.uploads.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "partnership.demo.mailbox.Backend"
DEMO_MAIL_DIR = VAR_DIR / "mail"
