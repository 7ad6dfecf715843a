"""The address of an annual review, below that of its roadmap."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.reviews.views import annual_review

urlpatterns = (path(_("roadmap/<int:year>/review/"), annual_review, name="annual_review"),)
