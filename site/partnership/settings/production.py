"""On a city's server: everything secret or local comes from the environment."""

from partnership.env import env_bool, env_hosts, env_int, env_origin, env_secret
from partnership.settings.base import *  # noqa: F403 - settings modules build on each other

SECRET_KEY = env_secret("SECRET_KEY")
ALLOWED_HOSTS = env_hosts("ALLOWED_HOSTS")
BASE_URL = env_origin("BASE_URL")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# Behind a proxy that ends TLS; ALLAUTH_TRUSTED_PROXY_COUNT says how many to believe.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXY_COUNT", 1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = (r"^healthz$", r"^readyz$", r"^clockz$")
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 31_536_000)
# The names below a city's belong to other offices: they are not ours to force to https.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_bool("HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env_bool("HSTS_PRELOAD", False)
# Django's deployment check asks for both (security.W005, W021); whoever owns all names decides.
SILENCED_SYSTEM_CHECKS = (*SILENCED_SYSTEM_CHECKS, "security.W005", "security.W021")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", True)
