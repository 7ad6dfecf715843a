"""The page in all partner languages that every page type builds on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "partnership.pages"
    label = "pages"
    verbose_name = _("pages")
