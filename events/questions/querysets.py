"""Which times for questions, and which questions."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, F, Q, TextField, When
from django.utils import timezone

from partnership.pages.access import open_to_all
from partnership.pages.finding import words_in
from partnership.pages.languages import localized
from partnership.publication import PublicationStatus


class QuestionTimeQuerySet(models.QuerySet):
    """Reads as a sentence: ``QuestionTime.objects.running().with_code("BCDFGH")``."""

    def at_open_events(self) -> Self:
        """Those at events that readers may open."""
        return self.filter(open_to_all("event__"), event__live=True)

    def running(self) -> Self:
        """Those in which questions can be asked now, at events that readers may open."""
        now = timezone.now()
        return self.at_open_events().filter(opens_at__lte=now, closes_at__gt=now)


class LiveQuestionQuerySet(models.QuerySet):
    """Reads as a sentence: ``time.questions.published().unanswered()``."""

    def published(self) -> Self:
        """Readers may see them."""
        return self.filter(publication_status=PublicationStatus.PUBLISHED)

    def kept_back(self) -> Self:
        """What readers do not see: waiting first, then hidden."""
        waiting = (PublicationStatus.PENDING, PublicationStatus.HIDDEN)
        return self.filter(publication_status__in=waiting)

    def unanswered(self) -> Self:
        """Those that nobody has answered yet."""
        return self.filter(answered_at=None)

    def answered(self) -> Self:
        """Those that were answered."""
        return self.exclude(answered_at=None)

    def not_taken_up(self) -> Self:
        """Those that whoever asked may still take back."""
        return self.filter(taken_at=None, answered_at=None)

    def with_support(self) -> Self:
        """Add ``supporters``: how many people support each."""
        return self.annotate(supporters=Count("support"))

    def kept(self) -> Self:
        """Those that everybody may read after the close, the latest event first."""
        public = self.published().filter(open_to_all("question_time__event__"))
        over = public.filter(
            question_time__event__live=True, question_time__closes_at__lte=timezone.now()
        )
        return over.order_by("-question_time__closes_at", "created_at", "pk")

    def with_words_in(self, language: str) -> Self:
        """Add ``words``: the question and its answer as readers of a language find them."""
        rendering, answer = localized("rendering", language), localized("answer", language)
        spoken: Any = Case(
            When(Q(language_code=language), then=F("text")),
            default=F(rendering),
            output_field=TextField(),
        )
        found = self.annotate(in_words=spoken)
        return found.annotate(words=words_in("in_words", answer))
