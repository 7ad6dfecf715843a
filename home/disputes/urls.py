"""The addresses of disagreements."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.disputes.views import dispute_list, dispute_page

urlpatterns = (
    path(_("disagreements/"), dispute_list, name="disputes"),
    path(_("disagreements/<slug:code>/"), dispute_page, name="dispute"),
)
