"""What was said in a consultation, as files that anybody can count again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "consultations.exports"
    label = "exports"
    verbose_name = _("exports")
