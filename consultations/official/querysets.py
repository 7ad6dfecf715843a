"""Which official answers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from partnership.pages.access import open_to_all
from partnership.pages.languages import active, field_names, localized

if TYPE_CHECKING:
    from consultations.models import ConsultationPage

TARGETS = ("statement", "contribution", "question", "theme")


class AnswerSheetQuerySet(models.QuerySet):
    """The answers to a consultation, as they are signed."""

    def readable(self) -> Self:
        """Those of which everybody can read something: their consultation is over and public."""
        public = Q(consultation__live=True, consultation__closes_at__lte=timezone.now())
        signed = self.exclude(published_at=None)
        return signed.filter(public, open_to_all("consultation__"))

    def rows_for(self, comments: Iterable[int]) -> Any:
        """Return what a page with these comments shows of the current answers, as dictionaries.

        One row for each answer to a statement or question, and for each of the comments one
        for each answer to it, directly or through a theme. Where there are none of them there
        is one row all the same, if there is a sheet: its ``key`` says that readers find answers.
        """
        keys = list(comments)
        path = "answers__published__"
        themed, direct = f"{path}covered__contribution_id", "answers__contribution_id"
        current = Q(**{f"{path}replaced_at": None, f"{path}pk__isnull": False})
        by_theme = Q(answers__theme__isnull=False)
        on_page = Q(answers__contribution__in=keys) | (by_theme & Q(**{f"{themed}__in": keys}))
        elsewhere = Q(answers__statement__isnull=False) | Q(answers__question__isnull=False)
        first = self.model._meta.get_field("answers").related_model.objects.filter(  # type: ignore[union-attr]  # a relation
            sheet=OuterRef("pk"), published__replaced_at=None, published__isnull=False
        )
        is_first = Q(answers=models.Subquery(first.order_by("pk").values("pk")[:1]))
        texts = {
            name: F(f"{path}{name}")
            for text in ("text", "answered_by")
            for name in field_names(text)
        }
        wanted = self.filter(current, on_page | elsewhere | is_first).order_by("answers__pk")
        return wanted.annotate(
            key=F("answers__pk"),
            comment=Coalesce(F(direct), F(themed)),
            statement=F("answers__statement__number"),
            question=F("answers__question__identifier"),
            theme=F(f"answers__theme__{localized('title', active())}"),
            state=F(f"{path}state"),
            **texts,
        ).values(
            *("key", "comment", "statement", "question", "theme", "state", *texts),
            shown_since=F(f"{path}published_at"),
        )

    def to_list(self) -> Self:
        """Published ones of which nobody who took part was told yet.

        While the consultation runs nobody finds what is signed already.
        """
        published = self.filter(listed_at=None, published_at__isnull=False)
        return published.filter(consultation__closes_at__lte=timezone.now())


class OfficialAnswerQuerySet(models.QuerySet):
    """Answers as editors write them."""

    def editable_by(self, person: Any) -> Self:
        """Of consultations of their cities, or joint ones."""
        if person.is_superuser:
            return self
        own = Q(sheet__consultation__cities__in=person.edits_for.all())
        return self.filter(own | Q(sheet__consultation__cities=None)).distinct()

    def with_targets(self) -> Self:
        """Fetch what each answers in the same query."""
        return self.select_related(*TARGETS, "sheet__consultation")

    def with_standing(self) -> Self:
        """Add ``is_known``: whether readers know a wording of it already."""
        published: Any = self.model._meta.get_field("published").related_model
        known = published.objects.filter(answer=OuterRef("pk"))
        return self.annotate(is_known=Exists(known)).order_by("pk")


class PublishedAnswerQuerySet(models.QuerySet):
    """Answers as every city has signed them."""

    def current(self) -> Self:
        """Those that readers see: not replaced by a later wording."""
        return self.filter(replaced_at=None)

    def of(self, consultation: "ConsultationPage") -> Self:
        """Those to one consultation."""
        return self.filter(answer__sheet__consultation=consultation)

    def public(self) -> Self:
        """Current ones that everybody finds: of what is over, to what readers still see."""
        answers: Any = self.model._meta.get_field("answer").related_model
        sheets: Any = answers._meta.get_field("sheet").related_model
        said: Any = answers._meta.get_field("contribution").related_model
        statements: Any = answers._meta.get_field("statement").related_model
        hidden = Q(answer__contribution__isnull=False) & ~Q(
            answer__contribution__in=said.objects.readable().order_by().values("pk")
        )
        gone = Q(answer__statement__isnull=False) & ~Q(
            answer__statement__in=statements.objects.published().order_by().values("pk")
        )
        found = self.current().filter(answer__sheet__in=sheets.objects.readable().values("pk"))
        return found.exclude(hidden).exclude(gone)

    def with_promises(self) -> Self:
        """Fetch the commitments that readers can see, in one query more."""
        promises: Any = self.model._meta.get_field("commitments").related_model
        public = promises.objects.filter(open_to_all("roadmap__"), roadmap__live=True)
        return self.prefetch_related(
            Prefetch("commitments", queryset=public.select_related("roadmap"))
        )

    def with_targets(self) -> Self:
        """Fetch what each answers; adds ``texts``, how many a theme's answer answers."""
        known = self.select_related(*(f"answer__{target}" for target in TARGETS))
        return known.annotate(texts=Count("covered")).order_by("answer_id")


class AnswerWishQuerySet(models.QuerySet):
    """Who wants to hear of the answers."""

    def to_tell(self) -> Self:
        """Those whose consultation has its answers, and who were not told; the first one first.

        While the consultation runs nobody finds what is signed already.
        """
        published = self.filter(
            told_at=None,
            consultation__answer_sheet__published_at__isnull=False,
            consultation__closes_at__lte=timezone.now(),
        )
        return published.filter(consultation__live=True).order_by("pk")
