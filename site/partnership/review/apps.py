"""Review by every city: what one writes, the other reads before it is published."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """Stands below ``wagtail.admin`` in INSTALLED_APPS, whose mails it replaces by ours."""

    name = "partnership.review"
    label = "review"
    verbose_name = _("review")

    def ready(self) -> None:
        from partnership.review import services

        services.listen()
