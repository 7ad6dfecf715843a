"""The addresses of the roadmap that are not pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.roadmap.views import commitments_csv

urlpatterns = (
    path(_("roadmap/<int:year>/commitments.csv"), commitments_csv, name="roadmap_commitments_csv"),
)
