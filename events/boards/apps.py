"""Boards of charrettes and planning sessions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardsConfig(AppConfig):
    name = "events.boards"
    label = "boards"
    verbose_name = _("boards")
