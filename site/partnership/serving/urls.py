"""Addresses outside the languages: for machines that watch the site, and for browsers."""

from django.apps import apps
from django.conf import settings
from django.urls import path

from partnership.serving import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("theme.css", views.theme, name="theme"),
]

# On a city's server the web server hands out uploads; the demo has only itself.
if apps.is_installed("partnership.demo"):
    media = settings.MEDIA_URL.strip("/")
    urlpatterns.append(path(f"{media}/<path:path>", views.media, name="media"))
