"""A text of a resident in another language: whose translation it is and what it was made from."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models import ConsultationPage, Contribution, Statement
from consultations.translations.enums import Origin, TranslationStatus
from consultations.translations.querysets import TranslationQuerySet
from consultations.translations.words_of import Words, digest_of, original_of
from partnership.people.models import Participant

#: Longer than a comment may be: some languages need more room for the same.
LONGEST_TRANSLATION = 3000
DIGEST_LENGTH = 32


def _once(name: str, field: str, *others: str, **when: Any) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=(field, "language_code", *others), condition=Q(**when), name=name
    )


class Translation(models.Model):
    """One comment or statement in one other language.

    ``source_digest`` names the version of the original it was made from: when the original
    or its language changes, the translation is stale by itself and no longer shown.
    """

    contribution = models.ForeignKey(
        Contribution,
        verbose_name=_("comment"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="translations",
    )
    statement = models.ForeignKey(
        Statement,
        verbose_name=_("statement"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="translations",
    )
    # No choices: they would freeze one pair of languages into the migrations.
    language_code = models.CharField(_("language"), max_length=20)
    text = models.TextField(_("translation"), blank=True)
    origin = models.CharField(_("translated by"), max_length=10, choices=Origin)
    source_digest = models.CharField(max_length=DIGEST_LENGTH)
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=TranslationStatus,
        default=TranslationStatus.PROPOSED,
    )
    author = models.ForeignKey(
        Participant,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="translations",
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = TranslationQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        indexes = (models.Index(fields=("status", "created_at"), name="translation_queue"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(contribution__isnull=False) ^ Q(statement__isnull=False),
                name="translation_of_one_text",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values), name="translation_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=TranslationStatus.values),
                name="translation_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.MACHINE) | Q(author=None),
                name="translation_machine_is_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(status=TranslationStatus.ACCEPTED) | ~Q(text=""),
                name="translation_shown_has_words",
            ),
            _once("translation_comment_shown_once", "contribution", status="accepted"),
            _once("translation_statement_shown_once", "statement", status="accepted"),
            _once("translation_comment_waits_once", "contribution", "author", status="proposed"),
            _once("translation_statement_waits_once", "statement", "author", status="proposed"),
            _once(
                "translation_machine_once",
                "contribution",
                "source_digest",
                origin="machine",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def words(self) -> Words:
        """The comment or statement that was translated."""
        found = self.contribution or self.statement
        assert found is not None  # noqa: S101 - the table holds no other row
        return found

    @property
    def consultation(self) -> ConsultationPage:
        """Where the words were said."""
        return self.words.consultation

    @property
    def original(self) -> str:
        """The words as their author wrote them."""
        return original_of(self.words)

    @property
    def is_current(self) -> bool:
        """Whether the original still says what this was made from."""
        return self.source_digest == digest_of(self.words)

    @property
    def by_machine(self) -> bool:
        """Whether no person has written it."""
        return self.origin == Origin.MACHINE
