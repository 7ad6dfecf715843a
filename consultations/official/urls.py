"""The addresses of the answers to a consultation."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.official.views import answers_page, hear

urlpatterns = (
    path(_("consultations/<page_slug:slug>/answers/"), answers_page, name="consultation_answers"),
    path(_("consultations/<page_slug:slug>/hear/"), hear, name="consultation_hear"),
)
