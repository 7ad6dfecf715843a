"""The addresses of the open ledger."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from partnership.ledger.log_views import content_file, entry, ledger, log_file

urlpatterns = (
    path(_("ledger/"), ledger, name="ledger"),
    path(_("ledger/ledger.json"), log_file, name="ledger_file"),
    path(_("ledger/<int:number>/"), entry, name="ledger_entry"),
    path(_("ledger/<int:number>.json"), content_file, name="ledger_content"),
)
