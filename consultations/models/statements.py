"""Short statements, the votes on them, and the totals kept current."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.enums import PublicationStatus, VoteChoice
from consultations.models.pages import ConsultationPage
from consultations.models.voices import (
    SpokenFor,
    confirmed_has_kind,
    official_is_city_hall,
    organisation_is_whole,
)
from consultations.querysets import PeopleQuerySet, StatementQuerySet, VoteQuerySet
from partnership.cities.models import City
from partnership.pages.languages import active, localized
from partnership.people.models import Participant

LONGEST_STATEMENT = 180


class Statement(SpokenFor):
    """One idea in a sentence that others can agree or disagree with.

    It is no part of the page's revisions: going back to an older version of the page must
    never take a statement, and the votes on it, away.
    """

    consultation = models.ForeignKey(
        ConsultationPage,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="statements",
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    text = models.CharField(_("statement"), max_length=LONGEST_STATEMENT, blank=True)
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(_("written in"), max_length=20)
    city = models.ForeignKey(
        City,
        verbose_name=_("written where"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="statements",
    )
    publication_status = models.CharField(
        _("visibility"),
        max_length=20,
        choices=PublicationStatus,
        default=PublicationStatus.PUBLISHED,
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    duplicate_of = models.ForeignKey(
        "self",
        verbose_name=_("says the same as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duplicates",
        help_text=_("Nobody is asked about it any more; its own votes stay its own."),
    )
    board = models.ForeignKey(
        "boards.Board",
        verbose_name=_("about the board"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="statements",
        help_text=_("A drawing of a charrette; each leads to the other."),
    )
    moderation_reason = models.TextField(_("reason"), blank=True, editable=False)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderated by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    moderated_at = models.DateTimeField(_("moderated at"), null=True, blank=True, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("consultation", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "number"), name="statement_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(duplicate_of=models.F("id")), name="statement_no_duplicate_of_itself"
            ),
            organisation_is_whole("statement_organisation_whole"),
            official_is_city_hall("statement_official_is_city_hall"),
            confirmed_has_kind("statement_confirmed_has_kind"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text or self.original_text}"

    def clean(self) -> None:
        """What it says the same as is an original of the same consultation."""
        original = self.duplicate_of
        if original is None:
            return
        if original.consultation_id != self.consultation_id or original.pk == self.pk:
            raise ValidationError({"duplicate_of": _("Choose another statement of this one.")})
        if original.duplicate_of_id or (self.pk and self.duplicates.exists()):
            raise ValidationError(
                {"duplicate_of": _("Both must point to one original, not to each other.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.number:
            others = Statement.objects.filter(consultation_id=self.consultation_id)
            self.number = (others.aggregate(last=Max("number"))["last"] or 0) + 1
        super().save(*args, **kwargs)

    @property
    def anchor(self) -> str:
        """Where links to this statement lead on the consultation's page."""
        return f"statement-{self.number}"

    def path_in(self, code: str) -> str:
        """Where it is read on the consultation's page, in a language."""
        return f"{self.consultation.url_in(code)}#{self.anchor}"

    def get_absolute_url(self) -> str:
        """Its own page, in the active language."""
        slug = self.consultation.slug_in(active())
        return reverse("consultation_statement", args=(slug, self.number))

    @property
    def original_text(self) -> str:
        """The words as they were written, whatever language is being read."""
        return getattr(self, localized("text", self.language_code), "") or ""

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for a moderator."""
        return self.publication_status == PublicationStatus.PENDING


class Turn(models.Model):
    """The statement somebody has before them and has not voted on yet; one for each person."""

    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.CASCADE, related_name="turns"
    )
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="turns")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="turns")
    city = models.ForeignKey(City, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "participant"), name="turn_once"),
        )
        indexes = (models.Index(fields=("statement", "city"), name="turn_shown_in_city"),)

    def __str__(self) -> str:
        return f"{self.participant}: {self.statement_id}"


class Vote(models.Model):
    """What one person says to one statement; the city is the one they lived in then."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="votes")
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    choice = models.CharField(_("choice"), max_length=10, choices=VoteChoice)
    created_at = models.DateTimeField(_("voted at"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    objects = VoteQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = (
            models.UniqueConstraint(fields=("statement", "participant"), name="vote_once"),
            models.CheckConstraint(
                condition=Q(choice__in=VoteChoice.values), name="vote_choice_is_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.get_choice_display())


class StatementTally(models.Model):
    """How a city has voted on a statement; changes in the same transaction as the votes."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="tallies")
    city = models.ForeignKey(City, null=True, on_delete=models.PROTECT, related_name="+")
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("total of votes")
        verbose_name_plural = _("totals of votes")
        constraints = (
            models.UniqueConstraint(
                fields=("statement", "city"),
                condition=Q(city__isnull=False),
                name="tally_once_per_city",
            ),
            models.UniqueConstraint(
                fields=("statement",), condition=Q(city__isnull=True), name="tally_once_elsewhere"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agree} / {self.disagree} / {self.passed}"

    @property
    def seen(self) -> int:
        """How many people voted, those who were not sure included."""
        return self.agree + self.disagree + self.passed


class PersonTakingPart(models.Model):
    """Somebody who has voted or answered; written with their first act, in their city then.

    Whoever answered on paper has no participant: each of their sheets is a row.
    """

    consultation = models.ForeignKey(
        ConsultationPage, on_delete=models.CASCADE, related_name="people"
    )
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.PROTECT, related_name="+"
    )
    city = models.ForeignKey(City, null=True, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    objects = PeopleQuerySet.as_manager()

    class Meta:
        verbose_name = _("person taking part")
        verbose_name_plural = _("people taking part")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "participant"), name="takes_part_once"),
        )
        indexes = (models.Index(fields=("consultation", "city"), name="takes_part_by_city"),)

    def __str__(self) -> str:
        return str(self.participant or _("on paper"))
