"""Themes of what was written, coded by hand."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnalysisConfig(AppConfig):
    name = "consultations.analysis"
    label = "analysis"
    verbose_name = _("analysis of texts")
