"""The addresses of programmes and campaigns that are not pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.initiatives.views import everything_json, table_csv

urlpatterns = (
    path(_("initiatives/data/<slug:table>.csv"), table_csv, name="initiatives_csv"),
    path(_("initiatives/initiatives.json"), everything_json, name="initiatives_json"),
)
