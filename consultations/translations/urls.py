"""The addresses at which residents' words get into other languages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from consultations.translations.views import correct_own_language, translate_comment

urlpatterns = (
    path(
        _("consultations/<page_slug:slug>/comment/<int:pk>/translate/"),
        translate_comment,
        name="translate_comment",
    ),
    path(
        _("my-participation/comments/<int:pk>/language/"),
        correct_own_language,
        name="correct_own_language",
    ),
)
