"""The address that stops mails."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.following.views import stop_mails

urlpatterns = (path(_("mails/<str:key>/"), stop_mails, name="stop_mails"),)
