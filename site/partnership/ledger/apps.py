"""Approvals of what counts: one for every city, on records that nobody can change."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "partnership.ledger"
    label = "ledger"
    verbose_name = _("approvals by every city")

    def ready(self) -> None:
        from partnership.ledger import append_only

        # SQLite drops triggers without a word when a later migration rebuilds a table.
        post_migrate.connect(append_only.protect_again, sender=self)
        checks.register(append_only.check, checks.Tags.database)
