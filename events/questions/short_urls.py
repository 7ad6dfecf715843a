"""The addresses on a wall: in no language, because nobody knows who will type or scan them."""

from django.urls import path

from events.questions.views.reading import short

urlpatterns = (
    path("q/", short, name="live_questions_short"),
    path("q/<slug:code>/", short, name="live_questions_scan"),
)
