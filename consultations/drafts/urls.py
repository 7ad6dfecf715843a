"""The addresses of draft texts."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.drafts.views import draft_page, newest_version, paragraph_page

urlpatterns = (
    path(
        _("consultations/<page_slug:slug>/draft/<int:number>/"),
        newest_version,
        name="consultation_drafts",
    ),
    path(
        _("consultations/<page_slug:slug>/draft/<int:number>/<int:version>/"),
        draft_page,
        name="consultation_draft",
    ),
    path(
        _("consultations/<page_slug:slug>/draft/<int:number>/<int:version>/<int:paragraph>/"),
        paragraph_page,
        name="consultation_paragraph",
    ),
)
