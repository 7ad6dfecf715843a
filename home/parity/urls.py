"""The addresses of the parity board, in the reader's language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.parity.views import all_years, figures_file, one_year, this_year

urlpatterns = [
    path(_("parity/"), this_year, name="parity"),
    path(_("parity/all-years/"), all_years, name="parity_all"),
    path(_("parity/<int:year>/"), one_year, name="parity_year"),
    path(_("parity/parity.<slug:suffix>"), figures_file, name="parity_file"),
]
