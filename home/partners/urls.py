"""The address of the page of partners, in the reader's language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.partners.views import partners

urlpatterns = [path(_("partners/"), partners, name="partners")]
