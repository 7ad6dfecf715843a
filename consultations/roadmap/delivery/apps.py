"""Money, indicators and milestones of promises."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "consultations.roadmap.delivery"
    label = "delivery"
    verbose_name = _("money, indicators and milestones")

    def ready(self) -> None:
        from consultations.roadmap.delivery import overdue

        overdue.register()
