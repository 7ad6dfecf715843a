"""The addresses of open data."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.open_data.views import data_file, index, open_data

urlpatterns = (
    path(_("open-data/"), index, name="open_data"),
    path(_("consultations/<page_slug:slug>/open-data/"), open_data, name="consultation_open_data"),
    path(
        _("consultations/<page_slug:slug>/open-data/data.<slug:suffix>"),
        data_file,
        name="consultation_open_data_file",
    ),
)
