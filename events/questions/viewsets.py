"""Live questions in the admin: when they can be asked, and their words and answers afterwards."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from events.questions.forms import QuestionTimeForm, WordsForm
from events.questions.models import LiveQuestion, QuestionTime
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import CODES, own_name
from partnership.pages.own_city import DeleteOwn, EditOwn, OwnList, OwnViewSet, of_own_pages
from partnership.pages.panels import LanguagesPanel, side_by_side
from partnership.pages.still_used import RefusesToDelete
from partnership.pages.two_hands.views import AddThing
from partnership.tables.spreadsheets import SafeSpreadsheets

CHAIR = "event_questions_chair"


def _in_every_language(name: str, heading: Any) -> dict[str, Any]:
    return {f"{name}_{code}": format_lazy("{} ({})", heading, own_name(code)) for code in CODES}


#: What the files of the list hold: every question and answer in every language, and nobody.
HEADINGS = {
    "question_time": _("Event"),
    "number": _("number"),
    "language_code": _("language"),
    **_in_every_language("question", _("question")),
    **_in_every_language("answer", _("answer")),
    "city": _("city"),
    "is_from_the_hall": _("from the hall"),
    "supporters": _("people who support it"),
    "publication_status": _("status"),
    "created_at": _("asked at"),
    "answered_at": _("answered at"),
}


def chair_screen(time: QuestionTime) -> str:
    """Where its questions are taken; empty while readers cannot open the event."""
    there = QuestionTime.objects.at_open_events().filter(pk=time.pk).exists()
    return time.address(CHAIR) if there else ""


class OpenQuestions(AddThing):
    """Begins with the event one comes from; leads on to the screen of whoever chairs."""

    def get_initial_form_instance(self) -> QuestionTime:
        return QuestionTime(event_id=key_in(self.request.GET.get("event", "")))

    def get_success_url(self) -> str:
        return chair_screen(self.object) or reverse("question_times:edit", args=(self.object.pk,))


class EditTime(EditOwn):
    """Changes when questions can be asked."""

    collided = _("Somebody has just saved this. Look at it again.")


class CloseForGood(RefusesToDelete, DeleteOwn):
    """Deletes a time in which nobody asked anything."""

    def reason(self) -> str:
        if not self.object.questions.exists():
            return ""
        return str(_("People have asked questions here: it cannot be deleted. Let it close."))


def _own_times(request: HttpRequest) -> QuerySet:
    """Those one may choose from: each is called by its event."""
    return of_own_pages(QuestionTime.objects.select_related("event"), request.user)


class QuestionFilters(WagtailFilterSet):
    """By event, status and city."""

    question_time = django_filters.ModelChoiceFilter(label=_("Event"), queryset=_own_times)

    class Meta:
        model = LiveQuestion
        fields = ("question_time", "publication_status", "city")


class QuestionList(SafeSpreadsheets, OwnList):
    """The questions of events this editor may change; the files tell all of them, and nobody."""

    export_headings = HEADINGS
    list_export = tuple(HEADINGS)
    export_filename = "live-questions"
    default_ordering = ("-question_time__opens_at", "created_at", "pk")

    def get_base_queryset(self) -> QuerySet:
        rows: Any = super().get_base_queryset().select_related("question_time__event", "city")
        return rows.with_support()

    def get_filtered_queryset(self) -> QuerySet:
        return self.get_queryset()  # a list of the admin is filtered there

    def rows_of(self, found: list[Any]) -> list[Any]:
        """Also note what is a column of the file and not of the table."""
        for question in found:
            question.number = question.pk
            for code in CODES:
                setattr(question, f"question_{code}", question.said_in(code))
        return found


class EditWords(EditOwn):
    """Writes what was answered, and the question in other languages; leads back to the chair."""

    def get_success_url(self) -> str:
        return chair_screen(self.object.question_time) or super().get_success_url()


class QuestionTimeViewSet(OwnViewSet):
    """At which events one can ask, and when."""

    model = QuestionTime
    name = "question_times"
    icon = "help"
    menu_label = _("Live questions")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    index_view_class = OwnList
    add_view_class = OpenQuestions
    edit_view_class = EditTime
    delete_view_class = CloseForGood
    list_display = (
        TitleColumn(
            "event", label=_("Event"), accessor="event.title", url_name="question_times:edit"
        ),
        DateColumn("opens_at", label=_("Opens")),
        DateColumn("closes_at", label=_("Closes")),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        panels = (
            LanguagesPanel(),
            FieldPanel("event"),
            FieldRowPanel(("opens_at", "closes_at")),
            side_by_side("introduction", heading=_("introduction")),
            FieldPanel("is_moderated"),
        )
        return ObjectList(panels, base_form_class=QuestionTimeForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler


class LiveQuestionViewSet(OwnViewSet):
    """What was asked: its words in other languages, and the answer that is kept."""

    model = LiveQuestion
    name = "live_questions"
    icon = "help"
    menu_label = _("Live questions")
    menu_name = "events.live_questions"
    menu_order = 213
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    index_view_class = QuestionList
    edit_view_class = EditWords
    filterset_class = QuestionFilters
    list_display = (
        TitleColumn("text", label=_("Question"), url_name="live_questions:edit"),
        Column("event", label=_("Event"), accessor="question_time.event.title"),
        Column("status", label=_("Status"), accessor="get_publication_status_display"),
        DateColumn("answered_at", label=_("Answered")),
    )

    @cached_property
    def _edit_handler(self) -> Any:
        panels = (
            FieldPanel("text", read_only=True),
            FieldPanel("language_code", read_only=True),
            side_by_side("rendering", heading=_("in other words")),
            side_by_side("answer", heading=_("answer")),
        )
        return ObjectList(panels, base_form_class=WordsForm).bind_to_model(self.model)

    def get_edit_handler(self) -> Any:
        """The form, with the languages beside each other."""
        return self._edit_handler
