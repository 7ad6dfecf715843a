"""Where whoever was asked agrees, in the reader's language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.partners.voices.views import my_partner_voice

urlpatterns = [
    path(_("account/voices/<int:pk>/"), my_partner_voice, name="my_partner_voice"),
]
