"""What a moderator looks for: one queue of comments and proposed statements in every language."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.enums import ContributionKind, PublicationStatus
from consultations.models import ConsultationPage
from consultations.querysets import ContributionQuerySet, StatementQuerySet
from partnership.cities.models import City
from partnership.pages.languages import CODES, own_name

COMMENT, REPLY, IDEA, NEW_WORDS, STATEMENT = "comment", "reply", "idea", "new_words", "statement"
RESIDENTS_IDEA = "residents_idea"
REPORTED = "reported"
ELSEWHERE = "elsewhere"
#: What a moderator can look for; nobody's draft or withdrawn words are among it.
LOOKED_FOR = (PublicationStatus.PENDING, PublicationStatus.PUBLISHED, PublicationStatus.HIDDEN)
KINDS = (
    ("", pgettext_lazy("kind", "All")),
    (COMMENT, _("comment")),
    (REPLY, _("reply")),
    (RESIDENTS_IDEA, _("idea of a resident")),
    (IDEA, _("note of a session")),
    (NEW_WORDS, _("new words for a comment")),
    (STATEMENT, _("proposed statement")),
)
AGES = (
    ("", pgettext_lazy("age", "Any")),
    ("1", _("more than a day")),
    ("3", _("more than three days")),
    ("7", _("more than a week")),
)


class QueueFilters(forms.Form):
    """By consultation, language, city, kind, state and age; it starts with what waits."""

    consultation = forms.ChoiceField(required=False, label=_("Consultation"))
    language = forms.ChoiceField(required=False, label=_("Language"))
    city = forms.ChoiceField(required=False, label=_("City"))
    kind = forms.ChoiceField(required=False, label=_("Kind"), choices=KINDS)
    status = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[
            *((each.value, each.label) for each in LOOKED_FOR),
            (REPORTED, _("reported")),
        ],
    )
    age = forms.ChoiceField(required=False, label=_("There for"), choices=AGES)

    def __init__(self, *args: Any, moderator: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = ConsultationPage.objects.of_moderator(moderator).order_by("-opens_at")
        fields: dict[str, Any] = self.fields
        fields["consultation"].choices = [
            ("", pgettext_lazy("consultation", "All")),
            *((str(page.pk), page.title) for page in own),
        ]
        anything = ("", pgettext_lazy("language", "All"))
        fields["language"].choices = [anything, *((code, own_name(code)) for code in CODES)]
        cities = [(city.code, city.name) for city in City.objects.all()]
        every = ("", pgettext_lazy("city", "All"))
        fields["city"].choices = [every, *cities, (ELSEWHERE, _("elsewhere"))]

    @property
    def asked(self) -> list[str]:
        """What was asked for, in words; empty while it shows all that waits."""
        self.is_valid()
        start = {"", PublicationStatus.PENDING}
        given = {name: value for name, value in self.cleaned_data.items() if value not in start}
        fields: dict[str, Any] = self.fields
        words = {name: dict(fields[name].choices)[value] for name, value in given.items()}
        return [f"{fields[name].label}: {said}" for name, said in words.items()]

    def found(
        self, comments: ContributionQuerySet, statements: StatementQuerySet
    ) -> tuple[ContributionQuerySet, StatementQuerySet]:
        """The comments and the statements that were asked for.

        What makes no sense counts as not asked.
        """
        self.is_valid()
        return self._narrow(self._comments(comments)), self._narrow(self._statements(statements))

    def _comments(self, comments: ContributionQuerySet) -> ContributionQuerySet:
        kind = self.cleaned_data.get("kind") or ""
        comments = self._in_state(comments)
        if kind == STATEMENT:
            return comments.none()
        if kind == REPLY:
            return comments.exclude(parent=None)
        if kind == IDEA:
            return comments.exclude(event=None)
        if kind == NEW_WORDS:
            return comments.exclude(waiting_text="")
        if kind == RESIDENTS_IDEA:
            return comments.ideas().of_residents()
        own = comments.filter(parent=None, event=None).exclude(kind=ContributionKind.IDEA)
        return own if kind == COMMENT else comments

    def _statements(self, statements: StatementQuerySet) -> StatementQuerySet:
        if (self.cleaned_data.get("kind") or "") not in {"", STATEMENT}:
            return statements.none()
        status = self.cleaned_data.get("status") or PublicationStatus.PENDING
        return statements.filter(publication_status=status)  # nobody's state is "reported"

    def _in_state(self, comments: ContributionQuerySet) -> ContributionQuerySet:
        """What waits holds new words for published comments, too; reported is no state."""
        status = self.cleaned_data.get("status") or PublicationStatus.PENDING
        if status == REPORTED:
            return comments.reported()
        if status == PublicationStatus.PENDING:
            return comments.to_decide()
        return comments.filter(publication_status=status)

    def _narrow(self, rows: Any) -> Any:
        asked = self.cleaned_data
        if asked.get("consultation"):
            rows = rows.filter(consultation=int(asked["consultation"]))
        if asked.get("language"):
            rows = rows.filter(language_code=asked["language"])
        if asked.get("city"):
            code = asked["city"]
            rows = rows.filter(city=None) if code == ELSEWHERE else rows.filter(city__code=code)
        if asked.get("age"):
            before = timezone.now() - timedelta(days=int(asked["age"]))
            rows = rows.filter(created_at__lte=before)
        return rows
