"""The addresses of final results."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.snapshots.views import results_file, results_page

urlpatterns = (
    path(_("consultations/<page_slug:slug>/results/"), results_page, name="consultation_results"),
    path(
        _("consultations/<page_slug:slug>/results/<int:number>.json"),
        results_file,
        name="consultation_results_file",
    ),
)
