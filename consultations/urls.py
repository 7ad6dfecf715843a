"""The addresses of consultations that are not pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.views import answer_questions, comment_place, vote_on_statement, write_comment

urlpatterns = (
    path(_("consultations/<page_slug:slug>/vote/"), vote_on_statement, name="consultation_vote"),
    path(_("consultations/<page_slug:slug>/answer/"), answer_questions, name="consultation_answer"),
    path(_("consultations/<page_slug:slug>/comment/"), write_comment, name="consultation_comment"),
    path(
        _("consultations/<page_slug:slug>/comment/<int:pk>/"),
        comment_place,
        name="consultation_comment_place",
    ),
)
