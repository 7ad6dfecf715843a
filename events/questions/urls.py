"""The addresses of live questions."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from events.questions.views.chair import chair
from events.questions.views.reading import find_by_code, questions, wall
from events.questions.views.taking_part import (
    ask_question,
    come_in,
    come_in_code,
    support_question,
)
from events.questions.views.withdrawing import withdraw_question

urlpatterns = (
    path(_("events/<page_slug:slug>/questions/"), questions, name="event_questions"),
    path(_("events/<page_slug:slug>/questions/wall/"), wall, name="event_questions_wall"),
    path(_("events/<page_slug:slug>/questions/chair/"), chair, name="event_questions_chair"),
    path(_("events/<page_slug:slug>/questions/ask/"), ask_question, name="event_questions_ask"),
    path(_("events/<page_slug:slug>/questions/come-in/"), come_in, name="event_questions_come_in"),
    path(
        _("events/<page_slug:slug>/questions/come-in/code/"),
        come_in_code,
        name="event_questions_code",
    ),
    path(
        _("events/<page_slug:slug>/questions/<int:pk>/support/"),
        support_question,
        name="event_questions_support",
    ),
    path(
        _("events/<page_slug:slug>/questions/<int:pk>/withdraw/"),
        withdraw_question,
        name="event_questions_withdraw",
    ),
    path(_("live-questions/"), find_by_code, name="live_questions_find"),
)
