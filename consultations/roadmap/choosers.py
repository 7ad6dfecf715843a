"""How an editor finds the statement, comment or question that a commitment answers."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    ChosenMultipleView,
    ChosenView,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from consultations.models import ConsultationPage, Contribution, Question, Statement
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import field_names
from partnership.pages.permissions import city_keys

LONGEST_TEXT = 160


class EvidenceFilterForm(BaseFilterForm):
    """Narrows what was said by the consultation and by a word in it."""

    q = forms.CharField(label=_("Words in it"), required=False)
    consultation = forms.ModelChoiceField(
        label=_("Consultation"),
        queryset=ConsultationPage.objects.order_by("-closes_at"),
        required=False,
        empty_label=_("All consultations"),
    )
    searched: tuple[str, ...] = ("text",)

    def filter(self, objects: QuerySet) -> QuerySet:
        if self.cleaned_data.get("consultation"):
            objects = objects.filter(consultation=self.cleaned_data["consultation"])
        words = self.cleaned_data.get("q")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        anywhere = Q()
        for name in self.searched:
            anywhere |= Q(**{f"{name}__icontains": words})
        return objects.filter(anywhere)


class TranslatedFilterForm(EvidenceFilterForm):
    """Looks for the word in every language."""

    searched = tuple(field_names("text"))


def said(entry: Any) -> str:
    """The words, cut where they get long."""
    return Truncator(str(getattr(entry, "text", ""))).chars(LONGEST_TEXT)


def said_where(entry: Any) -> str:
    """The city it was said in; nothing for a question, which every city was asked."""
    city = getattr(entry, "city", None)
    return city.name if city else ""


def seen_by(user: Any, entries: QuerySet) -> QuerySet:
    """Of what is moderated, what was published; and all of pages this person may read."""
    shown = entries.published() if hasattr(entries, "published") else entries
    return shown.filter(consultation__in=city_keys(user).readable().values("pk"))


class ChooseEvidence(BaseChooseView):
    """A table of what was said: the words, the city, the consultation."""

    filter_form_class = EvidenceFilterForm
    related = ("consultation", "city")

    def get_object_list(self) -> QuerySet:
        entries = seen_by(self.request.user, super().get_object_list())
        return entries.select_related(*self.related)

    def get_filter_form(self) -> EvidenceFilterForm:
        form: EvidenceFilterForm = super().get_filter_form()
        readable = city_keys(self.request.user).readable().values("pk")
        field = form.fields["consultation"]
        field.queryset = field.queryset.filter(pk__in=readable)
        return form

    @property
    def title_column(self) -> Column:
        column = super().title_column
        column.accessor, column.label = said, _("Words")
        return column

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,
            Column("city", label=_("City"), accessor=said_where),
            Column("consultation", label=_("Consultation"), accessor="consultation.title"),
        ]


class ChooseEvidenceView(ChooseViewMixin, CreationFormMixin, ChooseEvidence):
    """The window."""


class ChooseEvidenceResults(ChooseResultsViewMixin, CreationFormMixin, ChooseEvidence):
    """Its list, filtered."""


class ChooseStatementView(ChooseEvidenceView):
    filter_form_class = TranslatedFilterForm


class ChooseStatementResults(ChooseEvidenceResults):
    filter_form_class = TranslatedFilterForm


class ChooseQuestionView(ChooseStatementView):
    related = ("consultation",)


class ChooseQuestionResults(ChooseStatementResults):
    related = ("consultation",)


class ChosenEvidence(ChosenView):
    """What was chosen. Asked for by its number, so for what is not in the list, too."""

    def get_object(self, pk: str) -> Any:
        entries = seen_by(self.request.user, self.model_class.objects.all())
        return get_object_or_404(entries, pk=key_in(pk))


class ChosenEvidenceTogether(ChosenMultipleView):
    """The same of several."""

    def get_objects(self, pks: list[str]) -> QuerySet:
        keys = [key for key in map(key_in, pks) if key]
        return seen_by(self.request.user, self.model_class.objects.filter(pk__in=keys))


class EvidenceChooser(ChooserViewSet):
    """What the three windows share: what was said is found there, never written."""

    chosen_view_class = ChosenEvidence
    chosen_multiple_view_class = ChosenEvidenceTogether

    def get_urlpatterns(self) -> list[Any]:
        return [entry for entry in super().get_urlpatterns() if entry.name != "create"]


class StatementChooser(EvidenceChooser):
    """Finds a statement that readers can see."""

    model = Statement
    icon = "openquote"
    choose_one_text = _("Choose a statement")
    choose_another_text = _("Choose another statement")
    choose_view_class = ChooseStatementView
    choose_results_view_class = ChooseStatementResults


class ContributionChooser(EvidenceChooser):
    """Finds a published comment."""

    model = Contribution
    icon = "comment"
    choose_one_text = _("Choose a comment")
    choose_another_text = _("Choose another comment")
    choose_view_class = ChooseEvidenceView
    choose_results_view_class = ChooseEvidenceResults


class QuestionChooser(EvidenceChooser):
    """Finds a question of a consultation."""

    model = Question
    icon = "help"
    choose_one_text = _("Choose a question")
    choose_another_text = _("Choose another question")
    choose_view_class = ChooseQuestionView
    choose_results_view_class = ChooseQuestionResults


CHOOSERS = (
    StatementChooser("statement_chooser"),
    ContributionChooser("contribution_chooser"),
    QuestionChooser("question_chooser"),
)
