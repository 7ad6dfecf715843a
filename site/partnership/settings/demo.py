"""The demo partnership of `make run`: loopback only, mail readable at /demo/mail/."""

from partnership.demo.guard import kept_secret, only_loopback
from partnership.env import env_origin, env_port, env_str
from partnership.settings.base import *  # noqa: F403 - settings modules build on each other
from partnership.settings.base import INSTALLED_APPS, STORAGES, VAR_DIR

HOST = only_loopback(env_str("HOST", "127.0.0.1"))
PORT = str(env_port("PORT", 8000))
BASE_URL = env_origin("BASE_URL", f"http://{HOST}:{PORT}")
WAGTAILADMIN_BASE_URL = BASE_URL
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = kept_secret(VAR_DIR / "secret_key")
INSTALLED_APPS = (*INSTALLED_APPS, "partnership.demo")
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "partnership.demo.static_files.DemoStaticFilesStorage"},
}
EMAIL_BACKEND = "partnership.demo.mailbox.Backend"
DEMO_MAIL_DIR = VAR_DIR / "mail"
FORM_PATIENCE = 0  # the browser journeys fill in a form in no time
WAKING_HOURS = (0, 24)  # nobody who looks at the demo waits for the morning
