"""The addresses of the risk register."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.risks.views import register, register_csv, risk

urlpatterns = (
    path(_("risks/"), register, name="risk_register"),
    path(_("risks/risks.csv"), register_csv, name="risk_register_csv"),
    path(_("risks/<int:number>/"), risk, name="risk"),
)
