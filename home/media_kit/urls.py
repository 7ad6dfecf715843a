"""The address of the media kit as a file; its page has the address that editors give it."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.media_kit.views import kit_file

urlpatterns = [path(_("media-kit.zip"), kit_file, name="media_kit_file")]
