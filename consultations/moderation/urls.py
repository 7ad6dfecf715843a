"""The public addresses of moderation."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.moderation.views.appealing import appeal_as_author, appeal_by_link
from consultations.moderation.views.log import moderation_log

urlpatterns = (
    path(_("consultations/moderation/"), moderation_log, name="moderation_log"),
    path(_("consultations/moderation/<int:pk>/appeal/"), appeal_as_author, name="appeal_as_author"),
    path(_("consultations/moderation/appeal/<str:key>/"), appeal_by_link, name="appeal_by_link"),
)
