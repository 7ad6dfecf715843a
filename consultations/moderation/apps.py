"""Decisions of moderators."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "consultations.moderation"
    label = "moderation"
    verbose_name = _("moderation")

    def ready(self) -> None:
        from consultations.moderation import copies
        from consultations.moderation.services import forgetting
        from partnership.people import erasure

        copies.register()
        erasure.on_erase(forgetting.forget)
