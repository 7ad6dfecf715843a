"""What was decided about residents' words; none of these rows knows who wrote them."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models import ConsultationPage, Contribution, Statement
from consultations.moderation.enums import HidingReason, Outcome
from consultations.moderation.querysets import (
    AppealQuerySet,
    DecisionQuerySet,
    ReasonTemplateQuerySet,
    RemovalQuerySet,
)
from consultations.translations.words_of import original_of
from partnership.cities.models import City
from partnership.pages.wording.remembering import RemembersWording
from partnership.people.models import Participant

LONGEST_TEMPLATE = 600
LONGEST_APPEAL = 1000
LONGEST_ANSWER = 1000
#: How long an author can appeal; the link in the mail lasts as long.
APPEAL_WITHIN = timedelta(days=30)


def _by(label: Any) -> models.ForeignKey:
    """Which member of the staff; empty once that account is erased."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


def _about(model: type[models.Model], **names: Any) -> models.ForeignKey:
    return models.ForeignKey(model, null=True, on_delete=models.CASCADE, **names)


class AboutWords(models.Model):
    """Something about a comment or a statement, exactly one of the two."""

    consultation = models.ForeignKey(
        ConsultationPage,
        verbose_name=_("consultation"),
        on_delete=models.CASCADE,
        related_name="%(class)ss",
    )
    contribution = _about(Contribution, related_name="%(class)ss")
    statement = _about(Statement, related_name="%(class)ss")

    wagtail_reference_index_ignore = True  # one row for each act

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(contribution__isnull=True) ^ Q(statement__isnull=True),
                name="%(class)s_about_comment_or_statement",
            ),
        )

    @property
    def target(self) -> Contribution | Statement:
        """The comment or the statement."""
        return self.contribution or self.statement

    @property
    def words(self) -> str:
        """What it is about, as it was written."""
        return original_of(self.target)


class ReasonTemplate(RemembersWording, models.Model):
    """A partnership's own words for a reason, which authors receive in their language."""

    reason = models.CharField(
        _("counted as"), max_length=20, choices=HidingReason, default=HidingReason.OTHER
    )
    title = models.CharField(
        _("name"), max_length=80, blank=True, help_text=_("What moderators choose it by.")
    )
    text = models.TextField(
        _("words"),
        max_length=LONGEST_TEMPLATE,
        blank=True,
        help_text=_("What the author reads. Speak to them, say why, say what they can do."),
    )
    is_offered = models.BooleanField(_("offered to moderators"), default=True)

    publish_required = ("title", "text")
    objects = ReasonTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("words for a reason")
        verbose_name_plural = _("words for reasons")
        ordering = ("reason", "pk")

    def __str__(self) -> str:
        return self.title


class Decision(AboutWords):
    """What was decided about some words, when, for which reason, and for which city.

    It holds neither the words nor who wrote them, so that it can be counted for ever. Without
    ``decided_by`` it was the number of reports, or somebody whose account is erased.
    """

    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=20, choices=HidingReason, blank=True)
    #: Where the words were written: it is counted whether one city's are hidden more often.
    city = models.ForeignKey(City, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = _by(_("decided by"))
    #: The only city that whoever decided works for; empty for who works for several.
    decided_for = models.ForeignKey(City, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta(AboutWords.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        indexes = (
            models.Index(fields=("contribution", "-decided_at"), name="decision_on_comment"),
            models.Index(fields=("statement", "-decided_at"), name="decision_on_statement"),
            models.Index(fields=("decided_at",), name="decision_log"),
        )

    def __str__(self) -> str:
        return str(self.get_outcome_display())

    @property
    def author(self) -> Participant | None:
        """Whose words they are; None for those of a session."""
        return self.target.participant

    @property
    def appeal_until(self) -> datetime:
        """The last instant at which its author can appeal."""
        return self.decided_at + APPEAL_WITHIN

    @property
    def can_be_appealed(self) -> bool:
        """Whether its author may still ask another city to look at it."""
        return (
            self.outcome == Outcome.HIDDEN
            and timezone.now() < self.appeal_until
            and not hasattr(self, "appeal")
        )


class Appeal(models.Model):
    """The author asks a moderator of another city to look again; once for each decision."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(_("why"), max_length=LONGEST_APPEAL)
    language_code = models.CharField(_("language"), max_length=20)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("answer to the author"), max_length=LONGEST_ANSWER, blank=True)
    decided_by = _by(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = AppealQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # one row for each act of a resident

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        default_permissions = ()
        indexes = (models.Index(fields=("decided_at", "created_at"), name="appeal_queue"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | Q(outcome__in=(Outcome.RETURNED, Outcome.UPHELD), decided_at__isnull=False),
                name="appeal_is_open_or_decided",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


class Removal(AboutWords):
    """Words are to go for good: somebody asks for it and somebody else confirms it."""

    reason = models.CharField(_("reason"), max_length=20, choices=HidingReason)
    #: What tells the words that were asked about from others; the words themselves go.
    digest = models.CharField(max_length=64)
    asked_by = _by(_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    confirmed_by = _by(_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    objects = RemovalQuerySet.as_manager()

    class Meta(AboutWords.Meta):
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        default_permissions = ()
        constraints = (
            *AboutWords.Meta.constraints,
            models.UniqueConstraint(fields=("contribution",), name="comment_removed_once"),
            models.UniqueConstraint(fields=("statement",), name="statement_removed_once"),
            models.CheckConstraint(
                condition=~Q(asked_by=F("confirmed_by")), name="removal_by_two_people"
            ),
        )

    def __str__(self) -> str:
        return str(self.get_reason_display())
