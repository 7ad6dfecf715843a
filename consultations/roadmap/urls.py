"""The addresses of the roadmap that are not pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.roadmap.views import commitments_csv, delivery, roadmap_json, table_csv

urlpatterns = (
    path(_("roadmap/<int:year>/commitments.csv"), commitments_csv, name="roadmap_commitments_csv"),
    path(_("roadmap/<int:year>/money-and-milestones/"), delivery, name="roadmap_delivery"),
    path(_("roadmap/<int:year>/data/<slug:table>.csv"), table_csv, name="roadmap_table_csv"),
    path(_("roadmap/<int:year>/roadmap.json"), roadmap_json, name="roadmap_json"),
)
