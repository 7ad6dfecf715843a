"""What whoever writes about the partnership needs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaKitConfig(AppConfig):
    name = "home.media_kit"
    label = "media_kit"
    verbose_name = _("media kit")
