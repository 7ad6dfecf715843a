"""The addresses of partners, in the reader's language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.partners.views import partner_said, partners

urlpatterns = [
    path(_("partners/"), partners, name="partners"),
    path(_("partners/<int:pk>/said/"), partner_said, name="partner_said"),
]
